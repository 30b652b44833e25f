"""The tables of delegations, of the catalogue, and of categories with their figures."""

from collections.abc import Sequence
from typing import Any

from confapp.conferences.models import Conference
from confapp.foundation import exporting
from confapp.foundation.access import Actor
from confapp.foundation.exporting import Column, Subject
from confapp.foundation.languages import N_, best, joined
from confapp.foundation.languages import gettext as _
from confapp.registration.queries import tables
from confapp.registration.rules import DELEGATION_STATUS_NAMES, EXPORT, STATUS_NAMES, Status

Loaded = tuple[Sequence[Column], Sequence[Any]]


def _in_status(status: Status) -> Column:
    return Column(f"status_{status}", STATUS_NAMES[status], lambda row: row.counts[status], 9)


DELEGATION_COLUMNS = (
    Column("position", N_("Order"), lambda row: row.position, 6),
    Column("code", N_("Code"), lambda row: row.code, 8),
    Column("delegation", N_("Delegation"), lambda row: best(row.name), 30),
    Column("status", N_("Status"), lambda row: _(DELEGATION_STATUS_NAMES[row.status]), 14),
    Column("focal_point", N_("Focal point"), lambda row: joined(row.focal_points), 28),
    Column("registered", N_("Registered"), lambda row: row.registered, 10),
    *(_in_status(status) for status in Status),
    Column("places", N_("Places"), lambda row: row.places, 8),
    Column("invited", N_("Invited"), lambda row: row.invited_at, 17),
    Column("checked", N_("Credential checked"), lambda row: row.checked_at, 17),
)
PARTY_COLUMNS = (
    Column("name", N_("Name"), lambda row: best(row.name), 34),
    Column("formal_name", N_("Formal name"), lambda row: best(row.formal_name), 44),
    Column("code", N_("Code"), lambda row: row.code, 10),
    Column("groups", N_("Groups"), lambda row: joined(row.groups), 30),
)
CATEGORY_COLUMNS = (
    Column("name", N_("Category"), lambda row: best(row.name), 30),
    Column("code", N_("Code"), lambda row: row.code, 16),
    Column("registered", N_("Registered"), lambda row: row.registered, 12),
    Column("taken", N_("Places taken"), lambda row: row.taken, 12),
    Column("places", N_("Places"), lambda row: row.places, 12),
)
NOT_ON_PAPER = {f"status_{status}" for status in (Status.DRAFT, Status.UNDER_REVIEW, Status.ON_HOLD, Status.REVOKED)}


def _delegations(actor: Actor, conference: Conference, query: dict[str, Any]) -> Loaded:
    left_out = NOT_ON_PAPER if query.get("paper") else set()
    columns = [column for column in DELEGATION_COLUMNS if column.name not in left_out]
    return columns, tables.delegation_lines(actor, conference)


def _parties(actor: Actor, conference: Conference, query: dict[str, Any]) -> Loaded:
    return PARTY_COLUMNS, tables.party_lines()


def _categories(actor: Actor, conference: Conference, query: dict[str, Any]) -> Loaded:
    return CATEGORY_COLUMNS, tables.category_lines()


DELEGATIONS = Subject("delegations", N_("Delegations"), EXPORT, _delegations)
PARTIES = Subject("parties", N_("States and organizations"), EXPORT, _parties)
CATEGORIES = Subject("categories", N_("Categories"), EXPORT, _categories)
for subject in (DELEGATIONS, PARTIES, CATEGORIES):
    exporting.offer(subject)
