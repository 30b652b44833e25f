"""Registering many from a table in one transaction: everything slow is made ready before, the rest is set-based.

All of it holds or nothing: the numbers, places, ledger and record of a whole table are one transaction, for which the
write lock is held about a second for ten thousand rows. A worker that dies before has done nothing; one that dies after
finds the import done.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from sqlalchemy import insert, select

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock, sealing, text
from confapp.foundation.access import Actor
from confapp.foundation.db import db, inserting, new_ref
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.places import Full
from confapp.foundation.places.many import take_for_many
from confapp.people.models import Consent, Person
from confapp.registration import queries, rules
from confapp.registration.actions.consents import consent_text
from confapp.registration.actions.registrations import write_entry
from confapp.registration.models import Answer, Delegation, Import, Question, Registration, RegistrationMove, Series
from confapp.registration.rules import ACCREDIT, NAME_MEMBERS, Capacity, ConsentKind, Entry, Status
from confapp.registration.rules.imports import ImportState
from confapp.registration.rules.questions import DataClass

IN_ONE_QUERY = 500
OF_PERSON = {
    column.key: column.columns[0].nullable
    for column in Person.__mapper__.column_attrs
    if column.key not in ("id", "revision", "account_id", "photo_id", "merged_into_id", "erased_at", "created_at")
}


@dataclass(frozen=True)
class Answered:
    """What a row says to one question, as the form found it."""

    question_id: int
    version_id: int
    data_class: DataClass
    value: Any


@dataclass(frozen=True)
class New:
    """A sound row: what it says, and where it goes."""

    row: int
    entry: Entry
    key: str
    category_id: int
    delegation_id: int | None
    is_admitted: bool
    answers: tuple[Answered, ...] = ()


@dataclass(frozen=True)
class Ready:
    """The same as values of tables, sealed; only numbers are missing."""

    new: New
    person: dict[str, Any]
    registration: dict[str, Any]
    answers: tuple[dict[str, Any], ...] = ()


def key_of(conference_id: int, body: str, entry: Entry, reference: str) -> str:
    """By what a row is known again: whom it belongs to, the names, the address, and a reference of its own."""
    names = text.fold(entry.given_name), text.fold(entry.family_name), entry.email.casefold(), text.fold(reference)
    return sealing.fingerprint("\n".join((str(conference_id), body, *names)), "import")


def mark_of_heads(conference_id: int, heads: Sequence[str]) -> str:
    """By what the heads of a table are known again. They are not kept: a table without heads begins with somebody."""
    return sealing.fingerprint("\n".join((str(conference_id), *heads)), "heads")


def refuse_others(actor: Actor, batch: Import) -> None:
    """A focal point brings in members of the own delegation, the office anybody."""
    delegation = db.session.get(Delegation, batch.delegation_id) if batch.delegation_id else None
    allowed = NAME_MEMBERS.allows(actor, delegation) if delegation is not None else ACCREDIT.allows(actor, batch)
    if not allowed:
        raise Forbidden


def make_ready(actor: Actor, conference: Conference, rows: Sequence[New]) -> list[Ready]:
    """Values for the tables, written as those of a form are. In a read transaction: nothing is added yet."""
    now = clock.now()
    with sealing.keys_at_hand():
        return [_ready(actor, conference, new, now) for new in rows]


def register_many(actor: Actor, conference: Conference, batch: Import, rows: Sequence[Ready]) -> dict[int, str]:
    """Registers all of them in the present transaction; returns the number given to each row of the table.

    Whoever is there already (by the key of the row) is left out. Raises Refused, and the caller rolls back, when the
    places do not suffice or a delegation would have two heads.
    """
    refuse_others(actor, batch)
    if fault := rules.deadline_fault(conference, actor, clock.now()):
        raise Refused(fault)
    _next_numbers(conference, 0)  # whoever registers at the same time waits from here on
    there = keys_there([one.new.key for one in rows])
    rows = [one for one in rows if one.new.key not in there]
    if not rows:
        return {}
    _refuse_second_heads(rows)
    numbers = _next_numbers(conference, len(rows))
    person_ids = _added(Person, [one.person for one in rows])
    values = [
        one.registration | {"person_id": person_id, "number": number}
        for one, person_id, number in zip(rows, person_ids, numbers, strict=True)
    ]
    ids = _added(Registration, values)
    _note_moves(actor, conference, rows, ids)
    _note_consents(actor, conference, rows, person_ids)
    answers = [one | {"registration_id": number} for row, number in zip(rows, ids, strict=True) for one in row.answers]
    if answers:
        db.session.execute(insert(Answer.__table__), answers)
    _take_places(conference, rows, ids)
    audit.record(actor, "import_people", batch, people=len(rows), first=numbers[0], last=numbers[-1])
    return {one.new.row: number for one, number in zip(rows, numbers, strict=True)}


def keys_there(keys: Sequence[str]) -> set[str]:
    """Which of some keys are those of registrations of the conference in scope."""
    found: set[str] = set()
    for start in range(0, len(keys), IN_ONE_QUERY):
        part = Registration.import_key.in_(keys[start : start + IN_ONE_QUERY])
        found.update(db.session.scalars(select(Registration.import_key).where(part)))
    return found


def drop(actor: Actor, batch: Import) -> None:
    """Forgets a table that is not brought in."""
    refuse_others(actor, batch)
    if batch.state == ImportState.DONE:
        raise Refused(_("This was brought in already."))
    forget_file(batch)
    batch.state = ImportState.DROPPED
    audit.record(actor, "drop_import", batch)


def forget_file(batch: Import) -> None:
    if batch.file is not None:
        batch.file.erased_at, batch.file.name = clock.now(), ""
        batch.file = None
    batch.source = ""


# --- parts ------------------------------------------------------------------------------------------------------------


def _ready(actor: Actor, conference: Conference, new: New, now: Any) -> Ready:
    entry = new.entry
    person = Person(
        conference_id=conference.id, given_name=entry.given_name, printed_name=entry.printed, merged_into_id=None
    )
    # What a form writes into a registration it writes into this stand-in: a record would join the session.
    written = SimpleNamespace(
        person=person,
        conference_id=conference.id,
        delegation=new.delegation_id,
        organization="",
        functional_title="",
        capacity=Capacity.DELEGATE,
        rank=rules.Rank.OTHER,
    )
    write_entry(written, entry)  # type: ignore[arg-type]
    registration = {
        "ref": new_ref(),
        "conference_id": conference.id,
        "category_id": new.category_id,
        "delegation_id": new.delegation_id,
        "organization": written.organization,
        "functional_title": written.functional_title,
        "capacity": written.capacity,
        "rank": written.rank,
        "status": Status.ACCREDITED if new.is_admitted else Status.SUBMITTED,
        "submitted_at": now,
        "submitted_by": actor.account_id,
        "confirmed_at": None if new.delegation_id else now,  # the office answers for the address
        "decided_at": now if new.is_admitted else None,
        "import_key": new.key,
        "revision": 1,
    }
    # Every row has the same columns, so that all go to the database as one statement.
    values = {
        name: value
        for name, is_nullable in OF_PERSON.items()
        if (value := getattr(person, name)) is not None or is_nullable
    }
    answers = tuple(_answer(actor, conference, one, now) for one in new.answers)
    return Ready(new, values | {"revision": 1}, registration, answers)


def _answer(actor: Actor, conference: Conference, one: Answered, now: Any) -> dict[str, Any]:
    """In the column that its class asks for, sealed where it is to be."""
    row = Answer(ref=new_ref(), conference_id=conference.id)
    row.question = Question(data_class=one.data_class)  # a stand-in: neither row joins the session
    row.value = one.value
    return {
        "ref": row.ref,
        "conference_id": conference.id,
        "question_id": one.question_id,
        "version_id": one.version_id,
        "plain": row.plain,
        "high_sealed": row.high_sealed,
        "special_sealed": row.special_sealed,
        "answered_at": now,
        "answered_by": actor.account_id,
    }


def _next_numbers(conference: Conference, count: int) -> list[str]:
    statement = (
        inserting(Series)
        .values(conference_id=conference.id, name="registration", last=count, ref=new_ref())
        .on_conflict_do_update(index_elements=["conference_id", "name"], set_={"last": Series.last + count})
        .returning(Series.last)
    )
    last: int = db.session.execute(statement).scalar_one()
    mark, year = conference.acronym or conference.slug, conference.starts_on.year
    return [rules.number(mark, year, position) for position in range(last - count + 1, last + 1)]


def _added(model: Any, values: list[dict[str, Any]]) -> list[int]:
    """Inserts rows, which have their references, and returns their ids in the order of the values."""
    table = model.__table__
    db.session.execute(insert(table), values)
    refs = [value["ref"] for value in values]
    ids: dict[str, int] = {}
    for start in range(0, len(refs), IN_ONE_QUERY):
        part = table.c.ref.in_(refs[start : start + IN_ONE_QUERY])
        ids.update((ref, number) for ref, number in db.session.execute(select(table.c.ref, table.c.id).where(part)))
    return [ids[ref] for ref in refs]


def _refuse_second_heads(rows: Sequence[Ready]) -> None:
    heads = [one.new.delegation_id for one in rows if one.registration["capacity"] == Capacity.HEAD]
    wanted = sorted(number for number in heads if number is not None)
    for delegation_id in wanted:
        delegation = db.session.get_one(Delegation, delegation_id)
        queries.hold(delegation)
        if queries.has_head(delegation) or wanted.count(delegation_id) > 1:
            raise Refused(_("This delegation has a head already. Change that person's capacity first."), 422)


def _note_moves(actor: Actor, conference: Conference, rows: Sequence[Ready], ids: Sequence[int]) -> None:
    now, name = clock.now(), actor.name or actor.email
    lines = []
    for one, number in zip(rows, ids, strict=True):
        was = ""
        for verb, became in [("register", "submitted"), *([("accredit", "accredited")] if one.new.is_admitted else [])]:
            lines.append(
                {
                    "ref": new_ref(),
                    "conference_id": conference.id,
                    "registration_id": number,
                    "verb": verb,
                    "was": was,
                    "became": became,
                    "at": now,
                    "account_id": actor.account_id,
                    "acting_name": name,
                }
            )
            was = became
    db.session.execute(insert(RegistrationMove.__table__), lines)


def _note_consents(actor: Actor, conference: Conference, rows: Sequence[Ready], person_ids: Sequence[int]) -> None:
    wording = consent_text(conference.id, ConsentKind.DATA_USE)
    values = [
        {
            "conference_id": conference.id,
            "person_id": person_id,
            "text_id": wording.id,
            "language": one.new.entry.language,
            "given_by": actor.account_id,
            "via": "import",
        }
        for one, person_id in zip(rows, person_ids, strict=True)
    ]
    db.session.execute(insert(Consent.__table__), values)


def _take_places(conference: Conference, rows: Sequence[Ready], ids: Sequence[int]) -> None:
    delegations = {one.new.delegation_id for one in rows if one.new.delegation_id}
    over = {("delegation", quota.owner_id): quota.id for quota in queries.quotas_of("delegation", delegations)}
    categories = queries.quotas_of("category", {one.new.category_id for one in rows})
    over |= {("category", quota.owner_id): quota.id for quota in categories}
    wanted = []
    for one, number in zip(rows, ids, strict=True):
        owners = (("delegation", one.new.delegation_id), ("category", one.new.category_id))
        wanted.append((number, [over[owner] for owner in owners if owner in over]))
    try:
        take_for_many("registration", wanted, conference.id)
    except Full:
        raise Refused(_("The places do not suffice any more. Check the table again.")) from None
