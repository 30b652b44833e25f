"""The order of delegations and the table of the catalogue, on plain values."""

from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

import pytest

from confapp.foundation.access import Actor, Grant
from confapp.people.rules import Role
from confapp.registration.rules import HostPlace, PartyKind
from confapp.registration.rules.catalogue import code_fault, labels, merged, missing, read
from confapp.registration.rules.figures import NOTE_ATTENDANCE, Count, Figures, total
from confapp.registration.rules.order import (
    Rule,
    arranged,
    drawn,
    fingerprint,
    moved,
    restored,
    sort_key,
    without_article,
)
from confapp.registration.states import catalogue

pytestmark = pytest.mark.once


@dataclass
class Row:
    id: int
    name: dict[str, str]
    kind: PartyKind = PartyKind.STATE
    code: str = ""


def rows(*names: str) -> list[Row]:
    return [Row(number, {"en": name}) for number, name in enumerate(names, 1)]


def ordered(found: list[Row], **rule: Any) -> list[str]:
    return [row.name["en"] for row in arranged(found, Rule(**({"language": "en"} | rule)))]


# --- the alphabet -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "language", "bare"),
    [
        ("Philippines (the)", "en", "Philippines"),
        ("the Gambia", "en", "Gambia"),
        ("The Gambia", "en", "Gambia"),
        ("Theland", "en", "Theland"),
        ("Bolivia (Plurinational State of)", "en", "Bolivia (Plurinational State of)"),
        ("Bahamas (les)", "fr", "Bahamas"),
        ("l’Indonésie", "fr", "Indonésie"),
        ("la République de Corée", "fr", "République de Corée"),
        ("الأردن", "ar", "أردن"),
        ("El Salvador", "en", "El Salvador"),
        ("the", "en", "the"),
        ("", "en", ""),
    ],
)
def test_articles_are_left_out(name: str, language: str, bare: str) -> None:
    assert without_article(name, language) == bare


def test_accents_case_and_punctuation_do_not_count() -> None:
    names = [
        "Croatia",
        "Côte d’Ivoire",
        "costa rica",
        "Guinea-Bissau",
        "Guinea",
        "the Gambia",
        "Philippines (the)",
        "Peru",
    ]
    assert ordered(rows(*names)) == [
        "costa rica",
        "Côte d’Ivoire",
        "Croatia",
        "the Gambia",
        "Guinea",
        "Guinea-Bissau",
        "Peru",
        "Philippines (the)",
    ]
    assert sort_key("Éta", "en") == "eta"


def test_the_language_decides_and_a_missing_name_falls_back() -> None:
    found = [
        Row(1, {"en": "Germany", "id": "Jerman"}),
        Row(2, {"en": "Japan", "id": "Jepang"}),
        Row(3, {"en": "Iceland"}),
    ]
    assert [row.id for row in arranged(found, Rule("id"))] == [3, 2, 1]
    assert [row.id for row in arranged(found, Rule("en"))] == [1, 3, 2]


def test_the_same_name_twice_stands_in_a_settled_order() -> None:
    found = rows("Same", "Same", "Same")
    for some in permutations(found):
        assert [row.id for row in arranged(some, Rule("en"))] == [1, 2, 3]


# --- drawn seats and hosts --------------------------------------------------------------------------------------------


def test_a_drawn_seat_comes_first_and_the_others_wrap_around() -> None:
    found = rows("Delta", "Alpha", "Charlie", "Bravo")
    assert ordered(found, first=3) == ["Charlie", "Delta", "Alpha", "Bravo"]
    assert ordered(found, first=2) == ["Alpha", "Bravo", "Charlie", "Delta"]
    assert ordered(found, first=99) == ["Alpha", "Bravo", "Charlie", "Delta"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (HostPlace.IN_ORDER, ["Charlie", "Delta", "Alpha", "Bravo"]),
        (HostPlace.FIRST, ["Bravo", "Charlie", "Delta", "Alpha"]),
        (HostPlace.LAST, ["Charlie", "Delta", "Alpha", "Bravo"]),
    ],
)
def test_the_host_stands_in_its_place_first_or_last(place: HostPlace, expected: list[str]) -> None:
    assert ordered(rows("Delta", "Alpha", "Charlie", "Bravo"), first=3, host=4, host_place=place) == expected


