"""The vetting list as a table: who waits for an office, and two empty columns for what it finds."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from confapp.foundation.exporting import Column
from confapp.foundation.languages import N_, best
from confapp.foundation.languages import gettext as _
from confapp.registration.models import Registration
from confapp.registration.rules import CAPACITY_NAMES, OUTCOME_NAMES, Office, mark_of, said_by
from confapp.registration.rules.vetting import MARK, NOTE, NUMBER, RESULT, Mark

SEALED = (("passport_number", N_("Passport number")), ("birth_date", N_("Date of birth")))


def columns(opened: bool) -> list[Column]:
    """Passport and birth date only for whoever may open them."""
    return [
        Column("number", NUMBER, itemgetter("number"), 14),
        Column("given_name", N_("Given name"), itemgetter("given_name"), 20),
        Column("family_name", N_("Family name"), itemgetter("family_name"), 20),
        Column("printed_name", N_("Name as printed"), itemgetter("printed_name"), 28),
        Column("body", N_("Delegation or organization"), itemgetter("body"), 28),
        Column("capacity", N_("Capacity"), itemgetter("capacity"), 18),
        Column("functional_title", N_("Functional title"), itemgetter("functional_title"), 24),
        Column("category", N_("Category"), itemgetter("category"), 16),
        Column("country", N_("Country"), itemgetter("country"), 10),
        *(Column(name, label, itemgetter(name), 18) for name, label in SEALED if opened),
        Column("result", RESULT, lambda row: "", 14, choices=tuple(OUTCOME_NAMES.values())),
        Column("note", NOTE, lambda row: "", 30),
        Column("mark", MARK, itemgetter("mark"), 14),
    ]


def rows(registrations: Sequence[Registration], office: Office, opened: bool) -> list[dict[str, Any]]:
    return [_row(one, office, opened) for one in registrations]


def _row(one: Registration, office: Office, opened: bool) -> dict[str, Any]:
    person = one.person
    sealed = {name: getattr(person, name) if opened else "" for name, _label in SEALED}
    return {
        "number": one.number,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "printed_name": person.printed_name,
        "body": best(one.body),
        "capacity": _(CAPACITY_NAMES[one.capacity]) if one.delegation_id else "",
        "functional_title": one.functional_title,
        "category": best(one.category.name),
        "country": person.country,
        **sealed,
        "mark": Mark(mark_of(one), said_by(one, office)).written,
    }
