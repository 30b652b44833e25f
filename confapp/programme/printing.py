"""A file of a release, or of the draft: read inside a transaction, made outside of any."""

from collections.abc import Callable
from functools import partial
from typing import Any

from confapp.foundation import clock
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import speaking
from confapp.foundation.web import filters
from confapp.programme import exports
from confapp.programme.exports.gathering import gather
from confapp.programme.models import Schedule
from confapp.programme.pdfs import booklet, plan
from confapp.programme.rules import PrintKind


def prepared(conference: Any, release: Schedule | None, kind: PrintKind, language: str) -> Callable[[], bytes]:
    """What makes the file from what was read. Slow, and raises pdf.RenderingFailed. There is no booklet of a draft."""
    if kind == PrintKind.BOOKLET:
        assert release is not None
        return partial(booklet.printed, booklet.gather(conference, release, language))
    exchange = gather(conference, release, language)
    if kind == PrintKind.TABLE:
        return partial(exports.written, exchange, kind.file_format)
    made_at = clock.now() if release is None else release.released_at
    assert made_at is not None
    with speaking(language):
        moment = filters.moment(made_at, conference.zone)
        standing = (
            f"{_('Draft, not public')} · {moment}"
            if release is None
            else _("Version %(number)s, published %(moment)s", number=release.number, moment=moment)
        )
    return partial(plan.printed, exchange, standing, made_at)
