"""Answering: on the public form, on the own page, at the desk; hidden, needed, frozen, sealed; and who reads it."""

import re
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import clock, jobs, sealing
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.lifecycle import Forbidden
from confapp.foundation.mail.outbox import Mail
from confapp.foundation.sealing import Reading
from confapp.foundation.transactions import writing
from confapp.people.rules import Role
from confapp.registration import actions as registering
from confapp.registration import rules, tasks
from confapp.registration.actions import answers as actions
from confapp.registration.actions import questions as editing
from confapp.registration.models import Question, Registration
from confapp.registration.queries import questions as queries
from confapp.registration.rules.questions import AskedAt, DataClass, QuestionKind
from tests import build
from tests.registration.questions.making import answer, answers, question, questionnaire

VISA = {"field": "visa", "operator": "equals", "value": "a"}
TYPED = {
    "given_name": "Sari",
    "family_name": "Contoh",
    "email": "sari@mail.example",
    "organization": "Example Institute",
    "data_use": "y",
}


@pytest.fixture
def conference(app: Flask) -> Conference:
    return build.conference()


@pytest.fixture
def row(conference: Conference) -> Registration:
    return build.registration(conference, status=rules.Status.ACCREDITED)


@pytest.fixture
def person(conference: Conference, row: Registration, client: build.Client) -> build.Client:
    holder = build.account()
    build.mandate(holder, Role.DELEGATE, conference, person_id=row.person_id)
    return client.sign_in(holder)


def officer(app: Flask, conference: Conference, role: Role = Role.ACCREDITATION_OFFICER) -> build.Client:
    browser: build.Client = app.test_client()  # type: ignore[assignment]
    return browser.sign_in(build.staff(conference, role))


def own(conference: Conference, row: Registration, sheet: Any) -> str:
    return f"/me/{conference.slug}/registrations/{row.ref}/questions/{sheet.ref}"


def desk(conference: Conference, row: Registration, more: str = "") -> str:
    return f"/desk/{conference.slug}/registrations/{row.ref}{more}"


def registered(conference: Conference) -> Registration:
    with in_conference(conference.id):
        found = db.session.scalars(select(Registration).order_by(Registration.id.desc())).first()
    assert found is not None
    return found


# --- registering ------------------------------------------------------------------------------------------------------


def test_the_public_form_asks_and_keeps_what_is_shown(conference: Conference, client: build.Client) -> None:
    category = build.category(conference, code="media")
    visa, mission = question(conference, "visa", QuestionKind.ONE_OF), question(conference, "mission")
    questionnaire(conference, visa, (mission, {"is_required": True, "condition": VISA}), categories=[category.code])
    url = f"/{conference.slug}/register"
    page = client.get(url).get_data(as_text=True)
    assert "data-known" in page
    assert "Only if: “Question visa” is Apple" in page
    typed = TYPED | {"category": "media"}
    refused = client.send(url, **typed, **{"q-visa": "a"})
    assert refused.status_code == 422
    assert '<a href="#q-mission">Question mission: Please fill this in.</a>' in refused.get_data(as_text=True)
    assert client.send(url, **typed, **{"q-visa": "b", "q-mission": "typed, then hidden"}).status_code == 303
    assert answers(registered(conference)) == {"visa": "b"}
    assert client.send(url, **typed, **{"q-visa": "a", "q-mission": "Jakarta"}).status_code == 303
    assert answers(registered(conference)) == {"visa": "a", "mission": "Jakarta"}


def test_help_and_facts_stand_apart_in_the_language_each_is_in(conference: Conference, client: build.Client) -> None:
    build.category(conference)
    leg = {"help": {"id": "Tulis nomornya"}, "data_class": DataClass.HIGH}
    questionnaire(conference, question(conference, "arrival", QuestionKind.TRAVEL_LEG, **leg))
    page = client.get(f"/en/{conference.slug}/register").get_data(as_text=True)
    assert '<span lang="id" dir="ltr">Tulis nomornya</span><br>Kept sealed;' in page
    assert "In the time of the conference, WITA." in page


