"""Steps, prepared decisions, the conversation, vetting and substitution, on the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import event, func, select

from confapp.foundation import clock, places
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.places import Place, PlaceState
from confapp.foundation.transactions import writing
from confapp.people import queries as people_queries
from confapp.people.models import Account
from confapp.people.rules import Role
from confapp.programme.actions.sessions import add_item, add_role, create_session
from confapp.programme.rules import Details, SessionRoleKind
from confapp.programme.rules import Kind as SessionKind
from confapp.registration import actions, queries
from confapp.registration.actions.substitution import offered
from confapp.registration.models import Category, Clearance, Delegation, PreparedDecision
from confapp.registration.rules import Capacity, Entry, Office, Outcome, Status
from confapp.registration.rules.vetting import Row
from tests import build
from tests.registration.accreditation.conftest import Offices

# --- steps ------------------------------------------------------------------------------------------------------------


def test_the_first_office_takes_it_up_and_the_last_one_opens_the_decision(offices: Offices) -> None:
    offices.with_steps(Office.PROTOCOL, Office.SECURITY)
    ref = offices.member()
    assert offices.clear(ref, Office.PROTOCOL, offices.protocol)
    assert offices.status(ref) == Status.UNDER_REVIEW
    with pytest.raises(Refused, match="Not cleared yet: Security"):
        offices.decide(ref, "accredit")
    offices.clear(ref, Office.SECURITY, offices.security)
    offices.decide(ref, "accredit")
    assert offices.status(ref) == Status.ACCREDITED
    assert offices.moves(ref) == ["register", "take_up", "accredit"]


def test_an_office_clears_its_own_step_only(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    ref = offices.member()
    for stranger in (offices.protocol, offices.officer, offices.organizer, offices.focal_point, offices.viewer):
        with pytest.raises(Forbidden):
            offices.clear(ref, Office.SECURITY, stranger)
    assert offices.status(ref) == Status.SUBMITTED


def test_an_objection_says_why_and_is_passed_over_with_a_reason(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    ref = offices.member()
    with pytest.raises(Refused) as refusal:
        offices.clear(ref, Office.SECURITY, offices.security, Outcome.OBJECTED)
    assert (refusal.value.status, refusal.value.field) == (422, "note")
    offices.clear(ref, Office.SECURITY, offices.security, Outcome.OBJECTED, "The number belongs to somebody else.")
    with pytest.raises(Refused, match="Security"):
        offices.decide(ref, "accredit")
    sent = len(offices.mails())
    offices.decide(ref, "accredit_anyway", reason="Agreed with the embassy.")
    assert offices.status(ref) == Status.ACCREDITED
    with offices.looking():
        line = offices.row(ref).moves[-1]
        assert (line.verb, line.reason) == ("accredit_anyway", "Agreed with the embassy.")
    told = offices.mails()[sent:]
    assert told
    assert not any("Agreed with the embassy" in mail.text for mail in told)


def test_what_an_office_said_stays_on_record_and_saying_it_again_changes_nothing(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    ref = offices.member()
    assert offices.clear(ref, Office.SECURITY, offices.security, Outcome.OBJECTED, "Not in the register.")
    assert not offices.clear(ref, Office.SECURITY, offices.security, Outcome.OBJECTED, "Not in the register.")
    assert offices.clear(ref, Office.SECURITY, offices.security)
    with offices.looking():
        row = offices.row(ref)
        assert [one.outcome for one in row.all_clearances] == [Outcome.OBJECTED, Outcome.CLEARED]
        assert [one.outcome for one in row.clearances] == [Outcome.CLEARED]


def test_a_correction_asks_only_the_offices_that_looked_at_it(offices: Offices) -> None:
    offices.with_steps(Office.PROTOCOL, Office.SECURITY)
    ref = offices.member()
    offices.clear(ref, Office.PROTOCOL, offices.protocol)
    offices.clear(ref, Office.SECURITY, offices.security)
    offices.correct(ref, offices.focal_point, functional_title="Counsellor")
    with offices.looking():
        assert [one.step.office for one in offices.row(ref).clearances] == [Office.SECURITY]
    offices.correct(ref, offices.focal_point, language="id")
    with offices.looking():
        assert [one.step.office for one in offices.row(ref).clearances] == [Office.SECURITY]


def test_another_passport_after_accreditation_brings_it_back_and_the_ledger_names_it(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    ref = offices.member()
    offices.clear(ref, Office.SECURITY, offices.security)
    offices.decide(ref, "accredit")
    offices.correct(ref, offices.focal_point, passport_number="Y7654321")
    assert offices.status(ref) == Status.UNDER_REVIEW
    with offices.looking():
        row = offices.row(ref)
        assert row.moves[-1].defects == [{"field": "passport_number", "text": ""}]
        assert row.clearances == []


def test_steps_keep_their_order_and_what_was_cleared_at_a_retired_one(offices: Offices) -> None:
    offices.with_steps(Office.PROTOCOL, Office.SECURITY, Office.PRESS)
    ref = offices.member()
    offices.clear(ref, Office.SECURITY, offices.security)

    def order() -> list[str]:
        with offices.looking():
            return [step.office for step in db.session.get_one(Category, offices.category.id).steps]

    by = offices.actor(offices.organizer)
    with offices.at_work():
        steps = db.session.get_one(Category, offices.category.id).steps
        assert actions.move_step(by, steps[2], -1)
        assert not actions.move_step(by, steps[0], -1)
    assert order() == [Office.PROTOCOL, Office.PRESS, Office.SECURITY]
    with offices.at_work():
        steps = db.session.get_one(Category, offices.category.id).steps
        actions.retire_step(by, steps[2])
        actions.retire_step(by, steps[2])
    assert order() == [Office.PROTOCOL, Office.PRESS]
    with offices.looking():
        assert [one.step.office for one in offices.row(ref).all_clearances] == [Office.SECURITY]


def test_each_office_is_told_what_waits_for_it(offices: Offices) -> None:
    offices.with_steps(Office.PROTOCOL, Office.SECURITY)
    first, second, held = offices.member(), offices.member(given_name="Budi"), offices.member(given_name="Citra")
    offices.member(given_name="Dewi Sri")
    offices.clear(first, Office.SECURITY, offices.security)
    offices.clear(second, Office.SECURITY, offices.security, Outcome.OBJECTED, "Unknown.")
    offices.decide(held, "hold", reason="A second note verbale.")
    with offices.looking():
        assert {office: queries.waiting_for(office) for office in Office} == {
            Office.PROTOCOL: 3,
            Office.SECURITY: 1,
            Office.PRESS: 0,
            Office.ACCREDITATION: 0,
        }


def test_a_hold_is_the_offices_own_affair(offices: Offices) -> None:
    ref, sent = offices.member(email="dewi@mail.example"), len(offices.mails())
    offices.decide(ref, "hold", reason="Waiting for the ministry.")
    offices.decide(ref, "resume")
    assert len(offices.mails()) == sent
    with offices.looking():
        own = queries.ledger_of(offices.row(ref), for_office=False)
        assert [line.verb for line in own] == ["register"]
        assert "hold" in [line.verb for line in queries.ledger_of(offices.row(ref), for_office=True)]


def test_revoking_frees_the_place_and_says_why(offices: Offices) -> None:
    build.save(
        places.Quota(
            owner_kind="delegation",
            owner_id=offices.delegation.id,
            conference_id=offices.conference.id,
            taken=0,
            capacity=1,
        )
    )
    ref = offices.member(email="dewi@mail.example")
    offices.decide(ref, "accredit")
    with pytest.raises(Refused):
        offices.member(given_name="Budi")
    offices.decide(ref, "revoke", reason="The delegation recalled her.")
    assert offices.status(ref) == Status.REVOKED
    assert "The delegation recalled her." in offices.mails()[-1].text
    offices.member(given_name="Budi")


# --- prepared decisions -----------------------------------------------------------------------------------------------


def test_a_decision_is_prepared_by_one_and_released_by_another(offices: Offices) -> None:
    offices.with_steps(four_eyes=True)
    ref = offices.member(email="dewi@mail.example")
    for verb in ("accredit", "refuse"):
        with pytest.raises(Refused, match="Two persons decide"):
            offices.decide(ref, verb, reason="Because.")
    sent = len(offices.mails())
    prepared = offices.prepare(ref, "accredit")
    assert (offices.status(ref), len(offices.mails())) == (Status.UNDER_REVIEW, sent)
    with pytest.raises(Refused, match="somebody else releases"):
        offices.release(prepared, offices.officer)
    offices.release(prepared, offices.colleague)
    assert offices.status(ref) == Status.ACCREDITED
    assert len(offices.mails()) == sent + 2  # the focal point and the person
    with pytest.raises((Refused, IndexError)):
        offices.release(prepared, offices.colleague)


def test_nobody_gets_round_four_eyes_by_another_category(offices: Offices) -> None:
    """Accredited by one person in a category that lets them, then moved to one that does not: it is looked at again."""
    offices.with_steps(four_eyes=True)
    ref = offices.member(category=offices.guest())
    offices.decide(ref, "accredit")
    with offices.at_work():
        row = offices.row(ref)
        entry = Entry(given_name="Dewi", family_name="Contoh")
        category = db.session.get_one(Category, offices.category.id)
        actions.correct(row, entry, by=offices.actor(offices.officer), version=row.version, category=category)
    assert offices.status(ref) == Status.UNDER_REVIEW


def test_nobody_gets_round_four_eyes_by_another_name(offices: Offices) -> None:
    """Who was accredited by two persons is not made somebody else by one of them; a telephone is no other person."""
    offices.with_steps(four_eyes=True)
    ref = offices.member()
    offices.release(offices.prepare(ref, "accredit"), offices.colleague)
    offices.correct(ref, offices.officer, phone="+62 812 3456 7890")
    assert offices.status(ref) == Status.ACCREDITED
    offices.correct(ref, offices.officer, printed_name="Sri Misal")
    assert offices.status(ref) == Status.UNDER_REVIEW


def test_a_passport_that_the_office_corrects_goes_back_to_who_checked_it(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    ref = offices.member()
    offices.clear(ref, Office.SECURITY, offices.security)
    offices.decide(ref, "accredit")
    offices.correct(ref, offices.officer, functional_title="Director")  # security looks at no title
    assert offices.status(ref) == Status.ACCREDITED
    offices.correct(ref, offices.officer, functional_title="Director", passport_number="Y7654321")
    assert offices.status(ref) == Status.UNDER_REVIEW
    with offices.looking():
        assert offices.row(ref).clearances == []
    alone = offices.member(category=offices.guest())  # nobody else had said yes: a slip is corrected
    offices.decide(alone, "accredit")
    offices.correct(alone, offices.officer, passport_number="Y7654321")
    assert offices.status(alone) == Status.ACCREDITED


def test_without_four_eyes_one_person_may_do_both(offices: Offices) -> None:
    ref = offices.member()
    offices.release(offices.prepare(ref, "refuse", reason="Not on the list."), offices.officer)
    assert offices.status(ref) == Status.REFUSED
    with offices.looking():
        assert offices.row(ref).reason == "Not on the list."


def test_one_decision_is_prepared_at_a_time(offices: Offices) -> None:
    ref = offices.member()
    offices.prepare(ref, "accredit")
    with pytest.raises(Refused, match="prepared for this registration already"):
        offices.prepare(ref, "refuse", reason="No.")
    with offices.looking():
        assert offices.row(ref).prepared.verb == "accredit"


@pytest.mark.parametrize(
    ("verb", "reason", "status"),
    [("refuse", "", 422), ("revoke", "x", 404), ("withdraw", "", 404), ("reopen", "x", 404)],
)
def test_only_what_could_be_decided_now_is_prepared(offices: Offices, verb: str, reason: str, status: int) -> None:
    ref = offices.member()
    with pytest.raises(Refused) as refusal:
        offices.prepare(ref, verb, reason=reason)
    assert refusal.value.status == status
    assert offices.status(ref) == Status.SUBMITTED


@pytest.mark.parametrize("meanwhile", ["withdraw", "correct"])
def test_what_was_prepared_falls_when_its_ground_changes(offices: Offices, meanwhile: str) -> None:
    ref = offices.member()
    prepared = offices.prepare(ref, "accredit")
    if meanwhile == "withdraw":
        offices.decide(ref, "withdraw", offices.focal_point)
    else:
        offices.correct(ref, offices.focal_point, family_name="Misal")
    with offices.looking():
        assert offices.row(ref).prepared is None
        assert queries.prepared(offices.actor(offices.officer), offices.conference, [prepared]) == []


def test_another_telephone_leaves_what_was_prepared(offices: Offices) -> None:
    ref = offices.member()
    offices.prepare(ref, "accredit")
    offices.correct(ref, offices.focal_point, language="id")
    with offices.looking():
        assert offices.row(ref).prepared is not None


def test_one_that_cannot_be_released_is_reported_and_the_others_are(offices: Offices) -> None:
    refs = [offices.member(given_name=name) for name in ("Ani", "Budi", "Citra")]
    for ref in refs:
        offices.prepare(ref, "accredit")
    offices.with_steps(Office.SECURITY)  # a step that was added meanwhile
    offices.clear(refs[0], Office.SECURITY, offices.security)
    offices.clear(refs[2], Office.SECURITY, offices.security)
    with offices.at_work():
        actor = offices.actor(offices.officer)
        lines = actions.release_several(queries.prepared(actor, offices.conference), by=actor)
        assert [line.fault for line in lines] == ["", "Not cleared yet: Security.", ""]
    assert [offices.status(ref) for ref in refs] == [Status.ACCREDITED, Status.UNDER_REVIEW, Status.ACCREDITED]
    with offices.looking():
        assert offices.row(refs[1]).prepared is not None


def test_of_several_who_release_at_once_one_does(offices: Offices) -> None:
    ref = offices.member(email="dewi@mail.example")
    prepared, sent = offices.prepare(ref, "accredit"), len(offices.mails())
    actor = offices.actor(offices.colleague)

    def release() -> Any:
        with offices.at_work():
            found = queries.prepared(actor, offices.conference, [prepared])
            if not found:
                return "gone"
            try:
                actions.release(found[0], by=actor)
            except Refused:
                db.session.rollback()
                return "gone"
            return "released"

    outcomes = build.at_once(offices.app, release, 6)
    assert outcomes.count("released") == 1, outcomes
    assert offices.status(ref) == Status.ACCREDITED
    assert len(offices.mails()) == sent + 2
    assert offices.moves(ref) == ["register", "take_up", "accredit"]


def test_what_was_taken_out_stays_on_record_and_is_not_released(offices: Offices) -> None:
    ref = offices.member()
    prepared = offices.prepare(ref, "accredit")
    with offices.at_work():
        actor = offices.actor(offices.officer)
        row = queries.prepared(actor, offices.conference, [prepared])[0]
        actions.drop(row, by=actor)
        with pytest.raises(Refused):  # by somebody who read it before it was taken out
            actions.release(row, by=actor)
    assert offices.status(ref) == Status.UNDER_REVIEW
    with offices.looking():
        row = offices.row(ref)
        assert row.prepared is None
        verbs = [line.verb for line in queries.ledger_of(row, for_office=True)]
        assert "prepare_decision" in verbs
        assert "drop_decision" in verbs
    offices.prepare(ref, "accredit")


def test_the_mails_of_a_prepared_decision_are_seen_before_they_go(offices: Offices) -> None:
    ref = offices.member(email="dewi@mail.example")
    offices.prepare(ref, "refuse", reason="The list is complete.")
    before = len(offices.mails())
    with offices.looking():
        mails = actions.preview(offices.row(ref).prepared)
        assert [mail.to for mail in mails] == [offices.focal_point.email, "dewi@mail.example"]
        assert all("Not accepted" in mail.subject and "The list is complete." in mail.text for mail in mails)
        assert offices.row(ref).status == Status.UNDER_REVIEW
    assert len(offices.mails()) == before


# --- returns and the conversation -------------------------------------------------------------------------------------


def test_a_return_names_its_defects_field_by_field(offices: Offices) -> None:
    ref = offices.member(email="dewi@mail.example")
    defects = [
        {"field": "passport_number", "text": "Two digits are missing."},
        {"field": "diet-need", "text": "Which?"},
    ]
    offices.decide(ref, "return", defects=defects)
    with offices.looking():
        row = offices.row(ref)
        assert row.defects == {"passport_number": "Two digits are missing.", "diet-need": "Which?"}
        assert row.reason == "Two digits are missing. Which?"
    assert "- Passport number: Two digits are missing." in offices.mails()[-1].text
    offices.correct(ref, offices.focal_point, passport_number="X12345678")
    offices.decide(ref, "submit", offices.focal_point)
    with offices.looking():
        row = offices.row(ref)
        assert row.defects == {}
        returned = next(line for line in row.moves if line.verb == "return")
        assert returned.defects == defects
        assert queries.changed_since(row, returned.at) == ["passport_number_sealed"]


def test_a_question_goes_to_whoever_looks_after_it_and_the_answer_to_both(offices: Offices) -> None:
    ref = offices.member(email="dewi@mail.example")
    with offices.at_work():
        actor = offices.actor(offices.officer)
        assert actions.assign(offices.row(ref), db.session.get_one(Account, offices.officer.id), by=actor)
        assert not actions.assign(offices.row(ref), db.session.get_one(Account, offices.officer.id), by=actor)
    with offices.at_work():
        actions.ask_office(offices.row(ref), "Which photograph?", by=offices.actor(offices.focal_point))
    asked = offices.mails()[-1]
    assert (asked.recipient, "Which photograph?" in asked.text) == (offices.officer.email, True)
    with offices.looking():
        assert queries.unanswered() == 1
    with offices.at_work():
        actions.write_to_person(offices.row(ref), "Any from this year.", by=offices.actor(offices.officer))
    assert {mail.recipient for mail in offices.mails()[-2:]} == {offices.focal_point.email, "dewi@mail.example"}
    with offices.looking():
        assert queries.unanswered() == 0
        assert [one.text for one in queries.conversation(offices.row(ref))] == [
            "Which photograph?",
            "Any from this year.",
        ]


def test_words_of_a_stranger_reach_no_mailbox(offices: Offices) -> None:
    """Whoever has not confirmed an address can put nothing into a mail, not even into one to the office."""
    with offices.at_work():
        entry = Entry(
            given_name="Erika", email="erika@news.example", organization="Agency", consents=frozenset({"data_use"})
        )
        row = actions.self_register(offices.conference, db.session.get_one(Category, offices.media.id), entry)
        ref, person = row.ref, row.person_id
    sent = len(offices.mails())
    holder = people_queries.account_by_email("erika@news.example") or build.account("erika@news.example")
    build.mandate(holder, Role.DELEGATE, offices.conference, person_id=person)
    with offices.at_work():
        actions.ask_office(offices.row(ref), "Click http://evil.example", by=offices.actor(holder))
    assert not any("evil.example" in mail.text for mail in offices.mails()[sent:])


def test_notes_are_for_the_offices_alone(offices: Offices) -> None:
    ref, sent = offices.member(email="dewi@mail.example"), len(offices.mails())
    with offices.at_work():
        actions.write_note(offices.row(ref), "Compare with last year.", by=offices.actor(offices.security))
    assert len(offices.mails()) == sent
    with offices.looking():
        row = offices.row(ref)
        assert [one.text for one in queries.notes(row)] == ["Compare with last year."]
        assert queries.conversation(row) == []
        own = queries.ledger_of(row, for_office=False)
        assert not any("Compare" in line.reason or line.is_internal for line in own)


def test_who_may_write_what(offices: Offices) -> None:
    ref = offices.member()
    stranger = build.account()
    for account, verb in (
        (offices.officer, actions.ask_office),
        (stranger, actions.ask_office),
        (offices.viewer, actions.write_to_person),
        (offices.focal_point, actions.write_to_person),
        (offices.focal_point, actions.write_note),
    ):
        with pytest.raises(Forbidden), offices.at_work():
            verb(offices.row(ref), "Words.", by=offices.actor(account))
    offices.decide(ref, "withdraw", offices.focal_point)
    with pytest.raises(Refused, match="closed"), offices.at_work():
        actions.ask_office(offices.row(ref), "Words.", by=offices.actor(offices.focal_point))


# --- vetting ----------------------------------------------------------------------------------------------------------


def vet(offices: Offices, *rows: Row) -> tuple[list[str], int]:
    with offices.at_work():
        actor = offices.actor(offices.security)
        found = actions.findings(actor, offices.conference, Office.SECURITY, rows)
        return [one.fault for one in found], actions.record_results(actor, offices.conference, Office.SECURITY, found)


def test_results_become_clearances_and_a_second_file_changes_nothing(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    refs = [offices.member(given_name=name) for name in ("Ani", "Budi")]
    with offices.looking():
        numbers = [offices.row(ref).number for ref in refs]
    rows = (Row(2, numbers[0], "Cleared", ""), Row(3, numbers[1], "objected", "Unknown to us."))
    assert vet(offices, *rows) == (["", ""], 2)
    assert vet(offices, *rows) == (["", ""], 0)
    with across_conferences("test"):
        assert db.session.scalar(select(func.count(Clearance.id))) == 2
    assert [offices.status(ref) for ref in refs] == [Status.UNDER_REVIEW] * 2


def test_rows_that_cannot_be_recorded_say_why(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    ref, gone = offices.member(), offices.member(given_name="Budi")
    offices.decide(gone, "withdraw", offices.focal_point)
    with offices.looking():
        number, left = offices.row(ref).number, offices.row(gone).number
    faults, recorded = vet(
        offices,
        Row(2, "", "cleared", ""),
        Row(3, "SC99-0001", "cleared", ""),
        Row(4, number, "perhaps", ""),
        Row(5, left, "cleared", ""),
        Row(6, number, "cleared", ""),
        Row(7, number, "objected", ""),
    )
    assert [bool(fault) for fault in faults] == [True, True, True, True, True, True]
    assert recorded == 0
    assert "twice" in faults[4]


def test_results_are_recorded_by_their_office_alone(offices: Offices) -> None:
    offices.with_steps(Office.SECURITY)
    offices.member()
    with pytest.raises(Forbidden), offices.at_work():
        actions.record_results(offices.actor(offices.officer), offices.conference, Office.SECURITY, [])


# --- substitution -----------------------------------------------------------------------------------------------------

NEW = Entry(given_name="Ayu", family_name="Misal", email="ayu@mail.example")


def substitute(offices: Offices, ref: str, by: Account, *left: str, reason: str = "") -> str:
    with offices.at_work():
        row = offices.row(ref)
        keys = {one.key for one in offered(row) if one.key.partition(":")[0] not in left}
        return actions.substitute(row, NEW, by=offices.actor(by), taken_over=keys, reason=reason).ref


def places_of(offices: Offices, ref: str) -> list[tuple[int, str]]:
    with offices.looking():
        row = offices.row(ref)
        wanted = select(Place.quota_id, Place.state).where(
            Place.holder_kind == "registration", Place.holder_id == row.id, Place.state != PlaceState.RELEASED
        )
        return [(one[0], str(one[1])) for one in db.session.execute(wanted)]


def test_the_new_one_takes_the_place_and_the_old_record_stays(offices: Offices) -> None:
    with offices.at_work():
        actions.set_places(offices.actor(offices.organizer), db.session.get_one(Delegation, offices.delegation.id), 1)
    ref = offices.member(capacity=Capacity.HEAD, email="dewi@mail.example")
    offices.decide(ref, "accredit")
    held = places_of(offices, ref)
    new = substitute(offices, ref, offices.focal_point)
    assert (places_of(offices, ref), places_of(offices, new)) == ([], held)
    assert (offices.status(ref), offices.status(new)) == (Status.WITHDRAWN, Status.SUBMITTED)
    with offices.looking():
        old, came = offices.row(ref), offices.row(new)
        assert (came.replaces_id, came.capacity, came.category_id) == (old.id, Capacity.HEAD, old.category_id)
        assert [one.ref for one in old.replaced_by] == [new]
        assert old.moves[-1].verb == "replace"
        quota = places.find_quota(old.delegation)
        assert (quota.taken, places.counted(quota)) == (1, 1)
    with pytest.raises(Refused, match="has taken over this place"):
        offices.decide(ref, "restore", reason="An error.")
    with pytest.raises(Refused, match="cannot be replaced"):
        substitute(offices, ref, offices.focal_point)


def test_what_is_not_ticked_stays_with_the_one_who_leaves(offices: Offices) -> None:
    ref = offices.member(capacity=Capacity.DEPUTY)
    new = substitute(offices, ref, offices.focal_point, "capacity")
    with offices.looking():
        assert offices.row(new).capacity == Capacity.DELEGATE


def test_who_replaces_whom_and_until_when(offices: Offices) -> None:
    ref = offices.member()
    for stranger in (build.account(), offices.viewer, offices.security, offices.press):
        with pytest.raises(Forbidden):
            substitute(offices, ref, stranger)
    with time_machine.travel(offices.conference.registration_closes_at, tick=False):
        for account in (offices.focal_point, offices.officer, offices.organizer):
            with pytest.raises(Refused, match="protocol officer"):
                substitute(offices, ref, account)
        with pytest.raises(Refused) as refusal:
            substitute(offices, ref, offices.protocol)
        assert (refusal.value.status, refusal.value.field) == (422, "reason")
        new = substitute(offices, ref, offices.protocol, reason="By note verbale of today.")
    with offices.looking():
        assert offices.row(ref).moves[-1].reason == "By note verbale of today."
        assert offices.row(new).replaces.ref == ref


def test_before_registration_opens_the_office_replaces_and_nobody_is_told_of_a_closing_date(offices: Offices) -> None:
    ref = offices.member()
    build.change(offices.conference, registration_opens_at=clock.now() + timedelta(days=1))
    with pytest.raises(Refused, match="not open yet"):
        substitute(offices, ref, offices.focal_point)
    assert offices.status(substitute(offices, ref, offices.officer)) == Status.SUBMITTED


def test_each_sees_exactly_those_of_their_own(offices: Offices) -> None:
    """The scope behind every list, export and bulk act."""
    mine, beside = offices.member(), offices.member(given_name="Budi")
    other = build.delegation(offices.conference)
    theirs = build.registration(offices.conference, category_id=offices.category.id, delegation_id=other.id).ref
    colleague = build.account()
    build.mandate(colleague, Role.FOCAL_POINT, offices.conference, delegation_id=other.id)
    delegate = build.account()
    with offices.looking():
        person_id = offices.row(mine).person_id
    build.mandate(delegate, Role.DELEGATE, offices.conference, person_id=person_id)

    def seen_by(account: Account) -> set[str]:
        with offices.looking():
            rows = queries.visible_to(offices.actor(account), offices.conference)
            return {row.ref for row in db.session.scalars(rows)}

    assert seen_by(offices.viewer) == {mine, beside, theirs}
    assert seen_by(offices.focal_point) == {mine, beside}
    assert seen_by(colleague) == {theirs}
    assert seen_by(delegate) == {mine}
    assert seen_by(build.account()) == set()


@contextmanager
def statements() -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(" ".join(statement.split()))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def is_record(statement: str) -> bool:
    return statement.startswith("INSERT INTO audit_entry")


def touches_places(statement: str) -> bool:
    return statement.startswith(("UPDATE quota", "UPDATE place", "INSERT INTO place "))


def test_a_substitution_takes_places_before_it_records(offices: Offices) -> None:
    """The record's lock comes last everywhere: in another order two of them could wait for each other."""
    with offices.at_work():
        actions.set_places(offices.actor(offices.organizer), db.session.get_one(Delegation, offices.delegation.id), 2)
    ref = offices.member()
    with statements() as made:
        substitute(offices, ref, offices.focal_point)
    first = next(number for number, one in enumerate(made) if is_record(one))
    assert any(touches_places(one) for one in made[:first])
    assert not [one for one in made[first:] if touches_places(one)]


