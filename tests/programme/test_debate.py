"""A general debate: requests, order, statements, reminders, the session itself, and what the public sees."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from confapp.foundation import clock, files, jobs
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db, in_conference
from confapp.foundation.lifecycle import Refused
from confapp.foundation.mail import Mail
from confapp.foundation.transactions import in_write_transaction, writing
from confapp.people.models import Account
from confapp.people.rules import Role
from confapp.programme.actions import debate as actions
from confapp.programme.actions import rooms, timetable
from confapp.programme.actions import sessions as session_actions
from confapp.programme.actions.debate import Said, Wanted
from confapp.programme.models import Debate, Session, Statement
from confapp.programme.queries import debate as queries
from confapp.programme.rules import Details, Kind
from confapp.registration.actions import delegations
from confapp.registration.actions.substitution import holdings
from confapp.registration.models import Delegation, Registration
from confapp.registration.rules import Status
from tests import build
from tests.build import Client

PDF = b"%PDF-1.7 a sample statement"


class Scene:
    """A general debate with two topics, open to requests; delegations with focal points are made as needed."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.conference = build.conference(acronym="GD", languages=["en", "id"])
        now = clock.now()
        with self.at_work():
            room = rooms.add_room(SYSTEM, self.conference, {"en": "Hall"})
            made = session_actions.create_session(
                SYSTEM, self.conference, Details(Kind.GENERAL_DEBATE, {"en": "Debate"}, 20)
            )
            db.session.flush()
            timetable.place(SYSTEM, made, [room], self.conference.starts_at + timedelta(hours=9))
            wanted = Wanted(
                opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9), due_at=now + timedelta(days=20)
            )
            debate = actions.set_up(SYSTEM, made, wanted)
            for title in ("Trust", "Access"):
                actions.add_topic(SYSTEM, debate, {"en": title})
            db.session.flush()
            self.id, self.session, self.session_id = debate.id, made.ref, made.id

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with in_conference(self.conference.id), writing():
            yield

    @contextmanager
    def reading(self) -> Iterator[Debate]:
        db.session.rollback()
        with in_conference(self.conference.id):
            yield db.session.get_one(Debate, self.id)
        db.session.rollback()

    def delegation(self, **changes: Any) -> tuple[Delegation, Account]:
        row, holder = build.delegation(self.conference, **changes), build.account()
        build.mandate(holder, Role.FOCAL_POINT, self.conference, delegation_id=row.id)
        return row, holder

    def ask(self, of: Delegation, rank: str = "minister", **said: Any) -> int:
        with self.at_work():
            debate = db.session.get_one(Debate, self.id)
            row = actions.request(SYSTEM, debate, db.session.get_one(Delegation, of.id), Said(rank=rank, **said))
            db.session.flush()
            return row.id

    def do(self, verb: Any, number: int, *more: Any) -> None:
        with self.at_work():
            verb(SYSTEM, db.session.get_one(Statement, number), *more)

    def order(self) -> list[int]:
        with self.reading() as debate:
            return [row.statement.delegation_id for row in queries.listing(debate).statements if row.statement]

    def change(self, **values: Any) -> None:
        with self.at_work():
            debate = db.session.get_one(Debate, self.id)
            for name, value in values.items():
                setattr(debate, name, value)

    def own(self, of: Delegation, more: str = "") -> str:
        return f"/me/{self.conference.slug}/statements/{of.ref}/{self.session}{more}"

    def desk(self, more: str = "") -> str:
        return f"/desk/{self.conference.slug}/sessions/{self.session}{more}"

    def as_(self, account: Account) -> Client:
        client: Client = self.app.test_client()  # type: ignore[assignment]
        return client.sign_in(account)

    def officer(self) -> Client:
        return self.as_(build.staff(self.conference, Role.PROGRAMME_OFFICER))


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


