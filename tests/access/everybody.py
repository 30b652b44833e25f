"""Somebody of each kind in a conference of their own, and the forms that they find there."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from confapp.config import Settings
from confapp.foundation.db import db
from confapp.people.models import Account
from confapp.people.rules import Role
from tests import build
from tests.access import world
from tests.access.pages import PageForm, crawl, endpoint, kind_of
from tests.access.world import World
from tests.build import Client
from tests.conftest import POSTGRES, turn_to

PEOPLE: dict[str, Callable[[World], Account | None]] = {
    "a stranger": lambda of: None,
    "an organizer": lambda of: of.holders[Role.ORGANIZER],
    "a focal point": lambda of: of.holders[Role.FOCAL_POINT],
    "a delegate": lambda of: of.holders[Role.DELEGATE],
    "an accreditation officer": lambda of: of.holders[Role.ACCREDITATION_OFFICER],
    "a protocol officer": lambda of: of.holders[Role.PROTOCOL_OFFICER],
    "the administrator": lambda of: build.administrator(),
}
MOST = 900  # pages
LEFT_OUT = ("/sign-out", "/life/", "/language")


@dataclass
class Somebody:
    name: str
    account: int | None
    forms: list[PageForm]

    def client(self, app: Flask) -> Client:
        client: Any = app.test_client()
        return client.sign_in(db.session.get_one(Account, self.account)) if self.account else client  # type: ignore[no-any-return]


_met: list[Somebody] = []
_kept: list[tuple[Path, Path]] = []  # where something belongs, and its copy


def everybody(app: Flask) -> Iterator[Somebody]:
    """One person after another; nobody has a form that somebody before has.

    The administrator, who sees all conferences, reads what the others' tests have left in them. The others are met
    before: on SQLite once for all tests of this process, with a copy of everything to begin from.
    """
    early = [] if POSTGRES else [*PEOPLE][:-1]
    if early and not _met:
        covered: set[str] = set()
        _met.extend(meet(app, name, covered) for name in early)
        _keep(app)
    elif early:
        _bring_back(app)
    yield from _met
    covered = {_name(app, form) for somebody in _met for form in somebody.forms}
    for name in [*PEOPLE][len(early) :]:
        yield meet(app, name, covered)


def meet(app: Flask, name: str, covered: set[str]) -> Somebody:
    """With one form for each view that takes typed text and is not among those covered, which it joins."""
    number = [*PEOPLE].index(name)
    alpha = world.make(app, f"ALPHA{number}", f"alpha-{number}-2027")
    holder = PEOPLE[name](alpha)
    somebody = Somebody(name, holder.id if holder else None, [])
    starts = ["/", "/desk/", f"/desk/{alpha.slug}/", "/me/", f"/me/{alpha.slug}/", f"/{alpha.slug}/register"]
    site = crawl(somebody.client(app), [*starts, "/sign-in", "/links/", "/verify"], MOST, kind_of(app))
    assert len(site.pages) < MOST, "there are more pages than were read"
    for form in site.forms:
        is_typed = any(f.is_typed for f in form.fields)
        if is_typed and not any(word in form.action for word in LEFT_OUT) and (view := _name(app, form)) not in covered:
            covered.add(view)
            somebody.forms.append(form)
    return somebody


def _name(app: Flask, form: PageForm) -> str:
    return f"{form.method} {endpoint(app, form)}"


def _keep(app: Flask) -> None:
    settings: Settings = app.extensions["confapp"]
    _close()
    database = Path(str(db.engine.url.database))
    copies = settings.data.with_name(f"{settings.data.name}-of-everybody")
    copies.mkdir()
    for place in (database, *(settings.data / name for name in ("files", "keys", "mailbox", "audit-heads.jsonl"))):
        if place.exists():
            _copy(place, copies / place.name)
            _kept.append((place, copies / place.name))


def _bring_back(app: Flask) -> None:
    """Over what a test begins with, which is nothing."""
    _close()
    for place, copy in _kept:
        _copy(copy, place)
    turn_to(app)


def _close() -> None:
    """The last connection takes SQLite's journal along."""
    db.session.remove()
    db.engine.dispose()


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        shutil.copyfile(source, target)
