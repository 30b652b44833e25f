"""Sealed values: AES-256-GCM under one data key per conference and data class, wrapped by a key file kept elsewhere."""

import hashlib
import hmac
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary, String, Text, UniqueConstraint, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped

from confapp.config import key_from_file
from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.db import Data, InConference, Moment, Referenced, column, db, evidence, key, link, technical

Result = TypeVar("Result")

_key_file: Path | None = None
_at_hand: ContextVar[dict[tuple[Any, ...], Any] | None] = ContextVar("keys_at_hand", default=None)


class Unreadable(Exception):
    """A sealed value whose key was destroyed, is another one, or that was moved from another row."""


class DataKey(db.Model, InConference):
    """The wrapped key of one data class in one conference; destroying it shreds the class."""

    __table_args__ = (UniqueConstraint("conference_id", "data_class"),)

    id: Mapped[int] = key()
    data_class: Mapped[str] = technical(String(20), nullable=False)
    wrapped: Mapped[bytes | None] = technical(LargeBinary)
    key_file_id: Mapped[str] = technical(String(16), nullable=False)
    created_at: Mapped[datetime] = technical(Moment, nullable=False, default=clock.now)
    destroyed_at: Mapped[datetime | None] = technical(Moment)


class Reading(Referenced, InConference, db.Model):
    """Somebody opened sealed data: who, whose, which class, why, when and from where. Shown to its subject."""

    subject_kind: Mapped[str] = evidence(String(40), nullable=False)
    subject_id: Mapped[int] = evidence(nullable=False, index=True)
    data_class: Mapped[str] = evidence(String(20), nullable=False)
    field: Mapped[str] = evidence(String(60), nullable=False)
    account_id: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acting_name: Mapped[str] = evidence(String(200), nullable=False, default="")
    reason: Mapped[str] = evidence(Text, nullable=False, default="")
    address: Mapped[str] = evidence(String(60), nullable=False, default="")
    at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)


def use_key_file(path: Path) -> None:
    global _key_file
    _key_file = path


def sealed(data: Data, **kwargs: Any) -> Any:
    """A column of sealed bytes; read and write it through the `Sealed` descriptor beside it."""
    return column(LargeBinary, data=data, export=False, **kwargs)


class Sealed:
    """`passport_number = Sealed("passport_number_sealed")`: text in Python, sealed bytes in the column.

    The row must belong to a conference and have its ref, which the associated data binds to table and column.
    """

    def __init__(self, column_name: str) -> None:
        self.column_name = column_name

    @overload
    def __get__(self, row: None, owner: type) -> "Sealed": ...
    @overload
    def __get__(self, row: Any, owner: type) -> str: ...
    def __get__(self, row: Any, owner: type) -> "Sealed | str":
        if row is None:
            return self
        value = getattr(row, self.column_name)
        return "" if value is None else unseal(value, *self._place(row))

    def __set__(self, row: Any, text: str | None) -> None:
        setattr(row, self.column_name, seal(text, *self._place(row)) if text else None)

    def _place(self, row: Any) -> tuple[int, str, bytes]:
        data_class = row.__table__.c[self.column_name].info["data"].value
        return row.conference_id, data_class, f"{row.__tablename__}/{row.ref}/{self.column_name}".encode()


def seal(text: str, conference_id: int, data_class: str, place: bytes) -> bytes:
    return seal_bytes(text.encode(), conference_id, data_class, place)


def unseal(value: bytes, conference_id: int, data_class: str, place: bytes) -> str:
    return unseal_bytes(value, conference_id, data_class, place).decode()


def opener(conference_id: int, data_class: str) -> Callable[[bytes, bytes], str]:
    """Opens many values of one class: the key is looked up once."""
    key = AESGCM(_data_key(conference_id, data_class))

    def unseal_one(value: bytes, place: bytes) -> str:
        try:
            return key.decrypt(value[1:13], value[13:], place).decode()
        except InvalidTag as error:
            raise Unreadable(f"{place.decode()} cannot be opened") from error

    return unseal_one


def seal_bytes(content: bytes, conference_id: int, data_class: str, place: bytes) -> bytes:
    """A version byte, a 12-byte nonce and the AES-256-GCM ciphertext."""
    nonce = os.urandom(12)
    return b"\x01" + nonce + AESGCM(_data_key(conference_id, data_class)).encrypt(nonce, content, place)


def unseal_bytes(value: bytes, conference_id: int, data_class: str, place: bytes) -> bytes:
    try:
        return AESGCM(_data_key(conference_id, data_class)).decrypt(value[1:13], value[13:], place)
    except InvalidTag as error:
        raise Unreadable(f"{place.decode()} cannot be opened") from error


