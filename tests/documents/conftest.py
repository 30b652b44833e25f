from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from confapp.conferences.models import Conference
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.people.models import Account
from confapp.people.rules import Role
from tests import build


@pytest.fixture
def conference(app: Flask) -> Conference:
    return build.conference("test-2027")


@pytest.fixture
def editor(conference: Conference) -> Account:
    return build.staff(conference, Role.SECRETARIAT_EDITOR)


@pytest.fixture
def by(editor: Account) -> Actor:
    return build.actor(editor)


@pytest.fixture
def statements(app: Flask) -> Callable[[Callable[[], object]], int]:
    """How many statements the database gets while something is done."""

    def count(work: Callable[[], object]) -> int:
        seen: list[str] = []

        def listen(connection: Any, cursor: Any, statement: str, *others: Any) -> None:
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", listen)
        try:
            work()
        finally:
            event.remove(db.engine, "before_cursor_execute", listen)
        return len(seen)

    return count
