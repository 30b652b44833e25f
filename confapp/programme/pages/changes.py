"""What changes for readers, in words of the page's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from confapp.foundation import languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import joined
from confapp.foundation.web import filters
from confapp.programme.models import Room, Schedule
from confapp.programme.rules.changes import CHANGE_NAMES, CHANGE_SHAPES, Change, Difference, Edition


@dataclass(frozen=True)
class ShownChange:
    title: dict[str, str]
    ref: str
    labels: list[tuple[str, str]]
    before: str
    now: str
    old_title: dict[str, str]


def changes(found: Sequence[Difference], rooms: Sequence[Room], zone: str) -> list[ShownChange]:
    names = {room.id: languages.best(room.name) for room in rooms}
    return [_change(difference, names, zone) for difference in found]


def _change(found: Difference, rooms: dict[int, str], zone: str) -> ShownChange:
    was = found.before if Change.MOVED in found.changes or found.after is None else None
    return ShownChange(
        title=found.edition.printed["title"],
        ref=found.edition.ref,
        labels=[(CHANGE_SHAPES[change], _(CHANGE_NAMES[change])) for change in found.changes],
        before=where_and_when(was, rooms, zone) if was else "",
        now=where_and_when(found.after, rooms, zone) if found.after else "",
        old_title=found.before.printed["title"] if found.before and Change.RETITLED in found.changes else {},
    )


def where_and_when(edition: Edition, rooms: dict[int, str], zone: str) -> str:
    day = filters.short_day(edition.starts_at, zone)
    where = joined(rooms[room] for room in edition.room_ids) or _("No room")
    return f"{day}, {filters.period(edition.starts_at, edition.minutes, zone)}, {where}"


def version(release: Schedule | None) -> str:
    if release is None or release.released_at is None:
        return _("Nothing has been published yet.")
    return _(
        "Version %(number)s, published %(moment)s", number=release.number, moment=filters.moment(release.released_at)
    )
