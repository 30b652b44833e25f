"""The real program on a real database: SQLite, or PostgreSQL when CONFAPP_TEST_POSTGRES names a server."""

import asyncio
import fcntl
import gc
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import Pool

from confapp import create_app, use_files
from confapp.config import Settings
from confapp.foundation import migrating, transactions
from confapp.foundation.db import db, set_scope
from confapp.foundation.languages import set_current
from tests import demonstration
from tests.build import Client
from tests.slow import refused_under_lock

POSTGRES = os.environ.get("CONFAPP_TEST_POSTGRES", "")
# Compiled templates are kept between programs, workers and runs, by the hash of their source.
TEMPLATES = Path(__file__).resolve().parents[1] / ".template_cache"
TEMPLATES.mkdir(exist_ok=True)
SCHEMAS = TEMPLATES.with_name(".schema_cache")
SCHEMAS.mkdir(exist_ok=True)
Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(TEMPLATES))}
LONGEST = ("tests/faults/", "tests/access/", "tests/demo/", "tests/documents/test_publishing_killed.py")
WITHOUT = pytest.StashKey[bool]()
refusing = False  # whether the test that is running has no database


def settings_in(folder: Path, **changes: Any) -> Settings:
    """Settings of a test installation whose data are in a folder."""
    values: dict[str, Any] = {
        "data": folder,
        "database_url": f"sqlite:///{folder / 'confapp.sqlite3'}",
        "base_url": "http://localhost",
        "secret_key": "only for tests " * 4,
        "sealing_key_file": folder / "keys" / "sealing.key",
        "audit_key_file": folder / "keys" / "audit.key",
        "environment": "test",
        "mail_from": "confapp@localhost",
    }
    return Settings(**(values | changes))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test whose fixtures have no database runs once, on SQLite, and may open none: the other would never see it.

    What uses the demonstration comes first: then one worker starts it and the other is busy until it is done with. Next
    come the longest, so that no worker is left with one of them while the others have nothing to do.
    """
    items.sort(key=lambda item: ("site" not in getattr(item, "fixturenames", ()), not item.nodeid.startswith(LONGEST)))
    for item in items:
        if not {"database_url", "server_url"}.intersection(getattr(item, "fixturenames", ())):
            item.stash[WITHOUT] = not any(mark.name in ("once", "browser") for mark in item.iter_markers())
            item.add_marker(pytest.mark.once)


def pytest_collection_finish() -> None:
    """What is loaded stays: looking through it for garbage again and again is a tenth of the work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(autouse=True)
def no_loop_of_a_browser(request: pytest.FixtureRequest) -> Iterator[None]:
    """A browser, once opened, leaves its event loop in the thread of the tests, where the program has none."""
    loop = asyncio._get_running_loop()
    if loop is None or request.node.get_closest_marker("browser"):
        yield
        return
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(loop)


@pytest.fixture(scope="session", autouse=True)
def nothing_slow_under_the_lock() -> Iterator[None]:
    with refused_under_lock():
        yield


@pytest.fixture(autouse=True)
def english_and_no_scope() -> Iterator[None]:
    """What a request leaves behind in its thread does not reach the next test."""
    set_current("en")
    set_scope(None)
    yield
    set_current("en")
    set_scope(None)


@pytest.fixture(autouse=True)
def no_database_unnamed(request: pytest.FixtureRequest) -> Iterator[None]:
    global refusing
    refusing = request.node.stash.get(WITHOUT, False)
    yield
    refusing = False


@event.listens_for(Pool, "checkout")
def _refuse(*_: Any) -> None:
    if refusing:
        raise AssertionError("this test uses a database: let it have a fixture that says so, and it runs on both")


@event.listens_for(Pool, "connect")
def _last_first(connection: Any, _: Any) -> None:
    """Where a query names no order SQLite gives the newest row first, PostgreSQL mostly the oldest: whoever relied on
    either is found by the other."""
    if "sqlite" in type(connection).__module__:
        connection.execute("PRAGMA reverse_unordered_selects=ON")


