"""No text that people can type, in any field of any form, breaks the program; both databases."""

import string
from collections.abc import Iterator
from typing import Any
from unicodedata import is_normalized
from urllib.parse import quote

from flask import Flask
from lxml import html
from sqlalchemy import JSON, String, select
from werkzeug.test import TestResponse

from confapp.foundation import text
from confapp.foundation.db import Translated, db
from tests.access.everybody import everybody
from tests.access.hostile import ENCODINGS, FOR_POSTGRES, STRINGS, TOGETHER
from tests.access.pages import PageForm, forms
from tests.build import Client
from tests.conftest import POSTGRES

# What concerns encodings and lengths on both databases, the others on one of them each.
ON_SQLITE = [hostile for hostile in STRINGS if hostile not in FOR_POSTGRES]
SENT = TOGETHER + FOR_POSTGRES if POSTGRES else ON_SQLITE


def test_no_text_breaks_a_form(app: Flask) -> None:
    """One person after another, each in a conference of their own; nobody tries what somebody before has tried."""
    tried = 0
    for somebody in everybody(app):
        assert broken(somebody.client(app), somebody.forms) == [], somebody.name
        tried += len(somebody.forms)
    assert tried > 100
    assert unclean() == []


def broken(client: Client, found: list[PageForm]) -> list[str]:
    """What goes wrong when every string is sent to every form."""
    wrong = []
    for form in found:
        for number, hostile in enumerate(SENT):
            sent = filled(form, number, hostile)
            answer = form.send(client, **sent)
            if answer.status_code >= 500:
                wrong.append(f"{form.method} {form.action} with {hostile[:40]!r} -> {answer.status_code}")
            if answer.status_code == 422 and number % 4 == 1 and not POSTGRES:  # what a form shows again is Python's
                wrong += [f"{form.action} lost {name} = {hostile[:40]!r}" for name in lost(form, sent, answer)]
        page = client.get(form.page)
        if page.status_code >= 500:
            wrong.append(f"{form.page} cannot be shown after it -> {page.status_code}")
        body = page.get_data(as_text=True)
        if "<script>alert" in body or "<img src=x" in body or "<svg onload" in body:
            wrong.append(f"{form.page} shows markup that somebody typed")
    return wrong


def lost(form: PageForm, sent: dict[str, str], answer: TestResponse) -> list[str]:
    """Fields of a refused form that do not show any more what was typed, cleaned."""
    page = html.fromstring(answer.get_data(as_text=True))
    shown = {f.name: f.value.strip() for one in forms(page, form.page) if one.action == form.action for f in one.fields}
    visible = {f.name for f in form.fields if f.is_typed and f.kind not in ("hidden", "password", "number")}
    return [
        name
        for name, value in sent.items()
        if name in visible and name in shown and len(value) <= 200 and shown[name].casefold() not in kept(value)
    ]


def kept(value: str) -> set[str]:
    """As a field may show it: cleaned in one of the ways there are."""
    ways = (text.clean(value, lines=True), text.clean(value), text.clean_name(value), value.strip())
    return {way.casefold() for way in ways}


def unclean() -> list[str]:
    """Texts in the database that hold control characters or are not in the normal form."""
    found = []
    with db.engine.connect() as connection:
        for table in db.metadata.sorted_tables:
            columns = [c for c in table.columns if isinstance(c.type, String | JSON | Translated)]
            for row in connection.execute(select(*columns)) if columns else ():
                for column, value in zip(columns, row, strict=True):
                    if any(text.CONTROLS.search(word) or not is_normalized("NFC", word) for word in words(value)):
                        found.append(f"{column}: {str(value)[:60]!r}")
    return found


def words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in (*value, *value.values()):
            yield from words(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from words(part)


def filled(form: PageForm, number: int, hostile: str) -> dict[str, str]:
    """Every typed field with this string; every third time only one of them, so that the others pass."""
    typed = [f for f in form.fields if f.is_typed]
    if number % 3 == 0:
        typed = [typed[number // 3 % len(typed)]]
    return {f.name: hostile for f in typed}


def test_there_are_enough_of_them() -> None:
    assert len(STRINGS) == len(set(STRINGS)) >= 60
    assert len(ON_SQLITE) >= 40
    assert set(STRINGS) == {*ON_SQLITE, *FOR_POSTGRES}
    odd = {letter for one in STRINGS[:ENCODINGS] for letter in one} - set(string.printable)
    assert odd <= {letter for one in TOGETHER for letter in one}


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
