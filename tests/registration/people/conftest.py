"""A conference with an office, two delegations and categories for each way in."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from confapp.foundation import clock, places
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.places import Quota
from confapp.foundation.transactions import writing
from confapp.people.models import Account
from confapp.people.rules import Role
from confapp.registration import queries
from confapp.registration.models import Category, Delegation, Registration
from tests import build
from tests.build import Client


class Scene:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.conference = build.conference(acronym="SC")
        self.entered = self.category("delegate", is_for_delegations=True)
        self.invited = self.category("member", members_fill_in=True)
        self.public = self.category("media", is_open_to_all=True)
        self.spouse = self.category("spouse", is_accompanying=True)
        self.organizer = build.staff(self.conference, Role.ORGANIZER)
        self.officer = build.staff(self.conference, Role.ACCREDITATION_OFFICER)
        self.protocol = build.staff(self.conference, Role.PROTOCOL_OFFICER)
        self.delegation, self.focal_point = self.delegation_with_focal_point()
        self.other, self.other_focal_point = self.delegation_with_focal_point()

    def category(self, code: str, **ways: bool) -> Category:
        flags = {"is_for_delegations": False, "is_open_to_all": False, **ways}
        return build.category(self.conference, code=code, name={"en": code.title()}, **flags)

    def delegation_with_focal_point(self, places_: int | None = None) -> tuple[Delegation, Account]:
        delegation, focal_point = build.delegation(self.conference), build.account()
        build.mandate(focal_point, Role.FOCAL_POINT, self.conference, delegation_id=delegation.id)
        build.save(Quota(conference_id=self.conference.id, owner_kind="delegation", owner_id=delegation.id, taken=0))
        return build.change(delegation, invited_at=clock.now(), accepted_at=clock.now()), focal_point

    def limit(self, owner: Any, capacity: int | None) -> None:
        self.do(lambda: places.set_capacity(places.quota_for(owner), capacity))

    def as_(self, account: Account | None) -> Client:
        client = self.app.test_client()
        assert isinstance(client, Client)
        return client.sign_in(account) if account is not None else client

    def as_person(self, registration: Registration) -> Client:
        """Signed in by the link to the own record: that record and nothing else."""
        account = build.account()
        build.mandate(account, Role.DELEGATE, self.conference, person_id=registration.person_id)
        return self.as_(account)

    def do(self, work: Callable[[], Any]) -> Any:
        with in_conference(self.conference.id), writing():
            return work()

    def rows(self, **about: Any) -> list[Registration]:
        with across_conferences("test"):
            wanted = select(Registration).filter_by(**about).order_by(Registration.id)
            return list(
                db.session.scalars(
                    wanted.options(joinedload(Registration.person), joinedload(Registration.category))
                ).all()
            )

    def row(self, ref: str) -> Registration:
        return self.rows(ref=ref)[0]

    def fresh(self, ref: str) -> Registration:
        """The row inside a transaction, by its reference."""
        from confapp.foundation.access import SYSTEM

        row = queries.registration(SYSTEM, self.conference, ref)
        assert row is not None
        return row

    def taken(self, owner: Any) -> int:
        db.session.rollback()
        with across_conferences("test"):
            quota = places.find_quota(owner)
            assert quota is not None
            assert quota.taken == places.counted(quota)
            return quota.taken

    @property
    def desk(self) -> str:
        return f"/desk/{self.conference.slug}"

    @property
    def me(self) -> str:
        return f"/me/{self.conference.slug}"

    @property
    def register(self) -> str:
        return f"/{self.conference.slug}/register"


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


def page(answer: Any) -> str:
    return answer.get_data(as_text=True)


def count(kind: Any) -> int:
    db.session.rollback()
    with across_conferences("test"):
        return db.session.scalar(select(func.count(kind.id))) or 0


def picture(width: int = 900, height: int = 1200, kind: str = "JPEG", **about: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#7799bb").save(out, kind, **about)
    return out.getvalue()


MEMBER = {"given_name": "Ayu", "family_name": "Misal", "capacity": "delegate", "language": "en", "data_use": "y"}
PERSON = {
    "given_name": "Budi",
    "family_name": "Misal",
    "email": "budi@press.example",
    "organization": "Daily Sample",
    "data_use": "y",
}
