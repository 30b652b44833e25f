"""The five counts as a table: by delegation, by category of those who belong to none, and in total."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from confapp.conferences.models import Conference
from confapp.foundation import clock, exporting
from confapp.foundation.access import Actor
from confapp.foundation.exporting import Column, Subject
from confapp.foundation.languages import N_, best
from confapp.foundation.languages import gettext as _
from confapp.registration import queries
from confapp.registration.rules import EXPORT
from confapp.registration.rules.catalogue import KIND_NAMES
from confapp.registration.rules.figures import FIGURE_NAMES, Count, Figures


@dataclass(frozen=True)
class Line:
    position: int | None
    code: str
    name: str
    kind: str
    figures: Figures
    as_of: datetime


TIMES = {
    "invited": N_("Invited on"),
    "confirmed": N_("Confirmed on"),
    "registered": N_("Registered, last change"),
    "accredited": N_("Accredited, last change"),
    "attended": N_("Attended, last change"),
}


def _count(name: str) -> Callable[[Line], Count]:
    return lambda line: getattr(line.figures, name)


def _counted(name: str) -> tuple[Column, Column]:
    count = _count(name)
    return (
        Column(name, FIGURE_NAMES[name], lambda line: count(line).number, 10),
        Column(f"{name}_at", TIMES[name], lambda line: count(line).at, 17),
    )


COLUMNS = (
    Column("position", N_("Order"), lambda line: line.position, 6),
    Column("code", N_("Code"), lambda line: line.code, 8),
    Column("name", N_("Delegation"), lambda line: line.name, 30),
    Column("kind", N_("Kind"), lambda line: line.kind, 14),
    *(column for name in FIGURE_NAMES for column in _counted(name)),
    Column("as_of", N_("As of"), lambda line: line.as_of, 17),
)


def _lines(actor: Actor, conference: Conference, query: dict[str, Any]) -> tuple[Sequence[Column], Sequence[Line]]:
    shown, now = queries.figures_of(actor, conference), clock.now()
    lines = [
        Line(row.position, row.code, best(row.name), _(KIND_NAMES[row.kind]), figures, now)
        for row, figures in shown.delegations
    ]
    lines += [
        Line(None, row.code, _("Without delegation: %(category)s", category=best(row.name)), "", figures, now)
        for row, figures in shown.categories
    ]
    columns = [one for one in COLUMNS if not (query.get("paper") and one.name in ("code", "kind", "as_of"))]
    return columns, [*lines, Line(None, "", _("All"), "", shown.total, now)]


FIGURES = Subject("figures", N_("Figures"), EXPORT, _lines)
exporting.offer(FIGURES)
