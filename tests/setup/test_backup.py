"""One archive of everything but the keys, and back again."""

import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert

from confapp import backup, config
from confapp.people.models import Account

pytestmark = pytest.mark.once


def installation(folder: Path, **env: str) -> config.Settings:
    return config.from_environment({"CONFAPP_DATA": str(folder), **env})


@pytest.fixture
def settings(tmp_path: Path) -> config.Settings:
    made = installation(tmp_path / "var")
    with sqlite3.connect(backup.database_file(made)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE delegation (name)")
        database.executemany("INSERT INTO delegation VALUES (?)", [(f"State {n}" * 50,) for n in range(20_000)])
    (made.data / "files" / "ab").mkdir(parents=True)
    (made.data / "files" / "ab" / "cdef").write_bytes(b"\x00published" * 1000)
    (made.data / "settings.json").write_text(json.dumps({"environment": "demo"}))
    (made.data / "audit-heads.jsonl").write_text("{}\n")
    (made.data / "mailbox").mkdir()
    (made.data / "mailbox" / "1.eml").write_text("a sign-in link")
    config.key_from_file(made.sealing_key_file)
    config.key_from_file(made.audit_key_file)
    return made


def test_an_archive_holds_no_key_and_no_mail(settings: config.Settings, tmp_path: Path) -> None:
    backup.back_up(settings, tmp_path / "all.tar")
    with tarfile.open(tmp_path / "all.tar") as archive:
        names = archive.getnames()
    assert names == ["audit-heads.jsonl", "settings.json", "database.sqlite3", "files/ab/cdef", "manifest.json"] or (
        names == ["settings.json", "audit-heads.jsonl", "database.sqlite3", "files/ab/cdef", "manifest.json"]
    )
    content = (tmp_path / "all.tar").read_bytes()
    for secret in (settings.secret_key, settings.sealing_key_file.read_text(), settings.audit_key_file.read_text()):
        assert secret.encode() not in content
    assert (tmp_path / "all.tar").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("sealed", [False, True])
def test_what_was_backed_up_comes_back(settings: config.Settings, tmp_path: Path, sealed: bool) -> None:
    key = tmp_path / "backup.key" if sealed else None
    if key:
        assert backup.make_key(key)
        assert not backup.make_key(key)
    backup.back_up(settings, tmp_path / "all", key)
    assert sealed != (b"settings.json" in (tmp_path / "all").read_bytes())

    other = installation(tmp_path / "other")
    backup.restore(other, tmp_path / "all", key)

    with sqlite3.connect(backup.database_file(other)) as database:
        assert database.execute("SELECT count(*), min(name) FROM delegation").fetchone() == (20_000, "State 0" * 50)
    assert (other.data / "files/ab/cdef").read_bytes() == b"\x00published" * 1000
    assert json.loads((other.data / "settings.json").read_text()) == {"environment": "demo"}
    assert not (other.data / "keys").exists()
    assert [path.name for path in other.data.iterdir() if path.name.startswith(".")] == []


def test_rows_written_meanwhile_do_not_spoil_the_copy(settings: config.Settings, tmp_path: Path) -> None:
    with sqlite3.connect(backup.database_file(settings)) as writer:
        writer.execute("INSERT INTO delegation VALUES ('not yet committed')")
        backup.back_up(settings, tmp_path / "all.tar")
        writer.rollback()
    backup.restore(other := installation(tmp_path / "other"), tmp_path / "all.tar")
    with sqlite3.connect(backup.database_file(other)) as database:
        assert database.execute("SELECT count(*) FROM delegation").fetchone() == (20_000,)


def test_another_key_does_not_open_it(settings: config.Settings, tmp_path: Path) -> None:
    backup.make_key(tmp_path / "right.key")
    backup.make_key(tmp_path / "wrong.key")
    backup.back_up(settings, tmp_path / "all", tmp_path / "right.key")
    other = installation(tmp_path / "other")
    for key, sentence in (
        (tmp_path / "wrong.key", "another key"),
        (None, "sealed"),
        (tmp_path / "none", "no key file"),
    ):
        with pytest.raises(backup.Unusable, match=sentence):
            backup.restore(other, tmp_path / "all", key)
    assert [path.name for path in other.data.iterdir()] == ["secret.key"]
    assert not (tmp_path / "none").exists()


def test_a_changed_shortened_or_rearranged_archive_is_refused(settings: config.Settings, tmp_path: Path) -> None:
    key = tmp_path / "backup.key"
    backup.make_key(key)
    backup.back_up(settings, tmp_path / "all", key)
    content = (tmp_path / "all").read_bytes()
    head, piece = len(backup.MAGIC) + backup.SALT, backup.PIECE + backup.TAG
    assert len(content) > head + 2 * piece
    flipped = bytearray(content)
    flipped[len(content) // 2] ^= 1
    first, second = content[head : head + piece], content[head + piece : head + 2 * piece]
    swapped = content[:head] + second + first + content[head + 2 * piece :]
    for number, spoilt in enumerate((bytes(flipped), content[: head + piece], swapped, content[:-20])):
        (tmp_path / "spoilt").write_bytes(spoilt)
        with pytest.raises(backup.Unusable):
            backup.restore(installation(tmp_path / f"other{number}"), tmp_path / "spoilt", key)


def test_an_unsealed_archive_is_checked_too(settings: config.Settings, tmp_path: Path) -> None:
    backup.back_up(settings, tmp_path / "all.tar")
    content = (tmp_path / "all.tar").read_bytes()
    (tmp_path / "spoilt.tar").write_bytes(content.replace(b"\x00published", b"\x00PUBLISHED", 1))
    with pytest.raises(backup.Unusable, match="is not what was stored"):
        backup.restore(installation(tmp_path / "other"), tmp_path / "spoilt.tar")


@pytest.mark.parametrize("name", ["../outside", "/etc/outside"])
def test_an_archive_cannot_write_elsewhere(tmp_path: Path, name: str) -> None:
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    with pytest.raises(backup.Unusable, match="which no backup"):
        backup.restore(installation(tmp_path / "other"), tmp_path / "evil.tar")


def test_restore_refuses_a_directory_in_use(settings: config.Settings, tmp_path: Path) -> None:
    backup.back_up(settings, tmp_path / "all.tar")
    with pytest.raises(backup.Unusable, match="not empty"):
        backup.restore(settings, tmp_path / "all.tar")


def test_the_keys_may_be_brought_first(settings: config.Settings, tmp_path: Path) -> None:
    backup.back_up(settings, tmp_path / "all.tar")
    other = installation(tmp_path / "other")
    config.key_from_file(other.sealing_key_file)
    backup.restore(other, tmp_path / "all.tar")
    assert other.sealing_key_file.exists()


def test_a_backup_lies_outside_the_data_directory(settings: config.Settings) -> None:
    with pytest.raises(backup.Unusable, match="somewhere else"):
        backup.back_up(settings, settings.data / "all.tar")


def test_the_other_kind_of_database_is_refused(settings: config.Settings, tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    folder.mkdir()
    (folder / "database.dump").write_bytes(b"")
    with pytest.raises(backup.Unusable, match="holds a PostgreSQL database"):
        backup._bring_database(settings, folder)


def test_what_was_erased_since_the_backup_is_erased_again_by_the_restore(tmp_path: Path) -> None:
    def run(folder: Path, *words: str) -> str:
        env = os.environ | {"CONFAPP_DATA": str(folder), "CONFAPP_ENVIRONMENT": "development"}
        command = [sys.executable, *words]
        return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout

    before, after = tmp_path / "before", tmp_path / "after"
    ready = "from confapp import config, create_app, serving; serving.migrate(create_app(config.from_environment()))"
    run(before, "-c", ready)
    engine = create_engine(f"sqlite:///{before / 'confapp.sqlite3'}")
    with engine.begin() as connection:
        address = {"email": "siti@mail.example", "email_folded": "siti@mail.example", "name": "Siti"}
        connection.execute(insert(Account.__table__).values(ref="a" * 22, language="en", **address))
    engine.dispose()
    run(before, "-m", "confapp.cli", "backup", str(tmp_path / "all.tar"))
    after.mkdir()
    note = {"table": "account", "ref": "a" * 22, "classes": ["personal"]}
    (after / "erasures.jsonl").write_text(json.dumps(note) + "\n")
    assert "1 erasures" in run(after, "-m", "confapp.cli", "restore", str(tmp_path / "all.tar"))
    with sqlite3.connect(after / "confapp.sqlite3") as database:
        assert database.execute("SELECT email, name FROM account").fetchall() == [("", "")]
