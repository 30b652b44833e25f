"""Pages about personal data: the own ones, those of the office, and the notice that everybody reads."""

import io
import json
import re
import zipfile
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import pdf
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db, in_conference
from confapp.foundation.sealing import Reading
from confapp.foundation.transactions import writing
from confapp.people.models import Account, ConsentText, Person
from confapp.people.rules import Role
from confapp.registration.models import Registration
from confapp.registration.rules.privacy import FIELDS, written_diet
from confapp.registration.rules.questions import DataClass
from tests import build
from tests.build import Client
from tests.registration.sealed.conftest import looking
from tests.registration.sealed.test_actions import answer

Browser = Any


@pytest.fixture
def of_person(app: Flask, holder: Account) -> Browser:
    return app.test_client().sign_in(holder)  # type: ignore[attr-defined]


@pytest.fixture
def of_office(app: Flask, organizer_account: Account) -> Browser:
    return app.test_client().sign_in(organizer_account)  # type: ignore[attr-defined]


def signed_in(app: Flask, conference: Conference, role: Role) -> Browser:
    return app.test_client().sign_in(build.staff(conference, role))  # type: ignore[attr-defined]


def seal(conference: Conference, registration: Registration) -> None:
    with in_conference(conference.id), writing():
        person = db.session.get_one(Person, registration.person_id)
        person.passport_number, person.birth_date = "X1234567", "1980-02-29"
        person.diet, person.access_needs = written_diet("halal", "no nuts"), "step-free way"


def me(registration: Registration, rest: str = "") -> str:
    return f"/me/pdp-2027/registrations/{registration.ref}{rest}"


def desk(registration: Registration, rest: str = "") -> str:
    return f"/desk/pdp-2027/registrations/{registration.ref}{rest}"


# --- looks ---


def test_reasons_of_looks_are_the_persons_and_of_those_who_may_look(
    app: Flask, conference: Conference, of_person: Browser
) -> None:
    """The focal point of the delegation, and who only sees people, read that somebody looked, and not why."""
    delegation = build.delegation(conference)
    row = build.registration(conference, delegation_id=delegation.id, number="PDP27-0100")
    seal(conference, row)
    focal_point, holder = build.account(), build.account()
    build.mandate(focal_point, Role.FOCAL_POINT, conference, delegation_id=delegation.id)
    build.mandate(holder, Role.DELEGATE, conference, person_id=row.person_id)
    officer = signed_in(app, conference, Role.ACCREDITATION_OFFICER)
    assert officer.send(desk(row, "/passport"), reason="A hint of the venue").status_code == 200
    client = app.test_client()
    client.sign_in(focal_point)  # type: ignore[attr-defined]
    for path in ("", "/data"):
        page = client.get(me(row, path)).get_data(as_text=True)
        assert "Passport number" in page
        assert "A hint of the venue" not in page
    viewer = signed_in(app, conference, Role.VIEWER)
    assert "A hint of the venue" not in viewer.get(desk(row)).get_data(as_text=True)
    assert "A hint of the venue" in officer.get(desk(row)).get_data(as_text=True)
    client.sign_in(holder)  # type: ignore[attr-defined]
    for path in ("", "/data"):
        assert "A hint of the venue" in client.get(me(row, path)).get_data(as_text=True)


# --- forms ------------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_sealed_and_the_form_says_until_when(
    conference: Conference, registration: Registration, of_person: Browser
) -> None:
    form = of_person.get(me(registration, "/correct")).get_data(as_text=True)
    for name in ("passport_number", "birth_date", "diet", "diet_note", "access_needs"):
        assert f'name="{name}"' in form
    assert form.count("Deleted on") == 4
    values = dict(re.findall(r'name="(version)"[^>]*value="([^"]*)"', form))
    answer = of_person.send(
        me(registration, "/correct"),
        **values,
        given_name="Siti",
        printed_name="Siti Rahayu",
        organization="",
        capacity="delegate",
        birth_date="١٩٨٠-٠٢-٢٩",
        diet="vegan",
        diet_note="no nuts",
    )
    assert answer.status_code == 303, answer.get_data(as_text=True)[:3000]
    with looking(conference, registration) as row:
        assert row.person.birth_date == "1980-02-29"
        assert row.person.diet == "vegan\nno nuts"
    shown = of_person.get(me(registration, "/correct")).get_data(as_text=True)
    assert "no nuts" not in shown
    assert "1980-02-29" not in shown
    assert 'name="forget_diet"' in shown
    assert 'name="forget_passport"' not in shown


@pytest.mark.parametrize("day", ["2999-01-01", "1700-01-01", "29 February", "03/09/1980", "29222"])
def test_a_birth_date_that_cannot_be_is_refused_beside_its_field(
    registration: Registration, of_person: Browser, day: str
) -> None:
    answer = of_person.send(me(registration, "/correct"), given_name="Siti", birth_date=day)
    assert answer.status_code == 422
    shown = answer.get_data(as_text=True)
    assert "birth_date-error" in shown
    assert ("Write the day as 2027-03-09." in shown) == (not day.endswith("-01-01"))


