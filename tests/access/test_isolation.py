"""An organizer of one conference reaches nothing of another: by no address, query, form, export or mail."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from confapp.conferences.rules import Status
from confapp.foundation.db import db
from confapp.foundation.mail import Mail
from confapp.people.rules import Role
from tests.access import matrix, world
from tests.access.pages import PageForm, Site, crawl
from tests.access.test_matrix import address
from tests.access.world import World
from tests.build import Client

MARK = "BRAVO7"


@pytest.fixture
def alpha(app: Flask) -> World:
    return world.make(app, "ALPHA7", "alpha-2027")


@pytest.fixture
def bravo(app: Flask, alpha: World) -> World:
    """The same again, not yet announced: even its name is nobody's business."""
    return world.make(app, MARK, "bravo-2027", status=Status.DRAFT)


@pytest.fixture
def organizer(app: Flask, alpha: World) -> Client:
    return app.test_client().sign_in(alpha.holders[Role.ORGANIZER])  # type: ignore[attr-defined,no-any-return]


def rows_of(conference: World) -> dict[str, list[str]]:
    """All rows of a conference, table by table."""
    db.session.rollback()
    found = {}
    with db.engine.connect() as connection:
        for table in db.metadata.sorted_tables:
            key = "id" if table.name == "conference" else "conference_id"
            if key in table.c:
                rows = connection.execute(table.select().where(table.c[key] == conference.conference.id))
                found[table.name] = sorted(map(str, rows))
    assert sum(map(len, found.values())) > 30
    return found


def starts(of: World) -> list[str]:
    return ["/", "/desk/", f"/desk/{of.slug}/", "/me/", f"/{of.slug}/", f"/{of.slug}/register", "/verify"]


def visit(organizer: Client, alpha: World) -> Site:
    site = crawl(organizer, starts(alpha))
    assert len(site.pages) > 40
    assert site.containing(alpha.mark)
    return site


@pytest.mark.once
def test_no_page_no_export_no_query_shows_the_other_conference(organizer: Client, alpha: World, bravo: World) -> None:
    site = visit(organizer, alpha)
    assert site.with_status(500) == []
    assert site.containing(MARK) == []
    assert site.containing(bravo.slug) == []
    assert any(url.endswith(".csv") for url in site.pages)
    assert reached_by_query(organizer, site, bravo) == []


def reached_by_query(organizer: Client, site: Site, bravo: World) -> list[str]:
    """Each field of each search, and each variable of each link, with references and words of the other."""
    wrong = []
    names = {f.name for form in site.forms if form.method == "GET" for f in form.fields}
    names |= {name for url in site.pages for name in re.findall(r"[?&]([\w-]+)=", url)}
    assert names
    some = sorted(bravo.refs.values())[:3] + [bravo.refs["delegations", "ref"], bravo.slug, MARK.lower()]
    for page in sorted({url.partition("?")[0] for url in site.pages if url.startswith(("/desk/", "/me/"))}):
        for value in some:
            answer = organizer.get(page, query_string=dict.fromkeys(names, value))
            body = answer.get_data()
            if answer.status_code >= 500 or MARK.encode() in body:
                wrong.append(f"{page}?…={value} -> {answer.status_code}")
    return wrong


