"""Conditions: the cases that the browser is held to as well, what is a condition at all, and circles."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confapp.registration.rules import conditions
from confapp.registration.rules.conditions import Place

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "condition_cases.json").read_text())


def shown(case: Mapping[str, Any]) -> list[str]:
    places = [Place(code, code, case["conditions"].get(code, {})) for code in case["values"]]
    return sorted(conditions.shown(places, case["values"], case.get("known", {})))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_shown(case: dict[str, Any]) -> None:
    assert all(conditions.is_well_formed(one) for one in case["conditions"].values())
    assert shown(case) == sorted(case["shown"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_order_of_questions_changes_nothing(case: dict[str, Any]) -> None:
    backwards = {**case, "values": dict(reversed(case["values"].items()))}
    assert shown(backwards) == sorted(case["shown"])


def test_every_operator_is_in_the_cases_and_has_a_name() -> None:
    used = {row["operator"] for case in CASES for one in case["conditions"].values() for row in conditions.rows(one)}
    assert used == set(conditions.OPERATORS) == set(conditions.OPERATOR_NAMES)


def test_a_question_asked_twice_has_the_value_of_the_place_that_is_shown() -> None:
    places = [
        Place("q.1", "q", {"field": "category", "operator": "equals", "value": "media"}),
        Place("q.2", "q", {"field": "category", "operator": "equals", "value": "delegate"}),
        Place("next", "next", {"field": "q", "operator": "equals", "value": "b"}),
    ]
    assert conditions.shown(places, {"q.1": "a", "q.2": "b"}, {"category": "delegate"}) == {"q.2", "next"}
    assert conditions.shown(places, {"q.1": "a", "q.2": "b"}, {"category": "media"}) == {"q.1"}


def test_a_circle_is_found_and_named() -> None:
    assert conditions.circle({"a": {"b"}, "b": {"c"}, "c": set()}) == []
    assert sorted(conditions.circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == ["a", "b", "c"]
    assert conditions.circle({"a": {"a"}}) == ["a"]


def test_a_circle_that_was_never_saved_ends_all_the_same() -> None:
    places = [
        Place("a", "a", {"field": "b", "operator": "empty"}),
        Place("b", "b", {"field": "a", "operator": "empty"}),
    ]
    assert conditions.shown(places, {"a": "1", "b": "2"}, {}) <= {"a", "b"}


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        "x",
        {"all": {}},
        {"all": [{}]},
        {"all": [], "any": []},
        {"field": "a"},
        {"field": "a", "operator": "like", "value": "x"},
        {"field": 1, "operator": "equals", "value": "x"},
        {"field": "a", "operator": "equals", "value": 5},
        {"field": "a", "operator": "one_of", "value": "x"},
        {"field": "a", "operator": "equals", "value": "x", "then": "y"},
    ],
)
def test_what_is_no_condition(wrong: Any) -> None:
    assert not conditions.is_well_formed(wrong)


def test_conditions_are_joined_without_empty_ones() -> None:
    row = {"field": "a", "operator": "filled"}
    assert conditions.both({}, {"all": []}, row) == row
    assert conditions.both({}) == {}
    assert conditions.both(row, {"any": [row]}) == {"all": [row, {"any": [row]}]}


@given(st.text(), st.text(), st.sampled_from(sorted(set(conditions.OPERATORS) - {"one_of"})))
def test_no_value_breaks_an_operator(value: str, other: str, operator: str) -> None:
    row = {"field": "a", "operator": operator, "value": other}
    for one in (value, [value], []):
        assert conditions.holds(row, lambda _field, one=one: one) in (True, False)
