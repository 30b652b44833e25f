"""Letters without a database: placeholders, marks, numbers, the life of a letter, and who is reminded of what."""

from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from confapp.foundation.access import ANONYMOUS, SYSTEM
from confapp.foundation.lifecycle import Refused
from confapp.registration.rules import letters
from confapp.registration.rules.letter_texts import STARTING, starting
from confapp.registration.rules.letters import LETTERS, LetterKind, LetterStatus

VALUES = {"conference": "Conference on Testing", "person": "Ms **Dewi** {city}"}


def plain(text: str, values: dict[str, str] = VALUES) -> list[tuple[str, str]]:
    """Paragraphs as (kind, words)."""
    return [(one["kind"], "".join(run[0] for run in one["runs"])) for one in letters.paragraphs(text, values)]


def test_empty_lines_part_paragraphs_and_dashes_begin_items():
    assert plain("One\ntwo\n\n- first\n- second\nthree") == [
        ("p", "One\ntwo"),
        ("item", "first"),
        ("item", "second"),
        ("p", "three"),
    ]


def test_marks_are_emphasis():
    (paragraph,) = letters.paragraphs("a **b** *c* d * e", {})
    assert paragraph["runs"] == [
        ["a ", "", False],
        ["b", "strong", False],
        [" ", "", False],
        ["c", "em", False],
        [" d * e", "", False],
    ]


def test_a_value_is_never_read_as_a_mark_or_a_placeholder():
    (paragraph,) = letters.paragraphs("Dear {person},", VALUES)
    assert paragraph["runs"] == [["Dear ", "", False], ["Ms **Dewi** {city}", "", True], [",", "", False]]


@pytest.mark.parametrize(
    "hostile",
    ["{0}", "{person.__class__}", "{person!r}", "{{ 7 * 7 }}", "{% raw %}", "{conference:>999999}", "{ person }", "{}"],
)
def test_a_text_is_not_a_template_of_python_or_jinja(hostile):
    """Only a known name between one pair of braces is a placeholder; the rest is refused, or stands as it was typed."""
    fault = letters.text_fault(hostile, VALUES)
    assert fault or letters.filled(hostile, VALUES) == hostile


def test_an_unknown_placeholder_is_named():
    known = letters.placeholders(LetterKind.NOTE_VERBALE)
    assert "{minister}" in (letters.text_fault("Dear {minister}", known) or "")
    assert letters.text_fault("Dear {delegation}", known) is None


@pytest.mark.parametrize("kind", LetterKind)
def test_the_texts_to_start_from_use_known_placeholders_and_say_what_is_blank(kind):
    known = letters.placeholders(kind)
    for code, wording in STARTING[kind].items():
        for words in (wording.subject, wording.body, wording.signatory):
            assert letters.text_fault(words, known) is None, code
    made = starting(kind, ["en", "id", "ar", "fr"])
    assert {code: letters.standing(**made, code=code) for code in ("en", "id", "ar", "fr")} == {
        "en": "blanks",
        "id": "blanks",
        "ar": "blanks",
        "fr": "missing",
    }


def test_a_long_line_of_stars_is_read_in_no_time():
    text = "*a " * 1500 + "**b " * 1000
    assert plain(text) == [("p", text.strip())]


@pytest.mark.parametrize(
    ("form", "number"),
    [
        ("{acronym}/{year}/NV/{number}", "CT/2027/NV/007"),
        ("NV-{number}", "NV-007"),
        ("{number}({year})", "007(2027)"),
    ],
)
def test_numbers(form, number):
    assert letters.form_fault(form, []) is None
    assert letters.letter_number(form, "CT", 2027, 7) == number


@pytest.mark.parametrize("form", ["", "NV/1", "{number}/{month}", "{number} <b>", "{number}\n", "{number}{"])
def test_forms_that_make_no_number(form):
    assert letters.form_fault(form, [])


def test_two_kinds_of_letter_do_not_share_a_form():
    assert letters.form_fault("A/{number}", ["A/{number}"])


def test_a_conference_without_latin_letters_still_has_numbers():
    assert letters.letter_number("{acronym}/{number}", "مؤتمر", 2027, 1) == "LETTER/001"


def test_an_item_without_a_value_is_left_out_and_a_gap_in_a_sentence_is_named():
    text = "Be registered by {deadline}.\n\n- Name: {name}\n- Function: {function}\n- In {city} as {function}"
    given = {"deadline": "", "name": "Dewi", "function": "", "city": "Denpasar"}
    assert [words for kind, words in plain(text, given) if kind == "item"] == ["Name: Dewi", "In Denpasar as "]
    assert letters.holes([text], given) == {"deadline", "function"}
    assert letters.holes([text], given | {"function": "Adviser", "deadline": "1 May"}) == set()


# --- the life of a letter ---------------------------------------------------------------------------------------------

MOVES = {
    ("requested", "issue"): "checked",
    ("requested", "refuse"): "refused",
    ("requested", "withdraw"): "withdrawn",
    ("checked", "made"): "issued",
    ("checked", "withdraw"): "withdrawn",
    ("issued", "withdraw"): "withdrawn",
}


@pytest.mark.parametrize(("status", "move"), list(product(LetterStatus, LETTERS)))
def test_only_the_listed_moves_are_possible(status, move):
    letter = SimpleNamespace(status=status, registration=None, conference_id=1)
    if (status, move.verb) in MOVES:
        move.apply(letter, by=SYSTEM, reason="because")
        assert letter.status == MOVES[status, move.verb]
    else:
        with pytest.raises(Refused):
            move.apply(letter, by=SYSTEM, reason="because")
        assert letter.status == status


def test_nobody_else_makes_a_move():
    for move in LETTERS:
        with pytest.raises(Refused):
            move.apply(
                SimpleNamespace(status=next(iter(move.sources)), registration=None, conference_id=1), by=ANONYMOUS
            )


def about(**changes: Any) -> SimpleNamespace:
    return SimpleNamespace(**({"status": "submitted", "is_confirmed": True, "attended_at": None} | changes))


@pytest.mark.parametrize(
    ("kind", "registration", "possible"),
    [
        ("visa_support", about(), True),
        ("personal_invitation", about(status="returned"), True),
        ("confirmation", about(), False),
        ("confirmation", about(status="accredited"), True),
        ("visa_support", about(status="withdrawn"), False),
        ("visa_support", about(status="revoked"), False),
        ("visa_support", about(status="draft"), False),
        ("visa_support", about(is_confirmed=False), False),
        ("note_verbale", about(), False),
    ],
)
def test_who_may_ask_for_which_letter(kind, registration, possible):
    assert (letters.request_fault(registration, LetterKind(kind)) is None) is possible


@pytest.mark.parametrize(
    ("status", "has_focal_point", "members", "owes"),
    [
        ("invited", False, 0, {"answer", "focal_point"}),
        ("invited", True, 0, {"answer", "members"}),
        ("accepted", False, 0, {"focal_point"}),
        ("accepted", True, 0, {"members"}),
        ("accepted", True, 2, set()),
        ("declined", False, 0, set()),
        ("listed", False, 0, set()),
    ],
)
def test_what_a_delegation_owes(status, has_focal_point, members, owes):
    delegation = SimpleNamespace(status=status)
    assert {one.name for one in letters.OWINGS if one.applies(delegation, has_focal_point, members)} == owes
