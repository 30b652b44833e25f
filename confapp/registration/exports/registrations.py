"""The table of registrations. A column is described here once; every format and every selection has it."""

from collections.abc import Callable, Sequence
from typing import Any

from confapp.conferences.models import Conference
from confapp.foundation import exporting
from confapp.foundation.access import Actor
from confapp.foundation.exporting import Column, Subject
from confapp.foundation.languages import N_, best, joined
from confapp.foundation.languages import gettext as _
from confapp.registration import queries
from confapp.registration.queries import tables
from confapp.registration.rules import CAPACITY_NAMES, EXPORT, RANK_NAMES, STATUS_NAMES, Rank

COLUMNS: tuple[Column, ...] = (
    Column("number", N_("Number"), lambda row: row.number, 12),
    Column("status", N_("Status"), lambda row: _(STATUS_NAMES[row.status]), 14),
    Column("honorific", N_("Style of address"), lambda row: row.honorific, 10),
    Column("given_name", N_("Given name"), lambda row: row.given_name, 18),
    Column("family_name", N_("Family name"), lambda row: row.family_name, 18),
    Column("printed_name", N_("Name as printed"), lambda row: row.printed_name, 26),
    Column("badge_name", N_("Name on the badge"), lambda row: row.badge_name, 22),
    Column("body", N_("Delegation or organization"), lambda row: _body(row), 26),
    Column("delegation_code", N_("Code of the delegation"), lambda row: row.delegation_code or "", 10),
    Column("capacity", N_("Capacity"), lambda row: _(CAPACITY_NAMES[row.capacity]) if row.delegation_id else "", 16),
    Column("rank", N_("Rank"), lambda row: _(RANK_NAMES[row.rank]) if row.rank != Rank.OTHER else "", 16),
    Column("functional_title", N_("Functional title"), lambda row: row.functional_title, 26),
    Column("category", N_("Category"), lambda row: best(row.category_name), 14),
    Column("country", N_("Country"), lambda row: row.country, 8),
    Column("email", N_("E-mail"), lambda row: row.email, 26),
    Column("phone", N_("Telephone"), lambda row: row.phone, 16),
    Column("tags", N_("Tags"), lambda row: joined(row.tags), 16),
    Column("submitted", N_("Submitted"), lambda row: row.submitted_at, 17),
    Column("decided", N_("Decided"), lambda row: row.decided_at, 17),
)
ON_PAPER = ("number", "status", "printed_name", "body", "capacity", "functional_title", "category", "country")

# Others add columns for the registrations of an export, all their values read at once: answers to questions, say.
MoreColumns = Callable[[Actor, Conference, Sequence[int]], Sequence[Column]]
more_columns: list[MoreColumns] = []


def load(actor: Actor, conference: Conference, query: dict[str, Any]) -> tuple[Sequence[Column], Sequence[Any]]:
    """`query` holds the words of a filter, or the references of those who were ticked under "ref"."""
    which = queries.ids_of(actor, conference, query["ref"]) if query.get("ref") else queries.Filter.read(query)
    rows = tables.people(actor, conference, which)
    columns = [column for column in COLUMNS if column.name in ON_PAPER] if query.get("paper") else list(COLUMNS)
    if not query.get("paper"):
        for more in more_columns:
            columns += more(actor, conference, [row.id for row in rows])
    return exporting.visible(columns, actor, conference), rows


def _body(row: Any) -> str:
    return best(row.delegation_name) if row.delegation_id else row.organization


REGISTRATIONS = Subject("registrations", N_("Registrations"), EXPORT, load)
exporting.offer(REGISTRATIONS)