def test_the_rule_gives_places_hands_move_and_the_rule_is_applied_again(scene: Scene) -> None:
    one, two, three, four = (scene.delegation()[0] for _ in range(4))
    scene.ask(one)
    scene.ask(two, "vice_minister")
    third = scene.ask(three, "head_of_state")
    scene.ask(four)
    assert scene.order() == [three.id, one.id, four.id, two.id]
    scene.do(actions.move, third, 99)
    assert scene.order() == [one.id, four.id, two.id, three.id]
    later = scene.delegation()[0]
    last = scene.ask(later)
    assert scene.order() == [one.id, four.id, later.id, two.id, three.id]
    with scene.at_work():
        actions.swap(SYSTEM, db.session.get_one(Statement, third), db.session.get_one(Statement, last))
    assert scene.order() == [one.id, four.id, three.id, two.id, later.id]
    with scene.at_work():
        actions.order_by_rule(SYSTEM, db.session.get_one(Debate, scene.id))
    assert scene.order() == [three.id, one.id, four.id, later.id, two.id]


def test_withdrawn_twice_is_once_and_asking_again_goes_behind_the_others(scene: Scene) -> None:
    one, two = scene.delegation()[0], scene.delegation()[0]
    first = scene.ask(one)
    scene.ask(two)
    for _ in range(2):
        scene.do(actions.withdraw, first)
    assert scene.order() == [two.id]
    with scene.reading() as debate:
        assert len(debate.session.items) == 1
        verbs = db.session.scalars(select(AuditEntry.verb).where(AuditEntry.subject_kind == "statement")).all()
        assert verbs.count("withdraw_statement") == 1
    assert scene.ask(one) == first
    assert scene.order() == [two.id, one.id]


def test_a_delegation_that_declines_the_invitation_leaves_the_list_and_its_text_stays_on_record(scene: Scene) -> None:
    (one, holder), (two, _other) = scene.delegation(), scene.delegation()
    first = scene.ask(one, may_publish=True)
    scene.ask(two)
    with scene.at_work():
        file = files.store(PDF, "application/pdf", "statement.pdf", conference_id=scene.conference.id)
        actions.hand_in(SYSTEM, db.session.get_one(Statement, first), file=file, recording_url="")
    for _ in range(2):
        with scene.at_work():
            delegations.decline(SYSTEM, db.session.get_one(Delegation, one.id))
    assert scene.order() == [two.id]
    with scene.reading():
        row = db.session.get_one(Statement, first)
        assert row.withdrawn_at is not None
        assert len(row.files) == 1
        verbs = list(db.session.scalars(select(AuditEntry.verb).where(AuditEntry.subject_ref == row.ref)))
        assert verbs.count("withdraw_statement") == 1
        ref, kept = row.ref, row.files[0].ref
    page = scene.officer().get(scene.desk("/speakers")).text
    assert page.index("Withdrawn") < page.index(one.name["en"])
    assert scene.officer().get(scene.desk(f"/speakers/{ref}/files/{kept}")).data == PDF
    assert "has declined the invitation" in scene.as_(holder).get(scene.own(one)).text


def test_two_requests_of_one_delegation_at_the_same_moment_are_one(scene: Scene) -> None:
    row = scene.delegation()[0]
    number, conference_id = row.id, scene.conference.id
    db.session.rollback()

    def work() -> int:
        def ask() -> int:
            debate = db.session.get_one(Debate, scene.id)
            made = actions.request(SYSTEM, debate, db.session.get_one(Delegation, number), Said(rank="minister"))
            db.session.flush()
            return made.id

        with in_conference(conference_id):
            return in_write_transaction(ask)

    assert len(set(build.at_once(scene.app, work, 6))) == 1
    assert scene.order() == [number]
    with scene.reading():
        assert db.session.scalar(select(func.count(Statement.id))) == 1


def test_a_closed_list_takes_no_request_and_no_other_rank(scene: Scene) -> None:
    one, two = scene.delegation()[0], scene.delegation()[0]
    number = scene.ask(one)
    scene.change(closes_at=clock.now())
    with pytest.raises(Refused, match="closed"):
        scene.ask(two)
    with pytest.raises(Refused) as refused:
        scene.do(actions.change, number, Said(rank="head_of_state"))
    assert (refused.value.status, refused.value.field) == (422, "rank")
    scene.do(actions.change, number, Said(rank="minister", name="H.E. Ms Somebody"))
    with scene.at_work():
        debate = db.session.get_one(Debate, scene.id)
        actions.enter(SYSTEM, debate, db.session.get_one(Delegation, two.id), actions.entered(debate, "head_of_state"))
    assert scene.order() == [two.id, one.id]
    gone = scene.delegation(declined_at=clock.now())[0]
    scene.change(closes_at=None)
    with pytest.raises(Refused, match="declined the invitation"):
        scene.ask(gone)


