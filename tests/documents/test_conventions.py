"""The conventions of conference papers as one table: each practice that is supported, with a case of its own."""

import pytest

from confapp.documents.rules import BlockKind, Modification, inline, symbols
from confapp.documents.rules.aligning import aligned
from confapp.documents.rules.composition import Place, fingerprint, item_label, paragraphs
from confapp.documents.rules.lint import Checked, Rule, findings, of_letters
from confapp.foundation.languages import speaking

K = BlockKind
PRE, OP, HEAD, ITEM, ANNEX, SIGN, ORGAN, TEXT = (
    K.PREAMBULAR,
    K.OPERATIVE,
    K.HEADING,
    K.LIST_ITEM,
    K.ANNEX,
    K.SIGNATURES,
    K.ORGAN,
    K.PARAGRAPH,
)


def read(rows, language="en", *, is_sorted=()):
    """Rows are kind, words and, for what stands under another, the number of that row."""
    places = [
        Place(f"block{at:03d}", row[0], at, f"block{row[2]:03d}" if len(row) > 2 else None, is_sorted=at in is_sorted)
        for at, row in enumerate(rows)
    ]
    texts = {f"block{at:03d}": {language: inline.parse(row[1])} for at, row in enumerate(rows)}
    return paragraphs(places, texts, language)


def marked(rows, language="en", original=None):
    texts = [Checked("xx", read(original, "xx"))] if original else []
    with speaking("en"):
        return {one.rule for one in findings([*texts, Checked(language, read(rows, language))], {}, {})}


# --- symbols (identity) -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "symbol",
    [
        *("A/AC.12/3", "A/C.2/L.4", "A/CONF.9/L.1", "A/PC/2", "A/WG.1/CRP.2"),  # bodies below bodies
        *("C/2027/L.1", "C/2027/CRP.3", "C/2027/INF/2", "C/2027/WP.4", "C/2027/RES/5", "C/2027/SR.6", "C/2027/PV.7"),
        *("C/2027/R.8", "C/2027/NGO/9"),
        *("C/1/Add.1", "C/1/Amend.2", "C/1/Corr.3", "C/1/Rev.4", "C/1/Summary", "C/1*", "C/1/Rev.1/Corr.1"),
    ],
)
def test_every_part_of_a_symbol_can_be_written(symbol):
    assert symbols.fault(symbol) is None


@pytest.mark.parametrize("modification", list(Modification))
def test_every_extension_makes_a_symbol(modification):
    assert symbols.fault(symbols.extended("C/2027/L.3/Rev.1", modification, 2)) is None


# --- form (structure) -------------------------------------------------------------------------------------------------

RESOLUTION = [
    (ORGAN, "The Conference,"),
    (PRE, "*Recalling* its earlier work,"),
    (PRE, "*Deeply concerned* about floods,"),
    (OP, "*Affirms* that:"),
    (ITEM, "trust helps;", 3),
    (ITEM, "figures are open;", 3),
    (OP, "*Decides* to meet again."),
]
FORMS = {
    "resolution": RESOLUTION,
    "no preamble": [(OP, "*Affirms* this;"), (OP, "*Decides* that.")],
    "several preambular parts": [
        *((HEAD, "A. Water"), (PRE, "*Recalling* the floods,"), (OP, "*Affirms* this."), (HEAD, "B. Air")),
        *((PRE, "*Noting* the storms,"), (OP, "*Decides* that.")),
    ],
    "declaration, all paragraphs numbered": [
        (ORGAN, "We, the ministers,"),
        (OP, "Water is life."),
        (OP, "We will meet."),
    ],
    "summary of the Chair": [(HEAD, "I. Debate"), (TEXT, "Many speakers agreed."), (TEXT, "Some did not.")],
    "annexes": [
        *RESOLUTION,
        (ANNEX, "Annex I: Plan"),
        (OP, "First, we count.", 7),
        (ANNEX, "Annex II: List"),
        (TEXT, "One.", 9),
    ],
    "list of signatures": [*RESOLUTION, (SIGN, "Endorsed by"), (ITEM, "Zambia", 7), (ITEM, "Albania", 7)],
    "report with brackets in prose": [(HEAD, "I. Text"), (TEXT, "The bracket [so] is quoted.")],
    "quotation at the end": [(PRE, "*Recalling* the words “open to all,”"), (OP, "*Affirms* “all.”")],
}


@pytest.mark.parametrize("form", FORMS)
def test_no_form_that_occurs_is_marked_or_refused(form):
    assert marked(FORMS[form]) == set()
    assert len({p.block for p in read(FORMS[form])}) == len(FORMS[form])


