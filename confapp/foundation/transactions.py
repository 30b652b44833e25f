"""Transactions outside and inside requests: one writer at a time on SQLite, retried where the database asks for it."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, OperationalError

from confapp.foundation.db import db, writing_now

WAIT_SECONDS = 5.0
ATTEMPTS = 3
RETRIED_STATES = {"40001", "40P01"}  # serialization failure, deadlock

Result = TypeVar("Result")
PAUSE_SECONDS = 0.0005

_lock_file: Path | None = None
_turn = Lock()  # of the threads of one process one waits for the file, the others sleep without asking


class Busy(Exception):
    """The write lock was not free within five seconds."""


def use_lock_file(path: Path | None) -> None:
    """The file whose flock orders SQLite's writers across processes; None on PostgreSQL."""
    global _lock_file
    _lock_file = path


@contextmanager
def _write_lock() -> Iterator[None]:
    if _lock_file is None:
        yield
        return
    if not _turn.acquire(timeout=WAIT_SECONDS):
        raise Busy
    try:
        with _file_lock():
            yield
    finally:
        _turn.release()


@contextmanager
def _file_lock() -> Iterator[None]:
    assert _lock_file is not None
    descriptor = os.open(_lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Busy from None
                time.sleep(PAUSE_SECONDS)
        yield
    finally:
        os.close(descriptor)


def is_writing() -> bool:
    """True while this thread holds the write transaction; nothing slow may run then."""
    return writing_now.get()


@contextmanager
def writing() -> Iterator[None]:
    """A write transaction: committed at the end, rolled back on an exception; never nested."""
    if writing_now.get():
        raise RuntimeError("write transactions are not nested")
    db.session.rollback()
    with _write_lock():
        token = writing_now.set(True)
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        finally:
            writing_now.reset(token)


def settle_files() -> None:
    """After a deletion: what the database's own files still remember of it goes, where it is ours to say.

    SQLite overwrites what is deleted, but its journal keeps the pages as they were until it is emptied; PostgreSQL
    keeps dead rows until they are vacuumed: here those of the destroyed keys, the rest by its own daemon.
    """
    db.session.rollback()
    is_sqlite = db.engine.dialect.name == "sqlite"
    with _write_lock(), db.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        if is_sqlite:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        raw.autocommit = True
        try:
            raw.execute("VACUUM data_key")
        finally:
            raw.autocommit = False


@contextmanager
def reading() -> Iterator[None]:
    """A read transaction: rolled back at the end."""
    try:
        yield
    finally:
        db.session.rollback()


def is_retriable(error: BaseException) -> bool:
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in RETRIED_STATES


def in_write_transaction(work: Callable[[], Result]) -> Result:
    """Runs work in a write transaction, again when the database reports a deadlock or serialization failure."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with writing():
                return work()
        except OperationalError as error:
            if attempt == ATTEMPTS or not is_retriable(error):
                raise
    raise AssertionError("unreachable")
