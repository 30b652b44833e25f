"""Sealed files: photographs and uploads whose bytes are encrypted before they touch the disk.

    kept = vault.keep(content, conference_id=g.conference.id, data_class=Data.HIGH)      # in @prepare, before the lock
    row = vault.register(kept, "image/jpeg", "photo.jpg", by=g.actor.account_id)         # in the view's transaction
    row = vault.store(content, "image/jpeg", "photo.jpg", conference_id=…, data_class=…) # both, in a job or an action
    content = vault.read(row)                                                            # Unreadable once shredded

The key is that of (conference, data class), as for sealed values: AES-256-GCM, with the row's reference as associated
data, so that the bytes of one file cannot pass for another's. `StoredFile.sha256` is the hash of the sealed bytes
(equal photographs leave unequal files), `size` the number of bytes that `read` gives, `sealed_class` the class that
opens them. A backup copies files as they lie and therefore holds sealed bytes only.

`keep` needs the scope of the conference and no transaction; for the first file of a class it makes the key in a short
write transaction of its own. After `sealing.shred` both `keep` and `read` raise `sealing.Unreadable`.
Who may open a file, and that the opening is recorded (`sealing.note_reading`), is the caller's to see to.
"""

from dataclasses import dataclass

from confapp.foundation import files, sealing
from confapp.foundation.db import Data, new_ref
from confapp.foundation.files import StoredFile
from confapp.foundation.transactions import is_writing, writing


@dataclass(frozen=True)
class Kept:
    """Sealed bytes that are on disk and have no row yet."""

    ref: str
    sha256: str
    size: int
    conference_id: int
    data_class: str


def keep(content: bytes, *, conference_id: int, data_class: Data = Data.HIGH) -> Kept:
    """Seals content and writes it durably; `register` makes the row for it."""
    if not is_writing() and not sealing.has_key(conference_id, data_class.value):
        with writing():
            sealing.make_key(conference_id, data_class.value)
    ref = new_ref()
    closed = sealing.seal_bytes(content, conference_id, data_class.value, _place(ref))
    return Kept(ref, files.keep(closed), len(content), conference_id, data_class.value)


def register(kept: Kept, media_type: str, name: str, *, by: int | None = None) -> StoredFile:
    """The row for what `keep` wrote, added to the present transaction."""
    row = files.register(kept.sha256, kept.size, media_type, name, conference_id=kept.conference_id, by=by)
    row.ref, row.sealed_class = kept.ref, kept.data_class
    return row


def store(
    content: bytes,
    media_type: str,
    name: str,
    *,
    conference_id: int,
    data_class: Data = Data.HIGH,
    by: int | None = None,
) -> StoredFile:
    """Seals content and adds the row that refers to it."""
    return register(keep(content, conference_id=conference_id, data_class=data_class), media_type, name, by=by)


def read(stored: StoredFile) -> bytes:
    """The bytes as they were handed in; of a file that was stored unsealed, those on disk."""
    content = files.read(stored)
    if not stored.sealed_class:
        return content
    assert stored.conference_id is not None
    return sealing.unseal_bytes(content, stored.conference_id, stored.sealed_class, _place(stored.ref))


def _place(ref: str) -> bytes:
    return f"stored_file/{ref}".encode()