def test_no_address_of_the_other_conference_answers(app: Flask, organizer: Client, bravo: World) -> None:
    before, wrong = rows_of(bravo), []
    for rule, method, declaration in matrix.rules(app):
        if "<conference>" in rule.rule:
            path = address(app, rule, bravo)
            answer = organizer.open(path, method=method, data={"form_key": "k"} if method == "POST" else None)
            if answer.status_code != 404 or MARK in answer.get_data(as_text=True):
                wrong.append(f"{method} {path} ({declaration.name}) -> {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert rows_of(bravo) == before


def test_no_address_of_ours_takes_a_record_of_the_other(
    app: Flask, organizer: Client, alpha: World, bravo: World
) -> None:
    """Each variable of each address by itself, with a record of the other conference, read and written."""
    before, wrong, tried = rows_of(bravo), [], 0
    for rule, method, _ in matrix.rules(app):
        own, theirs = alpha.of(rule), bravo.of(rule)
        for name in own:
            if name == "conference" or own[name] == theirs[name]:
                continue
            tried += 1
            path = address(app, rule, Swapped(alpha, own | {name: theirs[name]}))  # type: ignore[arg-type]
            fields = {"form_key": f"{tried}", "reason": "x", "revision": "1", "status": "accredited"}
            answer = organizer.open(path, method=method, data=fields if method == "POST" else None)
            said = answer.get_data(as_text=True).replace(path, "")  # a page names its own address
            if answer.status_code not in (403, 404) or MARK in said:
                wrong.append(f"{method} {path} -> {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert tried > 30
    assert rows_of(bravo) == before


class Swapped:
    def __init__(self, of: World, values: dict[str, Any]) -> None:
        self.values = values

    def of(self, rule: Any) -> dict[str, Any]:
        return self.values


def references(of: World) -> set[str]:
    """Every public reference of a conference's rows, and its own."""
    found = {of.conference.ref}
    with db.engine.connect() as connection:
        for table in db.metadata.sorted_tables:
            if "ref" in table.c and "conference_id" in table.c:
                rows = connection.execute(select(table.c.ref).where(table.c.conference_id == of.conference.id))
                found |= set(rows.scalars())
    return found


LAST = ("/life/", "/sign-out", "/me/")
EXTRA = {"id": "1", "role": "administrator", "number": "X-1", "taken": "0", "account_id": "1", "person_id": "1"}


@pytest.mark.once
def test_no_form_reaches_the_other_conference(app: Flask, organizer: Client, alpha: World, bravo: World) -> None:
    """Each choice of each form with references of the other conference, and with columns that no form offers."""
    site = visit(organizer, alpha)
    sent = [form for form in site.forms if form.method == "POST" and not any(word in form.action for word in LAST)]
    assert len(sent) > 15
    before, theirs, ours = rows_of(bravo), references(bravo), references(alpha)
    wrong = [
        f"{form.action} {swap} -> {answer.status_code}"
        for form in sent
        for swap in swaps(form, ours, alpha, bravo)
        if (answer := form.send(organizer, **swap)).status_code >= 500 or MARK in answer.get_data(as_text=True)
    ]
    assert not wrong, "\n".join(wrong)
    assert rows_of(bravo) == before
    assert references(bravo) == theirs
    assert crawl(organizer, starts(alpha)).containing(MARK) == []
    assert no_letter_tells(alpha)


def swaps(form: PageForm, ours: set[str], alpha: World, bravo: World) -> list[dict[str, str]]:
    """The form as it is with columns it does not offer; then each reference in it by one of the other conference."""
    extra = EXTRA | {"conference_id": str(bravo.conference.id), "conference": bravo.slug, "status": "accredited"}
    found = [{name: value for name, value in extra.items() if name not in {f.name for f in form.fields}}]
    kinds = {value: key for key, value in alpha.refs.items()}
    for one in form.fields:
        for value in {one.value, *one.options} & ours:
            key = kinds.get(value)
            found.append({one.name: bravo.refs[key] if key else sorted(references(bravo))[0]})
    for name in ("delegation", "person", "rooms", "category", "file", "document"):
        found.append({name: next((v for (word, _), v in bravo.refs.items() if word.startswith(name[:4])), bravo.slug)})
    return found


def no_letter_tells(alpha: World) -> bool:
    db.session.rollback()
    letters = db.session.scalars(select(Mail).where(Mail.conference_id == alpha.conference.id))
    return not any(MARK in letter.text + letter.subject + letter.recipient for letter in letters)


def test_the_audit_of_one_conference_is_not_the_others(organizer: Client, alpha: World, bravo: World) -> None:
    page = organizer.get(f"/desk/{alpha.slug}/audit").get_data(as_text=True)
    with db.engine.connect() as connection:
        count = connection.execute(
            text("SELECT count(*) FROM audit_entry WHERE conference_id = :id"), {"id": bravo.conference.id}
        ).scalar()
    assert count
    assert MARK not in page