def test_a_category_is_asked_its_own_questions(conference: Conference, client: build.Client) -> None:
    build.category(conference, code="media")
    build.category(conference, code="observer")
    outlet, mandate, both = (question(conference, code) for code in ("outlet", "mandate", "both"))
    needed = {"is_required": True}
    questionnaire(conference, (outlet, needed), (both, {}), categories=["media"])
    questionnaire(conference, (mandate, needed), (both, {}), categories=["observer"])
    url = f"/{conference.slug}/register"
    page = client.get(url).get_data(as_text=True)
    assert page.count('data-question="both"') == 2
    assert 'name="q-both"' in page
    assert 'name="q-both.2"' in page
    typed = {"category": "observer", "q-mandate": "Peace", "q-both": "of media", "q-both.2": "of observers"}
    assert client.send(url, **TYPED, **typed).status_code == 303
    assert answers(registered(conference)) == {"mandate": "Peace", "both": "of observers"}
    assert client.send(url, **TYPED, **(typed | {"category": "media"})).status_code == 422


def test_what_is_asked_of_delegations_stands_on_no_public_form(conference: Conference, client: build.Client) -> None:
    build.category(conference, code="media")
    build.category(conference, code="observer")
    build.category(conference, code="delegate", is_open_to_all=False)
    questionnaire(conference, question(conference, "passport-kind"), categories=["delegate"])
    questionnaire(conference, question(conference, "outlet"), categories=["media", "delegate"])
    page = client.get(f"/{conference.slug}/register").get_data(as_text=True)
    assert "passport-kind" not in page
    assert "Only if: Category is Delegate" in page, "the maker of tests calls every category so"
    assert "&#34;value&#34;: &#34;media&#34;" in page


def test_the_cached_form_follows_the_questions(conference: Conference, client: build.Client) -> None:
    build.category(conference)
    url = f"/{conference.slug}/register"
    assert "Question visa" not in client.get(url).get_data(as_text=True)
    made = question(conference, "visa")
    sheet = questionnaire(conference, made)
    assert "Question visa" in client.get(url).get_data(as_text=True)
    build.change(sheet, is_open=False)
    assert "Question visa" not in client.get(url).get_data(as_text=True)


def test_the_same_form_sent_twice_registers_once(conference: Conference, client: build.Client) -> None:
    build.category(conference, code="media")
    questionnaire(conference, question(conference, "visa"))
    typed = TYPED | {"category": "media", "q-visa": "x"}
    first = client.send(f"/{conference.slug}/register", _key="one", **typed)
    again = client.send(f"/{conference.slug}/register", _key="one", **typed)
    assert first.location == again.location
    with in_conference(conference.id):
        assert len(db.session.scalars(select(Registration)).all()) == 1


def test_a_member_is_asked_too_and_a_correction_deletes_what_is_no_longer_asked(
    app: Flask, conference: Conference
) -> None:
    delegation = build.delegation(conference)
    category = build.category(conference, code="delegate")
    visa, mission = question(conference, "visa", QuestionKind.ONE_OF), question(conference, "mission")
    kind = question(conference, "kind")
    is_state = {"field": "delegation_kind", "operator": "equals", "value": "state"}
    questionnaire(conference, visa, (mission, {"condition": VISA}), (kind, {"condition": is_state}))
    browser = officer(app, conference, Role.ORGANIZER)
    made = browser.send(
        f"/desk/{conference.slug}/delegations/{delegation.ref}/members/new",
        **TYPED,
        capacity="delegate",
        rank="other",
        category=category.code,
        language="en",
        **{"q-visa": "a", "q-mission": "Jakarta", "q-kind": "of a state"},
    )
    assert made.status_code == 303
    member = registered(conference)
    assert answers(member) == {"visa": "a", "mission": "Jakarta", "kind": "of a state"}
    page = browser.get(desk(conference, member, "/correct")).get_data(as_text=True)
    version = re.search(r'name="version"[^>]*value="([^"]+)"', page)
    assert version
    assert "Jakarta" in page
    corrected = browser.send(
        desk(conference, member, "/correct"),
        **TYPED,
        version=version[1],
        capacity="delegate",
        rank="other",
        language="en",
        **{"q-visa": "b", "q-mission": "Jakarta", "q-kind": "changed"},
    )
    assert corrected.status_code == 303
    assert answers(member) == {"visa": "b", "kind": "changed"}


