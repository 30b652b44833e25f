"""How much time is left, in words."""

from datetime import datetime, timedelta

from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext


def time_left(until: datetime, now: datetime) -> str:
    """5 days, 3 hours left: days and hours, then hours and minutes, then minutes; never more than there is."""
    left = max(until - now, timedelta())
    days, hours, minutes = left.days, left.seconds // 3600, left.seconds // 60 % 60
    if days:
        parts = [_days(days), _hours(hours) if hours else ""]
    elif hours:
        parts = [_hours(hours), _minutes(minutes) if minutes else ""]
    else:
        parts = [_minutes(minutes)]
    return _("%(time)s left", time=" ".join(filter(None, parts)))


def _days(number: int) -> str:
    return ngettext("%(num)d day", "%(num)d days", number)


def _hours(number: int) -> str:
    return ngettext("%(num)d hour", "%(num)d hours", number)


def _minutes(number: int) -> str:
    return ngettext("%(num)d minute", "%(num)d minutes", number)
