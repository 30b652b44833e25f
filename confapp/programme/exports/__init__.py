"""The programme for other programs: frab schedule XML, pretalx-style JSON, a workbook and calendars."""

from collections.abc import Callable

from confapp.foundation import exporting
from confapp.programme.exports import frab, pretalx, workbook
from confapp.programme.rules.exchange import Exchange

GENERATOR = "0.1.0"
FORMATS: dict[str, Callable[[Exchange, str], bytes]] = {"xml": frab.written, "json": pretalx.written}
WRITERS = FORMATS | {"xlsx": workbook.written}  # which is read back as well, but holds less
MEDIA_TYPES = exporting.MEDIA_TYPES | {
    "xml": "application/xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
}


def written(exchange: Exchange, file_format: str) -> bytes:
    """A programme in one of WRITERS; in FORMATS the same programme gives the same bytes."""
    return WRITERS[file_format](exchange, GENERATOR)