# --- later ------------------------------------------------------------------------------------------------------------


def test_questions_after_accreditation_have_a_page_of_their_own(
    conference: Conference, row: Registration, person: build.Client
) -> None:
    sheet = questionnaire(conference, question(conference, "hotel"), asked_at=AskedAt.AFTER_ACCREDITATION)
    assert "Answer questions" in person.get(f"/me/{conference.slug}/registrations/{row.ref}").get_data(as_text=True)
    assert person.get(f"/me/{conference.slug}/registrations/{row.ref}/questions").status_code == 303
    assert person.send(own(conference, row, sheet), **{"q-hotel": "Example Hotel"}).status_code == 303
    assert answers(row) == {"hotel": "Example Hotel"}
    assert "Example Hotel" in person.get(f"/me/{conference.slug}/registrations/{row.ref}").get_data(as_text=True)
    build.change(row, status=rules.Status.SUBMITTED)
    assert person.get(own(conference, row, sheet)).status_code == 404, "asked of the accredited only"


def test_outsiders_find_no_questions_and_gates_ask_at_the_desk(
    app: Flask, conference: Conference, row: Registration, client: build.Client, person: build.Client
) -> None:
    gate = questionnaire(conference, question(conference, "paper"), asked_at=AskedAt.AT_GATE)
    closed = questionnaire(conference, question(conference, "hotel"), is_open=False)
    assert person.get(own(conference, row, gate)).status_code == 404
    assert person.get(own(conference, row, closed)).status_code == 404
    stranger: build.Client = app.test_client()  # type: ignore[assignment]
    stranger.sign_in(build.account())
    open_one = questionnaire(conference, question(conference, "diet"))
    assert stranger.get(own(conference, row, open_one)).status_code == 404
    assert stranger.send(own(conference, row, open_one), **{"q-diet": "x"}).status_code == 404
    assert person.send(desk(conference, row, f"/questions/{gate.ref}"), **{"q-paper": "x"}).status_code == 403
    assert officer(app, conference, Role.VIEWER).get(desk(conference, row, f"/questions/{gate.ref}")).status_code == 403
    at_desk = officer(app, conference)
    assert at_desk.send(desk(conference, row, f"/questions/{gate.ref}"), **{"q-paper": "passport"}).status_code == 303
    assert answers(row) == {"paper": "passport"}


def test_the_gate_asks_whom_it_lets_in_and_nobody_else(app: Flask, conference: Conference, row: Registration) -> None:
    paper = question(conference, "paper", readers=["organizer", "gate_staff"])
    gate = questionnaire(conference, paper, asked_at=AskedAt.AT_GATE)
    other = questionnaire(conference, question(conference, "diet"))
    at_door, door = officer(app, conference, Role.GATE_STAFF), f"/desk/{conference.slug}/attendance"
    row = build.change(row, number="TT27-0042", status=rules.Status.SUBMITTED)
    path = f"{door}/{row.number}/asked/{gate.ref}"
    assert path not in at_door.get(f"{door}?number={row.number}").get_data(as_text=True), "not decided on yet"
    build.change(row, status=rules.Status.ACCREDITED)
    assert path in at_door.get(f"{door}?number={row.number}").get_data(as_text=True)
    assert at_door.send(path, **{"q-paper": "passport"}).status_code == 303
    assert answers(row) == {"paper": "passport"}
    assert "passport" in at_door.get(path).get_data(as_text=True)
    for wrong in (f"{door}/{row.number}/asked/{other.ref}", f"{door}/XX-1/asked/{gate.ref}"):
        assert at_door.send(wrong, **{"q-diet": "x"}).status_code == 404
    viewer = officer(app, conference, Role.VIEWER)
    assert [viewer.get(path).status_code, viewer.send(path, **{"q-paper": "x"}).status_code] == [403, 403]
    assert answers(row) == {"paper": "passport"}


