"""Backup and restore: one archive of the database, the stored files and the settings, never of the keys.

An archive is a tar of `settings.json`, the other files of the data directory, `database.sqlite3` or `database.dump`
and, last, `manifest.json` with the SHA-256 of each. With a key it is sealed: the line `confapp-backup-1`, 16 bytes of
salt, then pieces of 1 MiB, each AES-256-GCM with the key HKDF-SHA256(key file, salt), the nonce (11-byte counter, one
byte that is 1 in the last piece) and the first two parts as associated data. So cutting off, leaving out or swapping
pieces shows.
"""

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from shutil import copyfileobj, which
from typing import IO, Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import URL, create_engine, inspect, make_url

from confapp.config import Settings, key_from_file
from confapp.foundation import clock

MAGIC = b"confapp-backup-1\n"
SALT = 16
PIECE = 1 << 20
TAG = 16
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
# What an otherwise empty data directory may hold before a restore: an operator brings the keys and the erasures back.
MAY_BE_THERE = {"keys", "secret.key", "erasures.jsonl"}
STAYS_OUT = MAY_BE_THERE | {"mailbox", "assets"}  # mails of the demonstration, style sheets made at start
PASSING = ("lock", ".sock", ".sqlite3", "-wal", "-shm", "-journal", ".part")


class Unusable(Exception):
    """Why a backup cannot be made or restored, in a sentence for the operator."""


# --- making one -------------------------------------------------------------------------------------------------------


def back_up(settings: Settings, target: Path, key_file: Path | None = None) -> None:
    """Writes the archive beside its final name and moves it there when it is complete and on disk."""
    target = target.resolve()
    if target.is_relative_to(settings.data):
        raise Unusable(f"{target} lies in the data directory; put the backup somewhere else.")
    if not target.parent.is_dir():
        raise Unusable(f"The directory {target.parent} does not exist.")
    part = target.with_name(target.name + ".part")
    try:
        with open(part, "wb", opener=_private) as out:
            with sealing(out, key_file) if key_file else _plain(out) as sink:
                _write_archive(settings, sink)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def _plain(out: IO[bytes]) -> Iterator[IO[bytes]]:
    yield out


