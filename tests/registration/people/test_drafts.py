"""A form that was sent when the sign-in had ended: sealed, for its account and address, and back after signing in."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import clock
from confapp.foundation.db import across_conferences, db
from confapp.foundation.web.models import FormDraft
from confapp.people import tasks
from confapp.people.models import Account
from confapp.people.rules import IDLE, Role
from tests import build

TYPED = {"given_name": "Kirana", "family_name": "Contoh", "capacity": "delegate", "passport_number": "X7654321"}


class Scene:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.conference: Conference = build.conference("drafts-2027")
        build.category(self.conference, code="delegate")
        self.delegation = build.delegation(self.conference)
        self.focal_point = self.another()
        self.form = f"/me/drafts-2027/delegations/{self.delegation.ref}/members/new"

    def another(self) -> Account:
        made = build.account()
        build.mandate(made, Role.FOCAL_POINT, self.conference, delegation_id=self.delegation.id)
        return made

    def as_(self, account: Account) -> Any:
        return self.app.test_client().sign_in(account)  # type: ignore[attr-defined]

    def kept(self) -> list[FormDraft]:
        db.session.rollback()
        with across_conferences("a test looks at drafts"):
            return list(db.session.scalars(select(FormDraft)))

    def late(self, more: timedelta = timedelta(0)) -> time_machine.travel:
        return time_machine.travel(clock.now() + IDLE[False] + timedelta(minutes=1) + more, tick=False)


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


def test_what_was_typed_comes_back_to_its_account_and_goes_when_it_is_taken(scene: Scene) -> None:
    client = scene.as_(scene.focal_point)
    assert client.get(scene.form).status_code == 200
    with scene.late():
        answer = client.send(scene.form, **TYPED)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/sign-in?next=/me/drafts-2027/delegations/")
        (row,) = scene.kept()
        assert row.account_id == scene.focal_point.id
        assert not [word for word in TYPED.values() if word.encode() in (row.content or b"")]
        colleague = scene.as_(scene.another()).get(scene.form).text
        assert "Kirana" not in colleague
        again = scene.as_(scene.focal_point)
        page = again.get(scene.form).text
        assert 'value="Kirana"' in page
        assert "is in the form again" in page
        assert "Kirana" not in again.get(f"{scene.form}?draft=no").text
        assert "Kirana" not in again.get(scene.form.removesuffix("/members/new")).text
        assert again.send(scene.form, **(TYPED | {"given_name": ""})).status_code == 422
        assert len(scene.kept()) == 1, "a form that was refused has not been taken"
        assert again.send(scene.form, **TYPED, language="en", rank="other", data_use="y").status_code == 303
        assert scene.kept() == []
        assert 'value="Kirana"' not in again.get(scene.form).text


def test_the_last_form_of_an_address_is_kept_and_for_a_day(scene: Scene) -> None:
    client = scene.as_(scene.focal_point)
    client.get(scene.form)
    with scene.late():
        client.send(scene.form, **TYPED)
        client.send(scene.form, **(TYPED | {"given_name": "Laras"}))
        assert len(scene.kept()) == 1
        page = scene.as_(scene.focal_point).get(scene.form).text
        assert ("Laras" in page, "Kirana" in page) == (True, False)
    with scene.late(timedelta(days=1)):
        assert "Laras" not in scene.as_(scene.focal_point).get(scene.form).text
        tasks.prune()
        assert scene.kept() == []


def test_nothing_is_kept_of_who_signed_out_or_was_never_signed_in(scene: Scene) -> None:
    client = scene.as_(scene.focal_point)
    client.get(scene.form)
    client.send("/sign-out")
    assert client.send(scene.form, **TYPED).status_code == 303
    assert scene.app.test_client().send(scene.form, **TYPED).status_code == 303  # type: ignore[attr-defined]
    assert scene.kept() == []


@pytest.mark.parametrize(
    "hostile", ["\x00", "\u202e' OR 1=1 --", "\ud7ff{{7*7}}", "x" * 250_000], ids=["nul", "sql", "braces", "long"]
)
def test_hostile_texts_are_kept_or_left_and_never_a_fault(scene: Scene, hostile: str) -> None:
    client = scene.as_(scene.focal_point)
    client.get(scene.form)
    with scene.late():
        assert client.send(scene.form, given_name=hostile).status_code == 303
        assert client.send(f"/me/drafts-2027/registrations/%00{hostile[:20]}/correct", given_name="x").status_code in (
            303,
            404,
        )
        assert scene.as_(scene.focal_point).get(scene.form).status_code == 200


def test_other_forms_keep_no_draft(scene: Scene) -> None:
    client = scene.as_(scene.focal_point)
    client.get(scene.form)
    with scene.late():
        assert client.send(f"/me/drafts-2027/delegations/{scene.delegation.ref}/decline", reason="x").status_code == 303
        assert scene.kept() == []