def test_what_was_deleted_on_its_day_is_said_to_be(
    app: Flask, conference: Conference, row: Registration, person: build.Client
) -> None:
    for code, data_class in (("hotel", DataClass.PERSONAL), ("flight", DataClass.HIGH)):
        asked = question(conference, code, data_class=data_class, readers=["accreditation_officer"])
        answer(row, asked, "A word")
    pages = (
        (person, f"/me/{conference.slug}/registrations/{row.ref}"),
        (officer(app, conference), desk(conference, row)),
    )
    shown = [client.get(url).get_data(as_text=True) for client, url in pages]
    assert [page.count("not kept any more") for page in shown] == [0, 0]
    build.change(conference, starts_on=date(2020, 5, 4), ends_on=date(2020, 5, 5))
    tasks.purge_sealed()
    shown = [client.get(url).get_data(as_text=True) for client, url in pages]
    assert [page.count("not kept any more") for page in shown] == [2, 3], "at the desk the address beside them"
    assert not any("/answers/" in page for page in shown), "nothing is left to open"


def test_an_answer_is_needed_only_from_its_day(conference: Conference, row: Registration, person: build.Client) -> None:
    soon, past = clock.now() + timedelta(days=3), clock.now() - timedelta(days=3)
    hotel, flight = question(conference, "hotel"), question(conference, "flight")
    later = questionnaire(conference, (hotel, {"is_required": True, "required_from": soon}))
    now = questionnaire(conference, (flight, {"is_required": True, "required_from": past}))
    page = person.get(own(conference, row, later)).get_data(as_text=True)
    assert "Needed from" in page
    assert "(optional)" in page
    assert person.send(own(conference, row, later)).status_code == 303
    assert person.send(own(conference, row, now)).status_code == 422
    missing = person.get(f"/me/{conference.slug}/registrations/{row.ref}").get_data(as_text=True)
    assert "Question hotel (by" in missing
    assert "Question flight (by" in missing
    person.send(own(conference, row, later), **{"q-hotel": "Example Hotel"})
    assert "Question hotel (by" not in person.get(f"/me/{conference.slug}/registrations/{row.ref}").get_data(
        as_text=True
    )


def test_a_frozen_answer_is_shown_and_changed_by_the_office_alone(
    app: Flask, conference: Conference, row: Registration, person: build.Client
) -> None:
    readers = ["accreditation_officer"]
    hotel, other = question(conference, "hotel", readers=readers), question(conference, "other", readers=readers)
    frozen = {"is_required": True, "frozen_from": clock.now() - timedelta(hours=1)}
    depends = {"condition": {"field": "hotel", "operator": "filled"}}
    sheet = questionnaire(conference, (hotel, frozen), (other, depends))
    answer(row, hotel, "Example Hotel")
    page = person.get(own(conference, row, sheet)).get_data(as_text=True)
    assert "Example Hotel" in page
    assert 'name="q-hotel"' not in page
    sent = person.send(own(conference, row, sheet), **{"q-hotel": "Another", "q-other": "kept"})
    assert sent.status_code == 303
    assert answers(row) == {"hotel": "Example Hotel", "other": "kept"}
    office = officer(app, conference)
    changed = office.send(desk(conference, row, f"/questions/{sheet.ref}"), **{"q-hotel": "Another", "q-other": "kept"})
    assert changed.status_code == 303
    assert answers(row) == {"hotel": "Another", "other": "kept"}


def test_what_is_frozen_and_open_is_asked_of_nobody(conference: Conference, row: Registration) -> None:
    hotel = question(conference, "hotel")
    questionnaire(conference, (hotel, {"is_required": True, "frozen_from": clock.now() - timedelta(hours=1)}))
    with in_conference(conference.id):
        kept = db.session.get_one(Registration, row.id)
        assert queries.unanswered([kept], conference, clock.now()) == []


