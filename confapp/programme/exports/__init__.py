"""The programme for other programs: frab schedule XML, pretalx-style JSON and calendars."""

from collections.abc import Callable

from confapp.programme.exports import frab, pretalx
from confapp.programme.rules.exchange import Exchange

GENERATOR = "0.1.0"
FORMATS: dict[str, Callable[[Exchange, str], bytes]] = {"xml": frab.written, "json": pretalx.written}
MEDIA_TYPES = {"xml": "application/xml; charset=utf-8", "json": "application/json; charset=utf-8"}


def written(exchange: Exchange, file_format: str) -> bytes:
    """A programme in one of FORMATS; the same programme gives the same bytes."""
    return FORMATS[file_format](exchange, GENERATOR)
