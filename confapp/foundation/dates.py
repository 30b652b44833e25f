"""Days in words, in the language of a text rather than of the page. Pure."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date

from confapp.foundation import clock
from confapp.foundation.languages import joined


def locale(language: str) -> Locale:
    """English dates are written day first."""
    return Locale.parse({"en": "en_GB", "ar": "ar_EG"}.get(language, language.replace("-", "_")))


def day(value: date | datetime, language: str, zone: str = "UTC") -> str:
    local = value.astimezone(ZoneInfo(zone)).date() if isinstance(value, datetime) else value
    said = format_date(local, "long", locale=locale(language))
    return f"1er{said[1:]}" if language == "fr" and local.day == 1 else said


def days(first: date, last: date, language: str) -> str:
    """20–22 April 2027; as much of the first day as the last does not say."""
    if first == last:
        return day(first, language)
    if language == "zh":
        return f"{day(first, language)}至{_later(first, last)}"
    pattern = "d MMMM y" if first.year != last.year else "d MMMM" if first.month != last.month else "d"
    begins, dash = format_date(first, pattern, locale=locale(language)), "–" if pattern == "d" else " – "
    return f"{begins}{dash}{day(last, language)}"


def _later(first: date, last: date) -> str:
    """The end of a stretch in Chinese, which is written from the year down and says again only what changes."""
    pattern = "y年M月d日" if first.year != last.year else "M月d日" if first.month != last.month else "d日"
    return format_date(last, pattern, locale=locale("zh"))


def moment(value: datetime, language: str, zone: str) -> str:
    """10 September 2019, 17:00 WIB."""
    hours = f"{value.astimezone(ZoneInfo(zone)):%H:%M} {clock.zone_label(zone, value)}"
    return joined((day(value, language, zone), hours), language)


def iso(value: datetime) -> str:
    """To the second, in UTC."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