def test_missing_answers_follow_the_conditions(conference: Conference, row: Registration) -> None:
    visa, mission = question(conference, "visa", QuestionKind.ONE_OF), question(conference, "mission")
    questionnaire(conference, visa, (mission, {"is_required": True, "condition": VISA}))
    for value, expected in (("b", []), ("a", ["mission"])):
        with in_conference(conference.id), writing():
            for old in queries.answers_of(db.session.get_one(Registration, row.id)):
                db.session.delete(old)
        answer(row, visa, value)
        with in_conference(conference.id):
            found = queries.unanswered([db.session.get_one(Registration, row.id)], conference, clock.now())
            assert [one.asked.code for one in found] == expected
        db.session.rollback()


def test_those_who_are_accredited_are_written_to_once(app: Flask, conference: Conference) -> None:
    """When the decision falls, and when a questionnaire opens afterwards."""
    hotel = question(conference, "hotel"), {"is_required": True, "required_from": clock.now() + timedelta(days=3)}
    first = questionnaire(conference, hotel, asked_at=AskedAt.AFTER_ACCREDITATION)
    row, by = build.registration(conference), build.actor(build.staff(conference, Role.ACCREDITATION_OFFICER))
    with in_conference(conference.id), writing():
        kept = db.session.get_one(Registration, row.id)
        move = rules.ACCREDITATION.named("accredit")
        assert move
        registering.change_status(kept, move, by=by)
    organizer = officer(app, conference, Role.ORGANIZER)
    assert organizer.send(f"/desk/{conference.slug}/questionnaires/{first.ref}/notify").status_code == 303
    assert jobs.run_due() >= 1
    with across_conferences("a test reads the mails"):
        (text,) = [one.text for one in db.session.scalars(select(Mail)) if "Further questions" in one.subject]
        assert [row.number in text, row.person.full_name in text, "Questions (by " in text] == [True] * 3
    as_person = build.account()
    build.mandate(as_person, Role.DELEGATE, conference, person_id=row.person_id)
    page = app.test_client().sign_in(as_person).get(f"/me/{conference.slug}/registrations/{row.ref}").text  # type: ignore[attr-defined]
    assert ["(by " in page, "By the opening of the conference" in page] == [True, False], "one day, not two"


# --- sealed -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data_class", [DataClass.HIGH, DataClass.SPECIAL])
def test_sealed_answers_are_opened_with_a_reason_by_named_roles(
    app: Flask, conference: Conference, row: Registration, data_class: DataClass
) -> None:
    made = question(conference, "flight", data_class=data_class, readers=["security_officer"])
    questionnaire(conference, made)
    kept = answer(row, made, "CANARY-GA-412")
    assert kept.plain is None
    url = desk(conference, row, f"/answers/{kept.ref}/open")
    security = officer(app, conference, Role.SECURITY_OFFICER)
    shown = security.get(desk(conference, row)).get_data(as_text=True)
    assert "Question flight" in shown
    assert "CANARY" not in shown
    assert security.send(url, reason="").status_code == 422
    opened = security.send(url, reason="Access list of the airport").get_data(as_text=True)
    assert "CANARY-GA-412" in opened
    with in_conference(conference.id):
        readings = db.session.scalars(select(Reading)).all()
        assert [(one.field, one.data_class, one.reason) for one in readings] == [
            ("answer:flight", data_class.value, "Access list of the airport")
        ]
        entries = " ".join(str(one.facts) for one in db.session.scalars(select(AuditEntry)))
        assert "CANARY" not in entries
    for role in (Role.ACCREDITATION_OFFICER, Role.ORGANIZER, Role.VIEWER):
        other = officer(app, conference, role)
        assert kept.ref not in other.get(desk(conference, row)).get_data(as_text=True)
        assert other.get(url).status_code == 404
        assert other.send(url, reason="Curious").status_code == 404
    browser: build.Client = app.test_client()  # type: ignore[assignment]
    assert browser.sign_in(build.administrator()).get(url).status_code == 404


