"""The same archive with PostgreSQL's own dump inside."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

import manage
from confapp import backup, config

pytestmark = pytest.mark.once


def test_a_postgres_database_comes_back_into_an_empty_one(tmp_path: Path) -> None:
    with manage.postgres() as server:
        before, after = (installation(server, name, tmp_path) for name in ("before", "after"))
        run(before, "CREATE TABLE delegation (name text); INSERT INTO delegation VALUES ('Timor-Leste')")
        backup.make_key(tmp_path / "backup.key")
        backup.back_up(before, tmp_path / "all", tmp_path / "backup.key")
        backup.restore(after, tmp_path / "all", tmp_path / "backup.key")
        assert run(after, "SELECT name FROM delegation") == "Timor-Leste"
        assert not (after.data / "database.dump").exists()
        with pytest.raises(backup.Unusable, match="not empty"):
            backup.restore(after, tmp_path / "all", tmp_path / "backup.key")


def test_a_server_that_is_away_is_said(tmp_path: Path) -> None:
    settings = config.from_environment(
        {"CONFAPP_DATA": str(tmp_path / "var"), "CONFAPP_DATABASE_URL": f"postgresql:///gone?host={tmp_path}"}
    )
    with pytest.raises(backup.Unusable, match="pg_dump did not succeed"):
        backup.back_up(settings, tmp_path / "all")
    assert not list(tmp_path.glob("all*"))


def installation(server: str, name: str, folder: Path) -> config.Settings:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    return config.from_environment({"CONFAPP_DATA": str(folder / name), "CONFAPP_DATABASE_URL": url})


def run(settings: config.Settings, statement: str) -> str | None:
    engine = create_engine(settings.database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        result = connection.execute(text(statement))
        value = result.scalar() if result.returns_rows else None
    engine.dispose()
    return value