def test_states_come_before_organizations_and_each_kind_wraps_by_itself() -> None:
    found = [
        *rows("Bravo", "Alpha", "Charlie"),
        Row(4, {"en": "Aid"}, PartyKind.ORGANIZATION),
        Row(5, {"en": "Own"}, PartyKind.OTHER),
    ]
    assert ordered(found, first=1) == ["Bravo", "Charlie", "Alpha", "Aid", "Own"]
    assert ordered(found, first=1, host=2, host_place=HostPlace.LAST) == ["Bravo", "Charlie", "Alpha", "Aid", "Own"]
    assert ordered(found, kinds_apart=False) == ["Aid", "Alpha", "Bravo", "Charlie", "Own"]


@pytest.mark.parametrize("first", [None, 1, 2, 3, 4])
@pytest.mark.parametrize("host", [None, 1, 4])
@pytest.mark.parametrize("place", HostPlace)
@pytest.mark.parametrize("apart", [True, False])
def test_a_rule_never_loses_or_doubles_anybody(
    first: int | None, host: int | None, place: HostPlace, apart: bool
) -> None:
    found = [*rows("Delta", "Alpha", "Charlie"), Row(4, {"en": "Aid"}, PartyKind.ORGANIZATION)]
    made = arranged(found, Rule("en", place, host, first, apart))
    assert sorted(row.id for row in made) == [1, 2, 3, 4]


def test_the_whole_catalogue_is_in_the_order_of_the_united_nations() -> None:
    parties = [Row(number, one.printed_names, PartyKind(one.kind), one.code) for number, one in enumerate(catalogue())]
    names = [row.name["en"] for row in arranged(parties, Rule("en"))]
    assert names[:3] == ["Afghanistan", "Albania", "Algeria"]
    assert names.index("Republic of Korea") == names.index("Qatar") + 1
    assert names.index("Viet Nam") < names.index("Yemen") < names.index("ASEAN")


def test_a_draw_can_be_checked_by_anybody() -> None:
    refs = ["c", "a", "b"]
    assert drawn("seed", refs) == drawn("seed", reversed(refs))
    assert {drawn(str(number), refs) for number in range(60)} == set(refs)


# --- by hand ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", range(-2, 8))
@pytest.mark.parametrize("one", [1, 3, 5])
def test_a_move_keeps_everybody_once(one: int, to: int) -> None:
    made = moved([1, 2, 3, 4, 5], one, to)
    assert sorted(made) == [1, 2, 3, 4, 5]
    assert made.index(one) == min(max(to, 1), 5) - 1
    assert [other for other in made if other != one] == [other for other in [1, 2, 3, 4, 5] if other != one]


def test_going_back_leaves_out_who_left_and_adds_who_came() -> None:
    assert restored([4, 3, 1, 9], [1, 2, 3, 4]) == [1, 3, 4, 9]


def test_fingerprints_tell_orders_apart() -> None:
    assert fingerprint([1, 2]) == fingerprint([1, 2])
    assert fingerprint([1, 2]) != fingerprint([2, 1])
    assert fingerprint([12, 3]) != fingerprint([1, 23])


# --- the table of the catalogue ---------------------------------------------------------------------------------------


@dataclass
class Entry:
    name: dict[str, str] = field(default_factory=dict)
    formal_name: dict[str, str] = field(default_factory=dict)
    un_status: str = ""
    source: str = ""
    groups: list[str] = field(default_factory=list)


