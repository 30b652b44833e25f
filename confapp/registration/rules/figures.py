"""Five counts that are never mixed up: invited, confirmed, registered, accredited, attended; each with its time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime

from confapp.foundation.access import by_roles
from confapp.foundation.languages import N_
from confapp.people.rules import Role

NOTE_ATTENDANCE = by_roles(
    "note_attendance", N_("Note who attended"), Role.ORGANIZER, Role.PROTOCOL_OFFICER, Role.GATE_STAFF
)


@dataclass(frozen=True)
class Count:
    """A number, and the moment of the newest change that it rests on."""

    number: int = 0
    at: datetime | None = None

    def __add__(self, other: "Count") -> "Count":
        return Count(self.number + other.number, max(filter(None, (self.at, other.at)), default=None))


@dataclass(frozen=True)
class Figures:
    """The first two count delegations, the others persons."""

    invited: Count = Count()
    confirmed: Count = Count()
    registered: Count = Count()
    accredited: Count = Count()
    attended: Count = Count()

    def __iter__(self) -> Iterator[tuple[str, Count]]:
        return ((one.name, getattr(self, one.name)) for one in fields(self))

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(**{name: count + getattr(other, name) for name, count in self})


FIGURE_NAMES: dict[str, str] = {
    "invited": N_("Invited"),
    "confirmed": N_("Confirmed"),
    "registered": N_("Registered"),
    "accredited": N_("Accredited"),
    "attended": N_("Attended"),
}


def total(of: Iterable[Figures]) -> Figures:
    columns = zip(*((count for _name, count in one) for one in of), strict=True)
    return Figures(*(_sum(column) for column in columns))


def _sum(counts: Iterable[Count]) -> Count:
    every = list(counts)
    return Count(sum(one.number for one in every), max((one.at for one in every if one.at), default=None))
