"""The database: naming, column types, data classes, conference scope, and the settings of both engines."""

import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, cast
from weakref import WeakKeyDictionary

import psycopg
from flask import has_request_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    event,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import (
    DeclarativeBase,
    LoaderCriteriaOption,
    Mapped,
    ORMExecuteState,
    declared_attr,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.sql import visitors
from sqlalchemy.types import TypeDecorator

from confapp.config import Settings

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Data(StrEnum):
    """What kind of data a column holds; forms, exports, erasure and purging derive from it."""

    TECHNICAL = "technical"  # keys, counters, times of the program itself
    CONTENT = "content"  # what organizers write for others to read
    PERSONAL = "personal"  # names, addresses, titles
    HIGH = "high"  # passports, birth dates, movements: sealed
    SPECIAL = "special"  # health, diet, access needs: sealed
    EVIDENCE = "evidence"  # who did what and when; consents


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()


db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"autoflush": True})


def column(*args: Any, data: Data = Data.CONTENT, export: bool = True, copy: bool = False, **kwargs: Any) -> Any:
    """A mapped column with its data class, whether exports show it and whether a copied conference takes it."""
    return mapped_column(*args, info={"data": data, "export": export, "copy": copy}, **kwargs)


def technical(*args: Any, **kwargs: Any) -> Any:
    return column(*args, data=Data.TECHNICAL, export=False, **kwargs)


def personal(*args: Any, **kwargs: Any) -> Any:
    return column(*args, data=Data.PERSONAL, **kwargs)


def evidence(*args: Any, **kwargs: Any) -> Any:
    return column(*args, data=Data.EVIDENCE, **kwargs)


def key() -> Any:
    return technical(Integer, primary_key=True)


def link(target: str, *, data: Data = Data.TECHNICAL, **kwargs: Any) -> Any:
    """A foreign key to another table's id, indexed unless said otherwise."""
    kwargs.setdefault("index", True)
    ondelete = kwargs.pop("ondelete", None)
    return column(ForeignKey(f"{target}.id", ondelete=ondelete), data=data, export=False, **kwargs)


def choice(enum: type[StrEnum], name: str = "status", **kwargs: Any) -> Any:
    """A StrEnum column; add `one_of(enum, name)` to __table_args__ for its named CHECK."""
    return column(Choice(enum), **kwargs)


def one_of(enum: type[StrEnum], name: str = "status") -> CheckConstraint:
    values = ", ".join(f"'{member.value}'" for member in enum)
    return CheckConstraint(f"{name} IN ({values})", name=f"{name}_known")


def inserting(model: Any) -> Any:
    """An INSERT in the dialect of the database in use, for it can say what happens when the row is there already.

    Looking first and adding then is not enough on PostgreSQL: two transactions may both find nothing.
    """
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    return dialect.insert(model)


def measure_anew(*models: Any) -> None:
    """Tells PostgreSQL's planner how large some tables are, after thousands of rows came at once: it would notice by
    itself only after a minute, and until then read them row by row. SQLite plans without."""
    if db.engine.dialect.name == "postgresql":
        for model in models:
            db.session.execute(text(f"ANALYZE {model.__table__.name}"))


def new_ref() -> str:
    """A public reference: 128 random bits, url-safe."""
    return secrets.token_urlsafe(16)


# --- column types -----------------------------------------------------------------------------------------------------


class Moment(TypeDecorator[datetime]):
    """An instant: UTC in the database, aware in Python; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Translated(TypeDecorator[dict[str, str]]):
    """Text by language code; assign a new dict to change it (it is not tracked in place)."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: dict[str, str] | None, dialect: Any) -> dict[str, str]:
        return {code: text for code, text in (value or {}).items() if text}

    def process_result_value(self, value: dict[str, str] | None, dialect: Any) -> dict[str, str]:
        return value or {}


class Choice(TypeDecorator[StrEnum]):
    """A StrEnum stored as its value."""

    impl = String(40)
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: str | None, dialect: Any) -> StrEnum | None:
        return None if value is None else self.enum(value)


# --- mixins -----------------------------------------------------------------------------------------------------------


class Referenced:
    """A row with a public reference; its integer id never leaves the database."""

    id: Mapped[int] = key()
    ref: Mapped[str] = technical(String(32), unique=True, default=new_ref)

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("ref", new_ref())
        super().__init__(**kwargs)


class InConference:
    """A row that belongs to one conference; reached only inside that conference's scope."""

    conference_id: Mapped[int] = link("conference", nullable=False)


class Revised:
    """A row whose revision grows with each change, so that a stale form or a lost race is noticed."""

    revision: Mapped[int] = technical(Integer, nullable=False, default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.revision if hasattr(cls, "__table__") else cls.revision}


# --- conference scope -------------------------------------------------------------------------------------------------


class Unscoped(RuntimeError):
    """A conference's table was read or written outside a conference scope and without a named bypass."""


_scope: ContextVar[int | str | None] = ContextVar("conference_scope", default=None)


