"""No text that people can type, in any field of any form, breaks the program; both databases."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from confapp.people.models import Account
from confapp.people.rules import Role
from tests import build
from tests.access import world
from tests.access.hostile import STRINGS
from tests.access.pages import PageForm, crawl, endpoint
from tests.access.world import World
from tests.build import Client
from tests.conftest import POSTGRES

Who = Callable[[World], Account | None]
PEOPLE: dict[str, Who] = {
    "a stranger": lambda of: None,
    "an organizer": lambda of: of.holders[Role.ORGANIZER],
    "a focal point": lambda of: of.holders[Role.FOCAL_POINT],
    "a delegate": lambda of: of.holders[Role.DELEGATE],
    "the administrator": lambda of: build.administrator(),
}
LEFT_OUT = ("/sign-out", "/life/", "/language")
# What concerns encodings and lengths on both databases, the others on one of them each.
SENT = [hostile for number, hostile in enumerate(STRINGS) if number < 22 or number % 2 == bool(POSTGRES)]


@pytest.fixture
def alpha(app: Flask) -> World:
    return world.make(app, "ALPHA7", "alpha-2027")


def forms_of(app: Flask, client: Client, alpha: World, who: str) -> list[PageForm]:
    """One form for each view that takes typed text."""
    starts = ["/", "/desk/", f"/desk/{alpha.slug}/", "/me/", f"/me/{alpha.slug}/", f"/{alpha.slug}/register"]
    site = crawl(client, [*starts, "/sign-in", "/links/", "/verify"], most=120)
    found: dict[str, PageForm] = {}
    for form in site.forms:
        if who == "the administrator" and form.action.startswith(f"/desk/{alpha.slug}"):
            continue  # the organizer's
        if any(f.is_typed for f in form.fields) and not any(word in form.action for word in LEFT_OUT):
            found.setdefault(f"{form.method} {endpoint(app, form)}", form)
    return list(found.values())


@pytest.mark.parametrize("who", PEOPLE)
def test_no_text_breaks_a_form(app: Flask, alpha: World, who: str) -> None:
    holder = PEOPLE[who](alpha)
    client: Any = app.test_client() if holder is None else app.test_client().sign_in(holder)  # type: ignore[attr-defined]
    forms = forms_of(app, client, alpha, who)
    assert forms
    wrong = []
    for form in forms:
        for number, hostile in enumerate(SENT):
            answer = form.send(client, **filled(form, number, hostile))
            if answer.status_code >= 500:
                wrong.append(f"{form.method} {form.action} with {hostile[:40]!r} -> {answer.status_code}")
        page = client.get(form.page)
        if page.status_code >= 500:
            wrong.append(f"{form.page} cannot be shown after it -> {page.status_code}")
        body = page.get_data(as_text=True)
        if "<script>alert" in body or "<img src=x" in body or "<svg onload" in body:
            wrong.append(f"{form.page} shows markup that somebody typed")
    assert not wrong, "\n".join(wrong)


def filled(form: PageForm, number: int, hostile: str) -> dict[str, str]:
    """Every typed field with this string; every third time only one of them, so that the others pass."""
    typed = [f for f in form.fields if f.is_typed]
    if number % 3 == 0:
        typed = [typed[number // 3 % len(typed)]]
    return {f.name: hostile for f in typed}


def test_there_are_enough_of_them() -> None:
    assert len(STRINGS) == len(set(STRINGS)) >= 60
    assert len(SENT) >= 40


def test_no_text_breaks_an_address(app: Flask) -> None:
    client, wrong = app.test_client(), []
    for hostile in STRINGS:
        word = quote(hostile[:2000].encode("utf-8", "surrogatepass"), safe="")
        headers = {"Accept-Language": word, "If-None-Match": word, "Cookie": f"confapp={word}"}
        for path in ("/{}", "/x/{}", "/id/{}/programme", "/sign-in/{}", "/verify/{}", "/?q={}", "/sign-in?next={}"):
            answer = client.get(path.format(word), headers=headers)
            if answer.status_code >= 500:
                wrong.append(f"{path.format(word)[:80]} -> {answer.status_code}")
    assert not wrong, "\n".join(wrong)
