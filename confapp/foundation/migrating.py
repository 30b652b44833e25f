"""Brings a database to the newest schema, or makes it from nothing.

Alembic is loaded when it is used: processes that serve pages would carry its ten megabytes for nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection

from confapp.foundation.db import db

FOLDER = Path(__file__).resolve().parents[2] / "migrations"


def upgrade(app: Flask, revision: str = "head") -> None:
    """Runs the migrations up to a revision, in one transaction each."""
    from alembic import command

    with app.app_context():
        _run(lambda config: command.upgrade(config, revision))


def downgrade(app: Flask, revision: str) -> None:
    from alembic import command

    with app.app_context():
        _run(lambda config: command.downgrade(config, revision))


def newest() -> str:
    """The revision that a database of this program has: steps are a chain, numbered by their files' names."""
    return max(path.name.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*_*.py"))


def _run(work: object) -> None:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with db.engine.connect() as connection, _tables_may_be_remade(connection):
        config.attributes["connection"] = connection
        work(config)  # type: ignore[operator]
        connection.commit()


@contextmanager
def _tables_may_be_remade(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, and while the old one is gone nothing may point at it.

    The foreign keys rest meanwhile, and every row is checked against them before anybody else sees the result.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        if broken := raw.execute("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError(f"rows point at nothing after the migration: {broken[:5]}")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
