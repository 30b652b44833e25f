"""Append-only record of changes: one HMAC hash chain per conference and one for the installation.

Triggers refuse UPDATE and DELETE; a locked head row keeps a chain from forking; the heads are also written to a file
outside the database, so that truncation and rebuilding show.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import JSON, Integer, String, UniqueConstraint, bindparam, insert, inspect, select, update
from sqlalchemy.orm import Mapped

from confapp.config import key_from_file
from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.db import Data, Moment, db, evidence, inserting, key, link, technical

INSTALLATION = "installation"
START = "0" * 64

_key_file: Path | None = None
_heads_file: Path | None = None


class AuditEntry(db.Model):
    """One change: ids, field names and values of plain fields, never of sealed ones."""

    __table_args__ = (UniqueConstraint("chain", "number"), {"info": {"unscoped": True}})

    id: Mapped[int] = key()
    chain: Mapped[str] = evidence(String(40), nullable=False)
    number: Mapped[int] = evidence(Integer, nullable=False)
    conference_id: Mapped[int | None] = link("conference", data=Data.EVIDENCE)
    at: Mapped[datetime] = evidence(Moment, nullable=False)
    account_id: Mapped[int | None] = link("account", data=Data.EVIDENCE)
    acting_name: Mapped[str] = evidence(String(200), nullable=False, default="")
    verb: Mapped[str] = evidence(String(60), nullable=False)
    subject_kind: Mapped[str] = evidence(String(60), nullable=False)
    subject_ref: Mapped[str] = evidence(String(60), nullable=False, index=True)
    facts: Mapped[dict[str, Any]] = evidence(JSON, nullable=False, default=dict)
    previous: Mapped[str] = evidence(String(64), nullable=False)
    hash: Mapped[str] = evidence(String(64), nullable=False)

    def content(self) -> bytes:
        """What the hash covers, as canonical JSON."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        values = (
            self.chain,
            self.number,
            at,
            self.account_id,
            self.acting_name,
            self.verb,
            self.subject_kind,
            self.subject_ref,
            self.facts,
            self.previous,
        )
        return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


class AuditHead(db.Model):
    """The newest entry of a chain; locked while one is added."""

    __table_args__ = {"info": {"unscoped": True}}

    chain: Mapped[str] = technical(String(40), primary_key=True)
    number: Mapped[int] = evidence(Integer, nullable=False)
    hash: Mapped[str] = evidence(String(64), nullable=False)


@dataclass(frozen=True)
class Fault:
    """Something wrong with a chain: its number where known, and a sentence."""

    chain: str
    number: int | None
    what: str


# Every action writes an entry, so these are made once, and executed without the unit of work.
_HEAD = select(AuditHead.number, AuditHead.hash).where(AuditHead.chain == bindparam("of")).with_for_update()
_NEWEST = select(AuditHead.number, AuditHead.hash).where(AuditHead.chain == bindparam("of"))
_ENTRY_COLUMNS = [column.name for column in AuditEntry.__table__.columns if column.name != "id"]
_ENTRY = insert(AuditEntry.__table__)
_MOVED = (
    update(AuditHead.__table__)
    .where(AuditHead.chain == bindparam("of"))
    .values(number=bindparam("number"), hash=bindparam("hash"))
)


def use_files(key_file: Path, heads_file: Path) -> None:
    global _key_file, _heads_file
    _key_file, _heads_file = key_file, heads_file


def chain_of(conference_id: int | None) -> str:
    return INSTALLATION if conference_id is None else f"conference:{conference_id}"


def record(actor: Actor, verb: str, subject: Any, **facts: Any) -> AuditEntry:
    """Adds an entry to the subject's chain in the present transaction; every action that changes something calls it."""
    conference_id = getattr(subject, "conference_id", None)
    if conference_id is None and subject.__tablename__ == "conference":
        conference_id = subject.id
    chain = chain_of(conference_id)
    db.session.flush()
    connection = db.session.connection()
    head = connection.execute(_HEAD, {"of": chain}).one_or_none() or _first_head(chain)
    entry = AuditEntry(
        chain=chain,
        number=head.number + 1,
        conference_id=conference_id,
        at=clock.now(),
        account_id=actor.account_id,
        acting_name=actor.name,
        verb=verb,
        subject_kind=subject.__tablename__,
        subject_ref=str(getattr(subject, "ref", None) or getattr(subject, "slug", "")),
        facts={name: _plain(value) for name, value in facts.items() if value not in (None, "", {}, [])},
        previous=head.hash,
    )
    entry.hash = _hash(entry, _key())
    connection.execute(_ENTRY, {name: getattr(entry, name) for name in _ENTRY_COLUMNS})
    connection.execute(_MOVED, {"of": chain, "number": entry.number, "hash": entry.hash})
    return entry


def changes(row: Any) -> dict[str, Any]:
    """The plain fields of a row changed since it was loaded, as {name: [was, became]}; sealed ones by name only."""
    found: dict[str, Any] = {}
    for attribute in inspect(row).mapper.column_attrs:
        history = inspect(row).attrs[attribute.key].load_history()
        column = attribute.columns[0]
        if not history.has_changes() or column.info.get("data") == Data.TECHNICAL:
            continue
        if column.info.get("data") in (Data.HIGH, Data.SPECIAL):
            found[attribute.key] = "sealed"
        else:
            was = history.deleted[0] if history.deleted else None
            found[attribute.key] = [_plain(was), _plain(history.added[0] if history.added else None)]
    return found