def test_an_answer_whose_key_was_destroyed_is_gone_and_not_collected_again(
    app: Flask, conference: Conference, row: Registration, person: build.Client
) -> None:
    made = question(conference, "flight", data_class=DataClass.HIGH, readers=["security_officer"])
    sheet = questionnaire(conference, made)
    kept = answer(row, made, "GA 412")
    with in_conference(conference.id), writing():
        sealing.shred(conference.id, "high")
    security = officer(app, conference, Role.SECURITY_OFFICER)
    opened = security.send(desk(conference, row, f"/answers/{kept.ref}/open"), reason="Look")
    assert opened.status_code < 500
    assert "deleted for good" in opened.get_data(as_text=True)
    assert person.get(own(conference, row, sheet)).status_code == 200
    refused = person.send(own(conference, row, sheet), **{"q-flight": "GA 413"})
    assert refused.status_code == 422
    assert "no longer kept" in refused.get_data(as_text=True)


def test_personal_answers_are_read_by_the_roles_that_the_question_names(
    app: Flask, conference: Conference, row: Registration
) -> None:
    made = question(conference, "outlet", readers=["press_desk"])
    answer(row, made, "Example Daily")
    page = desk(conference, row)
    assert "Example Daily" in officer(app, conference, Role.PRESS_DESK).get(page).get_data(as_text=True)
    assert "Example Daily" not in officer(app, conference, Role.VIEWER).get(page).get_data(as_text=True)


def test_a_sealed_answer_can_be_deleted_by_its_person(
    conference: Conference, row: Registration, person: build.Client
) -> None:
    made = question(conference, "flight", data_class=DataClass.HIGH)
    sheet = questionnaire(conference, made)
    answer(row, made, "GA 412")
    page = person.get(own(conference, row, sheet)).get_data(as_text=True)
    assert "An answer is kept; leave this empty to keep it." in page
    assert "GA 412" not in page
    person.send(own(conference, row, sheet))
    assert answers(row) == {"flight": "GA 412"}
    person.send(own(conference, row, sheet), **{"q-flight": "", "q-flight-forget": "y"})
    assert answers(row) == {}


def test_a_condition_on_a_sealed_answer_tells_the_browser_nothing(
    conference: Conference, row: Registration, person: build.Client
) -> None:
    diet = question(conference, "diet", QuestionKind.ONE_OF, data_class=DataClass.SPECIAL)
    more = question(conference, "more", data_class=DataClass.SPECIAL)
    sheet = questionnaire(
        conference, diet, (more, {"condition": {"field": "diet", "operator": "equals", "value": "b"}})
    )
    answer(row, diet, "b")
    page = person.get(own(conference, row, sheet)).get_data(as_text=True)
    assert 'data-question="more" data-if="{}"' in page
    assert person.send(own(conference, row, sheet), **{"q-more": "typed"}).status_code == 303
    assert answers(row) == {"diet": "b", "more": "typed"}, "the server knows what was answered"


# --- versions ---------------------------------------------------------------------------------------------------------


def test_old_answers_keep_the_words_they_were_given_under(
    app: Flask, conference: Conference, row: Registration, person: build.Client
) -> None:
    fruit = question(conference, "fruit", QuestionKind.ONE_OF)
    sheet = questionnaire(conference, fruit)
    answer(row, fruit, "a")
    by = build.actor(build.staff(conference, Role.ORGANIZER))
    with in_conference(conference.id), writing():
        kept = db.session.get_one(Question, fruit.id)
        wording = editing.Wording({"en": "Fruit?"}, {}, [{"code": "a", "label": {"en": "Apricot"}}])
        keeping = editing.Keeping(kept.data_class, 30, ["organizer"])
        editing.change_question(by, kept, wording, keeping, revision=str(kept.revision))
    page = officer(app, conference, Role.ORGANIZER).get(desk(conference, row)).get_data(as_text=True)
    assert "Apple" in page
    assert "Apricot" not in page
    person.send(own(conference, row, sheet), **{"q-fruit": "a"})
    page = officer(app, conference, Role.ORGANIZER).get(desk(conference, row)).get_data(as_text=True)
    assert "Apricot" in page


