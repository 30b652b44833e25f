import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import reading
from confapp.people.rules import Role
from confapp.speakers.models import Speaker
from tests import build

DEWI = {
    "honorific": "H.E. Ms",
    "printed_name": "Dewi Contoh",
    "family_name": "Contoh",
    "affiliation-en": "Ambassador of Sampleland",
    "biography-id": "Diplomat.",
}


@pytest.fixture
def conference(app: Flask) -> Conference:
    return build.conference()


@pytest.fixture
def officer(client: FlaskClient, conference: Conference) -> FlaskClient:
    client.sign_in(build.staff(conference, Role.PROGRAMME_OFFICER))
    return client


def newest(conference: Conference) -> str:
    with reading(), in_conference(conference.id):
        return db.session.scalars(select(Speaker).order_by(Speaker.id.desc())).first().ref  # type: ignore[union-attr]


def test_a_speaker_is_added_found_and_changed(officer: FlaskClient, conference: Conference) -> None:
    url = f"/desk/{conference.slug}/speakers/"
    assert "no speaker yet" in officer.get(url).text
    assert officer.send(f"{url}new", **(DEWI | {"printed_name": "", "email": "nobody"})).status_code == 422
    assert officer.send(f"{url}new", **DEWI).status_code == 303
    page = officer.get(f"{url}?q=dewi").text
    assert "H.E. Ms Dewi Contoh" in page
    assert "Bahasa Indonesia" in page
    assert "No speaker has" in officer.get(f"{url}?q=sari").text
    ref = newest(conference)
    assert officer.send(f"{url}{ref}", **(DEWI | {"printed_name": "Dewi C.", "revision": "1"})).status_code == 303
    stale = officer.send(f"{url}{ref}", **(DEWI | {"printed_name": "Lost?", "revision": "1"}))
    assert stale.status_code == 409
    assert "Lost?" in stale.text
    assert "Dewi C." in officer.get(f"{url}{ref}").text


def test_speakers_are_for_those_who_make_the_programme(
    app: Flask, officer: FlaskClient, conference: Conference
) -> None:
    url = f"/desk/{conference.slug}/speakers/"
    officer.send(f"{url}new", **DEWI)
    ref = newest(conference)
    viewer = app.test_client().sign_in(build.staff(conference, Role.VIEWER))
    other = build.conference()
    stranger = app.test_client().sign_in(build.staff(other, Role.PROGRAMME_OFFICER))
    for path in (url, f"{url}new", f"{url}{ref}"):
        assert app.test_client().get(path).status_code == 303
        assert viewer.get(path).status_code == 403
        assert stranger.get(path).status_code == 404
    assert stranger.get(f"/desk/{other.slug}/speakers/{ref}").status_code == 404
    assert stranger.send(f"/desk/{other.slug}/speakers/{ref}", **DEWI).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_three(officer: FlaskClient, conference: Conference) -> None:
    url = f"/desk/{conference.slug}/speakers/"
    officer.send(f"{url}new", **DEWI)
    officer.get(url)
    with build.count_queries() as few:
        officer.get(url)
    for name in ("A", "B"):
        officer.send(f"{url}new", **(DEWI | {"printed_name": name}))
    with build.count_queries() as many:
        assert officer.get(url).text.count("Ambassador of Sampleland") == 3
    assert many.number == few.number


def test_the_name_of_who_is_registered_is_the_offices(officer: FlaskClient, conference: Conference) -> None:
    """Otherwise the maker of a programme could rename who was accredited, and have their link mailed elsewhere."""
    url = f"/desk/{conference.slug}/speakers/"
    officer.send(f"{url}new", **DEWI)
    ref = newest(conference)
    with in_conference(conference.id):
        person = db.session.scalars(select(Speaker).where(Speaker.ref == ref)).one().person
    build.registration(conference, person_id=person.id)
    refused = officer.send(f"{url}{ref}", **(DEWI | {"email": "elsewhere@mail.example"}))
    assert (refused.status_code, "corrected in the registration" in refused.text) == (409, True)
    printed = officer.send(f"{url}{ref}", **(DEWI | {"affiliation-en": "Envoy of Sampleland"}))
    assert printed.status_code == 303
    assert "Envoy of Sampleland" in officer.get(f"{url}{ref}").text