def head(conference_id: int | None) -> str:
    """The hash at the head of a chain, as it stands now."""
    found = db.session.get(AuditHead, chain_of(conference_id))
    return found.hash if found else START


class Head(NamedTuple):
    number: int
    hash: str


NO_HEAD = Head(0, START)


def newest(conference_id: int | None) -> Head:
    """The head of a chain with its number."""
    found = db.session.execute(_NEWEST, {"of": chain_of(conference_id)}).first()
    return Head(*found) if found else NO_HEAD


def verbs_between(conference_id: int | None, earlier: Head, later: Head) -> set[str]:
    """What was done after one head of a chain up to another; "?" stands among it when the first is not of the chain any
    more, as after a restore."""
    of = AuditEntry.chain == chain_of(conference_id), AuditEntry.number.between(earlier.number, later.number)
    rows = db.session.execute(select(AuditEntry.number, AuditEntry.hash, AuditEntry.verb).where(*of)).all()
    verbs = {row.verb for row in rows if row.number > earlier.number}
    return verbs if any(row[:2] == earlier for row in rows) else verbs | {"?"}


def anchor() -> list[dict[str, Any]]:
    """Writes every chain's head to the file outside the database; run daily and at each publication."""
    if _heads_file is None:
        raise RuntimeError("no file for the heads of the audit chains")
    heads = [
        {"at": clock.now().isoformat(), "chain": h.chain, "number": h.number, "hash": h.hash}
        for h in db.session.scalars(select(AuditHead).order_by(AuditHead.chain))
    ]
    _heads_file.parent.mkdir(parents=True, exist_ok=True)
    with _heads_file.open("a") as out:
        for line in heads:
            out.write(json.dumps(line) + "\n")
        out.flush()
        os.fsync(out.fileno())
    return heads


def verify() -> list[Fault]:
    """Everything wrong with any chain: edited, removed, inserted, reordered, cut off or rebuilt entries."""
    faults: list[Fault] = []
    heads = {h.chain: h for h in db.session.scalars(select(AuditHead))}
    chains = set(db.session.scalars(select(AuditEntry.chain).distinct())) | set(heads)
    anchored = _anchored()
    for chain in sorted(chains | set(anchored)):
        faults += _verify_chain(chain, heads.get(chain), anchored.get(chain, []))
    return faults


def verify_chain(conference_id: int | None) -> list[Fault]:
    """The same for the chain of one conference, or of the installation."""
    chain = chain_of(conference_id)
    return list(_verify_chain(chain, db.session.get(AuditHead, chain), _anchored().get(chain, [])))


def _verify_chain(chain: str, head: AuditHead | None, anchored: list[dict[str, Any]]) -> Iterable[Fault]:
    previous, number, secret = START, 0, _key()
    outside = {line["number"]: line["hash"] for line in anchored}
    rows = db.session.scalars(
        select(AuditEntry).where(AuditEntry.chain == chain).order_by(AuditEntry.id).execution_options(yield_per=500)
    )
    for entry in rows:
        if entry.number != number + 1:
            yield Fault(chain, entry.number, f"entry {number + 1} was expected here: one is missing, added or moved")
        if entry.previous != previous:
            yield Fault(chain, entry.number, "does not follow the entry before it")
        if entry.hash != _hash(entry, secret) or entry.chain != chain_of(entry.conference_id):
            yield Fault(chain, entry.number, "its content was changed")
        if outside.get(entry.number, entry.hash) != entry.hash:
            yield Fault(chain, entry.number, "differs from the head kept outside the database")
        previous, number = entry.hash, entry.number
    if head is None or (head.number, head.hash) != (number, previous):
        yield Fault(chain, number, "the chain does not end at its head: entries are missing at the end")
    if outside and max(outside) > number:
        yield Fault(
            chain, number, f"entry {max(outside)} was seen outside the database: entries are missing at the end"
        )


def _anchored() -> dict[str, list[dict[str, Any]]]:
    if _heads_file is None or not _heads_file.exists():
        return {}
    found: dict[str, list[dict[str, Any]]] = {}
    for line in _heads_file.read_text().splitlines():
        head = json.loads(line)
        found.setdefault(head["chain"], []).append(head)
    return found


def _first_head(chain: str) -> Any:
    connection = db.session.connection()
    connection.execute(inserting(AuditHead).values(chain=chain, number=0, hash=START).on_conflict_do_nothing())
    return connection.execute(_HEAD, {"of": chain}).one()


def _key() -> bytes:
    if _key_file is None:
        raise RuntimeError("no audit key file")
    return key_from_file(_key_file)


def _hash(entry: AuditEntry, key: bytes) -> str:
    return hmac.new(key, entry.content(), hashlib.sha256).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(v) for v in value]
    return str(value)


# The migration makes these; they live here because the promise they keep does.
SQLITE_TRIGGERS = [
    f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRES_TRIGGERS = [
    (
        "CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit record is append-only'; END $$"
    ),
    (
        "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()"
    ),
    (
        "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()"
    ),
]
