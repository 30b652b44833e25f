"""What was removed from the programme: what can be brought back, and what nobody needs any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from confapp.foundation import clock
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db
from confapp.foundation.places import Place, Quota
from confapp.programme.models import (
    ChoiceGroup,
    Item,
    Material,
    OwnKind,
    Precedence,
    Room,
    RoomHours,
    RoomPart,
    Session,
    SessionLink,
    SessionRole,
    Star,
    Theme,
)
from confapp.programme.rules.removed import KEPT
from confapp.programme.rules.sign_ups import SESSION

Grouping = Theme | OwnKind | ChoiceGroup
Removable = Session | Room | Grouping | Material
SUBJECTS: dict[str, Any] = {
    "sessions": Session,
    "rooms": Room,
    "themes": Theme,
    "kinds": OwnKind,
    "groups": ChoiceGroup,
    "materials": Material,
}
PARTS: dict[type[Removable], tuple[Any, ...]] = {  # what goes with it, the innermost first
    Session: (Item, SessionRole, SessionLink, Material, Precedence, Star),
    Room: (RoomHours, RoomPart),
    Theme: (),
    OwnKind: (),
    ChoiceGroup: (),
    Material: (),
}


@dataclass(frozen=True)
class Removed:
    subject: str
    row: Any
    by: str
    session: Session | None = None  # whose file it is

    @property
    def name(self) -> dict[str, str]:
        """Empty for a file without a title of its own."""
        return dict(self.row.title if self.subject in ("sessions", "materials") else self.row.name)

    @property
    def until(self) -> datetime:
        at: datetime = self.row.removed_at
        return at + KEPT


def removed() -> list[Removed]:
    """What can be brought back, the newest first, and who removed it."""
    after, rows = clock.now() - KEPT, list[tuple[str, Any]]()
    for subject, model in SUBJECTS.items():
        rows += [(subject, row) for row in db.session.scalars(select(model).where(model.removed_at > after))]
    by = _removed_by([row.ref for _subject, row in rows])
    of = _sessions_of([row.session_id for _subject, row in rows if isinstance(row, Material)])
    found = [
        Removed(subject, row, by.get(row.ref, ""), of.get(row.session_id) if isinstance(row, Material) else None)
        for subject, row in rows
    ]
    return sorted(found, key=lambda one: one.row.removed_at, reverse=True)


def _sessions_of(ids: Sequence[int]) -> dict[int, Session]:
    return {row.id: row for row in db.session.scalars(select(Session).where(Session.id.in_(ids)))} if ids else {}


def files_of(session: Session) -> Sequence[Any]:
    """Of all its materials, the removed ones too."""
    rows = select(Material).where(Material.session_id == session.id).options(joinedload(Material.file))
    return [one.file for one in db.session.scalars(rows)]


def _removed_by(refs: Sequence[str]) -> dict[str, str]:
    wanted = select(AuditEntry.subject_ref, AuditEntry.acting_name).where(
        AuditEntry.subject_ref.in_(refs), AuditEntry.verb.like("remove_%")
    )
    return {row.subject_ref: row.acting_name for row in db.session.execute(wanted.order_by(AuditEntry.id))}


def row(subject: str, ref: str) -> Any:
    model = SUBJECTS[subject]
    return db.session.scalar(select(model).where(model.ref == ref, model.removed_at.is_not(None)))


def sessions_it_had(row: Grouping) -> list[str]:
    """The sessions of a theme, a kind or a group when it was removed, as the audit record has them."""
    wanted = select(AuditEntry.facts).where(
        AuditEntry.subject_ref == row.ref, AuditEntry.verb == f"remove_{row.__tablename__}"
    )
    facts = db.session.scalar(wanted.order_by(AuditEntry.id.desc()).limit(1)) or {}
    return list(facts.get("sessions", ()))


def due(at: datetime) -> list[tuple[int, str, int]]:
    """(conference, subject, id) of what was removed so long ago that it goes; read across conferences."""
    return [
        (found.conference_id, subject, found.id)
        for subject, model in SUBJECTS.items()
        for found in db.session.execute(
            select(model.conference_id, model.id).where(model.removed_at <= at - KEPT).order_by(model.id)
        )
    ]


def is_needed(row: Removable) -> bool:
    """Whether something else stands on it: a release, a place that was taken, a statement."""
    own = {part.__tablename__ for part in PARTS[type(row)]}
    for table in db.metadata.tables.values():
        for column in table.columns:
            points = any(one.column.table.name == row.__tablename__ for one in column.foreign_keys)
            if points and table.name not in own and db.session.scalar(select(exists().where(column == row.id))):
                return True
    if not isinstance(row, Session):
        return False
    places = select(Place.id).join(Place.quota).where(Quota.owner_kind == SESSION, Quota.owner_id == row.id)
    return db.session.scalar(places.limit(1)) is not None
