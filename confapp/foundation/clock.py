"""The only reader of time, and the one place that turns local hours into instants."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

INDONESIAN_ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


class LocalTimeError(ValueError):
    """A local hour that cannot be used: `kind` is "nonexistent" or "ambiguous"."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def now() -> datetime:
    return datetime.now(UTC)


def today(zone: str) -> date:
    return now().astimezone(ZoneInfo(zone)).date()


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """The names of all IANA zones, in order."""
    return tuple(sorted(available_timezones()))


def is_zone(name: str) -> bool:
    return name in zones()


def instant(local: datetime, zone: str, *, second: bool | None = None) -> datetime:
    """The UTC instant of a naive local time in an IANA zone.

    A local hour skipped by the zone is refused; one that occurs twice is refused unless `second` says which is meant.
    """
    if local.tzinfo is not None:
        raise ValueError("a local time carries no zone")
    info = ZoneInfo(zone)
    first = local.replace(tzinfo=info, fold=0)
    later = local.replace(tzinfo=info, fold=1)
    if first.astimezone(UTC).astimezone(info).replace(tzinfo=None) != local:
        raise LocalTimeError("nonexistent")
    if first.utcoffset() != later.utcoffset() and second is None:
        raise LocalTimeError("ambiguous")
    return (later if second else first).astimezone(UTC)


def start_of(day: date, zone: str) -> datetime:
    """The first instant of a day in a zone, also where clocks are set forward at midnight."""
    return datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(UTC)


def local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))


def zone_label(zone: str, at: datetime) -> str:
    """The name printed beside an hour: WIB, WITA, WIT where they apply, else UTC and its offset."""
    return INDONESIAN_ZONES.get(zone) or offset_label(zone, at)


def offset_label(zone: str, at: datetime) -> str:
    """UTC, UTC+8, UTC−3:30."""
    offset = local(at, zone).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02d}" if rest else "")
