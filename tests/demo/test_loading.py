"""The demonstration in the database: loaded once, with every document published.

Loading takes seconds and publishing half a minute: one test loads, the other reads what a first start has published.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confapp import create_app, demo
from confapp.conferences.models import Conference
from confapp.conferences.rules import Phase
from confapp.demo import content, decisions2027, icdd2021, rcdd2019, roles, sample2027
from confapp.documents.models import Document, Publication
from confapp.documents.queries import adoption_of, beside_adoption, silences, with_symbol
from confapp.documents.rules import Status as DocumentStatus
from confapp.documents.rules.formats import wanted
from confapp.foundation import audit, clock, files, jobs, known
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.files import StoredFile
from confapp.foundation.places import Place, PlaceState
from confapp.people.models import Account, MailedLink, Mandate, Person
from confapp.people.rules import Role
from confapp.programme.models import Booklet, Placement, Schedule
from confapp.publishing import verification
from confapp.publishing.models import HashList
from confapp.publishing.verification import Verdict
from confapp.registration.models import Delegation, Letter, Questionnaire, Registration
from confapp.registration.queries.accreditation import prepared_by_verb
from confapp.registration.queries.duplicates import duplicates
from confapp.registration.queries.figures import figures_of
from confapp.registration.rules import DelegationStatus, Status
from confapp.registration.rules.credentials import CredentialState, state_of
from confapp.registration.rules.letters import LetterKind, LetterStatus
from tests.conftest import settings_in, turn_to

SLUGS = [described.CONFERENCE.slug for described in (rcdd2019, icdd2021, sample2027)]


def run_jobs() -> None:
    """Also those that wait for more of the same, such as the printing of a programme."""
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        while jobs.run_due():
            pass
    demo.release(current_app)


@pytest.fixture
def filled(app: Flask) -> Flask:
    demo.load(app, echo=lambda _: None)
    return app


@pytest.fixture
def published(whole_app: Flask, loaded: Path, tmp_path: Path) -> Iterator[Flask]:
    """What the first start of this run has left, after the jobs that were waiting when it ended."""
    data = tmp_path / "var"
    shutil.copytree(loaded, data)
    app = create_app(settings_in(data))
    turn_to(app)
    with app.app_context():
        run_jobs()
        yield app
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()
    turn_to(whole_app)


def conference(slug: str) -> Conference:
    return db.session.scalars(select(Conference).where(Conference.slug == slug)).one()


def counts() -> dict[str, int]:
    with across_conferences("a test counts"):
        models = (Conference, Account, Mandate, Person, Delegation, Registration, Document, Schedule, audit.AuditEntry)
        return {model.__name__: db.session.scalar(select(func.count()).select_from(model)) or 0 for model in models}


def test_what_is_loaded(filled: Flask) -> None:
    check_the_sample()
    check_the_past_conferences()
    check_the_draft()
    check_links(filled)
    check_loading_again(filled)


@pytest.mark.once  # what is loaded is read on both databases, what is made of it for readers on one
def test_what_readers_find(published: Flask) -> None:
    check_documents()
    check_what_was_decided()
    check_files()
    for prefix in ("", "/id", "/ar"):
        check_pages(published.test_client(), prefix)


def check_loading_again(filled: Flask) -> None:
    """It changes nothing."""
    db.session.rollback()
    before = counts()
    db.session.rollback()
    demo.load(filled, echo=lambda _: None)
    assert counts() == before


def check_documents() -> None:
    """All are published that should be, and the record is whole."""
    described = {
        document.symbol: document
        for module in (rcdd2019, icdd2021, sample2027)
        for document in module.CONFERENCE.documents
    }
    with across_conferences("a test reads all documents"):
        documents = db.session.scalars(select(Document)).all()
        assert {document.symbol for document in documents} == set(described)
        for document in documents:
            should_be = DocumentStatus.PUBLISHED if described[document.symbol].published else DocumentStatus.DRAFT
            assert document.status == should_be, document.symbol
            made = {(p.language, p.format) for issue in document.issues for p in issue.publications}
            every = set(wanted(list(document.languages), document.original_language))
            assert made == (every if described[document.symbol].published else set())
    assert audit.verify() == []


def check_what_was_decided() -> None:
    """Only states that do not exist voted, stated and endorsed; and silence runs on a draft."""
    with in_conference(conference("sample-2027").id):
        document = with_symbol(decisions2027.RESOLUTION.symbol)
        assert document is not None
        beside = beside_adoption(adoption_of(document))
        made_up = {name["en"] for name in decisions2027.OWN_STATES.values()}
        cast = {name["en"] for name, code, vote in beside.votes if vote != "absent"}
        told = {one.delegation["en"] for one in beside.statements} | {one.name["en"] for one in beside.endorsements}
        assert cast == made_up >= told
        assert [one.kind for one in beside.statements] == ["dissociation"]
        assert len(beside.endorsements) == 2
        draft = with_symbol(decisions2027.NEXT_MEETING.symbol)
        assert draft is not None
        assert [run.state for run in silences(draft)] == ["open"]


def check_files() -> None:
    """Each file that was handed out is known by its bytes, and one byte more is noticed."""
    with across_conferences("a test reads all published files"):
        rows = db.session.scalars(select(known.KnownFile)).all()
        assert {row.kind for row in rows} >= {known.Kind.ISSUE, known.Kind.PROGRAMME, known.Kind.LETTER}
        listed = [(row.sha256, row.kind) for row in rows]
        assert {sha256 for sha256, _ in listed} >= set(db.session.scalars(select(Publication.sha256)))
        printed = select(StoredFile.sha256).join(Booklet, Booklet.file_id == StoredFile.id)
        assert {sha256 for sha256, _ in listed} >= set(db.session.scalars(printed))
        signed = {row.conference_id for row in db.session.scalars(select(HashList))}
        assert signed == {row.conference_id for row in rows if row.kind == known.Kind.ISSUE}
    for sha256, kind in listed:
        content = files.path_of(sha256).read_bytes()
        assert verification.of_file(content)[1].verdict in (Verdict.CURRENT, Verdict.SUPERSEDED)
        if kind == known.Kind.ISSUE:
            assert verification.of_file(content + b" ")[1].verdict == Verdict.EXTENDED


def check_the_sample() -> None:
    """It is in the middle of its registration."""
    sample = conference("sample-2027")
    assert sample.phase == Phase.REGISTRATION_OPEN
    described = sample2027.CONFERENCE
    with in_conference(sample.id):
        registrations = db.session.scalars(select(Registration)).all()
        assert Counter(row.status for row in registrations) == Counter(Status(p.status) for p in described.people)
        standings = {row.code: row.status for row in db.session.scalars(select(Delegation)) if row.code}
        assert standings == {each.party: DelegationStatus(each.standing) for each in described.delegations}
        returned = [row for row in registrations if row.status == Status.RETURNED]
        assert all(row.moves[-1].reason for row in returned)
        check_figures(sample)
        check_places()
        check_the_offices(described)


def check_figures(sample: Conference) -> None:
    """The five counts differ; nobody attends before the conference."""
    shown = figures_of(roles.actor(Role.ORGANIZER), sample)
    count = {name: one.number for name, one in shown.total}
    assert len(set(count.values())) == len(count) == 5
    assert count["attended"] == 0


def check_places() -> None:
    """A full category with an offer and a queue, and a full session with another."""
    states = Counter((place.quota.owner_kind, place.state) for place in db.session.scalars(select(Place)))
    assert states["category", PlaceState.OFFERED] == 1
    assert states["category", PlaceState.WAITING] == states["session", PlaceState.WAITING] == 2
    assert states["zone", PlaceState.HELD] > 50


def check_the_offices(described: content.Conference) -> None:
    work = described.office
    assert sum(prepared_by_verb().values()) == len(work.prepared)
    kinds = Counter((letter.kind, letter.status) for letter in db.session.scalars(select(Letter)))
    assert kinds[LetterKind.VISA_SUPPORT, LetterStatus.REQUESTED] == 1
    assert kinds[LetterKind.CONFIRMATION, LetterStatus.CHECKED] == 1
    assert sum(kinds.values()) == len(work.letters_to) + 2
    papers = Counter(state_of(row.credentials) for row in db.session.scalars(select(Delegation)))
    assert papers[CredentialState.OBJECTED] == papers[CredentialState.TO_CHECK] == 1
    asked = db.session.scalars(select(Questionnaire).where(Questionnaire.is_open)).all()
    assert {row.code for row in asked} == {"delegate", "delegate-travel", "media"}
    assert [pair.one.family_name for pair in duplicates()] == ["Esempio"]


def check_the_past_conferences() -> None:
    """They are closed and hold nobody."""
    for module in (rcdd2019, icdd2021):
        described = module.CONFERENCE
        past = conference(described.slug)
        assert past.phase == Phase.CLOSED
        with in_conference(past.id):
            assert db.session.scalar(select(func.count(Person.id))) == 0
            assert set(db.session.scalars(select(Delegation.code))) == set(described.states)
            released = db.session.scalars(select(Schedule).where(Schedule.number.is_not(None))).one()
            placed = db.session.scalars(select(Placement).where(Placement.schedule_id == released.id)).all()
            assert len(placed) == len(described.sessions)


def check_the_draft() -> None:
    """The timetable of the sample was changed since its release."""
    sample = conference("sample-2027")
    with in_conference(sample.id):
        draft, release = db.session.scalars(select(Schedule).order_by(Schedule.number.is_not(None))).all()
        starts = [
            {(p.session_id, p.starts_at, p.room_ids) for p in schedule.placements} for schedule in (draft, release)
        ]
        assert len(starts[0]) == len(starts[1]) + 2  # one of them is a room that is reserved for two delegations
        assert len(starts[0] - starts[1]) == 2 + len(sample2027.RESCHEDULED)


def check_links(filled: Flask) -> None:
    """One for each role, not used yet."""
    db.session.rollback()
    links = demo.sign_in_links(filled)
    assert len(links) == len(Role)
    assert len({address for _, address in links}) == len(links)
    assert db.session.scalar(select(func.count(MailedLink.id)).where(MailedLink.used_at.is_not(None))) == 0
    for role in Role:
        holder = db.session.scalars(select(Account).where(Account.email == roles.mailbox(role))).one()
        assert role in {mandate.role for mandate in holder.mandates}


def check_pages(client: FlaskClient, prefix: str) -> None:
    for slug in SLUGS:
        with in_conference(conference(slug).id):
            documents = db.session.scalars(select(Document).where(Document.status == DocumentStatus.PUBLISHED)).all()
            symbols = [document.symbol for document in documents]
        paths = ["", "programme", "documents/", "pages/venue", *(f"documents/{symbol}" for symbol in symbols)]
        for path in paths:
            answer = client.get(f"{prefix}/{slug}/{path}", follow_redirects=True)
            assert answer.status_code == 200, (slug, path)