def test_texts_are_replaced_kept_and_marked_when_late(scene: Scene) -> None:
    number = scene.ask(scene.delegation()[0])

    def hand_in(content: bytes) -> None:
        with scene.at_work():
            file = files.store(content, "application/pdf", "s.pdf", conference_id=scene.conference.id)
            actions.hand_in(SYSTEM, db.session.get_one(Statement, number), file=file)

    hand_in(PDF)
    hand_in(PDF)
    scene.change(due_at=clock.now() - timedelta(seconds=1))
    hand_in(PDF + b" anew")
    with scene.reading():
        row = db.session.get_one(Statement, number)
        assert [one.is_late for one in row.files] == [False, True]
        assert row.file_id == row.files[1].file_id
    scene.do(actions.begin, number)
    with pytest.raises(Refused, match="delivered"):
        hand_in(PDF + b" too late")


def test_the_floor_ends_one_statement_when_the_next_begins(scene: Scene) -> None:
    first, second = scene.ask(scene.delegation()[0]), scene.ask(scene.delegation()[0])
    for _ in range(2):
        scene.do(actions.begin, first)
    scene.do(actions.begin, second)
    with scene.reading() as debate:
        one, two = db.session.get_one(Statement, first), db.session.get_one(Statement, second)
        assert one.ended_at == two.started_at
        listing = queries.listing(debate)
        assert listing.speaking is not None
        assert listing.speaking.statement is two
        assert listing.following is None
    with pytest.raises(Refused, match="delivered"):
        scene.do(actions.withdraw, first)
    scene.do(actions.undo_begin, second)
    with scene.reading() as debate:
        assert queries.listing(debate).speaking is None


def test_what_stands_in_the_list_is_not_removed_from_the_order(scene: Scene) -> None:
    scene.ask(scene.delegation()[0])
    with scene.at_work():
        session = db.session.get_one(Session, scene.session_id)
        with pytest.raises(Refused, match="list of speakers"):
            session_actions.remove_item(SYSTEM, session.items[0])
        with pytest.raises(Refused, match="list of speakers"):
            session_actions.change_item(SYSTEM, session.items[0], {"en": "Other"}, 5, None, None)
        session_actions.change_item(SYSTEM, session.items[0], {"en": "Said"}, 5, session.items[0].delegation, None)


def test_a_session_with_delegations_becomes_a_debate_with_them(scene: Scene) -> None:
    one = scene.delegation()[0]
    with scene.at_work():
        made = session_actions.create_session(SYSTEM, scene.conference, Details(Kind.GENERAL_DEBATE, {"en": "B"}, 60))
        session_actions.add_item(SYSTEM, made, {"en": "Opening"}, minutes=10)
        session_actions.add_item(SYSTEM, made, {"en": "S"}, delegation=db.session.get_one(Delegation, one.id))
        db.session.flush()
        debate = actions.set_up(SYSTEM, made, Wanted(minutes=7))
        listing = queries.listing(debate)
        assert [row.number for row in listing.rows] == [None, 1]
        assert (listing.minutes, listing.over) == (17, 0)
        assert "request" in listing.statements[0].missing
        panel = session_actions.create_session(SYSTEM, scene.conference, Details(Kind.PANEL, {"en": "P"}, 60))
        with pytest.raises(Refused):
            actions.set_up(SYSTEM, panel, Wanted())