LABELS = {
    "en": ("(a)", "(b)", "(i)", "(iv)"),
    "id": ("a.", "b.", "i.", "iv."),
    "fr": ("a)", "b)", "i)", "iv)"),
    "es": ("a)", "b)", "i)", "iv)"),
    "ru": ("а)", "б)", "i)", "iv)"),
    "ar": ("(أ)", "(ب)", "(1)", "(4)"),
    "zh": ("(a)", "(b)", "(一)", "(四)"),
}


@pytest.mark.parametrize("language", LABELS)
def test_numbers_are_the_same_and_dressed_as_the_language_does(language):
    found = [item_label(number, level, language) for number, level in ((1, 1), (2, 1), (1, 2), (4, 2))]
    assert tuple(found) == LABELS[language]
    for level in (1, 2):
        assert len({item_label(number, level, language) for number in range(1, 61)}) == 60


def test_letters_that_are_left_out_and_what_follows_the_last():
    russian = [item_label(number, 1, "ru")[:-1] for number in range(1, 29)]
    assert "".join(russian[:10]) == "абвгдежикл"
    assert not set("ёзйъыь") & set("".join(russian))
    assert russian[-1] == "аа"
    assert item_label(5, 1, "ar") == "(هـ)"
    assert [item_label(number, 2, "zh") for number in (10, 11, 21)] == ["(十)", "(十一)", "(二十一)"]


NAMES = {
    "en": ["Albania", "Côte d’Ivoire", "the Gambia", "Zambia"],
    "fr": ["Albanie", "Côte d’Ivoire", "la Gambie", "Zambie"],
    "es": ["Albania", "Côte d’Ivoire", "Gambia", "Zambia"],
    "id": ["Albania", "Gambia", "Pantai Gading", "Zambia"],
    "ru": ["Албания", "Гамбия", "Замбия", "Йемен"],
    "ar": ["ألبانيا", "زامبيا", "غامبيا", "كوت ديفوار"],
}


@pytest.mark.parametrize("language", NAMES)
def test_a_list_of_states_stands_in_the_alphabet_of_each_language_or_in_the_order_given(language):
    given = [NAMES[language][at] for at in (3, 1, 0, 2)]
    rows = [(SIGN, "Endorsed by"), *((ITEM, name, 0) for name in given)]
    assert [p.plain for p in read(rows, language, is_sorted={0})][1:] == NAMES[language]
    assert [p.plain for p in read(rows, language)][1:] == given


def test_the_order_of_a_list_is_part_of_the_text():
    places = [Place("a", SIGN, 1), Place("b", ITEM, 2, "a")]
    assert fingerprint(places, {}) != fingerprint([Place("a", SIGN, 1, is_sorted=True), places[1]], {})


def test_short_labels_for_talk_are_known_to_references():
    rows = [(PRE, "*Noting* it,"), (PRE, "*Recalling* {#block000},"), (OP, "*Affirms* {#block001};")]
    assert [p.plain for p in read(rows)][1:] == ["Recalling PP1,", "Affirms PP2;"]


# --- remarks ----------------------------------------------------------------------------------------------------------

GOOD = {
    "en": ("*Recalling* it,", "*Affirms* this;", "*Decides* that."),
    "id": ("*Mengingat* itu,", "*Menegaskan* ini;", "*Memutuskan* itu."),
    "fr": ("*Rappelant* ces faits,", "*Affirme* cela ;", "*Décide* ceci."),
    "es": ("*Recordando* eso,", "*Afirma* esto;", "*Decide* eso."),
    "ru": ("*напоминая* об этом,", "*подтверждает* это;", "*постановляет* то."),
    "ar": ("*وإذ تشير* إلى ذلك،", "*تؤكد* هذا؛", "*تقرر* ذلك."),
    "zh": ("*回顾*此事，", "*申明*此事；", "*决定*彼事。"),
}
BAD = {
    "en": ("The floods came,", "The sea is *ours*;"),
    "id": ("Bahwa banjir datang,", "Bahwa laut *milik* kita;"),
    "fr": ("Les crues sont venues,", "La mer est *à nous* ;"),
    "es": ("El mar creció,", "El mar es *nuestro*;"),
    "ru": ("Вода пришла,", "Это *наше* море;"),
    "ar": ("جاءت الفيضانات،", "*وإذ نؤكد* هذا؛"),
    "zh": ("洪水来了，", "*申明*此事；"),
}