def holds_places_first(made: list[str]) -> bool:
    """Before the first line of the record, and before any place changes."""
    first = next(number for number, one in enumerate(made) if is_record(one) or touches_places(one))
    lock = "FOR UPDATE" if db.engine.dialect.name == "postgresql" else ""
    return any("FROM quota WHERE quota.id IN" in one and lock in one for one in made[:first])


def test_decisions_on_several_hold_all_their_places_first(offices: Offices) -> None:
    """Those that are released together, those on a selection, and those who are accredited from the list."""
    with offices.at_work():
        actions.set_places(offices.actor(offices.organizer), db.session.get_one(Delegation, offices.delegation.id), 4)
    prepared = [offices.prepare(offices.member(given_name=name), "refuse", reason="No.") for name in ("Ani", "Budi")]
    with offices.at_work(), statements() as made:
        actor = offices.actor(offices.officer)
        actions.release_several(queries.prepared(actor, offices.conference, prepared), by=actor)
    assert holds_places_first(made)
    client, url = offices.as_(offices.officer), f"{offices.desk}/registrations"
    refs = [offices.member(given_name=name) for name in ("Citra", "Dian")]
    for path, sent in (("selection", {"do": "hold", "reason": "Later."}), ("accredit", {})):
        with statements() as made:
            assert client.send(f"{url}/{path}", ref=refs.pop(), **sent).status_code == 303
        assert holds_places_first(made), path


