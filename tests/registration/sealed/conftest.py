"""A conference with a person who registered, and those who look after the data."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from confapp.conferences.models import Conference
from confapp.foundation import erasure
from confapp.foundation.access import Actor
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import writing
from confapp.people.models import Account
from confapp.people.rules import Role
from confapp.registration.models import Registration
from tests import build

ADDRESS = "siti@mail.example"


@pytest.fixture(autouse=True)
def list_of_erasures(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "_file", tmp_path_factory.mktemp("erasures") / "erasures.jsonl")


@pytest.fixture
def conference(app: Flask) -> Conference:
    return build.conference("pdp-2027", acronym="PDP")


@pytest.fixture
def registration(conference: Conference) -> Registration:
    person = build.person(
        conference,
        given_name="Siti",
        family_name="Rahayu",
        printed_name="Siti Rahayu",
        email=ADDRESS,
        phone="+62 811 0000 111",
    )
    return build.registration(conference, person_id=person.id, number="PDP27-0001", functional_title="Director")


@pytest.fixture
def holder(conference: Conference, registration: Registration) -> Account:
    """The mailbox of the person."""
    made = build.account(ADDRESS)
    build.mandate(made, Role.DELEGATE, conference, person_id=registration.person_id)
    return made


@pytest.fixture
def person(holder: Account) -> Actor:
    return build.actor(holder)


@pytest.fixture
def organizer_account(conference: Conference) -> Account:
    return build.staff(conference, Role.ORGANIZER)


@pytest.fixture
def organizer(organizer_account: Account) -> Actor:
    return build.actor(organizer_account)


@contextmanager
def at_work(conference: Conference, registration: Registration) -> Iterator[Registration]:
    """The registration inside a write transaction of its conference."""
    with in_conference(conference.id), writing():
        yield db.session.get_one(Registration, registration.id)


@contextmanager
def looking(conference: Conference, registration: Registration) -> Iterator[Registration]:
    db.session.rollback()
    with in_conference(conference.id):
        yield db.session.get_one(Registration, registration.id)