def scope() -> int | str | None:
    """The conference id in scope, the reason of a bypass, or None."""
    return _scope.get()


def set_scope(value: int | str | None) -> None:
    _scope.set(value)


@contextmanager
def in_conference(conference_id: int) -> Iterator[None]:
    token = _scope.set(conference_id)
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def across_conferences(reason: str) -> Iterator[None]:
    """A named bypass of the conference scope, for what really concerns several conferences."""
    if not reason:
        raise ValueError("a bypass of the conference scope says why")
    token = _scope.set(reason)
    try:
        yield
    finally:
        _scope.reset(token)


def _scoped_tables(state: ORMExecuteState) -> list[str]:
    return sorted(
        {
            element.name
            for element in visitors.iterate(cast(Any, state.statement))
            if isinstance(element, Table) and "conference_id" in element.c and not element.info.get("unscoped")
        }
    )


MOST_SCOPES = 64


@lru_cache(maxsize=MOST_SCOPES)
def _only_of(conference_id: int) -> LoaderCriteriaOption:
    """Made once per conference: every statement takes it, and to look through its condition anew is dear."""
    return with_loader_criteria(
        InConference,
        lambda cls: cls.conference_id == conference_id,
        include_aliases=True,
        track_closure_variables=True,
    )


_inside: WeakKeyDictionary[Any, dict[int, Any]] = WeakKeyDictionary()


def _kept_inside(statement: Any, conference_id: int) -> Any:
    """The statement with the condition, the same one each time: what was worked out about it (its key among the
    compiled ones) is then known. Statements that are built once and asked often gain, the others are forgotten."""
    known = _inside.setdefault(statement, {})
    if (found := known.get(conference_id)) is None:
        if len(known) >= MOST_SCOPES:
            known.clear()
        found = known[conference_id] = statement.options(_only_of(conference_id))
    return found


@event.listens_for(OrmSession, "do_orm_execute")
def _keep_inside_scope(state: ORMExecuteState) -> None:
    if state.is_column_load or not (state.is_select or state.is_update or state.is_delete):
        return
    current = _scope.get()
    if isinstance(current, int):
        if not state.is_relationship_load:
            state.statement = _kept_inside(state.statement, current)
    elif current is None and (tables := _scoped_tables(state)):
        raise Unscoped(f"{', '.join(tables)} read outside a conference scope")


@event.listens_for(OrmSession, "before_flush")
def _write_inside_scope(session: OrmSession, context: Any, instances: Any) -> None:
    current = _scope.get()
    for row in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(row, InConference):
            continue
        if current is None:
            raise Unscoped(f"{type(row).__name__} written outside a conference scope")
        if isinstance(current, int):
            if row.conference_id is None:
                row.conference_id = current
            elif row.conference_id != current:
                raise Unscoped(f"{type(row).__name__} of conference {row.conference_id} written in scope {current}")


# --- engines ----------------------------------------------------------------------------------------------------------

POSTGRES_OPTIONS = (
    "-c synchronous_commit=on -c statement_timeout=10s -c lock_timeout=5s "
    "-c idle_in_transaction_session_timeout=15s -c timezone=UTC"
)

writing_now: ContextVar[bool] = ContextVar("writing_now", default=False)


def engine_options(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {
        "json_serializer": lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True),
        "isolation_level": None,
    }
    if settings.is_sqlite:
        import pysqlite3.dbapi2 as sqlite

        options |= {"module": sqlite, "connect_args": {"timeout": 5.0, "isolation_level": None}, "pool_size": 20}
        del options["isolation_level"]
    else:
        del options["isolation_level"]
        options |= {
            "pool_pre_ping": True,
            "pool_size": 8,
            "pool_use_lifo": True,  # the connection used last has the statements prepared that are asked most
            "connect_args": {"options": POSTGRES_OPTIONS, "connect_timeout": 5},
        }
    return options


def prepare_sqlite(engine: Engine, path: str | None) -> None:
    """Durable WAL, foreign keys, and BEGIN that takes the write lock at once when the transaction will write."""

    @event.listens_for(engine, "connect")
    def configure(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        for pragma in (
            "busy_timeout=5000",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "secure_delete=ON",
            "mmap_size=0",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        if path and os.path.exists(path) and os.stat(path).st_mode & 0o077:
            os.chmod(path, 0o600)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing_now.get() else "BEGIN")


def prepare_postgres(engine: Engine) -> None:
    """A request reads in a transaction that cannot write, and ends it by a commit of nothing.

    The driver keeps statements prepared on the server, and forgets all of them at a rollback, which ends every reading:
    each would be parsed and planned anew for each page.
    """

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        reads = has_request_context() and not writing_now.get()
        connection.connection.driver_connection.read_only = reads or None

    @event.listens_for(engine, "rollback")
    def end_reading(connection: Any) -> None:
        driver = None if connection.invalidated else connection.connection.driver_connection
        if driver is not None and driver.read_only:
            with suppress(psycopg.Error):
                driver.commit()  # the rollback that follows finds nothing open
