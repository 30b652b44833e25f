"""Bringing back what was removed, and deleting it after its time unless something else stands on it."""

from collections.abc import Sequence

from sqlalchemy import delete, or_, update

from confapp.foundation import audit, clock, erasure, jobs
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.db import db
from confapp.foundation.files import StoredFile
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Refused
from confapp.foundation.places import Quota
from confapp.programme.actions.handouts import restore_material
from confapp.programme.models import ChoiceGroup, Material, OwnKind, Room, Session, Theme
from confapp.programme.queries import removed as queries
from confapp.programme.queries.kinds import column_of
from confapp.programme.queries.removed import PARTS, Grouping, Removable
from confapp.programme.queries.sign_ups import chose_several
from confapp.programme.rules.removed import restore_fault
from confapp.programme.rules.sign_ups import SESSION


def restore(actor: Actor, row: Removable) -> None:
    """A session comes back without a place, a room at the end and open, a file at the end of its session, a theme, a
    kind or a group with the sessions it had."""
    if fault := restore_fault(row.removed_at, clock.now()):
        raise Refused(fault)
    row.removed_at = None
    if isinstance(row, Room):
        row.closed_at = None
    if isinstance(row, Material):
        restore_material(row)
    if isinstance(row, Theme | OwnKind | ChoiceGroup):
        _take_up(row)
    audit.record(actor, f"restore_{row.__tablename__}", row)


def _take_up(row: Grouping) -> None:
    """Those sessions which nobody has given to another since; one of a kind must still be of its nature, and of those
    of a group nobody may have chosen two meanwhile."""
    refs = queries.sessions_it_had(row)
    if isinstance(row, ChoiceGroup) and (several := chose_several(refs)):
        raise Refused(
            ngettext(
                "%(num)d participant has chosen more than one of its sessions since.",
                "%(num)d participants have chosen more than one of its sessions since.",
                several,
            )
        )
    column = column_of(type(row))
    wanted = update(Session).where(Session.ref.in_(refs), column.is_(None))
    if isinstance(row, OwnKind):
        wanted = wanted.where(Session.kind == row.nature)
    db.session.flush()
    db.session.execute(wanted.values({column: row.id, Session.revision: Session.revision + 1}))


def forget(row: Removable) -> bool:
    """Deletes it with its parts, when nothing else needs it; says whether it did."""
    if queries.is_needed(row):
        return False
    if isinstance(row, Session):
        _erase(queries.files_of(row))
        db.session.execute(delete(Quota).where(Quota.owner_kind == SESSION, Quota.owner_id == row.id))
    if isinstance(row, Material):
        _erase([row.file])
    for part in PARTS[type(row)]:
        columns = [
            column
            for column in part.__table__.columns
            if any(one.column.table.name == row.__tablename__ for one in column.foreign_keys)
        ]
        db.session.execute(delete(part).where(or_(*(column == row.id for column in columns))))
    audit.record(SYSTEM, f"forget_{row.__tablename__}", row)
    db.session.flush()
    db.session.expire(row)
    db.session.delete(row)
    db.session.flush()
    return True


def _erase(files: Sequence[StoredFile]) -> None:
    if files:
        erasure.erase(files)
        jobs.enqueue("conferences.forget_files")
