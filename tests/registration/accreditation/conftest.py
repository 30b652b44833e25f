"""A conference with every office, a delegation and its focal point, and a category with two steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.mail import Mail
from confapp.foundation.transactions import writing
from confapp.people.models import Account
from confapp.people.rules import Role
from confapp.registration import actions, queries
from confapp.registration.models import Category, Delegation, Registration
from confapp.registration.rules import ACCREDITATION, Entry, Office, Outcome
from tests import build
from tests.build import Client


class Offices:
    """The scene of these tests. Verbs take references and open a transaction of their own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.conference = build.conference(acronym="SC")
        self.category = build.category(self.conference, code="delegate", is_open_to_all=False)
        self.media = build.category(self.conference, code="media", name={"en": "Media"}, is_for_delegations=False)
        self.organizer = build.staff(self.conference, Role.ORGANIZER)
        self.officer = build.staff(self.conference, Role.ACCREDITATION_OFFICER)
        self.colleague = build.staff(self.conference, Role.ACCREDITATION_OFFICER)
        self.protocol = build.staff(self.conference, Role.PROTOCOL_OFFICER)
        self.security = build.staff(self.conference, Role.SECURITY_OFFICER)
        self.press = build.staff(self.conference, Role.PRESS_DESK)
        self.viewer = build.staff(self.conference, Role.VIEWER)
        self.delegation = build.change(build.delegation(self.conference), invited_at=clock.now())
        self.focal_point = build.account()
        build.mandate(self.focal_point, Role.FOCAL_POINT, self.conference, delegation_id=self.delegation.id)

    # --- who acts ---

    def as_(self, account: Account | None) -> Client:
        client = self.app.test_client()
        assert isinstance(client, Client)
        return client.sign_in(account) if account is not None else client

    def actor(self, account: Account) -> Actor:
        return build.actor(account)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with in_conference(self.conference.id), writing():
            yield

    @contextmanager
    def looking(self) -> Iterator[None]:
        db.session.rollback()  # what other threads have written since is read anew
        with in_conference(self.conference.id):
            yield
        db.session.rollback()

    # --- what there is ---

    def with_steps(self, *offices: Office, four_eyes: bool = False) -> None:
        with self.at_work():
            category = db.session.get_one(Category, self.category.id)
            for office in offices:
                actions.add_step(self.actor(self.organizer), category, office)
            actions.set_four_eyes(self.actor(self.organizer), category, four_eyes)

    def guest(self) -> int:
        """Another category for members of delegations, without steps."""
        return int(build.category(self.conference, code="guest", is_open_to_all=False).id)

    def member(self, *, category: int = 0, **changes: Any) -> str:
        values: dict[str, Any] = {"given_name": "Dewi", "family_name": "Contoh", "passport_number": "X1234567"}
        category_id = category or self.category.id
        with self.at_work():
            delegation = db.session.get_one(Delegation, self.delegation.id)
            category_row = db.session.get_one(Category, category_id)
            made = actions.register_member(
                self.actor(self.focal_point), delegation, Entry(**(values | changes)), category_row
            )
            return made.ref

    def row(self, ref: str) -> Registration:
        """Inside a scope, with whatever belongs to it."""
        return db.session.scalars(select(Registration).where(Registration.ref == ref)).one()

    def status(self, ref: str) -> str:
        db.session.rollback()
        with across_conferences("test"):
            return str(db.session.scalar(select(Registration.status).where(Registration.ref == ref)))

    def moves(self, ref: str) -> list[str]:
        with self.looking():
            return [line.verb for line in self.row(ref).moves]

    # --- verbs ---

    def decide(self, ref: str, verb: str, by: Account | None = None, **said: Any) -> None:
        move = ACCREDITATION.named(verb)
        assert move is not None
        with self.at_work():
            actions.change_status(self.row(ref), move, by=self.actor(by or self.officer), **said)

    def clear(self, ref: str, office: Office, by: Account, outcome: Outcome = Outcome.CLEARED, note: str = "") -> bool:
        with self.at_work():
            row = self.row(ref)
            step = next(one for one in row.category.steps if one.office == office)
            return actions.clear(row, step, outcome, by=self.actor(by), note=note)

    def prepare(self, ref: str, verb: str, by: Account | None = None, **said: Any) -> str:
        move = ACCREDITATION.named(verb)
        assert move is not None
        with self.at_work():
            return actions.prepare(self.row(ref), move, by=self.actor(by or self.officer), **said).ref

    def release(self, prepared: str, by: Account) -> None:
        with self.at_work():
            actor = self.actor(by)
            actions.release(queries.prepared(actor, self.conference, [prepared])[0], by=actor)

    def correct(self, ref: str, by: Account, **changes: Any) -> None:
        with self.at_work():
            row = self.row(ref)
            person = row.person
            values: dict[str, Any] = {
                "given_name": person.given_name,
                "family_name": person.family_name,
                "printed_name": person.printed_name,
                "badge_name": person.badge_name,
                "email": person.email,
                "functional_title": row.functional_title,
                "capacity": row.capacity,
                "language": person.language,
            }
            actions.correct(row, Entry(**(values | changes)), by=self.actor(by), version=row.version)

    # --- what was sent ---

    def mails(self) -> list[Mail]:
        db.session.rollback()
        with across_conferences("test"):
            return list(db.session.scalars(select(Mail).order_by(Mail.id)))

    @property
    def desk(self) -> str:
        return f"/desk/{self.conference.slug}"

    @property
    def me(self) -> str:
        return f"/me/{self.conference.slug}"


@pytest.fixture
def offices(app: Flask) -> Offices:
    return Offices(app)
