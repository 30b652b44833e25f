"""Plain makers with dull defaults. They write through the models, commit, and return refreshed rows."""

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from confapp.conferences.models import Conference
from confapp.conferences.rules import Status as ConferenceStatus
from confapp.foundation import clock, text
from confapp.foundation.access import Actor
from confapp.foundation.db import across_conferences, db
from confapp.foundation.transactions import writing
from confapp.people import queries
from confapp.people.actions import sign_in as sign_ins
from confapp.people.models import Account, Mandate, Person
from confapp.people.rules import Role
from confapp.registration.models import Category, Delegation, Party, Registration
from confapp.registration.rules import PartyKind, Status

_numbers = count(1)


class Client(FlaskClient):
    """A browser that can sign in and that gives each form its key."""

    def sign_in(self, account: Account, acting_name: str = "") -> "Client":
        with _saving():
            token, _ = sign_ins.begin(db.session.get_one(Account, account.id), acting_name=acting_name)
        with self.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
        return self

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Each request in a context of its own, as a server would; the test's session forgets what it has read."""
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        if has_app_context():
            db.session.rollback()
        return answer

    def send(self, url: str, _key: str | None = None, **fields: Any) -> TestResponse:
        """Posts a form as a person would: with a form key, without following the answer."""
        return self.post(url, data={"form_key": _key or secrets.token_urlsafe(16), **fields})


@contextmanager
def _saving(*rows: Any) -> Iterator[None]:
    """A transaction at whose end these rows are as the database has them: read before it ends, which spares another.

    What was read before it is read anew, as ever: it begins and leaves a transaction, whose end forgets everything.
    """
    session = db.session()
    session.expire_on_commit = False
    try:
        with across_conferences("a test makes its data"), writing():
            yield
            session.flush()
            for row in rows:
                session.refresh(row)
        session.begin()
        session.connection()  # threads of a test may read rows of this session: none of them is to find it half begun
    finally:
        session.expire_on_commit = True


@dataclass
class Counted:
    number: int = 0


@contextmanager
def count_queries() -> Iterator[Counted]:
    """How many statements the database was given inside the block."""
    counted = Counted()

    def count(*_: Any) -> None:
        counted.number += 1

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        yield counted
    finally:
        event.remove(db.engine, "before_cursor_execute", count)


def save(*rows: Any) -> Any:
    """Commits rows and returns the first."""
    with _saving(*rows):
        db.session.add_all(rows)
    return rows[0]


def change(row: Any, **values: Any) -> Any:
    """Commits other values of a row that was made before."""
    with _saving():
        kept = db.session.get_one(type(row), row.id)
        for name, value in values.items():
            setattr(kept, name, value)
        db.session.flush()
        db.session.refresh(kept)
    return kept


def conference(slug: str | None = None, **changes: Any) -> Conference:
    today = clock.now().date()
    values: dict[str, Any] = {
        "slug": slug or f"conference-{next(_numbers)}",
        "name": {"en": "Conference on Testing", "id": "Konferensi Pengujian"},
        "acronym": "CT",
        "theme": {"en": "Trust", "id": "Kepercayaan"},
        "starts_on": today + timedelta(days=60),
        "ends_on": today + timedelta(days=62),
        "zone": "Asia/Makassar",
        "city": {"en": "Denpasar", "id": "Denpasar"},
        "venue": {"en": "Hall", "id": "Balai"},
        "languages": ["en", "id"],
        "contact_email": "office@conference.example",
        "status": ConferenceStatus.ANNOUNCED,
        "registration_opens_at": clock.now() - timedelta(days=10),
        "registration_closes_at": clock.now() + timedelta(days=20),
    }
    return save(Conference(**(values | changes)))


def account(email: str | None = None, **changes: Any) -> Account:
    return save(_account(email, **changes))


def _account(email: str | None = None, **changes: Any) -> Account:
    email = email or f"person{next(_numbers)}@mail.example"
    return Account(email=email, email_folded=email.casefold(), **({"name": "Test Person"} | changes))


def mandate(holder: Account, role: Role, conference: Conference | None = None, **changes: Any) -> Mandate:
    return save(_mandate(holder, role, conference, **changes))


def _mandate(holder: Account, role: Role, conference: Conference | None = None, **changes: Any) -> Mandate:
    values: dict[str, Any] = {
        "conference_id": conference.id if conference else None,
        "starts_at": clock.now() - timedelta(days=1),
    }
    return Mandate(account_id=holder.id, role=role, **(values | changes))


def staff(conference: Conference | None, role: Role, **changes: Any) -> Account:
    """An account with one role in a conference."""
    holder = _account()
    given = _mandate(holder, role, conference, **changes)
    with _saving(holder):
        db.session.add(holder)
        db.session.flush()
        given.account_id = holder.id
        db.session.add(given)
    return holder


def administrator() -> Account:
    return staff(None, Role.ADMINISTRATOR)


def actor(account: Account) -> Actor:
    with across_conferences("a test needs an actor"):
        return queries.actor_of(account)


def party(code: str | None = None, **changes: Any) -> Party:
    code = code or f"X{next(_numbers)}"
    return save(Party(kind=PartyKind.STATE, code=code, name={"en": f"State {code}", "id": f"Negara {code}"}, **changes))


def delegation(conference: Conference, party_: Party | None = None, **changes: Any) -> Delegation:
    party_ = party_ or party()
    values: dict[str, Any] = {
        "party_id": party_.id,
        "conference_id": conference.id,
        "name": dict(party_.name),
        "code": party_.code,
        "folded": text.fold(*party_.name.values()),
    }
    return save(Delegation(**(values | changes)))


def category(conference: Conference, **changes: Any) -> Category:
    number = next(_numbers)
    values: dict[str, Any] = {
        "conference_id": conference.id,
        "code": f"category-{number}",
        "name": {"en": "Delegate", "id": "Delegasi"},
        "is_for_delegations": True,
        "is_open_to_all": True,
    }
    return save(Category(**(values | changes)))


def person(conference: Conference, **changes: Any) -> Person:
    number = next(_numbers)
    values: dict[str, Any] = {
        "conference_id": conference.id,
        "given_name": f"Given{number}",
        "family_name": "Contoh",
        "printed_name": f"Given{number} Contoh",
        "email": f"given{number}@mail.example",
    }
    values |= changes
    values.setdefault("folded", text.fold(values["printed_name"], values["email"]))
    return save(Person(**values))


def registration(conference: Conference, **changes: Any) -> Registration:
    values: dict[str, Any] = {"conference_id": conference.id}
    if "person_id" not in changes:
        values["person_id"] = person(conference).id
    if "category_id" not in changes:
        values["category_id"] = category(conference).id
    if "delegation_id" not in changes and "organization" not in changes:
        values["delegation_id"] = delegation(conference).id
    if changes.get("status") != Status.DRAFT:
        values["submitted_at"] = clock.now()
    return save(Registration(**(values | changes)))


def at_once(app: Flask, work: Callable[[], Any], number: int = 6) -> list[Any]:
    """What several threads are answered that do the same work at the same moment; exceptions as themselves."""
    start, outcomes = threading.Barrier(number), list[Any]()

    def one() -> None:
        with app.app_context():
            start.wait()
            try:
                outcomes.append(work())
            except Exception as error:
                outcomes.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
