"""What a conference is begun with: the parts that each feature offers, for copies and for templates alike.

Features fill these tables when they are installed; nothing here knows a table above conferences.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select

from confapp.conferences.models import Conference
from confapp.foundation.db import db, in_conference

if TYPE_CHECKING:
    from confapp.conferences.actions.copying import Copy
    from confapp.conferences.actions.filling import Filling


@dataclass(frozen=True)
class Part:
    """What can be chosen. For a copy: tables in the order of their references, and what else is to be done, with the
    tables that this writes. For a template: what does the data it has under the part's name, by the feature's actions.
    """

    label: str
    order: int
    models: tuple[type[Any], ...] = ()
    leave_out: Callable[[Any], bool] | None = None
    then: Callable[["Copy"], int] | None = None
    by_hand: tuple[type[Any], ...] = ()
    needs: str = ""
    fill: Callable[["Filling", dict[str, Any]], None] | None = None
    reads: str = ""  # the part whose data it fills in, where that is another
    filled_label: str = ""  # its name in a template, where that is another

    @property
    def is_copied(self) -> bool:
        return bool(self.models or self.then)


@dataclass(frozen=True)
class Counted:
    """What is told in numbers of a new conference, and where it is looked at."""

    label: str
    order: int
    model: type[Any]
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)  # of its address


@dataclass(frozen=True)
class Step:
    """Something to do before a conference can be announced, where it is done, and whether it is."""

    label: str
    hint: str
    order: int
    endpoint: str
    is_done: Callable[[Conference], bool]


parts: dict[str, Part] = {}
counted: dict[str, Counted] = {}
steps: dict[str, Step] = {}
# Tables of a conference that are never copied, and why; a test demands that each table stands in a part or here.
never_copied: dict[str, str] = {
    "audit_entry": "the record of acts is of the conference in which they were done",
    "bulk_act": "what was done with many at once is over",
    "consent": "nobody has agreed to anything yet",
    "data_key": "each conference seals with keys of its own",
    "download": "a file that was made is of its conference",
    "erasure_request": "a person's wish concerns that person's data",
    "known_file": "a file is known where it was handed out",
    "form_draft": "what somebody was typing",
    "job": "work of the program",
    "mail": "mails were sent to people of that conference",
    "mailed_link": "a link opens what it was sent for",
    "mandate": "an old mandate opens no new conference; staff is invited anew",
    "person": "nobody goes over",
    "place": "who holds a place does not go over",
    "reading": "who opened sealed data",
    "signing_certificate": "each conference signs with a key of its own",
    "stored_file": "files are of their conference",
}


def any_rows(model: type[Any], *conditions: Any) -> bool:
    return db.session.scalar(select(exists().where(*conditions or (model.id.isnot(None),)))) or False


def ordered_parts() -> list[tuple[str, Part]]:
    return sorted(parts.items(), key=lambda one: one[1].order)


def figures(conference: Conference) -> list[tuple[Counted, int]]:
    """How many there are of each thing that is told; what there is none of is left out."""
    found = []
    with in_conference(conference.id):
        for one in sorted(counted.values(), key=lambda each: each.order):
            wanted = select(func.count()).select_from(one.model).where(one.model.conference_id == conference.id)
            if number := db.session.scalar(wanted):
                found.append((one, number))
    return found


def ordered_steps() -> list[Step]:
    return sorted(steps.values(), key=lambda one: one.order)
