"""Programmes of other programs: frab and pentabarf XML, pretalx-style JSON, tables; what is odd is reported."""

from confapp.foundation.languages import gettext as _
from confapp.programme.imports import frab, pretalx, tables
from confapp.programme.rules.exchange import Exchange
from confapp.registration.imports.reading import BadTable

LARGEST_FILE = 20 * 1024 * 1024
MOST_TALKS = 20_000


class Unreadable(Exception):
    """Why a file is no programme at all; the message is for whoever sent it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read(content: bytes, zone: str) -> Exchange:
    """A programme in any of the formats, known by its first characters. Hours without a zone are of `zone`.

    Unreadable when it is none of them. It touches no database and takes its time, so read before the write lock.
    """
    if len(content) > LARGEST_FILE:
        raise Unreadable(_("The file is larger than %(size)d MB.", size=LARGEST_FILE >> 20))
    begins = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    try:
        if begins == b"<":
            found = frab.read(content, zone)
        elif begins in (b"{", b"["):
            found = pretalx.read(content, zone)
        else:
            found = tables.read(content, zone)
    except BadTable as bad:
        raise Unreadable(bad.message) from bad
    except ValueError as bad:
        raise Unreadable(_("This is not a programme that can be read: %(reason)s", reason=str(bad)[:200])) from bad
    if len(found.talks) > MOST_TALKS:
        raise Unreadable(_("There are more than %(number)d sessions in it.", number=MOST_TALKS))
    return found
