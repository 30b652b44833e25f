"""Conditions under which a question or a section is shown: small declarative rules, evaluated here and in the browser.

A condition is `{}` (always), `{"all": [...]}`, `{"any": [...]}` or one row `{"field", "operator", "value"}`. Fields are
codes of questions and the built-in names below. Values are those that a form holds: text, numbers and days (ISO) as
text, several choices as a list. What is not shown counts as empty. `static/js/app.js` evaluates the same rules; both
are held to `tests/registration/questions/condition_cases.json`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any

from confapp.foundation.languages import N_

Condition = Mapping[str, Any]
Value = str | Sequence[str]

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_VALUE, MOST_ROWS = 200, 20

BUILT_IN: dict[str, str] = {
    "category": N_("Category"),
    "delegation_kind": N_("Kind of delegation"),
    "capacity": N_("Capacity in the delegation"),
    "country": N_("Country"),
    "rank": N_("Rank for protocol"),
    "language": N_("Language of mails"),
}
OPERATOR_NAMES: dict[str, str] = {
    "equals": N_("is"),
    "one_of": N_("is one of"),
    "contains": N_("contains"),
    "filled": N_("is filled in"),
    "empty": N_("is empty"),
    "less": N_("is less than"),
    "greater": N_("is greater than"),
    "at_least": N_("is at least"),
    "at_most": N_("is at most"),
    "before": N_("is before"),
    "after": N_("is after"),
}
WITHOUT_VALUE = ("filled", "empty")
DAYS_ONLY = ("before", "after")


def _several(value: Value) -> Sequence[str]:
    return [value] if isinstance(value, str) else value


def _order(value: Value, other: str, *, days_only: bool = False) -> float:
    """Below, at or above zero; not a number where the two cannot be compared."""
    if not isinstance(value, str):
        return nan
    if DAY.fullmatch(value) and DAY.fullmatch(other):
        return (value > other) - (value < other)
    if not days_only and NUMBER.fullmatch(value) and NUMBER.fullmatch(other):
        return float(value) - float(other)
    return nan


def _same(value: str, other: str) -> bool:
    return value == other or _order(value, other) == 0


OPERATORS: dict[str, Callable[[Value, Any], bool]] = {
    "equals": lambda a, b: len(_several(a)) == 1 and _same(_several(a)[0], b),
    "one_of": lambda a, b: any(_same(one, other) for one in _several(a) for other in b),
    "contains": lambda a, b: b.lower() in a.lower() if isinstance(a, str) else b in a,
    "filled": lambda a, b: bool(a),
    "empty": lambda a, b: not a,
    "less": lambda a, b: _order(a, b) < 0,
    "greater": lambda a, b: _order(a, b) > 0,
    "at_least": lambda a, b: _order(a, b) >= 0,
    "at_most": lambda a, b: _order(a, b) <= 0,
    "before": lambda a, b: _order(a, b, days_only=True) < 0,
    "after": lambda a, b: _order(a, b, days_only=True) > 0,
}


def holds(condition: Condition, value_of: Callable[[str], Value]) -> bool:
    """Whether a condition is met by these values."""
    if rows := condition.get("all"):
        return all(holds(row, value_of) for row in rows)
    if rows := condition.get("any"):
        return any(holds(row, value_of) for row in rows)
    if "field" not in condition:
        return True
    return OPERATORS[condition["operator"]](value_of(condition["field"]), condition.get("value", ""))


@dataclass(frozen=True)
class Place:
    """A question where it is asked: its name on the page, its code, and everything that must hold for it."""

    name: str
    code: str
    condition: Condition


def shown(places: Sequence[Place], values: Mapping[str, Value], known: Mapping[str, Value]) -> set[str]:
    """The names of the places that are shown, whatever their order.

    `values` are by name of a place; `known` by field, for what is not asked here. A question that is asked at several
    places has the value of the first one that is shown.
    """
    by_code: dict[str, list[Place]] = {}
    for place in places:
        by_code.setdefault(place.code, []).append(place)
    decided: dict[str, bool] = {}

    def is_shown(place: Place) -> bool:
        if place.name not in decided:
            decided[place.name] = False  # while it is being asked: a circle ends here
            decided[place.name] = holds(place.condition, value_of)
        return decided[place.name]

    def value_of(code: str) -> Value:
        if code not in by_code:
            return known.get(code, "")
        return next((values.get(place.name, "") for place in by_code[code] if is_shown(place)), "")

    return {place.name for place in places if is_shown(place)}


def both(*conditions: Condition) -> dict[str, Any]:
    """A condition that holds when all of these do."""
    real = [dict(one) for one in conditions if one.get("all") or one.get("any") or "field" in one]
    return real[0] if len(real) == 1 else {"all": real} if real else {}


def rows(condition: Condition) -> Iterator[Condition]:
    """Every row of a condition, however deep."""
    for one in condition.get("all") or condition.get("any") or ([condition] if "field" in condition else []):
        yield from rows(one) if "all" in one or "any" in one else [one]


def fields(condition: Condition) -> set[str]:
    return {row["field"] for row in rows(condition)}


def is_nested(condition: Condition) -> bool:
    return any("all" in row or "any" in row for row in condition.get("all") or condition.get("any") or [])


def is_well_formed(condition: Any) -> bool:
    """Whether something is a condition at all: what does not come from our own editor is looked at first."""
    if not isinstance(condition, dict) or len(condition) > 3:
        return False
    if not condition:
        return True
    if set(condition) in ({"all"}, {"any"}):
        inside = next(iter(condition.values()))
        return (
            isinstance(inside, list) and len(inside) <= MOST_ROWS and all(one and is_well_formed(one) for one in inside)
        )
    operator, value = condition.get("operator"), condition.get("value", "")
    if not isinstance(condition.get("field"), str) or operator not in OPERATORS or set(condition) - ROW:
        return False
    if operator == "one_of":
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, str)


ROW = {"field", "operator", "value"}


def circle(needs: Mapping[str, set[str]]) -> list[str]:
    """Questions that depend on themselves, in a row; empty when there is no circle."""
    finished: set[str] = set()

    def follow(code: str, way: list[str]) -> list[str]:
        if code in way:
            return way[way.index(code) :]
        if code in finished:
            return []
        for needed in sorted(needs.get(code, ())):
            if found := follow(needed, [*way, code]):
                return found
        finished.add(code)
        return []

    return next((found for code in sorted(needs) if (found := follow(code, []))), [])