def test_reminders_reach_those_who_owe_something_once_a_day(scene: Scene) -> None:
    one, two = scene.delegation()[0], scene.delegation()[0]
    topic = None
    with scene.reading() as debate:
        topic = debate.topics[0].id
    number = scene.ask(one, name="Somebody")
    with scene.at_work():
        row = db.session.get_one(Statement, number)
        row.topic_id = topic
        file = files.store(PDF, "application/pdf", "s.pdf", conference_id=scene.conference.id)
        actions.hand_in(SYSTEM, row, file=file)
    build.delegation(scene.conference)  # nobody to write to
    for expected in (1, 0):
        with scene.at_work():
            assert actions.remind(SYSTEM, db.session.get_one(Debate, scene.id)) == expected
        jobs.run_due()
    subjects = db.session.scalars(select(Mail.subject)).all()
    assert subjects == ["Reminder: Debate"]
    text = db.session.scalar(select(Mail.text))
    assert text is not None
    assert "Request for a place" in text
    assert two.ref in text


def test_the_provisional_list_is_announced_once_to_each_focal_point(scene: Scene) -> None:
    one, _two = scene.delegation()[0], scene.delegation()[0]
    with scene.at_work(), pytest.raises(Refused):
        actions.announce(SYSTEM, db.session.get_one(Debate, scene.id))
    scene.ask(one)
    with scene.at_work():
        actions.announce(SYSTEM, db.session.get_one(Debate, scene.id))
    jobs.run_due()
    assert [one for one in db.session.scalars(select(Mail.subject)) if "list of speakers" in one] == [
        "Provisional list of speakers: Debate"
    ]


def test_whoever_takes_a_speakers_place_takes_the_statement(scene: Scene) -> None:
    row = scene.delegation()[0]
    old, new = (build.registration(scene.conference, delegation_id=row.id, status=Status.ACCREDITED) for _ in range(2))
    holding = next(one for one in holdings if one.name == "statements")
    with in_conference(scene.conference.id):
        person = db.session.get_one(Registration, old.id).person
    number = scene.ask(row, person=person)
    with scene.at_work():
        before, after = db.session.get_one(Registration, old.id), db.session.get_one(Registration, new.id)
        held = list(holding.held(before))
        holding.move([one.key for one in held], before, after, SYSTEM)
    with scene.reading():
        statement = db.session.get_one(Statement, number)
        assert len(held) == 1
        assert statement.person_id == new.person_id


# --- pages ------------------------------------------------------------------------------------------------------------


def fields(**changes: Any) -> dict[str, Any]:
    usual = {"who": "other", "name": "H.E. Ms Sample", "rank": "minister", "mode": "in_person", "language": "en"}
    return usual | changes


def test_a_focal_point_asks_hands_in_and_the_secretariat_sees_what_is_missing(scene: Scene) -> None:
    row, holder = scene.delegation()
    client, officer = scene.as_(holder), scene.officer()
    assert client.get(f"/me/{scene.conference.slug}/delegations/{row.ref}").text.count("Statements") >= 1
    assert client.get(f"/me/{scene.conference.slug}/statements/{row.ref}/").status_code == 303
    for wrong in ({"rank": "emperor"}, {"mode": "song"}, {"name": ""}, {"embargo_until": "soon"}, {"who": "nobody"}):
        answer = client.send(scene.own(row), **fields(**wrong))
        assert answer.status_code == 422, wrong
    for _ in range(2):
        assert client.send(scene.own(row), _key="one form, sent twice", **fields()).status_code == 303
    page = officer.get(scene.desk("/speakers")).text
    assert "H.E. Ms Sample" in page
    assert "Text of the statement" in page
    assert "H.E. Ms Sample" in officer.get(scene.desk("/speakers?missing=topic")).text
    assert "H.E. Ms Sample" not in officer.get(scene.desk("/speakers?missing=speaker")).text.partition("<table")[2]
    for content in (b"", b"<html>"):
        sent = {"file": (io.BytesIO(content), "s.pdf")} if content else {}
        assert client.send(scene.own(row, "/text"), **sent).status_code == 422
    assert client.send(scene.own(row, "/text"), recording_url="ftp://x").status_code == 422
    assert client.send(scene.own(row, "/text"), file=(io.BytesIO(PDF), "s.pdf")).status_code == 303
    shown = client.get(scene.own(row)).text
    assert "s.pdf" in shown
    with scene.reading():
        statement = db.session.scalars(select(Statement)).one()
        stored = statement.files[0].ref
    assert client.get(scene.own(row, f"/files/{stored}")).data == PDF
    stale = client.send(scene.own(row), revision="1", **fields(name="Somebody else"))
    assert stale.status_code == 409
    assert client.send(scene.own(row, "/withdraw")).status_code == 303
    assert "Withdrawn" in client.get(scene.own(row)).text


