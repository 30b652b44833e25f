"""Web and worker are killed in the middle of their work: nothing acknowledged is lost, nothing is doubled."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.faults import harness
from tests.sink import listening

KILLS = 3


@contextmanager
def database_on(server_url: str) -> Iterator[str]:
    """An empty database of its own on a PostgreSQL server, or nothing for SQLite."""
    if not server_url:
        yield ""
        return
    name = f"confapp_faults_{os.getpid()}"
    url = make_url(server_url.replace("postgresql://", "postgresql+psycopg://", 1))
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def test_three_kills(tmp_path: Path, server_url: str) -> None:
    with listening() as sink, database_on(server_url) as url:
        installation = harness.Installation(tmp_path, sink, url)
        try:
            report = harness.run(installation, KILLS)
        finally:
            installation.kill()
    assert not report.faults, "\n".join(report.faults)
    assert report.kills == KILLS
    assert len(report.acknowledged) > 5 * (KILLS - 1)
    assert report.refused > 0, "the small delegation should have filled up"
    assert sink.messages