@pytest.mark.parametrize(("kind", "value"), [(QuestionKind.ONE_OF, "b"), (QuestionKind.SEVERAL_OF, ["a", "b"])])
def test_an_answer_stays_when_its_option_is_offered_no_more(
    app: Flask, conference: Conference, row: Registration, person: build.Client, kind: QuestionKind, value: Any
) -> None:
    fruit = question(conference, "fruit", kind)
    sheet = questionnaire(conference, fruit)
    answer(row, fruit, value)
    by = build.actor(build.staff(conference, Role.ORGANIZER))
    with in_conference(conference.id), writing():
        kept = db.session.get_one(Question, fruit.id)
        wording = editing.Wording({"en": "Fruit?"}, {}, [{"code": "a", "label": {"en": "Apple"}}])
        editing.change_question(
            by, kept, wording, editing.Keeping(kept.data_class, 30, ["organizer"]), revision=str(kept.revision)
        )
    assert "Banana (no longer offered)" in person.get(own(conference, row, sheet)).get_data(as_text=True)
    assert person.send(own(conference, row, sheet), **{"q-fruit": value}).status_code == 303
    assert answers(row) == {"fruit": value}
    assert "Banana" in officer(app, conference, Role.ORGANIZER).get(desk(conference, row)).get_data(as_text=True)
    person.send(own(conference, row, sheet), **{"q-fruit": "a"})
    assert "no longer offered" not in person.get(own(conference, row, sheet)).get_data(as_text=True)
    assert person.send(own(conference, row, sheet), **{"q-fruit": "b"}).status_code == 422


def test_a_changed_consent_asks_again_and_is_never_ticked_before(
    conference: Conference, row: Registration, person: build.Client
) -> None:
    made = question(conference, "recording", QuestionKind.CONSENT)
    sheet = questionnaire(conference, made)
    box = re.compile(r'<input[^>]*name="q-recording"[^>]*>')
    assert "checked" not in box.search(person.get(own(conference, row, sheet)).get_data(as_text=True))[0]  # type: ignore[index]
    person.send(own(conference, row, sheet), **{"q-recording": "yes"})
    assert "checked" in box.search(person.get(own(conference, row, sheet)).get_data(as_text=True))[0]  # type: ignore[index]
    by = build.actor(build.staff(conference, Role.ORGANIZER))
    with in_conference(conference.id), writing():
        kept = db.session.get_one(Question, made.id)
        keeping = editing.Keeping(kept.data_class, 30, ["organizer"])
        editing.change_question(by, kept, editing.Wording({"en": "Other words"}), keeping, revision=str(kept.revision))
    page = person.get(own(conference, row, sheet)).get_data(as_text=True)
    assert "checked" not in box.search(page)[0]  # type: ignore[index]
    assert "The text was changed since it was agreed to." in page


def test_questions_that_changed_while_somebody_typed_are_shown_again(
    conference: Conference, row: Registration, person: build.Client
) -> None:
    sheet = questionnaire(conference, question(conference, "hotel"))
    sent = person.send(own(conference, row, sheet), **{"q-hotel": "Example Hotel", "questions-seen": "something older"})
    assert sent.status_code == 422
    page = sent.get_data(as_text=True)
    assert "The questions were changed while you filled in the form" in page
    assert "Example Hotel" in page
    assert answers(row) == {}


# --- who, and how much ------------------------------------------------------------------------------------------------


def test_nobody_answers_for_others(conference: Conference, row: Registration) -> None:
    stranger = build.actor(build.account())
    with in_conference(conference.id), writing(), pytest.raises(Forbidden):
        actions.answer(db.session.get_one(Registration, row.id), [], by=stranger)


def test_forty_questions_need_no_more_statements_than_one(
    app: Flask, conference: Conference, row: Registration, person: build.Client
) -> None:
    small = questionnaire(conference, question(conference, "only"))
    many = [question(conference, f"q{number}", QuestionKind.ONE_OF) for number in range(40)]
    big = questionnaire(conference, *many)
    for one in many[:20]:
        answer(row, one, "a")
    person.get(own(conference, row, small))
    with build.count_queries() as few:
        assert person.get(own(conference, row, small)).status_code == 200
    with build.count_queries() as more:
        assert person.get(own(conference, row, big)).status_code == 200
    assert more.number <= few.number


