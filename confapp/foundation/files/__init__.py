"""Files stored by the hash of their content, reached by a random reference; what is stored never changes."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from sqlalchemy import BigInteger, Index, String, select
from sqlalchemy.orm import Mapped

from confapp.foundation import clock, text
from confapp.foundation.db import Data, Moment, Referenced, column, db, evidence, link, personal, technical

_root: Path | None = None


class StoredFile(Referenced, db.Model):
    """One use of some bytes; several rows may share a content. `conference_id` is None for the installation's own."""

    __table_args__ = (Index("ix_stored_file_sha256", "sha256"), {"info": {"unscoped": True}})

    conference_id: Mapped[int | None] = link("conference")
    sha256: Mapped[str] = evidence(String(64), nullable=False)
    size: Mapped[int] = column(BigInteger, nullable=False)
    media_type: Mapped[str] = column(String(100), nullable=False)
    name: Mapped[str] = personal(String(200), nullable=False)
    stored_at: Mapped[datetime] = evidence(Moment, nullable=False, default=clock.now)
    stored_by: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    erased_at: Mapped[datetime | None] = technical(Moment)
    sealed_class: Mapped[str] = technical(String(20), nullable=False, default="")  # the data class whose key opens it


class Damaged(Exception):
    """The bytes on disk are not those that were stored."""


def use_folder(root: Path) -> None:
    global _root
    _root = root


def keep(content: bytes) -> str:
    """Writes content durably, once, and returns its sha256; needs no transaction, so it runs before the lock.

    What was written is read again and compared, and what is there already but damaged is written anew.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    target = path_of(sha256)
    if target.exists() and is_whole(sha256):
        return sha256
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    if _hash_of(Path(name)) != sha256:
        os.unlink(name)
        raise Damaged(sha256)
    os.replace(name, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return sha256


def store(
    content: bytes, media_type: str, name: str, *, conference_id: int | None = None, by: int | None = None
) -> StoredFile:
    """Keeps content and adds the row that refers to it."""
    return register(keep(content), len(content), media_type, name, conference_id=conference_id, by=by)


def register(
    sha256: str, size: int, media_type: str, name: str, *, conference_id: int | None = None, by: int | None = None
) -> StoredFile:
    """The row for content that `keep` wrote before."""
    name = text.clean_name(name)[-200:]
    row = StoredFile(
        sha256=sha256, size=size, media_type=media_type, name=name, conference_id=conference_id, stored_by=by
    )
    db.session.add(row)
    return row


def read(stored: StoredFile) -> bytes:
    content = path_of(stored.sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise Damaged(stored.sha256)
    return content


def is_whole(sha256: str) -> bool:
    """Whether what is kept under a hash is there and is that; reads all of it."""
    try:
        return _hash_of(path_of(sha256)) == sha256
    except FileNotFoundError:
        return False


def _hash_of(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def forget() -> int:
    """Deletes the bytes to which only erased rows refer; run it when their erasure is committed."""
    kept = select(StoredFile.sha256).where(StoredFile.erased_at.is_(None))
    gone = select(StoredFile.sha256).where(StoredFile.sha256.not_in(kept)).distinct()
    paths = [path_of(sha256) for sha256 in db.session.scalars(gone)]
    there = [path for path in paths if path.exists()]
    for path in there:
        path.unlink()
    return len(there)


def path_of(sha256: str) -> Path:
    if _root is None:
        raise RuntimeError("no folder for stored files")
    return _root / sha256[:2] / sha256[2:]