def test_other_delegations_find_nothing_and_gate_staff_may_not(scene: Scene) -> None:
    row, _holder = scene.delegation()
    scene.ask(row)
    stranger = scene.as_(scene.delegation()[1])
    assert stranger.get(scene.own(row)).status_code == 404
    for verb in ("", "/text", "/withdraw"):
        assert stranger.send(scene.own(row, verb), **fields()).status_code == 404
    gate = scene.as_(build.staff(scene.conference, Role.GATE_STAFF))
    assert gate.get(scene.desk("/speakers")).status_code == 403
    press = scene.as_(build.staff(scene.conference, Role.PRESS_DESK))
    assert press.get(scene.desk("/speakers")).status_code == 200
    assert press.send(scene.desk("/speakers/order")).status_code == 403


def test_the_desk_moves_swaps_adds_and_refuses_nonsense(scene: Scene) -> None:
    one, two, three = (scene.delegation()[0] for _ in range(3))
    scene.ask(one)
    scene.ask(two)
    officer = scene.officer()
    with scene.reading() as debate:
        refs = [row.statement.ref for row in queries.listing(debate).statements if row.statement]
    base = scene.desk("/speakers")
    assert officer.send(f"{base}/{refs[0]}/move", how="down").status_code == 303
    assert scene.order() == [two.id, one.id]
    for to in ("", "-1", "first", "0"):
        assert officer.send(f"{base}/{refs[0]}/move", how="to", to=to).status_code == 422
    assert officer.send(f"{base}/{refs[0]}/move", how="to", to="1").status_code == 303
    assert officer.send(f"{base}/swap", one=refs[0], other=refs[1]).status_code == 303
    assert scene.order() == [two.id, one.id]
    assert officer.send(f"{base}/swap", one=refs[0], other=refs[0]).status_code == 422
    assert officer.send(f"{base}/swap", one="x").status_code == 422
    assert officer.send(f"{base}/enter", delegation=three.ref, rank="head_of_state").status_code == 303
    assert officer.send(f"{base}/enter", delegation=three.ref).status_code == 409
    assert officer.send(f"{base}/reply", delegation=one.ref).status_code == 303
    assert scene.order() == [two.id, one.id, three.id, one.id]  # hands put the two where they are
    assert "takes" not in officer.get(base).text
    for kind in ("csv", "xlsx", "pdf"):
        assert officer.get(f"{base}.{kind}").status_code == 200
    assert officer.get(f"{base}/nothing").status_code == 404
    page = officer.get(f"{base}/{refs[0]}").text
    assert "What was granted" in page
    with scene.reading():
        revision = db.session.scalars(select(Statement.revision).where(Statement.ref == refs[0])).one()
    terms = {"revision": str(revision), "minutes": "15"}
    assert officer.send(f"{base}/{refs[0]}/terms", **terms).status_code == 303
    assert officer.send(f"{base}/{refs[0]}/terms", **terms).status_code == 409
    assert officer.send(f"{base}/{refs[0]}/terms", minutes="0").status_code == 422
    assert "The list takes 8 minutes more" in officer.get(base).text


