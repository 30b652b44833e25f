"""The schema can be made, taken away and made again, and is exactly what the models say."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from confapp import create_app
from confapp.documents import actions as documents
from confapp.documents.rules import DocumentKind
from confapp.foundation import audit, migrating
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.transactions import writing
from confapp.people.models import Person
from tests import build
from tests.conftest import POSTGRES, settings_in, turn_to


@pytest.fixture
def fresh(whole_app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The program on a database without a single table."""
    with _program_in(tmp_path, "fresh") as app, _used(app, after=whole_app):
        yield app


@pytest.fixture(scope="module")
def upgraded(whole_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with _program_in(tmp_path_factory.mktemp("upgraded"), "upgraded") as app:
        with _used(app, after=whole_app):
            migrating.upgrade(app)
        yield app


@pytest.fixture
def newest(whole_app: Flask, upgraded: Flask) -> Iterator[Flask]:
    """The program on a database that all migrations have made, for tests that take none of them back."""
    with _used(upgraded, after=whole_app):
        yield upgraded


@contextmanager
def _program_in(folder: Path, name: str) -> Iterator[Flask]:
    with _empty_database(name) as url:
        yield create_app(settings_in(folder, **({"database_url": url} if url else {})))


@contextmanager
def _used(app: Flask, after: Flask) -> Iterator[None]:
    """What the foundation holds once per process is that of this program, and afterwards that of the tests again."""
    turn_to(app)
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()
    with after.app_context():
        turn_to(after)


class _empty_database:
    def __init__(self, name: str) -> None:
        self.name = f"confapp_{name}_{os.getpid()}"

    def __enter__(self) -> str | None:
        if not POSTGRES:
            return None
        url = make_url(POSTGRES.replace("postgresql://", "postgresql+psycopg://", 1))
        self.server = create_engine(url, isolation_level="AUTOCOMMIT")
        with self.server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {self.name}"))
        return url.set(database=self.name).render_as_string(hide_password=False)

    def __exit__(self, *_: object) -> None:
        if POSTGRES:
            with self.server.connect() as connection:
                connection.execute(text(f"DROP DATABASE {self.name} WITH (FORCE)"))
            self.server.dispose()


def schema() -> dict[str, Any]:
    """Tables with their columns, keys, checks, indexes and triggers, as the database tells them."""
    with db.engine.connect() as connection:
        found = inspect(connection)
        tables = {
            name: (
                [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)],
                sorted(str(k) for k in found.get_foreign_keys(name)),
                sorted(str(k) for k in found.get_unique_constraints(name)),
                sorted(str(k) for k in found.get_check_constraints(name)),
                sorted(re.sub(r"<.*?>", "", str(k)) for k in found.get_indexes(name)),
            )
            for name in found.get_table_names()
            if name != "alembic_version"
        }
        query = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1"
            if connection.dialect.name == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
        )
        return tables | {"triggers": connection.execute(text(query)).scalars().all()}


def fill() -> None:
    """Rows that hold on to each other, sealed values and an audit chain."""
    made = build.conference()
    build.mandate(build.account(), "organizer", made)
    row = build.registration(made)
    with in_conference(made.id), writing():
        db.session.get_one(Person, row.person_id).passport_number = "X1"
        about = {"kind": DocumentKind.PAPER, "title": {"en": "Note"}, "languages": ["en"]}
        documents.create(made, symbol="TEST/2027/1", by=SYSTEM, **about)
        audit.record(SYSTEM, "registered", row)


def test_there_is_one_line_of_migrations(whole_app: Flask) -> None:
    assert ScriptDirectory(str(migrating.FOLDER)).get_heads() == [migrating.newest()]


def test_the_newest_schema_is_what_the_models_say(newest: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_up_down_and_up_again_with_data(fresh: Flask) -> None:
    migrating.upgrade(fresh)
    first = schema()
    assert len(first) > 20
    assert first["triggers"]
    fill()
    migrating.downgrade(fresh, "base")
    assert schema() == {"triggers": []}
    migrating.upgrade(fresh)
    assert schema() == first
    fill()
    with across_conferences("a test verifies"):
        assert audit.verify() == []


def test_each_step_up_keeps_the_data_of_the_one_before(fresh: Flask) -> None:
    """Every later migration is run over rows that were written under the schema before it."""
    steps = [s.revision for s in ScriptDirectory(str(migrating.FOLDER)).walk_revisions()][::-1]
    migrating.upgrade(fresh, steps[-1])
    fill()
    for revision in steps[-2::-1]:
        migrating.downgrade(fresh, revision)
    migrating.upgrade(fresh)
    with db.engine.connect() as connection:  # symbols that were given before anybody noted which
        assert connection.execute(text("SELECT symbol FROM given_symbol")).scalars().all() == ["TEST/2027/1"]
    with across_conferences("a test verifies"):
        assert audit.verify() == []


def test_an_upgrade_that_has_nothing_to_do_does_nothing(newest: Flask) -> None:
    migrating.upgrade(newest)
    fill()
    first = schema()
    migrating.upgrade(newest)
    assert schema() == first
    assert newest.test_client().get("/readyz").json["schema"] == "current"


def test_a_database_behind_is_not_ready(fresh: Flask) -> None:
    answer = fresh.test_client().get("/readyz")
    assert answer.status_code == 503
    assert fresh.test_client().get("/healthz").status_code == 200


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry"])
def test_the_migration_makes_the_record_append_only(newest: Flask, statement: str) -> None:
    fill()
    with pytest.raises(DBAPIError), db.engine.begin() as connection:
        connection.execute(text(statement))