def test_a_table_is_read_whatever_its_separator() -> None:
    for separator in ",;\t":
        content = (
            f"\ufeffcode{separator}name:en{separator}un_status\r\nidn{separator}Indonesia{separator}Member\r\n\r\n"
        )
        table = read(content)
        assert not table.fault
        assert [(line.number, line.code, line.values, line.faults) for line in table.lines] == [
            (2, "IDN", {"name": {"en": "Indonesia"}, "un_status": "member"}, [])
        ]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("name:en\nX", "code"),
        ("code,code\nA,B", "twice"),
        ("code,passport\nAAA,1", "Unknown"),
        ("code,name:xx\nAAA,1", "Unknown"),
        ("code", "no lines"),
        ("code\n" + "x" * 140_000, "too long"),
        ("code\n" * 2 + "AAA\n" * 1_100, "1,000"),
        ("x" * 400_001, "too large"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(content: str, word: str) -> None:
    table = read(content)
    assert word in table.fault


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("a", "capital letters"),
        ("A B", "capital letters"),
        ("=1+1", "capital letters"),
        ("AAA,planet", "Kind"),
        ("AAA,state," + "x" * 201, "Name"),
        ("AAA,state,Name,maybe", "United Nations"),
        ("AAA,state,Name,member," + ";".join(str(one) for one in range(21)), "Groups"),
        ("AAA,state,Name,member,ASEAN,31.12.2026", "As of"),
        ("AAA,state,Name,member,ASEAN,0001-01-01", "As of"),
        ("AAA,state,Name,member,ASEAN,2026-01-01,more", "more cells"),
    ],
)
def test_a_line_with_a_fault_says_which(line: str, word: str) -> None:
    table = read(f"code,kind,name:en,un_status,groups,as_of\n{line}\n")
    assert not table.fault
    assert word in " ".join(table.lines[0].faults)


def test_the_same_code_twice_is_a_fault_of_the_second_line() -> None:
    table = read("code,name:en\nAAA,One\naaa,Two\n")
    assert [bool(line.faults) for line in table.lines] == [False, True]
    assert "line 2" in table.lines[1].faults[0]


def test_hostile_cells_come_out_as_plain_text() -> None:
    table = read('code,name:en,name:id\nAAA,"\'=HYPERLINK(1)","A\x00B\u202eC\nD"\n')
    assert table.lines[0].values["name"] == {"en": "=HYPERLINK(1)", "id": "ABC D"}


def test_an_empty_cell_says_nothing_and_other_languages_stay() -> None:
    party = Entry(name={"en": "One", "ar": "واحد"}, groups=["ASEAN"])
    line = read("code,name:en,name:id,groups\nAAA,One,Satu,\n").lines[0]
    assert merged(party, line.values) == {"name": (party.name, {"en": "One", "id": "Satu", "ar": "واحد"})}
    assert merged(party, {"name": {"en": "One"}}) == {}


def test_what_is_missing_is_named() -> None:
    assert missing(Entry(name={"en": "One"}), ["en", "id"]) == ["name:id", "formal_name", "un_status", "source"]
    full = Entry({"en": "One", "id": "Satu"}, {"en": "the One"}, "none", "A list")
    assert missing(full, ["en", "id"]) == []


def test_codes_and_labels() -> None:
    assert code_fault("IDN") is None
    assert all(code_fault(code) for code in ("", "A", "idn", "-A", "A" * 21, "ÄÖ"))
    assert labels(" ASEAN, G20;ASEAN\n ,") == ["ASEAN", "G20"]


# --- figures ----------------------------------------------------------------------------------------------------------


def test_sums_keep_the_newest_moment() -> None:
    from datetime import UTC, datetime

    old, new = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    made = total([Figures(registered=Count(2, new)), Figures(registered=Count(3, old)), Figures()])
    assert made.registered == Count(5, new)
    assert made.attended == Count(0, None)


@pytest.mark.parametrize("role", Role)
def test_attendance_is_noted_by_those_at_the_doors(role: Role) -> None:
    actor = Actor(1, grants=(Grant(role, None if role == Role.ADMINISTRATOR else 1),))
    allowed = {Role.ADMINISTRATOR, Role.ORGANIZER, Role.PROTOCOL_OFFICER, Role.GATE_STAFF}

    class Subject:
        conference_id = 1

    assert NOTE_ATTENDANCE.allows(actor, Subject()) == (role in allowed)
