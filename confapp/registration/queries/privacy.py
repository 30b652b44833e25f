"""What personal data of a conference are still kept, and who asked that theirs be erased."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, Text, and_, cast, func, or_, select, union
from sqlalchemy.orm import joinedload, selectinload

from confapp.conferences.models import Conference
from confapp.foundation import sealing
from confapp.foundation.db import across_conferences, db, scope
from confapp.foundation.files import StoredFile
from confapp.foundation.mail import Mail, MailState
from confapp.people.models import ErasureRequest, Person
from confapp.registration.models import Answer, Letter, Question, Registration
from confapp.registration.rules import LIVING, REGISTERED, Status
from confapp.registration.rules.privacy import FIELDS, Kept, read_diet, tables_of

ON_THEIR_WAY = (MailState.QUEUED, MailState.LEASED, MailState.HANDING_OVER)
EMPTY = ("", "[]", "{}", "null", '""')


@dataclass(frozen=True)
class Left:
    """One entry of the list of personal data: how many rows still hold something, and when it goes."""

    field: Kept
    number: int
    purged_at: datetime | None


def left(conference: Conference) -> list[Left]:
    """All kinds of personal data that a conference keeps for a time, those that go first on top."""
    found = [
        Left(field, sum(_filled(table, names) for table, names in _tables(field)), moment)
        for field in FIELDS
        if (moment := field.purged_at(conference)) is not None
    ]
    return sorted(found, key=lambda one: one.purged_at or conference.ends_at)


def left_of(field: Kept) -> int:
    return sum(_filled(table, names) for table, names in _tables(field))


def _tables(field: Kept) -> Iterable[tuple[Table, list[str]]]:
    return ((db.metadata.tables[name], columns) for name, columns in tables_of(field.columns).items())


def _filled(table: Table, names: Sequence[str]) -> int:
    """Rows of the conference in scope in which any of these columns holds something."""
    wanted = select(func.count()).select_from(table).where(table.c.conference_id == _here())
    return db.session.scalar(wanted.where(or_(*(_holds(table.c[name]) for name in names)))) or 0


def _here() -> int:
    here = scope()
    assert isinstance(here, int)
    return here


def _holds(column: Column[Any]) -> Any:
    if column.foreign_keys or not hasattr(column.type, "python_type") or column.info["data"] in ("high", "special"):
        return column.is_not(None)
    return and_(column.is_not(None), cast(column, Text).not_in(EMPTY))


def files_behind(columns: Sequence[str]) -> Sequence[StoredFile]:
    """The stored files that some columns of the conference in scope point at."""
    tables = [(db.metadata.tables[name], listed) for name, listed in tables_of(columns).items()]
    pointers = [
        select(table.c[name]).where(table.c[name].is_not(None), table.c.conference_id == _here())
        for table, listed in tables
        for name in listed
        if table.c[name].references(StoredFile.__table__.c.id)
    ]
    if not pointers:
        return []
    return db.session.scalars(select(StoredFile).where(StoredFile.id.in_(union(*pointers)))).all()


def answer_files(question: Question) -> Sequence[StoredFile]:
    wanted = select(Answer.file_id).where(Answer.question_id == question.id, Answer.file_id.is_not(None))
    return db.session.scalars(select(StoredFile).where(StoredFile.id.in_(wanted))).all()


def answered(question: Question) -> bool:
    """Whether any answer to a question is still kept."""
    columns = (Answer.__table__.c[name] for name in ("plain", "high_sealed", "special_sealed", "file_id"))
    holds = or_(*(_holds(column) for column in columns))
    return db.session.scalar(select(Answer.id).where(Answer.question_id == question.id, holds).limit(1)) is not None


def protected_questions() -> Sequence[Question]:
    """Questions whose answers are sealed and that are asked at present, with their words."""
    sealed = Question.data_class.in_(["high", "special"]) & Question.retired_at.is_(None)
    rows = db.session.scalars(
        select(Question).where(sealed).options(selectinload(Question.versions)).order_by(Question.position, Question.id)
    ).all()
    return [row for row in rows if row.versions]


def questions() -> Sequence[Question]:
    return db.session.scalars(select(Question).order_by(Question.id)).all()


def ended_before(at: datetime) -> list[int]:
    """Conferences that are over and not archived: archiving deletes by itself."""
    with across_conferences("personal data of every conference that is over"):
        over = Conference.archived_at.is_(None) & (Conference.ends_on <= at.date())
        return [row.id for row in db.session.scalars(select(Conference).where(over)) if row.ends_at <= at]


# --- requests to erase ------------------------------------------------------------------------------------------------


def open_request(person: Person) -> ErasureRequest | None:
    return db.session.scalar(
        select(ErasureRequest).where(
            ErasureRequest.person_id == person.id,
            ErasureRequest.done_at.is_(None),
            ErasureRequest.cancelled_at.is_(None),
        )
    )


def open_requests(conference: Conference) -> Sequence[tuple[ErasureRequest, Registration]]:
    """Who waits for the erasure of the own data, the nearest end first."""
    rows = db.session.execute(
        select(ErasureRequest, Registration)
        .join(Registration, Registration.person_id == ErasureRequest.person_id)
        .where(
            ErasureRequest.conference_id == conference.id,
            ErasureRequest.done_at.is_(None),
            ErasureRequest.cancelled_at.is_(None),
        )
        .options(joinedload(Registration.person))
        .order_by(ErasureRequest.due_at)
    )
    return [(row[0], row[1]) for row in rows]


def due_requests(at: datetime) -> list[tuple[int, int]]:
    """(person, conference) of those whose time is up."""
    rows = db.session.execute(
        select(ErasureRequest.person_id, ErasureRequest.conference_id).where(
            ErasureRequest.person_id.is_not(None),
            ErasureRequest.due_at <= at,
            ErasureRequest.done_at.is_(None),
            ErasureRequest.cancelled_at.is_(None),
        )
    )
    return [(person, conference) for person, conference in rows if person and conference]


def erased_and_living(at: datetime) -> list[tuple[int, int]]:
    """(person, conference) of those who take part in a conference that is not over, though their data were erased."""
    rows = db.session.execute(
        select(Registration.person_id, Registration.conference_id)
        .join(Registration.person)
        .join(Person.conference)
        .where(Person.erased_at.is_not(None), Registration.status.in_(LIVING), Conference.ends_on >= at.date())
    )
    return [(person, conference) for person, conference in rows]


def with_last_mails() -> list[int]:
    """Conferences in which the last mail to somebody whose data were erased may be forgotten by now."""
    about = Mail.dedupe_key.startswith("registration:") & Mail.dedupe_key.endswith(":erased")
    rows = db.session.scalars(
        select(Mail.conference_id).where(about, Mail.state.not_in(ON_THEIR_WAY), Mail.text != "").distinct()
    )
    return [row for row in rows if row is not None]


# --- all about one person ---------------------------------------------------------------------------------------------


def letters_of(registration: Registration) -> Sequence[Letter]:
    return db.session.scalars(select(Letter).where(Letter.registration_id == registration.id)).all()


def mails_about(registration: Registration) -> Sequence[Mail]:
    """Mails about a registration name it in their event, or one of its letters or own papers."""
    refs = [registration.ref, *(one.ref for one in (*letters_of(registration), *registration.credentials))]
    events = [Mail.dedupe_key.contains(ref, autoescape=True) for ref in refs]
    return db.session.scalars(
        select(Mail).where(Mail.conference_id == registration.conference_id, or_(*events)).order_by(Mail.id)
    ).all()


# --- diets ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Meals:
    """How many are accredited and how many may still be, and of both together each diet; nobody is named."""

    accredited: int
    undecided: int
    by_kind: dict[str, int]
    in_words: int


def meals(conference: Conference) -> Meals:
    """Totals over those who come and those who may: who never confirmed the address is not cooked for.

    Values are opened one after another and nothing but numbers leaves here.
    """
    is_confirmed = Registration.delegation_id.is_not(None) | Registration.confirmed_at.is_not(None)
    is_accredited = Registration.status == Status.ACCREDITED
    rows = db.session.execute(
        select(Person.ref, Person.diet_sealed, Registration.status)
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.status.in_(REGISTERED), is_accredited | is_confirmed)
    ).all()
    counts: dict[str, int] = {}
    in_words = 0
    sealed = [row for row in rows if row.diet_sealed is not None]
    unseal = sealing.opener(conference.id, "special") if sealed else None
    for row in sealed:
        assert unseal is not None
        kind, note = read_diet(unseal(row.diet_sealed, f"person/{row.ref}/diet_sealed".encode()))
        counts[kind] = counts.get(kind, 0) + 1
        in_words += bool(note)
    accredited = sum(row.status == Status.ACCREDITED for row in rows)
    return Meals(accredited, len(rows) - accredited, counts, in_words)
