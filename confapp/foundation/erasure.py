"""Emptying personal data, and doing it again after a restore.

What was emptied is noted in a file beside the database and outside its backups, for a backup made before knows the data
still. The note is written before the commit: an erasure that was asked for and then failed is better done twice than
undone by a restore.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, Table, update
from sqlalchemy import inspect as inspect_row
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from confapp.foundation import clock
from confapp.foundation.db import Data, Translated, across_conferences, db

PERSONAL = (Data.PERSONAL, Data.HIGH, Data.SPECIAL)

_file: Path | None = None


def use_file(path: Path) -> None:
    global _file
    _file = path


def erase(
    rows: Iterable[Any],
    classes: tuple[Data, ...] = PERSONAL,
    *,
    only: Sequence[str] = (),
    instead: Mapping[str, Any] | None = None,
) -> None:
    """Empties the columns of these data classes in rows that have a ref, in the present transaction.

    `only` names the columns where some are kept; `instead` gives plain texts that some columns hold from now on, such
    as a pseudonym for a name, whatever their class.
    """
    instead = dict(instead or {})
    for row in rows:
        mapper = inspect_row(type(row))
        for column in erased_columns(row.__table__, classes):
            if column.name in instead or (only and column.name not in only):
                continue
            value = row.ref if column.unique else empty(column)
            setattr(row, mapper.get_property_by_column(column).key, value)
        for name, value in instead.items():
            setattr(row, mapper.get_property_by_column(row.__table__.c[name]).key, value)
        if hasattr(row, "erased_at") and not only:
            row.erased_at = clock.now()
        note: dict[str, Any] = {"table": row.__tablename__, "ref": row.ref, "classes": [one.value for one in classes]}
        _note(note | ({"only": list(only)} if only else {}) | ({"instead": instead} if instead else {}))


def purge(
    conference_id: int,
    tables: Iterable[str],
    classes: tuple[Data, ...] = PERSONAL,
    only: Sequence[str] = (),
    where: Mapping[str, int | str] | None = None,
    instead: Mapping[str, Any] | None = None,
) -> None:
    """The same for all rows that some tables have of a conference; `where` narrows them by the values of columns."""
    for name in tables:
        note: dict[str, Any] = {"table": name, "conference_id": conference_id}
        note["classes"] = [one.value for one in classes]
        if only:
            note["only"] = list(only)
        if where:
            note["where"] = dict(where)
        if instead:
            note["instead"] = dict(instead)
        _note(note)
        _apply(note)


def replay() -> int:
    """Empties again, in the present transaction, whatever the list says; returns how many notes there are."""
    if _file is None or not _file.exists():
        return 0
    notes = [json.loads(line) for line in _file.read_text().splitlines() if line]
    with across_conferences("erasures are done again after a restore"):
        for note in notes:
            _apply(note)
    return len(notes)


def erased_columns(table: Table, classes: tuple[Data, ...] = PERSONAL) -> list[Column[Any]]:
    return [column for column in table.columns if column.info.get("data") in classes]


def empty(column: Column[Any]) -> Any:
    """Nothing, the column's default, or an empty text. (A unique column takes the row's ref instead.)"""
    if column.nullable:
        return None
    if isinstance(column.default, ScalarElementColumnDefault):
        return column.default.arg
    return {} if isinstance(column.type, (JSON, Translated)) else ""


def _apply(note: dict[str, Any]) -> None:
    table = db.metadata.tables[note["table"]]
    only = note.get("only", table.c.keys())
    columns = [c for c in erased_columns(table, tuple(map(Data, note["classes"]))) if c.name in only]
    values = {column.name: table.c.ref if column.unique else empty(column) for column in columns}
    values |= note.get("instead", {})
    if not values:
        return
    if "erased_at" in table.c and "only" not in note:
        values["erased_at"] = clock.now()
    key = "ref" if "ref" in note else "conference_id"
    narrowed = [table.c[name] == value for name, value in note.get("where", {}).items()]
    db.session.execute(update(table).where(table.c[key] == note[key], *narrowed).values(values))


def _note(note: dict[str, Any]) -> None:
    if _file is None:
        raise RuntimeError("no file for the list of erasures")
    line = json.dumps(note | {"at": clock.now().isoformat()}) + "\n"
    descriptor = os.open(_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, line.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
