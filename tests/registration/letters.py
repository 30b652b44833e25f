"""A conference whose texts of letters are ready, with an office, for the tests of letters."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import jobs
from confapp.foundation.access import Actor
from confapp.foundation.db import db, in_conference
from confapp.foundation.mail import Mail
from confapp.foundation.transactions import writing
from confapp.people.models import Account
from confapp.people.rules import Role
from confapp.registration.actions import letters as actions
from confapp.registration.models import Delegation, Letter, Registration
from confapp.registration.rules.letters import LetterKind
from tests import build
from tests.build import Client


class Scene:
    """A conference in two languages with an organizer, a protocol officer and an accreditation officer."""

    def __init__(self, app: Flask, **changes: Any) -> None:
        self.app = app
        self.conference: Conference = build.conference(acronym="CT", host={"en": "Ministry of Examples"}, **changes)
        self.id = self.conference.id
        self.protocol = build.staff(self.conference, Role.PROTOCOL_OFFICER)
        self.officer = build.staff(self.conference, Role.ACCREDITATION_OFFICER)
        self.category = build.category(self.conference)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with in_conference(self.id), writing():
            yield

    @contextmanager
    def looking(self) -> Iterator[None]:
        db.session.rollback()
        with in_conference(self.id):
            yield
        db.session.rollback()

    def here(self, row: Any) -> Any:
        return db.session.get_one(type(row), row.id)

    @property
    def by(self) -> Actor:
        return build.actor(self.protocol)

    def ready(self, *kinds: LetterKind, languages: tuple[str, ...] = ("en", "id")) -> None:
        """Texts without blanks."""
        by = self.by
        for kind in kinds or tuple(LetterKind):
            with self.at_work():
                text = actions.start_text(by, self.here(self.conference), kind)
                body = "To {delegation}: **{conference}**, {dates}." if kind in ("note_verbale", "invitation") else BODY
                actions.write_text(
                    by,
                    text,
                    subject={code: f"Subject {code}" for code in languages},
                    body={code: f"{body} ({code})" for code in languages},
                    signatory=dict.fromkeys(languages, "Name\nFunction"),
                    number_form=text.number_form,
                    revision=text.revision,
                )

    def delegations(self, *names: str, **changes: Any) -> list[Delegation]:
        return [
            build.delegation(
                self.conference,
                **({"name": {"en": name}, "contact_email": f"{name.lower()}@mission.example"} | changes),
            )
            for name in names
        ]

    def member(self, **changes: Any) -> Registration:
        values: dict[str, Any] = {
            "person_id": build.person(self.conference, given_name="Dewi", printed_name="Dewi Contoh").id,
            "category_id": self.category.id,
            "number": f"CT27-{next(NUMBERS):04d}",
        }
        return build.registration(self.conference, **(values | changes))  # type: ignore[no-any-return]

    def as_(self, account: Account | None) -> Client:
        client = self.app.test_client()
        assert isinstance(client, Client)
        return client.sign_in(account) if account is not None else client

    def letters(self) -> list[Letter]:
        with self.looking():
            return list(db.session.scalars(select(Letter).order_by(Letter.id)))

    def mails(self) -> list[Mail]:
        with self.looking():
            return list(db.session.scalars(select(Mail).order_by(Mail.id)))


NUMBERS = count(1)
BODY = "For {person}, {body}: {purpose}"


def run_jobs() -> None:
    jobs.run_due()
    db.session.rollback()
