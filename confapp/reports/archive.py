"""A whole conference as one ZIP in open formats: every table as JSON, lists as CSV, the files, and a manifest.

What a table gives follows from the description of its columns: what is marked for export, nothing technical and nothing
sealed; a link to another table is given as that row's reference. A column or table that is added later is in it by
itself. docs/archive.md describes the format.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Column, Select, Table, select

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock, exporting, files
from confapp.foundation.access import Actor
from confapp.foundation.db import Data, db
from confapp.foundation.files import StoredFile
from confapp.foundation.languages import SOURCE, speaking
from confapp.foundation.languages import gettext as _
from confapp.programme.rules.bilaterals import KIND

FORMAT = "confapp-conference/1"
SEALED = (Data.HIGH, Data.SPECIAL)
LISTS = ("registrations", "delegations", "categories")
LEFT_OUT = frozenset(  # what the program keeps for itself, and ways to reach or be somebody
    {
        "bilateral",  # known to its two delegations and the protocol office alone
        "bilateral_member",
        "data_key",
        "download",
        "form_key",
        "import_batch",
        "job",
        "mail",
        "mail_attachment",
        "mailed_link",
        "mandate",
        "private_link",
        "saved_view",
        "sign_in",
        "series",
    }
)
MEDIA_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "text/html": "html"}
AT_A_TIME = 500

Report = Callable[[int], None]


class Pack:
    """A ZIP that is being filled, with the hash of each part for the manifest."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self.packed = packed
        self.parts: dict[str, dict[str, Any]] = {}

    def add(self, name: str, content: bytes) -> None:
        self.packed.writestr(name, content)
        self.parts[name] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


def made(actor: Actor, conference: Conference, report: Report = lambda percent: None) -> Path:
    """Writes the archive into a temporary file, which the caller removes. In a read transaction and its scope."""
    handle: IO[bytes]
    with tempfile.NamedTemporaryFile(delete=False, suffix=".zip") as handle:
        path = Path(handle.name)
        try:
            with zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as packed:
                _fill(Pack(packed), actor, conference, report)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return path


def _fill(pack: Pack, actor: Actor, conference: Conference, report: Report) -> None:
    head, about = audit.head(conference.id), _about(conference)
    tables = archived_tables()
    for table in tables:
        pack.add(f"data/{table.name}.json", _json(list(_rows(table, conference.id))))
    report(40)
    with speaking(SOURCE):
        for name in LISTS:
            subject = exporting.subject(name)
            assert subject is not None
            columns, rows = subject.load(actor, conference, {})
            sheet = exporting.Table(
                _(subject.label), columns, rows, conference.zone, SOURCE, conference.slug, actor.name, clock.now()
            )
            pack.add(f"lists/{name}.csv", b"".join(exporting.written(sheet, "csv")))
    report(60)
    for name, stored in _files(tables, conference.id):
        pack.add(name, files.read(stored))
    manifest = about | {"format": FORMAT, "made_at": clock.now().isoformat(), "audit_head": head, "parts": pack.parts}
    pack.packed.writestr("manifest.json", _json(manifest))


def archived_tables() -> list[Table]:
    """The conference itself and every table that belongs to one."""
    conference = Conference.__table__
    return [
        table
        for table in db.metadata.sorted_tables
        if table is conference or ("conference_id" in table.c and table.name not in LEFT_OUT)
    ]


def archived_columns(table: Table) -> list[Column[Any]]:
    """The reference and what is marked for export; never what is sealed, a key, or what only searching needs."""
    return [column for column in table.columns if column.name == "ref" or _is_told(column)]


def _is_told(column: Column[Any]) -> bool:
    is_key = column.name.endswith("_id") or column.name == "folded"
    return bool(column.info.get("export")) and column.info.get("data") not in SEALED and not is_key


def _links(table: Table) -> list[tuple[Column[Any], Table]]:
    """Links to rows that the archive has: by their reference."""
    archived = {one.name for one in archived_tables()} - {Conference.__tablename__}
    return [
        (column, other)
        for column in table.columns
        for key in column.foreign_keys
        if (other := key.column.table).name in archived and "ref" in other.c
    ]


def _rows(table: Table, conference_id: int) -> Iterator[dict[str, Any]]:
    columns, wanted = archived_columns(table), _of(table, conference_id)
    links = [(column, other.alias(f"linked_{number}")) for number, (column, other) in enumerate(_links(table))]
    source: Any = table
    for column, other in links:
        source = source.outerjoin(other, column == other.c.id)
    named = [other.c.ref.label(f"link_{number}") for number, (_column, other) in enumerate(links)]
    order = [table.c.id] if "id" in table.c else []
    for row in db.session.execute(wanted.with_only_columns(*columns, *named).select_from(source).order_by(*order)):
        values = {column.name: _plain(value) for column, value in zip(columns, row, strict=False)}
        for number, (column, _other) in enumerate(links):
            values[column.name.removesuffix("_id")] = row[len(columns) + number]
        yield values


def _of(table: Table, conference_id: int) -> Select[Any]:
    own = table.c.id if table is Conference.__table__ else table.c.conference_id
    wanted = select(table).where(own == conference_id)
    if table.name == "audit_entry":
        return wanted.where(table.c.subject_kind != KIND)
    # What only waits for its day to be removed, and uploads that hold sealed bytes, are no part of the record.
    return wanted.where(table.c.erased_at.is_(None)) if table.name == "stored_file" else wanted


def _files(tables: list[Table], conference_id: int) -> Iterator[tuple[str, StoredFile]]:
    """The files that rows of the archive point to: publications, letters, credentials; sealed ones stay closed."""
    seen: set[int] = set()
    for table in tables:
        pointers = [column for column in table.columns if column.references(StoredFile.__table__.c.id)]
        for column in pointers:
            ids = select(column).where(table.c.conference_id == conference_id, column.is_not(None))
            wanted = select(StoredFile).where(
                StoredFile.id.in_(ids), StoredFile.erased_at.is_(None), StoredFile.sealed_class == ""
            )
            for stored in db.session.scalars(wanted.order_by(StoredFile.id)):
                if stored.id not in seen:
                    seen.add(stored.id)
                    ending = MEDIA_ENDINGS.get(stored.media_type, stored.name.rpartition(".")[2][:8] or "bin")
                    yield f"files/{table.name}/{stored.ref}.{ending}", stored


def _about(conference: Conference) -> dict[str, Any]:
    return {"conference": conference.slug, "name": dict(conference.name), "zone": conference.zone}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()