@pytest.mark.parametrize(
    ("path", "role", "shown"),
    [
        ("passport", Role.ACCREDITATION_OFFICER, "X1234567"),
        ("birth-date", Role.ACCREDITATION_OFFICER, "29 February 1980"),
        ("diet", Role.PROTOCOL_OFFICER, "Halal: no nuts"),
        ("access-needs", Role.PROTOCOL_OFFICER, "step-free way"),
    ],
)
def test_each_is_opened_by_its_office_with_a_reason_and_its_person_sees_it(
    app: Flask,
    conference: Conference,
    registration: Registration,
    of_person: Browser,
    of_office: Browser,
    path: str,
    role: Role,
    shown: str,
) -> None:
    seal(conference, registration)
    officer = signed_in(app, conference, role)
    assert shown not in officer.get(desk(registration)).get_data(as_text=True)
    assert officer.send(desk(registration, f"/{path}")).status_code == 422
    answer = officer.send(desk(registration, f"/{path}"), reason="For the access list")
    assert shown in answer.get_data(as_text=True)
    assert of_office.send(desk(registration, f"/{path}"), reason="Curious").status_code == 403
    with in_conference(conference.id):
        assert [one.reason for one in db.session.scalars(select(Reading))] == ["For the access list"]
    assert "For the access list" in of_person.get(me(registration, "/data")).get_data(as_text=True)


# --- own data ---------------------------------------------------------------------------------------------------------


def test_everything_is_handed_out_as_one_file(
    conference: Conference, registration: Registration, of_person: Browser
) -> None:
    seal(conference, registration)
    answer = of_person.get(me(registration, "/data.zip"))
    assert answer.headers["Cache-Control"] == "no-store"
    content = zipfile.ZipFile(io.BytesIO(answer.data))
    assert {name.rpartition(".")[0] for name in content.namelist()} == {"data", "record"}
    known = json.loads(content.read("data.json"))
    assert known["person"]["passport_number"] == "X1234567"
    assert known["person"]["diet"] == "Halal: no nuts"
    assert known["person"]["email"] == "siti@mail.example"
    assert known["registration"]["number"] == "PDP27-0001"
    assert set(known) == {
        *("made_at", "conference", "registration", "person", "answers", "consents", "ledger"),
        *("conversation", "papers", "letters", "mails", "looked_at_by", "merged_registrations"),
    }
    with in_conference(conference.id):
        assert db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "take_own_data")).one()


def test_on_paper_it_is_in_the_words_of_its_reader(
    monkeypatch: pytest.MonkeyPatch, conference: Conference, registration: Registration, of_person: Browser
) -> None:
    answer(conference, registration, DataClass.HIGH)
    printed: list[str] = []
    monkeypatch.setattr(pdf, "render", lambda page, **_about: printed.append(page) or b"%PDF")
    given = of_person.get("/id" + me(registration, "/data.zip"))
    known = json.loads(zipfile.ZipFile(io.BytesIO(given.data)).read("data.json"))
    assert [one["answer"] for one in known["answers"]] == ["GA 881"]
    words = re.sub(r"<[^>]+>", " ", printed[0])
    assert "Diterima" in words  # the status as the own page says it
    assert "GA 881" in words  # for its giver it is not sealed
    assert not re.search(r"\b(submitted|delegate|other|register|note_verbale|[a-z]+_[a-z_]+)\b", words)


def test_it_is_handed_to_nobody_else(
    app: Flask, conference: Conference, registration: Registration, of_office: Browser
) -> None:
    focal_point = build.account()
    build.mandate(focal_point, Role.FOCAL_POINT, conference, delegation_id=registration.delegation_id)
    of_focal_point: Browser = app.test_client().sign_in(focal_point)  # type: ignore[attr-defined]
    stranger: Browser = app.test_client().sign_in(build.account())  # type: ignore[attr-defined]
    for browser, page in ((of_office, 200), (of_focal_point, 200), (stranger, 404)):
        assert browser.get(me(registration, "/data")).status_code == page
        assert browser.get(me(registration, "/data.zip")).status_code == 404
        assert browser.send(me(registration, "/data/erase"), typed="PDP27-0001").status_code == 404
        assert browser.send(me(registration, "/data/keep")).status_code == 404
    assert app.test_client().get(me(registration, "/data")).status_code == 303


def test_erasure_is_asked_taken_back_and_asked_again(
    registration: Registration, of_person: Browser, of_office: Browser
) -> None:
    page = of_person.send(me(registration, "/data/erase"), typed="yes")
    assert page.status_code == 422
    assert "Type PDP27-0001 to confirm." in page.get_data(as_text=True)
    assert of_person.send(me(registration, "/data/erase"), typed=" pdp27-0001 ").status_code == 303
    assert "Your data will be erased" in of_person.get(me(registration, "/data")).get_data(as_text=True)
    assert "Siti Rahayu" in of_office.get("/desk/pdp-2027/privacy").get_data(as_text=True)
    assert "asked to be erased" in of_office.get("/desk/pdp-2027/").get_data(as_text=True)
    assert of_person.send(me(registration, "/data/keep")).status_code == 303
    assert "Your data will be erased" not in of_person.get(me(registration, "/data")).get_data(as_text=True)


