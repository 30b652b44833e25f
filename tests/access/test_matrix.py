"""Every address as every role: what the declarations say, what the table says and what happens are one."""

import hashlib
import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, g, url_for
from sqlalchemy import text

import confapp
from confapp.foundation import clock
from confapp.foundation.access import Permit
from confapp.foundation.db import db
from confapp.people.models import Account
from confapp.people.rules import PARTICIPANTS, Role
from tests import build
from tests.access import matrix, world
from tests.access.table import INSIDE, LEAD_ON, PERMITS
from tests.access.world import World
from tests.build import Client
from tests.conftest import POSTGRES


@pytest.fixture
def alpha(app: Flask) -> World:
    return world.make(app, "ALPHA7", "alpha-2027")


def test_the_matrix_file_is_that_of_the_program(whole_app: Flask) -> None:
    assert matrix.FILE.read_text() == matrix.written(whole_app), "run: python -m tests.access.matrix"


def test_every_permit_is_in_the_table_and_says_what_it_does(whole_app: Flask) -> None:
    used = {d.permit.name: d.permit for _, _, d in matrix.rules(whole_app) if d.permit}
    assert set(used) <= set(PERMITS)
    for name, permit in used.items():
        allowed = {role for role in Role if permit.allows(matrix.actor(role), matrix.Subject())}
        assert allowed == PERMITS[name], name


def test_every_permit_of_the_program_is_in_the_table(whole_app: Flask) -> None:
    """Also those that views ask for inside, except the ones about one record."""
    about_one_record = {"answer_for", "name_members", "substitute"}
    modules = [
        m.name
        for m in pkgutil.walk_packages(confapp.__path__, "confapp.")
        if ".rules" in m.name or m.name.endswith(".access")
    ]
    found = {
        value.name
        for name in modules
        for value in vars(importlib.import_module(name)).values()
        if isinstance(value, Permit)
    }
    assert found - about_one_record == set(PERMITS)


# Public addresses of something that tests/access/world.py does not have: a link that was used up, a published issue.
NOT_THERE = re.compile(r"<token>|^/verify/|^/mailbox|<symbol:|<ref>$")


# --- the walk ---------------------------------------------------------------------------------------------------------


class Walker:
    """Somebody with a browser, and what each address should answer them."""

    def __init__(self, name: str, client: Client, roles: set[Role], *, known: bool = True, here: bool = True) -> None:
        self.name, self.client, self.roles, self.known, self.here = name, client, roles, known, here

    def expected(self, rule: Any, method: str, declaration: Any) -> set[int]:
        """The statuses that are right. An unsafe request carries no form key, so that being let in shows as 400."""
        let_in = {400} if method != "GET" else {200, 303} if rule.endpoint in LEAD_ON else {200}
        if rule.endpoint == "publishing.verify_file":
            let_in = {422}  # it changes nothing and needs no key
        kind, inside = declaration.kind, "<conference>" in rule.rule
        if kind == "public":
            return let_in | {404, 410} if NOT_THERE.search(rule.rule) else let_in
        if not self.known:
            return {303}
        if kind == "inside":
            allowed = INSIDE.get(rule.endpoint) if method == "GET" else None
            return let_in if allowed is None or self.roles & allowed else {404}
        if declaration.name == "signed_in" or self.roles & PERMITS[declaration.name]:
            return let_in
        if inside:
            return {403} if self.here else {404}
        return {403, 404}


@pytest.fixture
def walkers(app: Flask, alpha: World) -> list[Walker]:
    other = build.conference("elsewhere")
    without_force = build.staff(alpha.conference, Role.ORGANIZER, ends_at=clock.now() - timedelta(hours=1))
    build.mandate(without_force, Role.ORGANIZER, alpha.conference, starts_at=clock.now() + timedelta(hours=1))
    build.mandate(without_force, Role.ORGANIZER, alpha.conference, revoked_at=clock.now())

    def client(account: Account) -> Client:
        return app.test_client().sign_in(account)  # type: ignore[attr-defined,no-any-return]

    closed = client(build.staff(alpha.conference, Role.ORGANIZER))
    with db.engine.begin() as connection:
        connection.execute(
            text("UPDATE account SET disabled_at = :at WHERE id = (SELECT max(id) FROM account)"), {"at": "2026-01-01"}
        )
    found = [
        Walker("anonymous", app.test_client(), set(), known=False),  # type: ignore[arg-type]
        Walker("disabled organizer", closed, set(), known=False),
        Walker("administrator", client(build.administrator()), {Role.ADMINISTRATOR}),
        Walker("organizer of another conference", client(build.staff(other, Role.ORGANIZER)), set(), here=False),
        Walker(
            "organizer by mandates that ended, begin later or were removed", client(without_force), set(), here=False
        ),
        Walker("somebody without a role", client(build.account()), set(), here=False),
    ]
    found += [Walker(role, client(holder), {Role(role)}) for role, holder in alpha.holders.items()]
    for number, walker in enumerate(found, 1):
        walker.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"  # each has an own limit of attempts
    return found


def test_every_address_as_every_role(app: Flask, alpha: World, walkers: list[Walker]) -> None:
    """Reading as everybody changes nothing in the database; writing without a form key neither."""
    every = [(rule, method, declaration, address(app, rule, alpha)) for rule, method, declaration in matrix.rules(app)]
    recorded = [one for one in every if one[3].endswith(RECORDED)]
    assert recorded
    before = fingerprint()
    wrong = [fault for one in every if one not in recorded for fault in walked(walkers, *one)]
    assert changed(before, fingerprint()) == set()
    wrong += [fault for one in recorded for fault in walked(walkers, *one)]
    assert changed(before, fingerprint()) <= {"audit_entry", "audit_head", "reading"}
    assert not wrong, "\n".join(wrong)


RECORDED = (".csv", ".xlsx", ".pdf", ".zip", "photo.jpg")  # an export, a look at a face: a line in the record


def walked(walkers: list[Walker], rule: Any, method: str, declaration: Any, path: str) -> Iterator[str]:
    """On PostgreSQL one walker for each right answer, of the staff and of the participants: roles are Python's matter,
    what the second database adds is that each view's statements run on it."""
    asked = set()
    for walker in walkers:
        right = walker.expected(rule, method, declaration)
        alike = frozenset(right), bool(walker.roles.intersection(PARTICIPANTS)), walker.here
        if POSTGRES and alike in asked:
            continue
        asked.add(alike)
        status = walker.client.open(path, method=method).status_code
        if status not in right:
            yield f"{walker.name}: {method} {path} -> {status}, not {sorted(right)}"


def address(app: Flask, rule: Any, of: World) -> str:
    with app.test_request_context():
        g.conference = None
        return url_for(rule.endpoint, **of.of(rule))


SEEN = {"sign_in", "attempts"}  # when somebody was last seen, and how often an address was tried


def fingerprint() -> dict[str, str]:
    """A hash of all rows of each table."""
    db.session.rollback()
    found = {}
    with db.engine.connect() as connection:
        for table in db.metadata.sorted_tables:
            if table.name not in SEEN:
                rows = sorted(map(str, connection.exec_driver_sql(f'SELECT * FROM "{table.name}"')))
                found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before if before[name] != after[name]}
