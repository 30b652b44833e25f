"""Signatures of what is published, and the certificates by which anybody checks them.

    with signing.hand(conference.id, "Conference on Measuring") as signer:    # in a job, outside any transaction
        content = signer.pdf(made)                                           # PAdES, both profiles kept
        proof = signer.detached(listed)                                      # CMS beside a file

Whose key it is, is a setting: one that the site makes for each conference, a PKCS#12 archive, or a device behind
PKCS#11. Whatever signs, its certificate becomes a row that stays: files are checked for longer than keys are used.

Signing needs time and chance, so the bytes before it are the ones that are the same each time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from confapp.config import Signing
from confapp.foundation import audit, clock
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.db import db, in_conference
from confapp.foundation.signing import keys, pades
from confapp.foundation.signing.certificates import SigningCertificate, newest, of_conference, with_prints
from confapp.foundation.signing.keys import CannotSign, Hold
from confapp.foundation.transactions import reading, writing

__all__ = [
    "CannotSign",
    "Hand",
    "SigningCertificate",
    "hand",
    "of_conference",
    "rotate",
    "settings",
    "use_settings",
    "with_prints",
]

_settings = Signing()
_folder: Path | None = None


def use_settings(settings: Signing, folder: Path) -> None:
    global _settings, _folder
    _settings, _folder = settings, folder


def settings() -> Signing:
    return _settings


@dataclass(frozen=True)
class Hand:
    """Something that signs, open for a while."""

    certificate_id: int
    signer: Any
    unsigned: dict[str, str] = field(default_factory=dict)  # by the hash of what it signed, the hash before

    def pdf(self, prepared: bytes) -> bytes:
        """The bytes that `pades.prepared` gave, and the signature after them."""
        made = pades.signed(prepared, self.signer, _settings.timestamp_url)
        self.unsigned[sha256(made).hexdigest()] = sha256(prepared).hexdigest()
        return made

    def detached(self, content: bytes) -> bytes:
        """A CMS signature (DER) of content that stands elsewhere."""
        return pades.detached(content, self.signer)


@contextmanager
def hand(conference_id: int, name: str) -> Iterator[Hand]:
    """The present key of a conference, made when it has none. Raises CannotSign. Never inside a transaction."""
    with in_conference(conference_id):
        with reading():
            row = newest(conference_id)
            held = Hold(row.key_name, row.pem) if row is not None and row.source == "site" else None
        if _settings.signer == "site" and held is None:
            held = _make(conference_id, name)
        with keys.opened(_settings, _keys_folder(), held) as (signer, pem):
            with reading():
                row = newest(conference_id)
                number = row.id if row is not None and row.pem == pem else None
            if number is None:
                with writing():
                    number = _enter(conference_id, _settings.signer, pem, "", SYSTEM).id
            yield Hand(number, signer)


def rotate(conference_id: int, name: str, *, by: Actor) -> SigningCertificate:
    """A new key of the site's own; the old one is destroyed and its certificate stays. Never inside a transaction."""
    if _settings.signer != "site":
        raise CannotSign("The key is not the site's own: change it where it is kept, and the next file shows it.")
    with in_conference(conference_id):
        with reading():
            row = newest(conference_id)
            before = row.key_name if row is not None else ""
        made = keys.make(_keys_folder(), name)
        with writing():
            entered = _enter(conference_id, "site", made.pem, made.name, by)
            db.session.flush()
            db.session.expunge(entered)
        keys.destroy(_keys_folder(), before)
        return entered


def _make(conference_id: int, name: str) -> Hold:
    """The first key. Where another worker made one at the same time, that one holds."""
    made = keys.make(_keys_folder(), name)
    with writing():
        row = newest(conference_id, lock=True)
        if row is None or row.source != "site":
            row = _enter(conference_id, "site", made.pem, made.name, SYSTEM)
        held = Hold(row.key_name, row.pem)
    if held.name != made.name:
        keys.destroy(_keys_folder(), made.name)
    return held


def _enter(conference_id: int, source: str, pem: str, key_name: str, by: Actor) -> SigningCertificate:
    before = newest(conference_id, lock=True)
    if before is not None and before.pem == pem:
        return before
    now = clock.now()
    if before is not None:
        before.retired_at = now
    facts = keys.facts(pem)
    row = SigningCertificate(
        conference_id=conference_id, source=source, pem=pem, key_name=key_name, made_at=now, **facts
    )
    db.session.add(row)
    db.session.flush()
    audit.record(by, "signing.certificate", row, sha256=row.sha256, source=source, name=row.subject)
    return row


def _keys_folder() -> Path:
    if _folder is None:
        raise RuntimeError("no folder for the signing keys")
    return _folder
