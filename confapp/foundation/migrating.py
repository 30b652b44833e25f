"""Brings a database to the newest schema, or makes it from nothing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from flask import Flask

from confapp.foundation.db import db

FOLDER = Path(__file__).resolve().parents[2] / "migrations"


def upgrade(app: Flask, revision: str = "head") -> None:
    """Runs the migrations up to a revision, in one transaction each."""
    with app.app_context():
        _run(lambda config: command.upgrade(config, revision))


def downgrade(app: Flask, revision: str) -> None:
    with app.app_context():
        _run(lambda config: command.downgrade(config, revision))


def _run(work: object) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with db.engine.connect() as connection:
        config.attributes["connection"] = connection
        work(config)  # type: ignore[operator]
        connection.commit()
