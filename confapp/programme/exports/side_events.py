"""Applications for side events as a table."""

from typing import Any

from confapp.conferences.rules import FORMAT_NAMES
from confapp.foundation.exporting import Column
from confapp.foundation.languages import N_, best, joined, language
from confapp.foundation.languages import gettext as _
from confapp.programme.queries.side_events import lead_name, sponsor_name
from confapp.programme.rules import LAYOUT_NAMES
from confapp.programme.rules.side_events import STATUS_NAMES


def _standing(row: Any) -> str:
    return joined(sponsor_name(one) for one in row.sponsors if one.delegation is None or one.confirmed_at)


COLUMNS = (
    Column("title", N_("Title"), lambda row: best(row.title), 44),
    Column("lead", N_("Led by"), lead_name, 30),
    Column("sponsors", N_("Co-sponsors"), _standing, 40),
    Column("status", N_("Status"), lambda row: _(STATUS_NAMES[row.status]), 18),
    Column("waiting", N_("Place on the waiting list"), lambda row: row.waiting_position, 10),
    Column("handed_in", N_("Handed in"), lambda row: row.submitted_at, 17),
    Column("minutes", N_("Minutes"), lambda row: row.minutes, 9),
    Column("format", N_("Format"), lambda row: _(FORMAT_NAMES[row.format]), 14),
    Column("language", N_("Language"), lambda row: language(row.language).name, 14),
    Column("audience", N_("People expected"), lambda row: row.audience, 10),
    Column(
        "layout",
        N_("Layout of the room"),
        lambda row: _(LAYOUT_NAMES[row.layout]) if row.layout in LAYOUT_NAMES else "",
        20,
    ),
    Column("equipment", N_("Equipment"), lambda row: joined(row.equipment), 30),
    Column("days", N_("Preferred days"), lambda row: joined(row.preferred_days), 24),
    Column("contact", N_("Contact person"), lambda row: row.contact_name, 26),
    Column("email", N_("E-mail address"), lambda row: row.contact_email, 30),
    Column("reason", N_("Reason"), lambda row: row.reason, 40),
    Column("description", N_("Description"), lambda row: best(row.description), 60),
)
