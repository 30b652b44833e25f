"""An import from its table to its people: looked at, noted, applied. What is slow happens outside the write lock."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock, jobs, sealing, vault
from confapp.foundation.access import Actor
from confapp.foundation.db import Data, db, measure_anew
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.places import Place
from confapp.foundation.transactions import is_writing, writing
from confapp.people.models import Person
from confapp.registration import queries
from confapp.registration.actions import imports as actions
from confapp.registration.actions import together
from confapp.registration.actions.imports import Ready
from confapp.registration.imports.checking import FAULT, SOUND, THERE, Line, check
from confapp.registration.imports.columns import guessed
from confapp.registration.imports.reading import Rows
from confapp.registration.models import Answer, Category, Delegation, Import, Registration
from confapp.registration.rules.imports import ActKind, ImportKind, ImportState
from confapp.registration.rules.questions import SEALED, DataClass

AT_ONCE = 200  # rows; more are looked at and brought in by a job
OPEN = (ImportState.UPLOADED, ImportState.CHECKED)
MEDIA_TYPE = "application/json"


@dataclass(frozen=True)
class Applied:
    """What is ready to be brought in: the rows, and what the report says of every line."""

    ready: Sequence[Ready]
    lines: Sequence[Line]


# --- from the upload to a looked-at table -----------------------------------------------------------------------------


def keep(rows: Rows, conference_id: int) -> vault.Kept:
    """Seals a table before the write lock: it may hold whatever people put into spreadsheets."""
    return vault.keep(json.dumps(rows, ensure_ascii=False).encode(), conference_id=conference_id, data_class=Data.HIGH)


def begin(
    actor: Actor,
    conference: Conference,
    rows: Rows,
    kept: vault.Kept,
    *,
    source: str = "",
    delegation: Delegation | None = None,
    category: Category | None = None,
    offered: Sequence[str] = (),
) -> Import:
    """Notes a table that was sent, its columns read as the same heads were read before, else guessed."""
    heads = actions.mark_of_heads(conference.id, rows[0])
    batch = Import(
        conference_id=conference.id,
        kind=ImportKind.PEOPLE,
        state=ImportState.UPLOADED,
        source=source,
        delegation_id=delegation.id if delegation is not None else None,
        category_id=category.id if category is not None else None,
        mapping={"heads": heads, "columns": _remembered(actor, heads, len(rows[0])) or guessed(rows[0], offered)},
        rows=sum(1 for row in rows[1:] if any(row)),
        made_by=actor.account_id,
    )
    db.session.add(batch)
    actions.refuse_others(actor, batch)
    batch.file = vault.register(kept, MEDIA_TYPE, source or "table", by=actor.account_id)
    db.session.flush()
    audit.record(actor, "upload_import", batch, rows=batch.rows)
    return batch


def table_of(batch: Import) -> Rows:
    assert batch.file is not None
    rows: Rows = json.loads(vault.read(batch.file))
    return rows


def look(
    actor: Actor,
    conference: Conference,
    batch: Import,
    columns: Sequence[str],
    report: Callable[[int], None] = lambda percent: None,
) -> list[Line]:
    """The dry run: nothing is changed."""
    actions.refuse_others(actor, batch)
    return check(actor, conference, batch, table_of(batch), columns, report)


def note(actor: Actor, batch: Import, columns: Sequence[str], lines: Sequence[Line]) -> None:
    """Keeps what the dry run found."""
    _refuse_closed(batch)
    batch.mapping = batch.mapping | {"columns": list(columns)}
    batch.report = [line.written for line in lines]
    batch.sound = sum(line.outcome == SOUND for line in lines)
    batch.state, batch.fault, batch.job_ref = ImportState.CHECKED, "", ""
    audit.record(actor, "check_import", batch, rows=len(lines), sound=batch.sound)


def choose(actor: Actor, batch: Import, columns: Sequence[str]) -> None:
    """The same for a long table: a job looks at it."""
    actions.refuse_others(actor, batch)
    _refuse_closed(batch)
    batch.mapping = batch.mapping | {"columns": list(columns)}
    _queue(batch, "registration.check_import")


# --- from there to people ---------------------------------------------------------------------------------------------


def prepare(
    actor: Actor,
    conference: Conference,
    batch: Import,
    *,
    only_sound: bool,
    report: Callable[[int], None] = lambda percent: None,
) -> Applied:
    """Looks once more and makes the values; refused when all are wanted and one of them is not sound."""
    lines = look(actor, conference, batch, batch.mapping["columns"], report)
    if not only_sound and any(line.outcome == FAULT for line in lines):
        raise Refused(_("Not every row is sound any more: look at the report again."))
    new = [line.new for line in lines if line.outcome == SOUND and line.new is not None]
    if not new:
        raise Refused(_("There is nobody to bring in."))
    _make_keys(conference, [one.entry for one in new], {one.data_class for row in new for one in row.answers})
    return Applied(actions.make_ready(actor, conference, new), lines)


def apply(actor: Actor, conference: Conference, batch: Import, applied: Applied, *, links: bool) -> None:
    """Brings them in, all in the present transaction, and forgets the table."""
    if batch.state == ImportState.DONE:
        return
    _refuse_closed(batch)
    numbers = actions.register_many(actor, conference, batch, applied.ready)
    batch.report = [line.written | {"number": numbers.get(line.row, "")} for line in applied.lines]
    batch.added = len(numbers)
    batch.state, batch.done_at, batch.fault, batch.job_ref = ImportState.DONE, clock.now(), "", ""
    actions.forget_file(batch)
    if links and numbers:
        keys = {one.new.key for one in applied.ready if one.new.row in numbers}
        together.begin(actor, conference, ActKind.LINKS, _ids_of(keys))


def order(actor: Actor, batch: Import, *, only_sound: bool, links: bool) -> None:
    """The same for a long table: a job brings it in."""
    actions.refuse_others(actor, batch)
    _refuse_closed(batch)
    batch.mapping = batch.mapping | {"only_sound": only_sound, "links": links}
    _queue(batch, "registration.apply_import")


# --- as jobs ----------------------------------------------------------------------------------------------------------


def run_check(ref: str, report: Callable[[int], None]) -> None:
    batch, actor, conference = _behind(ref)
    if batch.state not in OPEN:
        return
    columns = list(batch.mapping["columns"])
    lines = look(actor, conference, batch, columns, report)
    with writing():
        note(actor, hold(ref), columns, lines)


def run_apply(ref: str, report: Callable[[int], None]) -> None:
    batch, actor, conference = _behind(ref)
    if batch.state not in OPEN:
        return
    links, only_sound = bool(batch.mapping.get("links")), bool(batch.mapping.get("only_sound"))
    try:
        applied = prepare(actor, conference, batch, only_sound=only_sound, report=report)
        with writing():
            apply(actor, queries.conference(conference.id), hold(ref), applied, links=links)
            measure_anew(Person, Registration, Place, Answer)
    except Refused as refusal:
        with writing():
            held = hold(ref)
            held.fault, held.job_ref = refusal.message, ""
        raise jobs.Failed(refusal.message) from refusal


def hold(ref: str) -> Import:
    return db.session.scalars(select(Import).where(Import.ref == ref).with_for_update()).one()


# --- parts ------------------------------------------------------------------------------------------------------------


def _behind(ref: str) -> tuple[Import, Actor, Conference]:
    batch = db.session.scalars(select(Import).where(Import.ref == ref)).one()
    return batch, queries.actor_behind(batch.made_by), queries.conference(batch.conference_id)


def _queue(batch: Import, task: str) -> None:
    job = jobs.enqueue(task, {"batch": batch.ref}, conference_id=batch.conference_id)
    batch.job_ref, batch.fault = job.ref, ""


def _refuse_closed(batch: Import) -> None:
    if batch.state not in OPEN:
        raise Refused(_("This table was brought in or dropped already."))


def _remembered(actor: Actor, heads: str, width: int) -> list[str] | None:
    """How somebody read the same heads the last time."""
    wanted = select(Import.mapping).where(
        Import.made_by == actor.account_id, Import.kind == ImportKind.PEOPLE, Import.state == ImportState.DONE
    )
    for mapping in db.session.scalars(wanted.order_by(Import.id.desc()).limit(20)):
        if mapping.get("heads") == heads and len(mapping["columns"]) == width:
            return list(mapping["columns"])
    return None


def _make_keys(conference: Conference, entries: Sequence[Any], answered: set[DataClass]) -> None:
    """The keys of sealed values exist before values are sealed outside a transaction that would keep them."""
    wanted = {one.value for one in answered & {*SEALED}}
    wanted |= {"high"} if any(one.passport_number or one.birth_date for one in entries) else set()
    wanted |= {"special"} if any(one.diet or one.access_needs for one in entries) else set()
    missing = [name for name in sorted(wanted) if not sealing.has_key(conference.id, name)]
    if missing and not is_writing():
        number = conference.id
        with writing():
            for name in missing:
                sealing.make_key(number, name)


def _ids_of(keys: set[str]) -> list[int]:
    wanted, found = sorted(keys), list[int]()
    for start in range(0, len(wanted), 500):
        part = Registration.import_key.in_(wanted[start : start + 500])
        found += db.session.scalars(select(Registration.id).where(part).order_by(Registration.id))
    return found


__all__ = ["AT_ONCE", "FAULT", "SOUND", "THERE", "Applied", "apply", "begin", "choose", "keep", "look", "note", "order"]
