"""What the verbs do, on a real database: places, ledger, mails, consents, sealed values."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from confapp.conferences.models import Conference
from confapp.foundation import clock, places
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import Mail
from confapp.foundation.places import Place, PlaceState, Quota
from confapp.foundation.transactions import writing
from confapp.people.actions.mandates import send_links_again
from confapp.people.models import Account, Consent, Mandate, Person
from confapp.people.rules import Role
from confapp.programme.models import Item, Session
from confapp.registration import actions, queries, tasks
from confapp.registration.models import Credential, Delegation, Party, Registration, Series
from confapp.registration.rules import (
    ACCREDITATION,
    Capacity,
    ConsentKind,
    CredentialKind,
    DelegationStatus,
    Entry,
    Status,
    Track,
)
from tests import build

pytestmark = pytest.mark.usefixtures("app")


@contextmanager
def at_work(conference: Conference) -> Iterator[None]:
    with in_conference(conference.id), writing():
        yield


@contextmanager
def looking(conference: Conference) -> Iterator[None]:
    db.session.rollback()
    with in_conference(conference.id):
        yield
    db.session.rollback()


@pytest.fixture
def conference(app: Flask) -> Conference:
    made = build.conference(acronym="SC")
    build.category(made, code="delegate")
    return made


@pytest.fixture
def officer(conference: Conference) -> Actor:
    return build.actor(build.staff(conference, Role.ACCREDITATION_OFFICER))


@pytest.fixture
def organizer(conference: Conference) -> Actor:
    return build.actor(build.staff(conference, Role.ORGANIZER))


def invited(conference: Conference, organizer: Actor, capacity: int | None = 3) -> tuple[Delegation, Actor]:
    """A delegation with its focal point."""
    party = build.party()
    email = f"{party.code.lower()}@embassy.example"
    with at_work(conference):
        delegation = actions.add_delegation(organizer, conference, db.session.merge(party), capacity)
        mandate = actions.invite_delegation(organizer, delegation, email, "Focal Point", "id")
        account, ref = mandate.account_id, delegation.id
    with across_conferences("test"):
        return db.session.get_one(Delegation, ref), build.actor(db.session.get_one(Account, account))


def entry(**changes: Any) -> Entry:
    values: dict[str, Any] = {"given_name": "Dewi", "family_name": "Contoh", "honorific": "H.E. Ms"}
    return Entry(**(values | changes))


def member(conference: Conference, delegation: Delegation, by: Actor, **changes: Any) -> str:
    with at_work(conference):
        return actions.register_member(by, db.session.merge(delegation), entry(**changes)).ref


def fresh(conference: Conference, ref: str) -> Registration:
    found = queries.registration(SYSTEM, conference, ref)
    assert found is not None
    return found


def move(conference: Conference, ref: str, verb: str, by: Actor, reason: str = "") -> None:
    step = ACCREDITATION.named(verb)
    assert step is not None
    with at_work(conference):
        actions.change_status(fresh(conference, ref), step, by=by, reason=reason)


def mails(conference: Conference) -> list[Mail]:
    return list(db.session.scalars(select(Mail).where(Mail.topic == "registration").order_by(Mail.id)))


# --- the catalogue and delegations ------------------------------------------------------------------------------------


def test_the_catalogue_is_loaded_once() -> None:
    with writing():
        assert actions.load_catalogue() > 190
    with writing():
        assert actions.load_catalogue() == 0
    korea = db.session.scalars(select(Party).where(Party.code == "KOR")).one()
    assert korea.printed_names["en"] == "Republic of Korea"
    assert korea.name["id"] == "Republik Korea"


def test_a_delegation_copies_its_names_and_comes_last(conference: Conference, organizer: Actor) -> None:
    first, second = build.party(designation={"en": "Short"}, groups=["ASEAN"]), build.party()
    with at_work(conference):
        rows = [actions.add_delegation(organizer, conference, db.session.merge(one)) for one in (first, second)]
        again = actions.add_delegation(organizer, conference, db.session.merge(first))
        assert again is rows[0]
        assert [row.position for row in rows] == [1, 2]
        assert rows[0].name["en"] == "Short"
        assert rows[0].groups == ["ASEAN"]
        assert rows[0].status == DelegationStatus.LISTED


def test_the_first_delegation_brings_a_category_to_register_members_in(app: Flask) -> None:
    conference = build.conference()
    organizer = build.actor(build.staff(conference, Role.ORGANIZER))
    parties = build.party("AAA"), build.party("BBB")
    with in_conference(conference.id), writing():
        for party in parties:
            actions.add_delegation(organizer, conference, party)
        assert [one.code for one in queries.categories(for_delegations=True)] == ["delegate"]


def test_the_order_is_stored_moved_and_made_by_a_rule(conference: Conference, organizer: Actor) -> None:
    with at_work(conference):
        for name in ({"en": "Zeta", "id": "Alfa"}, {"en": "Éta", "id": "Beta"}, {"en": "Alpha", "id": "Zeta"}):
            actions.add_own_delegation(organizer, conference, name)

    def names() -> list[str]:
        with looking(conference):
            return [row.name["en"] for row in queries.ordered_delegations()]

    assert names() == ["Zeta", "Éta", "Alpha"]
    with at_work(conference):
        actions.order_by_name(organizer, conference, "en")
    assert names() == ["Alpha", "Éta", "Zeta"]
    with at_work(conference):
        last = queries.ordered_delegations()[-1]
        actions.move_delegation(organizer, last, -1)
        actions.move_delegation(organizer, queries.ordered_delegations()[0], -1)
    assert names() == ["Alpha", "Zeta", "Éta"]
    with at_work(conference):
        actions.order_by_name(organizer, conference, "id")
    assert names() == ["Zeta", "Éta", "Alpha"]


def test_a_delegation_of_the_programme_stays_on_the_list(conference: Conference, organizer: Actor) -> None:
    with at_work(conference):
        delegation = actions.add_own_delegation(organizer, conference, {"en": "Sampleland"})
        session = Session(conference_id=conference.id, title={"en": "Debate"}, minutes=60)
        session.items = [Item(conference_id=conference.id, position=1, delegation=delegation)]
        db.session.add(session)
        ref = delegation.ref
    with pytest.raises(Refused, match="stands in the programme"), at_work(conference):
        actions.remove_delegation(organizer, db.session.scalars(select(Delegation).where(Delegation.ref == ref)).one())


def test_inviting_names_the_focal_point_and_mails_a_link(conference: Conference, organizer: Actor) -> None:
    delegation, focal_point = invited(conference, organizer)
    assert delegation.status == DelegationStatus.INVITED
    assert delegation.invited_by == organizer.account_id
    assert focal_point.delegations(conference.id) == {delegation.id}
    mail = db.session.scalars(select(Mail)).one()
    assert (mail.recipient, mail.language) == (focal_point.email, "id")
    assert "/invitations/" in mail.text


def test_facts_of_a_delegation_follow_each_other(conference: Conference, organizer: Actor) -> None:
    delegation, focal_point = invited(conference, organizer)
    for verb, status in (
        (actions.acknowledge, DelegationStatus.ACKNOWLEDGED),
        (actions.decline, DelegationStatus.DECLINED),
        (actions.accept, DelegationStatus.ACCEPTED),
    ):
        with at_work(conference):
            row = db.session.merge(delegation)
            verb(focal_point, row)
            assert row.status == status
    _other, other_focal_point = invited(conference, organizer)
    with pytest.raises(Forbidden), at_work(conference):
        actions.accept(other_focal_point, db.session.get_one(Delegation, delegation.id))


def test_what_the_office_noted_by_mistake_is_taken_back(conference: Conference, organizer: Actor) -> None:
    with at_work(conference):
        row = actions.add_own_delegation(organizer, conference, {"en": "Alfa"})
        actions.note_invited(organizer, row)
        actions.acknowledge(organizer, row)
        actions.decline(organizer, row)
        stood = []
        for _step in range(3):
            actions.take_back_answer(organizer, row)
            stood.append(row.status)
        assert stood == [DelegationStatus.ACKNOWLEDGED, DelegationStatus.INVITED, DelegationStatus.LISTED]
        with pytest.raises(Refused, match="nothing to take back"):
            actions.take_back_answer(organizer, row)
    delegation, focal_point = invited(conference, organizer)
    with at_work(conference):
        row = db.session.merge(delegation)
        with pytest.raises(Refused, match="was mailed"):
            actions.take_back_answer(organizer, row)
        with pytest.raises(Forbidden):
            actions.take_back_answer(focal_point, row)


def test_an_invitation_noted_after_an_answer_takes_nothing_from_it(conference: Conference, organizer: Actor) -> None:
    with at_work(conference):
        row = actions.add_own_delegation(organizer, conference, {"en": "Alfa"})
        actions.decline(organizer, row)
        actions.accept(organizer, row)
        actions.note_invited(organizer, row)
        assert (row.status, row.declined_at) == (DelegationStatus.ACCEPTED, None)


def test_a_delegation_with_members_does_not_decline_unseen(conference: Conference, organizer: Actor) -> None:
    delegation, focal_point = invited(conference, organizer)
    member(conference, delegation, focal_point)
    with pytest.raises(Refused, match="Members"), at_work(conference):
        actions.decline(focal_point, db.session.merge(delegation))


def test_who_declines_after_all_says_what_becomes_of_the_members(conference: Conference, organizer: Actor) -> None:
    """The answer can be changed until the conference begins; the earlier one stays in the record."""
    delegation, focal_point = invited(conference, organizer)
    refs = [member(conference, delegation, focal_point, given_name=name) for name in ("Ani", "Budi")]
    with at_work(conference):
        actions.accept(focal_point, db.session.merge(delegation))
    with pytest.raises(Refused, match="have changed"), at_work(conference):
        actions.decline_with_members(focal_point, db.session.merge(delegation), 1)
    with at_work(conference):
        row = db.session.merge(delegation)
        actions.decline_with_members(focal_point, row, 2, reason="A meeting at home")
        actions.decline(focal_point, row)  # a second press says nothing new
        assert row.status == DelegationStatus.DECLINED
        assert {fresh(conference, ref).status for ref in refs} == {Status.WITHDRAWN}
        actions.accept(focal_point, row)
        said = [(one.verb, one.facts["was"], one.facts["became"]) for one in queries.answers(row)]
    assert said == [
        ("accept", "invited", "accepted"),
        ("decline", "accepted", "declined"),
        ("accept", "declined", "accepted"),
    ]
    with looking(conference):
        assert {fresh(conference, ref).status for ref in refs} == {Status.WITHDRAWN}
        told = db.session.scalars(select(Mail).where(Mail.text.contains("A meeting at home"))).all()
        assert {mail.recipient for mail in told} == {focal_point.email}
    today = clock.today(conference.zone)
    build.change(conference, starts_on=today, ends_on=today)
    with pytest.raises(Refused, match="has begun"), at_work(conference):
        actions.decline(focal_point, db.session.merge(delegation))
    with at_work(conference):
        row = db.session.merge(delegation)
        actions.decline(organizer, row)  # the office is told by note, also then
        assert row.status == DelegationStatus.DECLINED


def test_what_the_office_was_told_carries_the_day_on_which_it_came(conference: Conference, organizer: Actor) -> None:
    today = clock.today(conference.zone)
    days = [today - timedelta(days=number) for number in range(12)]
    with at_work(conference):
        row = actions.add_own_delegation(organizer, conference, {"en": "Alfa"})
        actions.note_invited(organizer, row, days[10])
        for late, sentence in ((today + timedelta(days=1), "still to come"), (days[11], "before it")):
            with pytest.raises(Refused, match=sentence) as refusal:
                actions.accept(organizer, row, late)
            assert refusal.value.field == "day"
        actions.acknowledge(organizer, row, days[10])
        actions.accept(organizer, row, days[10])  # of the same day, and it says more
        actions.decline(organizer, row, days[4])
        with pytest.raises(Refused, match="take it back"):
            actions.accept(organizer, row, days[5])
        assert (row.status, row.declined_at) == (DelegationStatus.DECLINED, clock.start_of(days[4], conference.zone))
        actions.take_back_answer(organizer, row)
        assert row.status == DelegationStatus.ACCEPTED
        actions.decline(organizer, row, today)
        said = [one.facts.get("received") for one in queries.answers(row)]
        assert said == [days[10].isoformat(), days[10].isoformat(), days[4].isoformat(), None, None]
    delegation, focal_point = invited(conference, organizer)
    with pytest.raises(Forbidden), at_work(conference):
        actions.accept(focal_point, db.session.merge(delegation), today)


def test_a_new_paper_replaces_the_old_and_is_checked_once(
    conference: Conference, organizer: Actor, officer: Actor
) -> None:
    delegation, focal_point = invited(conference, organizer)
    with at_work(conference):
        row = db.session.merge(delegation)
        first = actions.receive_credential(focal_point, row, CredentialKind.NOTE_VERBALE, "12/2026")
        actions.check_credential(officer, first)
        second = actions.receive_credential(focal_point, row, CredentialKind.NOTE_VERBALE, "13/2026")
        assert queries.current_credential(row) is second
        assert second.replaces_id == first.id
        assert (first.is_checked, second.is_checked) == (True, False)
        with pytest.raises(Forbidden):
            actions.check_credential(focal_point, second)
        with pytest.raises(Refused):
            actions.receive_credential(focal_point, row, CredentialKind.LETTER)


def test_papers_that_come_at_the_same_moment_replace_each_other_in_a_row(
    app: Flask, conference: Conference, organizer: Actor
) -> None:
    delegation, focal_point = invited(conference, organizer)
    delegation_id = delegation.id

    def hand_in() -> int:
        with at_work(conference):
            row = db.session.get_one(Delegation, delegation_id)
            return actions.receive_credential(focal_point, row, CredentialKind.LETTER, "1/2027").id

    made = build.at_once(app, hand_in)
    with looking(conference):
        rows = db.session.scalars(select(Credential).order_by(Credential.id)).all()
        assert sorted(made) == [row.id for row in rows]
        assert [row.replaces_id for row in rows] == [None, *(row.id for row in rows[:-1])]


# --- registering ------------------------------------------------------------------------------------------------------


def test_a_member_gets_a_number_a_place_and_the_focal_point_a_mail(conference: Conference, organizer: Actor) -> None:
    delegation, focal_point = invited(conference, organizer)
    first = member(conference, delegation, focal_point, email="dewi@ministry.example", language="en")
    second = member(conference, delegation, focal_point)
    with looking(conference):
        one, two = fresh(conference, first), fresh(conference, second)
        year = conference.starts_on.year % 100
        assert [one.number, two.number] == [f"SC{year}-0001", f"SC{year}-0002"]
        assert one.person.printed_name == "Dewi Contoh"
        assert [line.verb for line in one.moves] == ["register"]
        quota = places.find_quota(delegation)
        assert quota is not None
        assert (quota.taken, places.counted(quota)) == (2, 2)
    told = [(mail.recipient, mail.language, "/links/" in mail.text) for mail in mails(conference)]
    assert told == [
        (focal_point.email, "id", False),
        ("dewi@ministry.example", "en", True),
        (focal_point.email, "id", False),
    ]


def test_nobody_registers_for_another_delegation(conference: Conference, organizer: Actor) -> None:
    delegation, _ = invited(conference, organizer)
    _, stranger = invited(conference, organizer)
    with pytest.raises(Forbidden):
        member(conference, delegation, stranger)
    foreign = build.actor(build.staff(build.conference(), Role.ORGANIZER))
    with pytest.raises(Forbidden):
        member(conference, delegation, foreign)


def test_there_is_one_head(conference: Conference, organizer: Actor) -> None:
    delegation, focal_point = invited(conference, organizer)
    head = member(conference, delegation, focal_point, capacity=Capacity.HEAD)
    with pytest.raises(Refused) as refusal:
        member(conference, delegation, focal_point, capacity=Capacity.HEAD)
    assert refusal.value.field == "capacity"
    move(conference, head, "withdraw", focal_point)
    member(conference, delegation, focal_point, capacity=Capacity.HEAD)
    with pytest.raises(Refused) as refusal:
        move(conference, head, "restore", organizer, "Comes after all.")
    assert refusal.value.field == "capacity"


def test_the_closing_date_binds_focal_points_and_not_the_office(organizer: Actor, conference: Conference) -> None:
    delegation, focal_point = invited(conference, organizer)
    with writing():
        db.session.merge(conference).registration_closes_at = clock.now() - timedelta(hours=1)
    with pytest.raises(Refused, match="closed"):
        member(conference, delegation, focal_point)
    member(conference, delegation, organizer)


def test_a_full_delegation_says_what_can_be_done(conference: Conference, organizer: Actor) -> None:
    delegation, focal_point = invited(conference, organizer, capacity=1)
    first = member(conference, delegation, focal_point)
    with pytest.raises(Refused, match="All 1 places"):
        member(conference, delegation, focal_point)
    with looking(conference):
        assert db.session.scalar(select(func.count(Registration.id))) == 1
    move(conference, first, "withdraw", focal_point)
    member(conference, delegation, focal_point)
    with pytest.raises(Refused), at_work(conference):
        actions.set_places(organizer, db.session.merge(delegation), 0)


def test_the_last_place_goes_to_one_of_eight(app: Flask, conference: Conference, organizer: Actor) -> None:
    delegation, focal_point = invited(conference, organizer, capacity=3)
    for _ in range(2):
        member(conference, delegation, focal_point)
    delegation_id, outcomes, start = delegation.id, list[str](), threading.Barrier(8)

    def rival(number: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with at_work(conference):
                    row = db.session.get_one(Delegation, delegation_id)
                    actions.register_member(focal_point, row, entry(given_name=f"Rival {number}"))
                outcomes.append("registered")
            except Refused as refusal:
                outcomes.append(refusal.message)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=rival, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("registered") == 1
    assert sum("All 3 places" in outcome for outcome in outcomes) == 7
    with looking(conference):
        quota = places.find_quota(delegation)
        assert quota is not None
        assert (quota.taken, places.counted(quota)) == (3, 3)
        numbers = db.session.scalars(select(Registration.number)).all()
        assert len(set(numbers)) == len(numbers) == 3
        assert db.session.scalars(select(Series.last)).one() == 3


def test_a_delegation_has_one_head_whoever_is_faster(app: Flask, conference: Conference, organizer: Actor) -> None:
    delegation, focal_point = invited(conference, organizer)
    delegation_id = delegation.id

    def register_head() -> Any:
        with at_work(conference):
            row = db.session.get_one(Delegation, delegation_id)
            return actions.register_member(focal_point, row, entry(capacity=Capacity.HEAD)).number

    outcomes = build.at_once(app, register_head)
    assert [getattr(one, "field", "") for one in outcomes if isinstance(one, Refused)] == ["capacity"] * 5


def test_a_stranger_cannot_have_words_mailed_to_anybody(conference: Conference) -> None:
    """The first mail goes to an address that nobody has confirmed; a name in it could be a link into a trap."""
    build.category(conference, code="media")
    ref = registered(conference, given_name="Visit evil.example", printed_name="You won: evil.example/x", email=VICTIM)
    with across_conferences("test"), writing():
        send_links_again(VICTIM)
    for mail in mails(conference):
        assert (mail.recipient, mail.recipient_name) == (VICTIM, "")
        assert "evil" not in mail.subject + mail.text
    with at_work(conference):
        row = fresh(conference, ref)
        actions.confirm(row)
        actions.send_link_again(SYSTEM, row)
    assert "You won" in mails(conference)[-1].text, "whoever opened the link knows what was typed"


VICTIM = "minister@mail.example"


def test_places_always_add_up(conference: Conference, organizer: Actor, officer: Actor) -> None:
    delegation, focal_point = invited(conference, organizer, capacity=2)
    one = member(conference, delegation, focal_point)
    two = member(conference, delegation, focal_point)
    move(conference, one, "refuse", officer, "Not on the note verbale.")
    three = member(conference, delegation, focal_point)
    with pytest.raises(Refused):
        move(conference, one, "reopen", officer, "A mistake.")
    move(conference, two, "return", officer, "The name differs.")
    move(conference, two, "withdraw", focal_point)
    move(conference, one, "reopen", officer, "A mistake.")
    move(conference, one, "accredit", officer)
    move(conference, three, "accredit", officer)
    with looking(conference):
        quota = places.find_quota(delegation)
        assert quota is not None
        assert (quota.taken, places.counted(quota)) == (2, 2)
        states = db.session.scalars(select(Place.state).where(Place.quota_id == quota.id)).all()
        assert sorted(states) == sorted([PlaceState.HELD] * 2 + [PlaceState.RELEASED] * 2)


# --- oneself ----------------------------------------------------------------------------------------------------------

ASKED = {
    "email": "erika@news.example",
    "organization": "Sample News",
    "language": "id",
    "consents": frozenset({ConsentKind.DATA_USE, ConsentKind.PHOTOGRAPHS}),
}


def registered(conference: Conference, code: str = "media", **changes: Any) -> str:
    with at_work(conference):
        category = queries.category_by_code(code)
        assert category is not None
        return actions.self_register(conference, category, entry(**(ASKED | changes))).ref


def test_registering_oneself_counts_from_the_confirmed_address(conference: Conference, officer: Actor) -> None:
    build.category(conference, code="media")
    ref = registered(conference)
    with looking(conference):
        row = fresh(conference, ref)
        assert (row.status, row.is_confirmed, row.submitted_by) == (Status.SUBMITTED, False, None)
        assert set(queries.consents_in_force(row.person)) == {"data_use", "photographs"}
        assert {given.language for given in db.session.scalars(select(Consent))} == {"id"}
    (mail,) = mails(conference)
    assert mail.recipient == "erika@news.example"
    assert mail.kind == "security"
    assert "/links/" in mail.text
    with at_work(conference):
        actions.confirm(fresh(conference, ref))
        actions.confirm(fresh(conference, ref))
    with looking(conference):
        row = fresh(conference, ref)
        assert row.is_confirmed
        assert [line.verb for line in row.moves] == ["register", "confirm"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"email": ""}, "email"), ({"organization": ""}, "organization"), ({"consents": frozenset()}, "data_use")],
)
def test_what_registering_oneself_needs(conference: Conference, changes: dict[str, Any], field: str) -> None:
    build.category(conference, code="media")
    with pytest.raises(Refused) as refusal:
        registered(conference, **changes)
    assert (refusal.value.status, refusal.value.field) == (422, field)


def test_a_category_of_delegations_is_not_open_to_all(conference: Conference) -> None:
    build.category(conference, code="staff", is_open_to_all=False)
    with pytest.raises(Refused):
        registered(conference, "staff")


def test_the_online_public_is_admitted_while_there_are_places(conference: Conference, organizer: Actor) -> None:
    with at_work(conference):
        actions.add_category(
            organizer, conference, "online", {"en": "Online"}, track=Track.ADMISSION, open_to_all=True, capacity=1
        )
    refs = [registered(conference, "online", email=f"{n}@mail.example") for n in range(2)]
    for ref in refs:
        with at_work(conference):
            actions.confirm(fresh(conference, ref))
    with looking(conference):
        assert [fresh(conference, ref).status for ref in refs] == [Status.ACCREDITED, Status.SUBMITTED]
        quota = db.session.scalars(select(Quota).where(Quota.owner_kind == "category")).one()
        assert quota.taken == 1


# --- deciding and correcting ------------------------------------------------------------------------------------------


def test_a_return_is_told_with_its_reason_and_what_to_do(
    conference: Conference, organizer: Actor, officer: Actor
) -> None:
    delegation, focal_point = invited(conference, organizer)
    ref = member(conference, delegation, focal_point)
    move(conference, ref, "return", officer, "The name differs from the note verbale.")
    mail = mails(conference)[-1]
    assert mail.recipient == focal_point.email
    assert "The name differs from the note verbale." in mail.text
    assert f"/delegations/{delegation.ref}" in mail.text
    with looking(conference):
        line = fresh(conference, ref).moves[-1]
        assert (line.verb, line.was, line.became) == ("return", "submitted", "returned")
        assert line.account_id == officer.account_id
        recorded = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "return")).one()
        assert "note verbale" not in str(recorded.facts)


def test_a_correction_is_submitted_again_and_accredited(
    conference: Conference, organizer: Actor, officer: Actor
) -> None:
    delegation, focal_point = invited(conference, organizer)
    ref = member(conference, delegation, focal_point)
    move(conference, ref, "return", officer, "The name differs.")
    with at_work(conference):
        row = fresh(conference, ref)
        actions.correct(row, entry(family_name="Contoh Baru"), by=focal_point, version=row.version)
    move(conference, ref, "submit", focal_point)
    move(conference, ref, "accredit", officer)
    with looking(conference):
        row = fresh(conference, ref)
        assert row.status == Status.ACCREDITED
        assert row.person.family_name == "Contoh Baru"
        assert "contoh baru" in row.person.folded
        assert [line.verb for line in row.moves] == ["register", "return", "submit", "accredit"]


def test_a_stale_form_is_refused_and_says_who_was_faster(conference: Conference, organizer: Actor) -> None:
    delegation, focal_point = invited(conference, organizer)
    ref = member(conference, delegation, focal_point)
    with looking(conference):
        version = fresh(conference, ref).version
    with at_work(conference):
        actions.correct(fresh(conference, ref), entry(given_name="Dewi Sri"), by=organizer, version=version)
    with pytest.raises(Refused, match="given_name") as refusal, at_work(conference):
        actions.correct(fresh(conference, ref), entry(given_name="Ayu"), by=focal_point, version=version)
    assert refusal.value.status == 409
    with looking(conference):
        assert fresh(conference, ref).person.given_name == "Dewi Sri"


def test_another_name_after_accreditation_is_looked_at_again(
    conference: Conference, organizer: Actor, officer: Actor
) -> None:
    delegation, focal_point = invited(conference, organizer)
    ref = member(conference, delegation, focal_point)
    move(conference, ref, "accredit", officer)
    with at_work(conference):
        row = fresh(conference, ref)
        actions.correct(row, entry(access_needs="Wheelchair"), by=focal_point, version=row.version)
        assert row.status == Status.ACCREDITED
    with at_work(conference):
        row = fresh(conference, ref)
        actions.correct(row, entry(given_name="Somebody", family_name="Else"), by=focal_point, version=row.version)
        assert row.status == Status.UNDER_REVIEW
        assert row.moves[-1].verb == "review"
        assert [one["field"] for one in row.moves[-1].defects] == [
            "badge_name",
            "family_name",
            "given_name",
            "printed_name",
        ]


def test_a_new_address_ends_the_links_of_the_old_mailbox(conference: Conference, officer: Actor) -> None:
    build.category(conference, code="media")
    ref = registered(conference)
    with at_work(conference):
        actions.confirm(fresh(conference, ref))
    with at_work(conference):
        row = fresh(conference, ref)
        changed = entry(**(ASKED | {"email": "erika@other.example"}))
        actions.correct(row, changed, by=officer, version=row.version)
        person_id = row.person_id
    living = db.session.scalars(
        select(Mandate).where(Mandate.person_id == person_id, Mandate.revoked_at.is_(None))
    ).all()
    assert [mandate.account.email for mandate in living] == ["erika@other.example"]
    with looking(conference):
        assert not fresh(conference, ref).is_confirmed
    assert mails(conference)[-1].recipient == "erika@other.example"


def test_consents_are_taken_back_with_their_time(conference: Conference, officer: Actor) -> None:
    build.category(conference, code="media")
    ref = registered(conference)
    with at_work(conference):
        row = fresh(conference, ref)
        actions.change_consent(row, ConsentKind.PHOTOGRAPHS, False, by=officer)
        actions.change_consent(row, ConsentKind.LIST_OF_PARTICIPANTS, True, by=officer)
        with pytest.raises(Refused):
            actions.change_consent(row, ConsentKind.DATA_USE, False, by=officer)
    with looking(conference):
        row = fresh(conference, ref)
        assert set(queries.consents_in_force(row.person)) == {"data_use", "list_of_participants"}
        assert len(queries.consents(row.person)) == 3


def test_a_passport_number_is_not_in_the_database(app: Flask, conference: Conference, organizer: Actor) -> None:
    delegation, focal_point = invited(conference, organizer)
    canary, need = "CANARY-X1234567", "Canary-needs-a-ramp"
    ref = member(conference, delegation, focal_point, passport_number=canary, access_needs=need)
    with looking(conference):
        person = fresh(conference, ref).person
        assert (person.passport_number, person.access_needs) == (canary, need)
        assert canary.encode() not in (person.passport_number_sealed or b"")
    for content in _everything(app):
        assert canary.encode() not in content
        assert need.encode() not in content
    with at_work(conference):
        row = fresh(conference, ref)
        actions.correct(row, entry(passport_number=""), by=focal_point, version=row.version)
    with across_conferences("test"):
        person = db.session.scalars(select(Person)).one()
        assert person.passport_number_sealed is None
        assert person.access_needs == need


def test_sealed_values_are_deleted_a_month_after_the_conference(conference: Conference, organizer: Actor) -> None:
    delegation, focal_point = invited(conference, organizer)
    ref = member(conference, delegation, focal_point, passport_number="X1234567", access_needs="Wheelchair")
    tasks.purge_sealed()
    with looking(conference):
        assert fresh(conference, ref).person.passport_number == "X1234567"
    today = clock.now().date()
    build.change(conference, starts_on=today - timedelta(days=34), ends_on=today - timedelta(days=32))
    tasks.purge_sealed()
    tasks.purge_sealed()
    with looking(conference):
        person = fresh(conference, ref).person
        assert (person.passport_number, person.access_needs) == ("", "")
        said = db.session.scalars(select(AuditEntry).where(AuditEntry.verb.in_(["purge", "shred"]))).all()
        assert {(one.verb, one.facts["what"]) for one in said} >= {
            ("purge", "passport_number"),
            ("purge", "access_needs"),
            ("shred", "high"),
            ("shred", "special"),
        }
        assert len(said) == len({(one.verb, one.facts["what"]) for one in said})
    with pytest.raises(Refused, match="No longer kept"), at_work(conference):
        row = fresh(conference, ref)
        actions.correct(row, entry(passport_number="X7654321"), by=organizer, version=row.version)


def _everything(app: Flask) -> Iterator[bytes]:
    """The bytes of the database's files and of all text in its tables."""
    if db.engine.dialect.name == "sqlite":
        file = Path(str(db.engine.url.database))
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA wal_checkpoint(FULL)")
        yield from (part.read_bytes() for part in file.parent.glob(file.name + "*"))
    with db.engine.connect() as connection:
        for table in db.metadata.sorted_tables:
            for row in connection.execute(table.select()):
                yield repr(tuple(row)).encode()