@pytest.mark.parametrize("language", GOOD)
def test_first_words_in_each_language(language):
    first, second, last = GOOD[language]
    assert marked([(PRE, first), (OP, second), (OP, last)], language) == set()
    assert Rule.LEAD in marked([(PRE, BAD[language][0]), (OP, second), (OP, last)], language)
    if language != "zh":  # where a verb begins either
        assert Rule.LEAD in marked([(PRE, first), (OP, BAD[language][1]), (OP, last)], language)


START = [(PRE, "*Recalling* it,"), (OP, "*Affirms* this;")]
END = (OP, "*Decides* that.")
REMARKS = {
    "preambular without comma": (Rule.CHAIN, [(PRE, "*Recalling* it."), *START, END]),
    "numbered without semicolon": (Rule.CHAIN, [*START, (OP, "*Notes* it."), END]),
    "last without full stop": (Rule.CHAIN, [*START, (OP, "*Decides* that;")]),
    "list without colon": (Rule.CHAIN, [*START, (OP, "*Notes*;"), (ITEM, "one;", 2), END]),
    "words that are not agreed": (Rule.BRACKET, [*START, (OP, "*Notes* [with concern] it;"), END]),
    "a bracket left over": (Rule.BRACKET, [*START, (OP, "*Notes* it] there;"), END]),
    "typed reference to nothing": (Rule.REFERENCE, [*START, (OP, "*Notes* paragraph 9;"), END]),
    "reference to what was deleted": (Rule.REFERENCE, [*START, (OP, "*Notes* paragraph {#gone0000};"), END]),
    "reference that means nothing": (Rule.REFERENCE, [*START, (OP, "*Notes* paragraph {99};"), END]),
    "heading over a heading": (Rule.HEADING, [(HEAD, "One"), (HEAD, "Two"), *START, END]),
    "heading over nothing": (Rule.HEADING, [*START, END, (HEAD, "Last")]),
    "list under nothing": (Rule.NUMBERING, [(ITEM, "one;"), *START, END]),
    "preambular among numbered": (Rule.LEAD, [*START, (PRE, "*Noting* it,"), END]),
    "typed number": (Rule.TYPED, [*START, (OP, "3. *Notes* it;"), END]),
}


@pytest.mark.parametrize("practice", REMARKS)
def test_what_is_remarked(practice):
    rule, rows = REMARKS[practice]
    assert rule in marked(rows)
    assert rule not in marked([*START, END])


def test_what_translations_lack():
    original = [(OP, "One^[a note]"), (OP, "Two")]
    assert Rule.NOTES in marked([(OP, "Satu"), (OP, "Dua")], "id", original)
    assert marked([(OP, "Satu^[catatan]"), (OP, "Dua")], "id", original) == set()
    with speaking("en"):
        both = [Checked(code, read([(OP, "Words.")], code)) for code in ("en", "id")]
        named = {"block000": ["id"]}
        for rule, facts in ((Rule.MISSING, [named, {}]), (Rule.BEHIND, [{}, named]), (Rule.UNCHECKED, [{}, {}, named])):
            assert [(one.rule, one.language) for one in findings(both, *facts)] == [(rule, "id")]


def test_signs_that_no_font_has():
    checked = [Checked("en", read([(OP, "Known ^[and ☃]"), (OP, "words")]))]
    with speaking("en"):
        found = of_letters(checked, lambda words: [sign for sign in words if sign == "☃"])
    assert [(one.rule, one.block, one.is_serious) for one in found] == [(Rule.LETTERS, "block000", True)]


# --- a translation beside its original --------------------------------------------------------------------------------

ORIGINAL = [("title", 30), ("organ", 20), ("preambular", 90), ("heading", 12), ("operative", 120), ("list_item", 60)]
ORIGINAL += [("list_item", 70), ("operative", 80), ("annex", 20), ("paragraph", 200)]


@pytest.mark.parametrize("dropped", range(len(ORIGINAL)))
def test_what_lacks_one_paragraph_is_laid_beside_the_others(dropped):
    whole = [(kind, int(size * 1.2)) for kind, size in ORIGINAL]
    there = aligned(ORIGINAL, whole[:dropped] + whole[dropped + 1 :])
    expected = [None if at == dropped else at - (at > dropped) for at in range(len(ORIGINAL))]
    of_a_kind = [at for at, (kind, _size) in enumerate(ORIGINAL) if kind == ORIGINAL[dropped][0]]
    assert [one for at, one in enumerate(there) if at not in of_a_kind] == [
        one for at, one in enumerate(expected) if at not in of_a_kind
    ]
    assert [one for one in there if one is not None] == list(range(len(ORIGINAL) - 1))
    assert aligned(ORIGINAL, whole) == list(range(len(ORIGINAL)))