def _write_archive(settings: Settings, sink: IO[bytes]) -> None:
    """The small files first and the stored files last: what the database copy refers to is then always inside."""
    manifest: dict[str, Any] = {"format": 1, "made_at": clock.now().isoformat(), "files": {}}
    with tarfile.open(fileobj=sink, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        for path in _files_to_keep(settings, settings.data.glob("*")):
            _add(archive, path, path.name, manifest)
        with database_copy(settings) as (name, copy):
            _add(archive, copy, name, manifest)
        for path in _files_to_keep(settings, settings.data.glob("*/**/*")):
            _add(archive, path, path.relative_to(settings.data).as_posix(), manifest)
        content = json.dumps(manifest, indent=1).encode()
        _add_stream(archive, io.BytesIO(content), len(content), MANIFEST)


def _files_to_keep(settings: Settings, paths: Iterable[Path]) -> Iterator[Path]:
    keys = {settings.sealing_key_file, settings.audit_key_file}
    for path in paths:
        first = path.relative_to(settings.data).parts[0]
        if first in STAYS_OUT or first.startswith(".") or path in keys or path.name.endswith(PASSING):
            continue
        if path.is_file() and not path.is_symlink():
            yield path


def _add(archive: tarfile.TarFile, path: Path, name: str, manifest: dict[str, Any]) -> None:
    """A file that grows meanwhile (a log of heads) is kept as long as it was when it was opened."""
    with path.open("rb") as source:
        size = os.fstat(source.fileno()).st_size
        counted = _Digesting(source, size)
        _add_stream(archive, counted, size, name)
        manifest["files"][name] = counted.digest.hexdigest()


def _add_stream(archive: tarfile.TarFile, source: Any, size: int, name: str) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o600, int(clock.now().timestamp())
    archive.addfile(member, cast(IO[bytes], source))


@dataclass
class _Digesting:
    """Reads at most `left` bytes of a source and digests what was read."""

    source: IO[bytes]
    left: int
    digest: Any = field(default_factory=hashlib.sha256)

    def read(self, size: int = -1) -> bytes:
        content = self.source.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(content)
        self.digest.update(content)
        return content


@contextmanager
def database_copy(settings: Settings) -> Iterator[tuple[str, Path]]:
    """A consistent copy of the database while others write to it; it lies in the data directory for a moment."""
    with tempfile.TemporaryDirectory(dir=settings.data, prefix=".backup-") as folder:
        kind = "sqlite" if settings.is_sqlite else "postgresql"
        copy = Path(folder) / DATABASES[kind]
        if settings.is_sqlite:
            _copy_sqlite(database_file(settings), copy)
        else:
            _run_postgres(settings, "pg_dump", "--format=custom", f"--file={copy}")
        yield DATABASES[kind], copy


def database_file(settings: Settings) -> Path:
    return Path(make_url(settings.database_url).database or "")


def _copy_sqlite(source: Path, target: Path) -> None:
    from pysqlite3 import dbapi2 as sqlite

    if not source.exists():
        raise Unusable(f"There is no database yet at {source}.")
    original, copy = sqlite.connect(source, timeout=30), sqlite.connect(target)
    try:
        original.backup(copy)
        if (answer := copy.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
            raise Unusable(f"The database {source} is damaged: {answer}.")
    finally:
        copy.close()
        original.close()


def _run_postgres(settings: Settings, program: str, *options: str) -> None:
    """The password goes by the environment, never by the command line."""
    if not which(program):
        raise Unusable(f"{program} is missing; install the PostgreSQL client (apt-get install postgresql-client).")
    url = make_url(settings.database_url).set(drivername="postgresql")
    env = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    address = url.set(password=None) if url.password else url
    command = [program, "--no-password", f"--dbname={_libpq(address)}", *options]
    ran = subprocess.run(command, env=env, capture_output=True, text=True)  # noqa: S603 - no shell, our own words
    if ran.returncode:
        raise Unusable(f"{program} did not succeed: {(ran.stderr.strip() or 'no reason was given').splitlines()[-1]}")


def _libpq(url: URL) -> str:
    return url.render_as_string(hide_password=False)


# --- bringing one back ------------------------------------------------------------------------------------------------


def restore(settings: Settings, source: Path, key_file: Path | None = None) -> None:
    """Unpacks and checks everything in a directory of its own before anything reaches its place."""
    check_empty(settings)
    with tempfile.TemporaryDirectory(dir=settings.data, prefix=".restore-") as name:
        folder = Path(name)
        with _opened(source, key_file) as archive:
            _unpack(archive, folder)
        _check_manifest(folder)
        _bring_database(settings, folder)
        for entry in sorted(folder.iterdir()):
            os.replace(entry, settings.data / entry.name)


def check_empty(settings: Settings) -> None:
    there = sorted(path.name for path in settings.data.iterdir() if path.name not in MAY_BE_THERE)
    if there:
        raise Unusable(f"{settings.data} is not empty (it holds {there[0]}); restore into an empty data directory.")
    if settings.is_sqlite:
        if database_file(settings).exists():
            raise Unusable(f"There is a database already at {database_file(settings)}.")
    elif _has_tables(settings.database_url):
        raise Unusable("The PostgreSQL database is not empty; restore into a new one.")


def _has_tables(url: str) -> bool:
    engine = create_engine(url)
    try:
        return bool(inspect(engine).get_table_names())
    finally:
        engine.dispose()


@contextmanager
def _opened(source: Path, key_file: Path | None) -> Iterator[IO[bytes]]:
    if not source.is_file():
        raise Unusable(f"There is no file {source}.")
    with ExitStack() as stack:
        file = stack.enter_context(source.open("rb"))
        is_sealed = file.read(len(MAGIC)) == MAGIC
        if is_sealed and not key_file:
            raise Unusable(f"{source} is sealed; give its key with --key.")
        if not is_sealed and key_file:
            raise Unusable(f"{source} is not sealed; restore it without --key.")
        if is_sealed and key_file:
            yield cast(IO[bytes], io.BufferedReader(Unsealing(file, key_file), PIECE))
        else:
            file.seek(0)
            yield file


def _unpack(archive: IO[bytes], folder: Path) -> None:
    """Plain files with plain relative names only, whatever the archive says."""
    try:
        with tarfile.open(fileobj=archive, mode="r|") as tar:
            for member in tar:
                name = PurePosixPath(member.name)
                content = tar.extractfile(member) if member.isreg() else None
                if content is None or name.is_absolute() or ".." in name.parts:
                    raise Unusable(f"The archive holds {member.name!r}, which no backup of this program does.")
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with open(target, "wb", opener=_private) as out:
                    copyfileobj(content, out, PIECE)
                    out.flush()
                    os.fsync(out.fileno())
    except tarfile.TarError as error:
        raise Unusable(f"The archive is damaged: {error}.") from error


def _check_manifest(folder: Path) -> None:
    file = folder / MANIFEST
    if not file.exists():
        raise Unusable("The archive is incomplete: its manifest is missing.")
    wanted = json.loads(file.read_text())["files"]
    file.unlink()
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    if wrong := sorted(wanted.keys() ^ found.keys()):
        raise Unusable(f"The archive is damaged: {wrong[0]} is missing or should not be there.")
    for name, path in found.items():
        with path.open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != wanted[name]:
                raise Unusable(f"The archive is damaged: {name} is not what was stored.")


def _bring_database(settings: Settings, folder: Path) -> None:
    sqlite, dump = folder / DATABASES["sqlite"], folder / DATABASES["postgresql"]
    if settings.is_sqlite != sqlite.exists():
        there, here = ("SQLite", "PostgreSQL") if sqlite.exists() else ("PostgreSQL", "SQLite")
        raise Unusable(f"The backup holds a {there} database and this installation is set to {here}.")
    if settings.is_sqlite:
        os.replace(sqlite, database_file(settings))
    else:
        _run_postgres(settings, "pg_restore", "--no-owner", "--single-transaction", "--exit-on-error", str(dump))
        dump.unlink()


# --- sealing ----------------------------------------------------------------------------------------------------------


def make_key(path: Path) -> bool:
    """True when the key file was not there and was made."""
    made = not path.exists()
    _master(path)
    return made


def _master(path: Path) -> bytes:
    with suppress(ValueError):
        if len(key := key_from_file(path)) == 32:
            return key
    raise Unusable(f"{path} is not a key file: it must hold 64 hexadecimal digits.")


def _cipher(key_file: Path, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, MAGIC).derive(_master(key_file)))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


@contextmanager
def sealing(out: IO[bytes], key_file: Path) -> Iterator[IO[bytes]]:
    sink = Sealing(out, key_file)
    yield cast(IO[bytes], sink)
    sink.finish()


class Sealing:
    """A file to write to that passes sealed pieces on."""

    def __init__(self, out: IO[bytes], key_file: Path) -> None:
        salt = os.urandom(SALT)
        self.out, self.head, self.number, self.waiting = out, MAGIC + salt, 0, bytearray()
        self.cipher = _cipher(key_file, salt)
        out.write(self.head)

    def write(self, content: bytes) -> int:
        self.waiting += content
        while len(self.waiting) > PIECE:  # the last piece must be known as the last
            self._pass_on(bytes(self.waiting[:PIECE]), last=False)
            del self.waiting[:PIECE]
        return len(content)

    def finish(self) -> None:
        self._pass_on(bytes(self.waiting), last=True)

    def _pass_on(self, piece: bytes, *, last: bool) -> None:
        self.out.write(self.cipher.encrypt(_nonce(self.number, last=last), piece, self.head))
        self.number += 1


class Unsealing(io.RawIOBase):
    """Reads the pieces behind the first line of a sealed file, and notices when one was changed or cut off."""

    def __init__(self, source: IO[bytes], key_file: Path) -> None:
        if not key_file.is_file():
            raise Unusable(f"There is no key file {key_file}.")
        salt = source.read(SALT)
        self.source, self.head, self.number, self.ready = source, MAGIC + salt, 0, b""
        self.cipher = _cipher(key_file, salt)
        self.following = source.read(PIECE + TAG)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self.ready and self.following:
            self._open_next()
        size = min(len(buffer), len(self.ready))
        buffer[:size], self.ready = self.ready[:size], self.ready[size:]
        return size

    def _open_next(self) -> None:
        piece, self.following = self.following, self.source.read(PIECE + TAG)
        try:
            self.ready = self.cipher.decrypt(_nonce(self.number, last=not self.following), piece, self.head)
        except InvalidTag:
            raise Unusable("The backup does not open: this is another key, or the file is damaged.") from None
        self.number += 1
