"""The protocol office's table of meetings. Rows are lines of the list."""

from typing import Any

from confapp.foundation.exporting import Column
from confapp.foundation.languages import N_, best, joined
from confapp.foundation.languages import gettext as _
from confapp.programme.rules.bilaterals import STATUS_NAMES


def _people(line: Any) -> str:
    return joined(one.person.full_name for one in line.meeting.members)


COLUMNS = (
    Column("starts", N_("When"), lambda line: line.placement.starts_at if line.placement else None, 17),
    Column("room", N_("Room"), lambda line: line.room, 24),
    Column("asking", N_("Asked by"), lambda line: best(line.meeting.asking.name), 28),
    Column("asked", N_("Asked"), lambda line: best(line.meeting.asked.name), 28),
    Column("status", N_("Status"), lambda line: _(STATUS_NAMES[line.meeting.status]), 22),
    Column("subject", N_("Subject"), lambda line: line.meeting.subject, 44),
    Column("minutes", N_("Minutes"), lambda line: line.meeting.minutes, 9),
    Column("people", N_("People expected"), lambda line: line.meeting.people, 10),
    Column("named", N_("Named"), _people, 40),
)
