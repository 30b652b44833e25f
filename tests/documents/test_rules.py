"""Plain rules of documents: moves, symbols, codes, inline text, numbers and fingerprints."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confapp.documents.rules import (
    LIFE,
    BlockKind,
    DocumentKind,
    IssueState,
    Manner,
    Status,
    inline,
    symbols,
    wording,
)
from confapp.documents.rules.composition import Place, fingerprint, item_label, paragraphs
from confapp.documents.rules.redline import changes
from confapp.foundation.access import ANONYMOUS, SYSTEM
from confapp.foundation.codes import new_code, read_code
from confapp.foundation.languages import speaking
from confapp.foundation.lifecycle import Refused

LEGAL = {
    ("adopt", Status.DRAFT),
    ("adopt", Status.PUBLISHED),
    ("publish", Status.ADOPTED),
    ("publish", Status.PUBLISHED),
    ("withdraw", Status.PUBLISHED),
    ("resume", Status.WITHDRAWN),
}


def outcome(status, **changes):
    values = {"kind": DocumentKind.OUTCOME, "status": status, "issues": [], "conference_id": 1, "modification": None}
    return SimpleNamespace(**(values | changes))


@pytest.mark.parametrize(("status", "move"), list(product(Status, LIFE)))
def test_only_the_listed_moves_are_possible(status, move):
    document = outcome(status)
    assert not move.is_open_to(document, ANONYMOUS)
    assert move.is_open_to(document, SYSTEM) == ((move.verb, status) in LEGAL)
    if (move.verb, status) in LEGAL:
        move.apply(document, by=SYSTEM, reason="because")
        assert document.status == move.target
    else:
        with pytest.raises(Refused):
            move.apply(document, by=SYSTEM, reason="because")


def test_a_paper_is_published_as_it_stands():
    publish = LIFE.named("publish")
    assert publish.is_open_to(outcome(Status.DRAFT, kind=DocumentKind.AGENDA), SYSTEM)
    assert not LIFE.named("adopt").is_open_to(outcome(Status.DRAFT, kind=DocumentKind.AGENDA), SYSTEM)


def test_nothing_moves_while_an_issue_is_prepared():
    preparing = [SimpleNamespace(state=IssueState.PREPARING)]
    assert LIFE.open_to(outcome(Status.ADOPTED, issues=preparing), SYSTEM) == []


@pytest.mark.parametrize(
    "symbol",
    ["A", "CONF/2027/L.1", "SAMPLE/2027/MSG/1", "A/CONF.1/L.3-REV.2", "A/1/L.2*", "A/L.3/Rev.1/Corr.2", "A/1/Summary"],
)
def test_symbols(symbol):
    assert symbols.fault(symbol) is None


@pytest.mark.parametrize(
    "symbol", ["", "a/1", "A//1", "/A", "A/", "A B", "A/1.en.pdf", "A" * 81, "A/../B", "Ä", "A/Rev.x", "A/Rev", "Add.1"]
)
def test_not_symbols(symbol):
    assert symbols.fault(symbol)


@pytest.mark.parametrize("attempt", range(20))
def test_a_code_is_read_as_it_may_be_typed(attempt):
    code = new_code()
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} ", code.replace("0", "o")):
        assert read_code(typed) == code


@pytest.mark.parametrize("typed", ["", "7K2M", "7K2M-X9QD-4TBU", "7K2M-X9QD-4TBW-1", "%00", "../../etc/pass"])
def test_what_is_not_a_code(typed):
    assert read_code(typed) is None


@pytest.mark.parametrize(
    ("markup", "spans"),
    [
        ("plain", [{"t": "plain"}]),
        ("*Recalling* the past,", [{"em": "Recalling"}, {"t": " the past,"}]),
        ("a **strong** word", [{"t": "a "}, {"strong": "strong"}, {"t": " word"}]),
        ("2 * 3 * 4", [{"t": "2 * 3 * 4"}]),
        (r"\*not\*", [{"t": "*not*"}]),
        ("<b>&amp;", [{"t": "<b>&amp;"}]),
        ("two\nlines", [{"t": "two lines"}]),
        ("", []),
    ],
)
def test_inline_text(markup, spans):
    assert inline.parse(markup) == spans
    assert inline.is_valid(spans)


@given(st.text())
def test_what_is_shown_for_editing_gives_the_same_text_again(markup):
    spans = inline.parse(markup)
    assert inline.parse(inline.to_markup(spans)) == spans
    assert inline.is_valid(spans)


def test_a_permanent_id_is_never_taken_for_a_number():
    """One in six begins with a digit."""
    for name in ("81EdvkU3aqY1z4DDIGCGYg", "x1EdvkU3aqY1z4DDIGCGYg"):
        assert inline.to_markup([{"ref": name}]) == f"{{#{name}}}"
    assert inline.to_markup(inline.parse("{12 bis}")) == "{12 bis}"


@given(st.text())
def test_no_text_becomes_markup(markup):
    shown = inline.to_html(inline.parse(markup))
    for element in ("<em>", "</em>", "<strong>", "</strong>"):
        shown = shown.replace(element, "")
    assert "<" not in shown
    assert ">" not in shown


@pytest.mark.parametrize("value", [None, "text", [{"x": "y"}], [{"t": 1}], [{"t": "a", "em": "b"}], [["t", "a"]]])
def test_what_is_not_inline_text(value):
    assert not inline.is_valid(value)


PLACES = [
    Place("title", BlockKind.TITLE, 1),
    Place("op1", BlockKind.OPERATIVE, 2),
    Place("op1a", BlockKind.LIST_ITEM, 3, "op1"),
    Place("op1b", BlockKind.LIST_ITEM, 4, "op1"),
    Place("op1b1", BlockKind.LIST_ITEM, 5, "op1b"),
    Place("gone", BlockKind.OPERATIVE, 6, is_shown=False),
    Place("gone-a", BlockKind.LIST_ITEM, 7, "gone"),
    Place("op2", BlockKind.OPERATIVE, 8),
    Place("op2bis", BlockKind.OPERATIVE, 9, suffix="bis"),
    Place("annex", BlockKind.ANNEX, 10),
    Place("annex1", BlockKind.OPERATIVE, 11, "annex"),
]


def numbers(language):
    return {p.block: p.label for p in paragraphs(PLACES, {}, language) if p.label}


def test_numbers_are_the_same_in_every_language_and_dressed_by_it():
    english = numbers("en")
    assert english == {
        "op1": "1.",
        "op1a": "(a)",
        "op1b": "(b)",
        "op1b1": "(i)",
        "op2": "2.",
        "op2bis": "2 bis.",
        "annex1": "1.",
    }
    assert list(numbers("fr").values()) == ["1.", "a)", "b)", "i)", "2.", "2 bis.", "1."]
    assert numbers("id")["op1b"] == "b."
    assert numbers("ar")["op1b"] == "(ب)"
    assert numbers("ar").keys() == english.keys()


def test_lists_that_stand_alone_begin_anew_and_signatures_have_no_letters():
    places = [
        Place("a1", BlockKind.LIST_ITEM, 1),
        Place("a2", BlockKind.LIST_ITEM, 2),
        Place("between", BlockKind.PARAGRAPH, 3),
        Place("b1", BlockKind.LIST_ITEM, 4),
        Place("op", BlockKind.OPERATIVE, 5),
        Place("op-a", BlockKind.LIST_ITEM, 6, "op"),
        Place("op-and", BlockKind.PARAGRAPH, 7, "op"),
        Place("op-b", BlockKind.LIST_ITEM, 8, "op"),
        Place("signed", BlockKind.SIGNATURES, 9),
        Place("somebody", BlockKind.LIST_ITEM, 10, "signed"),
    ]
    labels = [p.label for p in paragraphs(places, {}, "en")]
    assert labels == ["(a)", "(b)", "", "(a)", "1.", "(a)", "", "(b)", "", ""]


def test_letters_go_on_after_z():
    assert [item_label(number, 1, "en") for number in (26, 27, 52, 53)] == ["(z)", "(aa)", "(az)", "(ba)"]
    assert [item_label(number, 2, "en") for number in (4, 9, 14, 40)] == ["(iv)", "(ix)", "(xiv)", "(xl)"]


def test_a_missing_text_is_shown_in_the_fallback_language():
    texts = {"op1": {"en": [{"t": "one"}], "id": [{"t": "satu"}]}, "op2": {"en": [{"t": "two"}]}}
    shown = {p.block: (p.language, p.inline) for p in paragraphs(PLACES, texts, "id", "en")}
    assert shown["op1"] == ("id", [{"t": "satu"}])
    assert shown["op2"] == ("en", [{"t": "two"}])


def test_the_fingerprint_names_the_text_as_it_is_read():
    digests = {place.block: {"en": f"hash of {place.block}"} for place in PLACES}
    whole = fingerprint(PLACES, digests)
    moved = [replace(place, position=place.position * 10) for place in PLACES]
    assert fingerprint(moved, digests) == whole
    assert fingerprint(PLACES, digests | {"gone": {"en": "other"}}) == whole
    assert fingerprint(PLACES, digests | {"op2": {"en": "other"}}) != whole
    assert fingerprint(PLACES, digests | {"op2": {"en": "hash of op2", "id": "new"}}) != whole
    assert fingerprint([replace(place, is_shown=True) for place in PLACES], digests) != whole


@pytest.mark.parametrize("manner", list(Manner))
def test_every_manner_of_adoption_has_its_sentence(manner):
    with speaking("en"):
        assert "22\u00a0April\u00a02027" in wording.adoption(manner, date(2027, 4, 22), "en")


def test_days_are_written_shortly():
    assert wording.days(date(2027, 4, 20), date(2027, 4, 22), "en") == "20–22 April 2027"
    assert wording.days(date(2027, 4, 30), date(2027, 5, 2), "en") == "30 April – 2 May 2027"
    assert wording.days(date(2027, 12, 31), date(2028, 1, 2), "id") == "31 Desember 2027 – 2 Januari 2028"
    assert wording.days(date(2027, 4, 20), date(2027, 4, 20), "en") == "20 April 2027"
    assert wording.day(datetime(2027, 4, 19, 20, tzinfo=UTC), "en", "Asia/Jayapura") == "20 April 2027"


def test_the_standing_of_a_language():
    with speaking("en"):
        assert wording.standing(["en"], "en", "en") == "Authentic text"
        assert wording.standing([], "en", "en") == "Original text"
        assert wording.standing([], "en", "id", "en") == "Translation; the original is in English"
        assert wording.standing(["en", "fr"], "id", "id", "en") == "Translation; authentic: English and French"


@given(st.text(), st.text())
def test_a_redline_holds_both_texts(was, became):
    found = changes([{"t": was}], [{"t": became}])
    assert "".join(one.words for one in found if one.kind != "ins") == was
    assert "".join(one.words for one in found if one.kind != "del") == became


def test_a_redline_goes_by_words():
    found = changes(
        [{"em": "Invite"}, {"t": " states every two years;"}], [{"em": "Invite"}, {"t": " states every year;"}]
    )
    assert [(one.kind, one.words) for one in found] == [
        ("same", "Invite states every "),
        ("del", "two years"),
        ("ins", "year"),
        ("same", ";"),
    ]