def test_of_several_substitutions_at_once_one_happens_and_the_others_read_why(offices: Offices) -> None:
    """The revision alone would stop them as well, after all their work and without a word about the person."""
    ref, actor, conference_id = offices.member(), offices.actor(offices.focal_point), offices.conference.id
    db.session.rollback()

    def work() -> str:
        try:
            with in_conference(conference_id), writing():
                return actions.substitute(offices.row(ref), NEW, by=actor, taken_over=()).ref
        except Refused as refusal:
            return refusal.message

    outcomes = build.at_once(offices.app, work, 4)
    with offices.looking():
        (new,) = offices.row(ref).replaced_by
    outcomes.remove(new.ref)
    assert all("Somebody who has left" in str(one) for one in outcomes), outcomes


def test_accompanying_persons_and_the_assignee_come_along(offices: Offices) -> None:
    ref = offices.member()
    spouse = build.registration(
        offices.conference,
        category_id=build.category(offices.conference, is_accompanying=True).id,
        delegation_id=offices.delegation.id,
        accompanies_id=_id(offices, ref),
    )
    new = substitute(offices, ref, offices.focal_point)
    with offices.looking():
        assert offices.row(spouse.ref).accompanies.ref == new


def _id(offices: Offices, ref: str) -> int:
    with offices.looking():
        return offices.row(ref).id