def test_the_office_notes_and_does_an_erasure(
    conference: Conference, registration: Registration, of_office: Browser
) -> None:
    assert of_office.send(desk(registration, "/erasure/now"), typed="PDP27-0001").status_code == 409
    assert of_office.send(desk(registration, "/erasure"), typed="").status_code == 422
    assert of_office.send(desk(registration, "/erasure"), typed="PDP27-0001").status_code == 303
    assert of_office.send(desk(registration, "/erasure/now"), typed="no").status_code == 422
    assert of_office.send(desk(registration, "/erasure/now"), typed="PDP27-0001").status_code == 303
    page = of_office.get(desk(registration, "/erasure")).get_data(as_text=True)
    assert "Erased" in page
    assert "Rahayu" not in of_office.get(desk(registration)).get_data(as_text=True)
    with looking(conference, registration) as row:
        assert row.person.printed_name == "PDP27-0001"


# --- the desk ---------------------------------------------------------------------------------------------------------


def test_what_is_kept_is_listed_with_its_day(
    conference: Conference, registration: Registration, of_office: Browser
) -> None:
    seal(conference, registration)
    page = of_office.get("/desk/pdp-2027/privacy").get_data(as_text=True)
    for field in FIELDS:
        assert (field.label in page) == (field.kept is not None and not field.rolling)
    assert "Delete now" not in page  # the conference is still to come
    assert of_office.send("/desk/pdp-2027/privacy/diet", typed="pdp-2027").status_code == 409
    assert of_office.get("/desk/pdp-2027/privacy/names").status_code == 404
    assert of_office.get("/desk/pdp-2027/privacy/nothing").status_code == 404


def test_meals_are_counted_without_names(
    app: Flask, conference: Conference, registration: Registration, of_office: Browser
) -> None:
    seal(conference, registration)
    page = of_office.get("/desk/pdp-2027/meals").get_data(as_text=True)
    assert "Halal" in page
    assert "Siti" not in page
    assert "no nuts" not in page
    with in_conference(conference.id):
        assert db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "count_diets")).one()
    assert signed_in(app, conference, Role.VIEWER).get("/desk/pdp-2027/meals").status_code == 403


def test_meals_cost_the_same_for_many(conference: Conference, registration: Registration, of_office: Browser) -> None:
    seal(conference, registration)
    of_office.get("/desk/pdp-2027/meals")
    with build.count_queries() as one:
        of_office.get("/desk/pdp-2027/meals")
    for _number in range(3):
        seal(conference, build.registration(conference))
    with build.count_queries() as more:
        of_office.get("/desk/pdp-2027/meals")
    assert more.number == one.number


def test_a_text_is_changed_and_its_readers_are_asked(
    conference: Conference, registration: Registration, of_person: Browser, of_office: Browser
) -> None:
    of_person.send(me(registration, "/consents/photographs"), given="yes")
    address = "/desk/pdp-2027/consents/photographs"
    assert of_office.send(address, **{"text-en": "Only this"}).status_code == 422
    assert of_office.send(address, **{"text-en": "Only this", "text-id": "Hanya ini"}).status_code == 303
    assert "Only this" in of_office.get("/desk/pdp-2027/consents").get_data(as_text=True)
    own = of_person.get(me(registration)).get_data(as_text=True)
    assert "has changed since you agreed to version 1" in own
    of_person.send(me(registration, "/consents/photographs"), given="yes")
    assert "has changed since" not in of_person.get(me(registration)).get_data(as_text=True)
    with in_conference(conference.id):
        assert [one.version for one in db.session.scalars(select(ConsentText).order_by(ConsentText.id))] == [1, 2]


def test_a_mixed_script_is_shown_to_the_officer(app: Flask, conference: Conference, registration: Registration) -> None:
    officer = signed_in(app, conference, Role.ACCREDITATION_OFFICER)
    words = "Letters of several scripts"
    assert words not in officer.get(desk(registration)).get_data(as_text=True)
    with in_conference(conference.id), writing():
        db.session.get_one(Person, registration.person_id).family_name = "R\u0430hayu"  # a Cyrillic letter
    assert words in officer.get(desk(registration)).get_data(as_text=True)


# --- the notice -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["", "/id"])
def test_everybody_reads_what_is_kept_and_until_when(client: Client, conference: Conference, language: str) -> None:
    answer = client.get(f"{language}/pdp-2027/privacy")
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert page.count('<th scope="row">') == len(FIELDS)
    assert "72" in page
    assert not answer.headers.getlist("Set-Cookie")