def test_the_debate_is_set_up_with_topics(scene: Scene) -> None:
    officer = scene.officer()
    with scene.reading() as debate:
        revision, topics = debate.revision, [one.ref for one in debate.topics]
    good = {
        "revision": str(revision),
        "opens_at": "2027-01-01T09:00",
        "closes_at": "2027-01-05T09:00",
        "minutes": "4",
        "reply_minutes": "2",
        "modes": ["in_person", "recorded"],
        "ordering": "rank",
    }
    for wrong in ({"closes_at": "2026-01-01T09:00"}, {"minutes": "0"}, {"modes": []}, {"ordering": "size"}):
        assert officer.send(scene.desk("/debate"), **(good | wrong)).status_code == 422, wrong
    assert officer.send(scene.desk("/debate"), **good).status_code == 303
    assert officer.send(scene.desk("/debate"), **good).status_code == 409
    assert officer.send(scene.desk("/debate/topics"), **{"title-en": ""}).status_code == 422
    assert officer.send(scene.desk("/debate/topics"), **{"title-en": "Third"}).status_code == 303
    assert officer.send(scene.desk(f"/debate/topics/{topics[0]}"), **{"title-en": "New words"}).status_code == 303
    assert officer.send(scene.desk(f"/debate/topics/{topics[1]}/remove")).status_code == 303
    page = officer.get(scene.desk("/debate")).text
    assert [word in page for word in ("New words", "Access", "Third")] == [True, False, True]


def test_the_public_sees_the_list_when_shown_and_the_text_when_released(scene: Scene, app: Flask) -> None:
    number = scene.ask(scene.delegation()[0], name="H.E. Mr Public", may_publish=True)
    with scene.at_work():
        file = files.store(PDF, "application/pdf", "s.pdf", conference_id=scene.conference.id)
        row = db.session.get_one(Statement, number)
        actions.hand_in(SYSTEM, row, file=file)
        ref = row.ref
    base, anybody, officer = f"/{scene.conference.slug}/sessions/{scene.session}", app.test_client(), scene.officer()
    text = f"{base}/statements/{ref}"
    assert anybody.get(f"{base}/list-of-speakers").status_code == 404
    assert officer.send(scene.desk("/speakers/publish")).status_code == 303
    assert "H.E. Mr Public" in anybody.get(f"{base}/list-of-speakers").text
    assert anybody.get(text).status_code == 404
    floor = {"from": "floor"}
    for verb in ("begin", "end"):
        assert officer.send(scene.desk(f"/speakers/{ref}/{verb}"), **floor).status_code == 303
    assert anybody.get(text).data == PDF
    assert "Check against delivery" in anybody.get(f"{base}/list-of-speakers").text
    assert officer.send(scene.desk(f"/speakers/{ref}/check")).status_code == 303
    assert "Check against delivery" not in anybody.get(f"{base}/list-of-speakers").text
    with scene.at_work():
        db.session.get_one(Statement, number).embargo_until = clock.now() + timedelta(hours=1)
    assert anybody.get(text).status_code == 404
    assert officer.send(scene.desk("/speakers/hide")).status_code == 303
    assert anybody.get(f"{base}/list-of-speakers").status_code == 404


def test_the_page_of_the_session_leads_to_the_list_while_it_is_shown(scene: Scene, app: Flask) -> None:
    with scene.at_work():
        timetable.release(SYSTEM, scene.conference, "First")
    page, anybody, officer = f"/{scene.conference.slug}/sessions/{scene.session}", app.test_client(), scene.officer()
    assert "list-of-speakers" not in anybody.get(page).text
    for verb, is_led in (("publish", True), ("hide", False)):
        assert officer.send(scene.desk(f"/speakers/{verb}")).status_code == 303
        assert (f"{page}/list-of-speakers" in anybody.get(page).text) is is_led


def test_pages_ask_the_database_the_same_for_one_speaker_and_three(scene: Scene) -> None:
    officer, actor_pages = scene.officer(), ("/speakers", "/floor")
    numbers: dict[str, list[int]] = {page: [] for page in actor_pages}
    for count in range(3):
        scene.ask(scene.delegation()[0], name=f"Speaker {count}")
        for page in actor_pages:
            with build.count_queries() as counted:
                assert officer.get(scene.desk(page)).status_code == 200
            numbers[page].append(counted.number)
    assert all(found[0] == found[2] for found in numbers.values()), numbers


def test_who_acts_is_in_the_record(scene: Scene) -> None:
    row, holder = scene.delegation()
    assert scene.as_(holder).send(scene.own(row), **fields()).status_code == 303
    with scene.reading():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "request_statement")).one()
        assert (entry.account_id, isinstance(SYSTEM, Actor)) == (holder.id, True)
