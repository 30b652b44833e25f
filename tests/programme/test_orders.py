"""Which session comes before which: the page, what it refuses, and who may not."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from confapp.conferences.models import Conference
from confapp.foundation.db import in_conference
from confapp.foundation.transactions import reading
from confapp.people.rules import Role
from confapp.programme.models import Precedence
from confapp.programme.queries import clashes
from confapp.programme.queries.orders import orders
from tests import build
from tests.programme.conftest import Maker
from tests.programme.test_pages import Desk

PATH = "/programme/order"


@pytest.fixture
def desk(client: FlaskClient, conference: Conference, make: Maker) -> Desk:
    client.sign_in(build.staff(conference, Role.PROGRAMME_OFFICER))
    return Desk(client, conference, make)


def count(desk: Desk) -> int:
    with reading(), in_conference(desk.conference.id):
        return len(orders())


def test_an_order_is_given_counts_for_the_clashes_and_is_taken_away(desk: Desk) -> None:
    talk, vote = desk.session("Talk", place=False), desk.session("Vote", place=False)
    assert desk.send(PATH, first=talk, then=vote, minutes="30", is_rule="y") == 303
    page = desk.get(PATH)
    assert "30 minutes" in page
    assert "It must be so" in page
    with reading(), in_conference(desk.conference.id):
        assert [(one.minutes, one.is_rule) for one in clashes.orders()] == [(30, True)]
    path = f"{PATH}/{desk.one(Precedence).ref}/remove"
    assert desk.send(path) == 303
    assert count(desk) == 0
    desk.refuse(path, 404)


def test_what_could_never_be_is_refused(desk: Desk) -> None:
    one, two, three = (desk.session(title, place=False) for title in ("One", "Two", "Three"))
    desk.refuse(PATH, 422, first=one, then=one, minutes="0")
    assert desk.send(PATH, first=one, then=two, is_rule="y") == 303
    desk.refuse(PATH, 409, first=one, then=two, is_rule="y")
    assert desk.send(PATH, first=two, then=three, is_rule="y") == 303
    page = desk.refuse(PATH, 422, first=three, then=one, minutes="5", is_rule="y")
    assert "the other way round" in page
    assert 'value="5"' in page
    assert desk.send(PATH, first=three, then=one) == 303, "a wish may be in vain"
    assert count(desk) == 3


def test_bad_input_comes_back_and_others_may_not(app: Flask, desk: Desk) -> None:
    one = desk.session("One", place=False)
    desk.refuse(PATH, 422, first=one, then="nobody", minutes="-3")
    desk.refuse(PATH, 422, first=one, then=one, minutes="99999999999999999999")
    assert count(desk) == 0
    viewer = app.test_client()
    viewer.sign_in(build.staff(desk.conference, Role.VIEWER))  # type: ignore[attr-defined]
    assert viewer.get(desk.url + PATH).status_code == 403
