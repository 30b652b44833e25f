"""Sealed files: no bytes of theirs on disk, bound to their row, unreadable once the key of their class is destroyed."""

from pathlib import Path

import pytest
from flask import Flask

from confapp.conferences.models import Conference
from confapp.foundation import files, sealing, vault
from confapp.foundation.db import Data, db, in_conference
from confapp.foundation.files import StoredFile
from confapp.foundation.sealing import Unreadable
from confapp.foundation.transactions import writing
from tests import build

PICTURE = b"\xff\xd8\xff the face of somebody " * 40


def stored(conference: Conference, content: bytes = PICTURE, data_class: Data = Data.HIGH) -> StoredFile:
    """As a page does: kept before the lock, referred to inside it."""
    with in_conference(conference.id):
        kept = vault.keep(content, conference_id=conference.id, data_class=data_class)
        with writing():
            row = vault.register(kept, "image/jpeg", "face.jpg")
        db.session.refresh(row)
    return row


def opened(row: StoredFile) -> bytes:
    db.session.rollback()
    with in_conference(row.conference_id or 0):
        return vault.read(row)


def on_disk(app: Flask) -> list[bytes]:
    folder: Path = app.extensions["confapp"].data / "files"
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def test_what_is_kept_can_be_read_and_lies_sealed_on_disk(app: Flask) -> None:
    row = stored(build.conference())
    assert opened(row) == PICTURE
    assert (row.sealed_class, row.size) == ("high", len(PICTURE))
    (lying,) = on_disk(app)
    assert b"face of somebody" not in lying
    assert len(lying) == len(PICTURE) + 29


def test_equal_files_look_different(app: Flask) -> None:
    made = build.conference()
    assert stored(made).sha256 != stored(made).sha256


def test_both_steps_at_once_inside_a_transaction(app: Flask) -> None:
    made = build.conference()
    with in_conference(made.id), writing():
        row = vault.store(PICTURE, "image/jpeg", "face.jpg", conference_id=made.id, data_class=Data.SPECIAL)
    assert row.sealed_class == "special"
    assert opened(row) == PICTURE


def test_bytes_of_another_file_or_class_do_not_open(app: Flask) -> None:
    made = build.conference()
    mine, theirs, other = stored(made), stored(made, b"another"), stored(made, data_class=Data.SPECIAL)
    build.change(mine, sha256=theirs.sha256)
    with pytest.raises(Unreadable):
        opened(mine)
    build.change(other, sealed_class="high")
    with pytest.raises(Unreadable):
        opened(other)


def test_shredding_a_class_closes_its_files_for_good(app: Flask) -> None:
    made = build.conference()
    row, open_still = stored(made), stored(made, data_class=Data.SPECIAL)
    with in_conference(made.id), writing():
        sealing.shred(made.id, "high")
    with pytest.raises(Unreadable):
        opened(row)
    with pytest.raises(Unreadable):
        stored(made)
    assert opened(open_still) == PICTURE


def test_a_file_that_was_stored_open_is_read_as_it_lies(app: Flask) -> None:
    made = build.conference()
    with in_conference(made.id), writing():
        row = files.store(b"%PDF- a public paper", "application/pdf", "paper.pdf", conference_id=made.id)
    assert row.sealed_class == ""
    assert opened(row) == b"%PDF- a public paper"