def test_answers_of_fifty_registrations_come_in_one_go(conference: Conference) -> None:
    made = [question(conference, f"q{number}") for number in range(3)]
    category, body = build.category(conference), build.delegation(conference)
    rows = [
        build.registration(conference, category_id=category.id, delegation_id=body.id, status=rules.Status.ACCREDITED)
        for _ in range(50)
    ]
    questionnaire(conference, *((one, {"is_required": True}) for one in made))
    for one in rows:
        answer(one, made[0], "x")
    counted, ids = [], [one.id for one in rows]
    for number in (1, 50):
        db.session.rollback()
        with in_conference(conference.id), build.count_queries() as count:
            some = queries.of_ids(ids[:number])
            said = [a.version.label for found in queries.answers_of_all([r.id for r in some]).values() for a in found]
            assert len(said) == number
            assert len(queries.unanswered(some, conference, clock.now())) == 2 * number
        counted.append(count.number)
    assert counted[0] == counted[1]


# --- readers, and a change after the accreditation --------------------------------------------------------------------


def test_the_desk_form_shuts_what_is_not_the_askers_to_read(
    app: Flask, conference: Conference, row: Registration
) -> None:
    """Neither shown nor written over, nor deleted by what is not sent; what nobody answered can still be typed in."""
    outlet = question(conference, "outlet", readers=["press_desk"])
    open_one, empty = question(conference, "hotel", readers=["accreditation_officer"]), question(conference, "other")
    sheet = questionnaire(conference, outlet, open_one, empty)
    answer(row, outlet, "The Example Daily")
    answer(row, open_one, "Example Hotel")
    office, address = officer(app, conference), desk(conference, row, f"/questions/{sheet.ref}")
    page = office.get(address).get_data(as_text=True)
    assert "The Example Daily" not in page
    assert "not yours to read" in page
    assert "Example Hotel" in page
    assert "The Example Daily" not in office.get(desk(conference, row, "/correct")).get_data(as_text=True)
    sent = office.send(address, **{"q-outlet": "Overwritten", "q-hotel": "", "q-other": "typed"})
    assert sent.status_code == 303
    assert answers(row) == {"outlet": "The Example Daily", "other": "typed"}
    reader = officer(app, conference, Role.ACCREDITATION_OFFICER)
    build.mandate(build.account(), Role.PRESS_DESK, conference)
    assert reader.send(address, **{"q-outlet": ""}).status_code == 303
    assert answers(row)["outlet"] == "The Example Daily"


def test_a_changed_answer_that_matters_brings_back_to_review(
    conference: Conference, row: Registration, person: build.Client
) -> None:
    """The first answer completes and changes nothing; the ledger names the question by its label and its code."""
    press = question(conference, "press-card", looks_again=True)
    plain = question(conference, "plain")
    sheet = questionnaire(conference, press, plain)

    def status() -> str:
        db.session.rollback()
        with in_conference(conference.id):
            return str(db.session.get_one(Registration, row.id).status)

    send = {"q-press-card": "A 1", "q-plain": "x"}
    assert person.send(own(conference, row, sheet), **send).status_code == 303
    assert person.send(own(conference, row, sheet), **send | {"q-plain": "y"}).status_code == 303
    assert status() == rules.Status.ACCREDITED
    assert "looked at again by the office" in person.get(own(conference, row, sheet)).get_data(as_text=True)
    assert person.send(own(conference, row, sheet), **send | {"q-press-card": "B 2"}).status_code == 303
    assert status() == rules.Status.UNDER_REVIEW
    page = person.get(f"/me/{conference.slug}/registrations/{row.ref}").get_data(as_text=True)
    assert "Question press-card" in page
    assert "(press-card)" not in page, "codes are for the office"
    assert "Questions answered" in page


def test_the_offices_that_read_an_answer_clear_anew(conference: Conference, row: Registration) -> None:
    """And the office's own correction of it leaves an accredited person accredited."""
    asked = question(conference, "press-card", looks_again=True, readers=["press_desk"])
    step = SimpleNamespace(office=rules.Office.PRESS)
    other = SimpleNamespace(office=rules.Office.SECURITY)
    cleared = SimpleNamespace(clearances=[SimpleNamespace(step=step), SimpleNamespace(step=other)])
    assert [one.step for one in rules.looked_at_again(cleared, (), [asked])] == [step]