def test_prepared_decisions_are_counted_by_verb(offices: Offices) -> None:
    offices.prepare(offices.member(), "accredit")
    offices.prepare(offices.member(given_name="Budi"), "accredit")
    offices.prepare(offices.member(given_name="Citra"), "refuse", reason="No.")
    with offices.looking():
        assert queries.prepared_by_verb() == {"accredit": 2, "refuse": 1}
        assert db.session.scalar(select(func.count(PreparedDecision.id))) == 3


def test_parts_and_items_of_the_programme_are_listed_and_each_can_be_left(offices: Offices) -> None:
    ref = offices.member()
    by = offices.actor(offices.organizer)
    with offices.at_work():
        person = offices.row(ref).person
        session = create_session(
            by, offices.conference, Details(kind=SessionKind.PANEL, title={"en": "Trust"}, minutes=60)
        )
        for kind in (SessionRoleKind.CHAIR, SessionRoleKind.MODERATOR):
            add_role(by, session, kind, person=person)
        add_item(by, session, title={"en": "Opening words"}, person=person)
    with offices.looking():
        lines = [(one.key.partition(":")[0], one.words) for one in offered(offices.row(ref))]
        assert lines == [
            ("capacity", "Delegate"),
            ("items", "Opening words in “Trust”"),
            ("roles", "Chair in “Trust”"),
            ("roles", "Moderator in “Trust”"),
        ]
        chair = next(one.key for one in offered(offices.row(ref)) if one.words.startswith("Chair"))
    with offices.at_work():
        taken = {one.key for one in offered(offices.row(ref))} - {chair}
        new = actions.substitute(offices.row(ref), NEW, by=offices.actor(offices.focal_point), taken_over=taken).ref
    with offices.looking():
        old, came = offices.row(ref), offices.row(new)
        assert [one.words for one in offered(old)][1:] == ["Chair in “Trust”"]
        assert [one.words for one in offered(came)][1:] == ["Opening words in “Trust”", "Moderator in “Trust”"]
