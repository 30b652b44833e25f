"""A new conference begun with parts of an earlier one. What goes over of a row stands at its columns (`copy=True`)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import inspect, select

from confapp.conferences import queries
from confapp.conferences.actions.conferences import create
from confapp.conferences.actions.parts import Part, ordered_parts, parts
from confapp.conferences.models import Conference
from confapp.foundation import audit, clock, places
from confapp.foundation.access import Actor
from confapp.foundation.db import db, in_conference
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused

ENDED = ("closed_at", "retired_at", "removed_at")


@dataclass
class Copy:
    """One copy under way: from where, to where, and what became of each row by its table and id."""

    actor: Actor
    source: Conference
    target: Conference
    made: dict[tuple[str, int], Any] = field(default_factory=dict)

    def rows(self, model: type[Any]) -> list[Any]:
        with in_conference(self.source.id):
            return list(db.session.scalars(select(model).order_by(model.id)).unique())

    def take_over(self, model: type[Any], leave_out: Callable[[Any], bool] | None = None) -> None:
        rows = [row for row in self.rows(model) if not (leave_out and leave_out(row))]
        new = [(row, values) for row in rows if (values := self._values(row)) is not None]
        with in_conference(self.target.id):
            for row, values in new:
                self.made[model.__tablename__, row.id] = copy = model(conference_id=self.target.id, **values)
                db.session.add(copy)
            db.session.flush()

    def moved_day(self, day: date) -> date | None:
        """A day of the earlier conference as a day of the new one, or none when it would fall outside."""
        moved = day + (self.target.starts_on - self.source.starts_on)
        return moved if self.target.starts_on <= moved <= self.target.ends_on else None

    def moved(self, moment: datetime) -> datetime | None:
        """The same by the clock on the wall; none when its day falls outside, or that hour is not there."""
        wall = moment.astimezone(ZoneInfo(self.source.zone)).replace(tzinfo=None)
        day = self.moved_day(wall.date())
        if day is None:
            return None
        try:
            return clock.instant(datetime.combine(day, wall.time()), self.target.zone, second=False)
        except clock.LocalTimeError:
            return None

    def _values(self, row: Any) -> dict[str, Any] | None:
        """What goes over; nothing when the row has ended, or hangs on one that did not go over."""
        if any(getattr(row, name, None) is not None for name in ENDED):
            return None
        values = {}
        for attribute in inspect(type(row)).column_attrs:
            column = attribute.columns[0]
            if column.name == "conference_id" or not is_taken(column):
                continue
            value = getattr(row, attribute.key)
            key = next(iter(column.foreign_keys), None)
            if key is not None and "conference_id" in key.column.table.c:
                copy = self.made.get((key.column.table.name, value))
                if copy is None and not column.nullable:
                    return None
                value = copy.id if copy else None
            values[attribute.key] = value
        return values


def is_taken(column: Any) -> bool:
    """Marked for copies, or a reference without which the row cannot be."""
    return bool(column.info.get("copy")) or (bool(column.foreign_keys) and not column.nullable)


def copy_conference(
    actor: Actor, source: Conference, slug: str, chosen: Collection[str], **fields: Any
) -> tuple[Conference, dict[str, int]]:
    """A new draft with the chosen parts of an earlier conference: no person, no answer, no file, no decision."""
    if source not in queries.readable_by(actor):
        raise Refused(_("Choose a conference from the list."), 422, "begin")
    if any(name not in parts or not parts[name].is_copied for name in chosen):
        raise Refused(_("Choose parts from the list."), 422, "taken")
    taken = {name: getattr(source, name) for name in _settings() if name not in fields}
    target = create(actor, slug, copied_from_id=source.id, **taken, **fields)
    counts = {}
    under_way = Copy(actor, source, target)
    for name, part in ordered_parts():
        if name in chosen and part.is_copied and (not part.needs or part.needs in chosen):
            counts[name] = _copy(under_way, part)
    _copy_quotas(under_way)
    with in_conference(target.id):
        audit.record(actor, "copy", target, copied_from=source.slug, counts=counts)
    return target, counts


def _settings() -> list[str]:
    return [column.name for column in Conference.__table__.columns if column.info.get("copy")]


def _copy(under_way: Copy, part: Part) -> int:
    before = len(under_way.made)
    for model in part.models:
        under_way.take_over(model, part.leave_out)
    also = part.then(under_way) if part.then else 0
    return len(under_way.made) - before + also


def _copy_quotas(under_way: Copy) -> None:
    """How many places there are goes over with their owner; who holds them does not."""
    limits = {(one.owner_kind, one.owner_id): one.capacity for one in under_way.rows(places.Quota)}
    with in_conference(under_way.target.id):
        for key, copy in under_way.made.items():
            if key in limits:
                places.quota_for(copy, limits[key])
        db.session.flush()
