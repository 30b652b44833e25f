"""What a reader of the programme finds: sessions as printed, the day that is shown, and what is looked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from confapp.foundation.text import fold
from confapp.programme.rules.agendas import asked_for
from confapp.programme.rules.grid import Row, columns, grid

ALL_DAYS = "all"
LONGEST_SEARCH = 60
NAMES = ("day", "room", "theme", "kind", "language", "format", "access")


class Printed(NamedTuple):
    """A session as a release prints it, in local time; `change` is its difference from the release before, `was` the
    start that readers had before."""

    ref: str
    starts: datetime
    ends: datetime
    room_ids: tuple[int, ...]
    words: dict[str, Any]
    is_cancelled: bool = False
    change: str = ""
    was: datetime | None = None

    @property
    def day(self) -> date:
        return self.starts.date()


@dataclass(frozen=True, eq=False)
class DayTable:
    """A day's sessions, the rooms in use in the organizers' order, and the table that they make. Each is itself alone,
    so that what is drawn of a kept one can be kept by it."""

    day: date
    sessions: list[Printed]
    rooms: list[int]
    rows: list[Row[Printed]]


def day_table(day: date, sessions: Iterable[Printed], order: Sequence[int]) -> DayTable:
    every = list(sessions)
    rooms = columns(every, order)
    return DayTable(day, every, rooms, grid(every, rooms))


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for. A room is its number in the organizers' order, from 1; a kind of their own its name."""

    day: str = ""
    room: str = ""
    theme: str = ""
    kind: str = ""
    language: str = ""
    format: str = ""
    access: str = ""
    words: str = ""
    stars: tuple[str, ...] = ()

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wanted":
        return cls(
            **{name: asked.get(name, "")[:80] for name in NAMES},
            words=" ".join(asked.get("q", "").split())[:LONGEST_SEARCH],
            stars=tuple(asked_for(asked.get("stars", ""))),
        )

    @property
    def is_narrow(self) -> bool:
        return bool(self.beside_the_day)

    @property
    def is_sought(self) -> bool:
        """Narrowed by more than a device's stars."""
        return bool(set(self.beside_the_day) - {"stars"})

    @property
    def beside_the_day(self) -> dict[str, str]:
        """As an address names it, so that another day can be looked at in the same way."""
        named = {name: getattr(self, name) for name in NAMES if name != "day"}
        named |= {"q": self.words, "stars": ".".join(self.stars)}
        return {name: value for name, value in named.items() if value}

    def fits(self, one: Printed, rooms: Sequence[int], texts: Mapping[str, str]) -> bool:
        """`texts` are what is searched of each session beside its title, folded, by its reference."""
        words = one.words
        return (
            (not self.stars or one.ref in self.stars)
            and (
                not self.room or any(str(rooms.index(room) + 1) == self.room for room in one.room_ids if room in rooms)
            )
            and self.theme in ("", words.get("theme_ref", ""))
            and self.kind in ("", kind_of(words))
            and (not self.language or self.language in words.get("languages", ()))
            and self.format in ("", words.get("format", ""))
            and self.access in ("", words["access"])
            and (not self.words or self._said(f"{fold(*words['title'].values())} {texts.get(one.ref, '')}"))
        )

    def _said(self, text: str) -> bool:
        return all(word in text for word in fold(self.words).split())


def kind_of(words: Mapping[str, Any]) -> str:
    """The kind of a session as an address names it: of the program, or the organizers' own by its first name."""
    own = words.get("kind_name") or {}
    return f"own:{fold(next(iter(own.values())))}" if own else str(words["kind"])


def texts_of(details: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, str]:
    """What is searched beside the title: description, those who take part, and the items, folded, by reference."""
    found = {}
    for ref, one in details:
        said = list((one.get("description") or {}).values())
        for part in (*one.get("roles", ()), *one.get("items", ())):
            said += [part.get("name", ""), *(part.get("function") or {}).values(), *(part.get("title") or {}).values()]
            said += (part.get("delegation") or {}).values()
        found[ref] = fold(*said)
    return found


def now_and_next(sessions: Sequence[Printed], at: datetime) -> tuple[list[Printed], list[Printed], datetime | None]:
    """What runs at an instant, what begins next (all that begin together), and when this changes by itself."""
    living = [one for one in sessions if not one.is_cancelled]
    running = [one for one in living if one.starts <= at < one.ends]
    following = min((one.starts for one in living if one.starts > at), default=None)
    coming = [one for one in living if one.starts == following]
    moments = [one.ends for one in running] + ([following] if following else [])
    return running, coming, min(moments, default=None)


def chosen_day(asked: str, known: Sequence[date], today: date) -> date | None:
    """The day to show: the one asked for, else today when it has sessions, else the first; None for all."""
    if asked == ALL_DAYS or not known:
        return None
    return next((day for day in known if day.isoformat() == asked), today if today in known else known[0])