@pytest.fixture(scope="session")
def server_url() -> str:
    """The PostgreSQL server of this run, or nothing."""
    return POSTGRES


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database for this test process."""
    if not POSTGRES:
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'confapp.sqlite3'}"
        return
    name = f"confapp_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    server = create_engine(POSTGRES.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server.url).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a demonstration that was started once and ended, the same for all workers; to be copied."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    data = folder / "first-demonstration"
    with (folder / "first-demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (data / "seen").exists():
            demonstration.first_start(data)
            (data / "seen").touch()
    return data


@pytest.fixture(scope="session")
def whole_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The program with its newest schema; made once, emptied before each test."""
    folder = tmp_path_factory.mktemp("data")
    app = create_app(settings_in(folder, database_url=database_url))
    app.config |= {"WTF_CSRF_ENABLED": False, "LIMITS": dict.fromkeys(LIMITS, 100_000)}
    app.test_client_class = Client
    with app.app_context():
        _need_not_last(db.engine)
    give_schema(app)
    return app


_empty_file: Path | None = None  # of SQLite with the newest schema


def give_schema(app: Flask) -> None:
    """The newest schema; on SQLite the migrations run once after each change of theirs, and databases begin as a copy:
    tests/migrations runs them in each run."""
    global _empty_file
    settings: Settings = app.extensions["confapp"]
    file = Path(settings.database_url.removeprefix("sqlite:///"))
    if not settings.is_sqlite:
        migrating.upgrade(app)
        with app.app_context(), db.engine.begin() as connection:
            _say_how_to_empty(connection)
        return
    if not _empty_file:
        _empty_file = file.with_suffix(".empty")
        with (SCHEMAS / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            shutil.copyfile(_newest_schema(app, file), _empty_file)
    shutil.copyfile(_empty_file, file)


def _newest_schema(app: Flask, file: Path) -> Path:
    """Kept by the hash of whatever may make it different."""
    project = TEMPLATES.parent
    makers = [*migrating.FOLDER.rglob("*.py"), *(project / "confapp" / "foundation").rglob("*.py")]
    digest = hashlib.sha256(b"".join(map(Path.read_bytes, sorted([*makers, project / "requirements.txt"]))))
    kept = SCHEMAS / f"{digest.hexdigest()[:16]}.sqlite3"
    if not kept.exists():
        for outdated in SCHEMAS.glob("*.sqlite3"):
            outdated.unlink()
        migrating.upgrade(app)
        with app.app_context():
            db.engine.dispose()
        shutil.copyfile(file, part := kept.with_suffix(".part"))
        part.replace(kept)
    return kept


def _say_how_to_empty(connection: Connection) -> None:
    """As a function of the database, which plans it once for a connection and not for each test; triggers are mute."""
    each = "\n".join(
        f'IF EXISTS (SELECT 1 FROM "{table.name}") THEN DELETE FROM "{table.name}"; END IF;'
        for table in db.metadata.sorted_tables
    )
    connection.execute(text("CREATE SCHEMA for_tests"))
    connection.exec_driver_sql(
        "CREATE FUNCTION for_tests.empty() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica "
        f"AS $$ BEGIN {each} END $$"
    )


def _need_not_last(engine: Engine) -> None:
    """Waiting for the disk is left out where nobody cuts the power; tests/faults has the settings that are shipped."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))


LIMITS = (
    "sign_in_mailbox",
    "sign_in_address",
    "register_address",
    "register_email",
    "export",
    "verify",
    "subscribe_address",
    "subscribe_email",
    "side_event_link",
)


@pytest.fixture
def app(whole_app: Flask) -> Iterator[Flask]:
    """The program with an empty database and no files."""
    turn_to(whole_app)
    _empty(whole_app)
    with whole_app.app_context():
        yield whole_app
        db.session.rollback()
        db.session.remove()
    set_scope(None)


def turn_to(app: Flask) -> None:
    """What the foundation holds once per process is that of this program: a site that a journey had is over."""
    settings: Settings = app.extensions["confapp"]
    use_files(settings)
    lock = Path(settings.database_url.removeprefix("sqlite:///") + ".write-lock") if settings.is_sqlite else None
    transactions.use_lock_file(lock)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def _empty(app: Flask) -> None:
    cache = app.extensions["public_cache"]
    cache.entries.clear()
    cache.size = 0
    data = app.extensions["confapp"].data
    for name in ("files", "keys", "mailbox"):
        shutil.rmtree(data / name, ignore_errors=True)
    (data / "audit-heads.jsonl").unlink(missing_ok=True)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            db.session.remove()
            db.engine.dispose()
            file = Path(str(db.engine.url.database))
            for ending in ("-wal", "-shm"):
                Path(f"{file}{ending}").unlink(missing_ok=True)
            assert _empty_file
            shutil.copyfile(_empty_file, file)
        else:
            with db.engine.begin() as connection:
                connection.execute(text("SELECT for_tests.empty()"))