def note_reading(
    actor: Actor, subject: Any, field: str, reason: str, address: str = "", data_class: str = ""
) -> Reading:
    """A Reading row to be added in the Record transaction, before the answer leaves.

    The class is that of the subject's own sealed column unless it is given: for a photograph or an answer, say.
    """
    return Reading(
        conference_id=subject.conference_id,
        subject_kind=subject.__tablename__,
        subject_id=subject.id,
        data_class=data_class or subject.__table__.c[f"{field}_sealed"].info["data"].value,
        field=field,
        account_id=actor.account_id,
        acting_name=actor.name,
        reason=reason,
        address=address,
    )


def has_key(conference_id: int, data_class: str) -> bool:
    """Whether a class has its key: False before its first value was sealed."""
    return _key_row(conference_id, data_class) is not None


def make_key(conference_id: int, data_class: str) -> None:
    """Makes the key of a class in the present write transaction, where there is none."""
    if not has_key(conference_id, data_class):
        _data_key(conference_id, data_class)


def is_shredded(conference_id: int, data_class: str) -> bool:
    def look() -> bool:
        with db.session.no_autoflush:
            row = _key_row(conference_id, data_class)
        return row is not None and row.wrapped is None

    return _once(("shredded", conference_id, data_class), look)


def shred(conference_id: int, data_class: str) -> bool:
    """Destroys the key of a data class: its values can never be read again, in no backup either once it is replaced.

    False when there is no key to destroy.
    """
    row = _key_row(conference_id, data_class)
    if row is None or row.destroyed_at is not None:
        return False
    row.wrapped, row.destroyed_at = None, clock.now()
    return True


def _key_row(conference_id: int, data_class: str) -> DataKey | None:
    return db.session.scalar(
        select(DataKey).where(DataKey.conference_id == conference_id, DataKey.data_class == data_class)
    )


@contextmanager
def keys_at_hand() -> Iterator[None]:
    """Looks each key up once for all that is sealed inside the block: thousands of rows that are made ready, say."""
    token = _at_hand.set({})
    try:
        yield
    finally:
        _at_hand.reset(token)


def _once(name: tuple[Any, ...], look: Callable[[], Result]) -> Result:
    known = _at_hand.get()
    if known is None:
        return look()
    if name not in known:
        known[name] = look()
    found: Result = known[name]
    return found


def _master() -> bytes:
    file = _key_file
    if file is None:
        raise RuntimeError("no sealing key file")
    return _once(("master",), lambda: key_from_file(file))


def _data_key(conference_id: int, data_class: str) -> bytes:
    return _once(("key", conference_id, data_class), lambda: _looked_up(conference_id, data_class))


def _looked_up(conference_id: int, data_class: str) -> bytes:
    master = _master()
    place = f"{conference_id}/{data_class}".encode()
    with db.session.no_autoflush:  # the row whose value is sealed may not be complete yet
        row = _key_row(conference_id, data_class)
        if row is None:
            _make_key(conference_id, data_class, master, place)
            row = _key_row(conference_id, data_class)
    assert row is not None
    if row.wrapped is None:
        raise Unreadable(f"the key of {data_class} data was destroyed")
    if row.key_file_id != _key_id(master):
        raise Unreadable("another key file is needed to open this value")
    return AESGCM(master).decrypt(row.wrapped[:12], row.wrapped[12:], place)


def _make_key(conference_id: int, data_class: str, master: bytes, place: bytes) -> None:
    """A new data key, wrapped; when another transaction made one at the same time, that one holds."""
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    nonce = os.urandom(12)
    db.session.execute(
        insert(DataKey)
        .values(
            conference_id=conference_id,
            data_class=data_class,
            wrapped=nonce + AESGCM(master).encrypt(nonce, AESGCM.generate_key(256), place),
            key_file_id=_key_id(master),
            created_at=clock.now(),
        )
        .on_conflict_do_nothing()
    )


def _key_id(master: bytes) -> str:
    return AESGCM(master).encrypt(b"\x00" * 12, b"key id", None).hex()[:16]


def close_file(content: bytes, place: str) -> bytes:
    """What a file of secrets holds: sealed by the key file itself; it is the machine's and of no data class."""
    nonce = os.urandom(12)
    return nonce + AESGCM(_master()).encrypt(nonce, content, place.encode())


def open_file(content: bytes, place: str) -> bytes:
    try:
        return AESGCM(_master()).decrypt(content[:12], content[12:], place.encode())
    except InvalidTag as error:
        raise Unreadable(f"{place} cannot be opened with this key file") from error


def fingerprint(text: str, purpose: str) -> str:
    """By what something personal is known again without being kept: a hash that nobody makes without the key file."""
    return hmac.new(_master(), f"{purpose}\n{text}".encode(), hashlib.sha256).hexdigest()
