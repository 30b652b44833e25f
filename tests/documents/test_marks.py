"""References and notes in a text: typed, kept by permanent id, shown with today's number, and in every kind of file."""

import io
import json
import zipfile
from itertools import pairwise

import docx
import page
import pikepdf
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from confapp.documents import actions, printing, queries
from confapp.documents.exports import akoma
from confapp.documents.imports import read_docx
from confapp.documents.rules import BlockKind, inline
from confapp.documents.rules.bilingual import Line, read, written
from confapp.documents.rules.composition import Place, paragraphs, reference_key
from confapp.documents.rules.replacing import Search, count, replaced
from confapp.foundation.db import in_conference
from tests.documents import making
from tests.documents.making import writing_in
from tests.documents.readings import ADDRESS, reading
from tests.foundation.reading import extracted, placed

DESK = "/desk/test-2027/documents/"
NOTE = "See *Collected Papers*, vol. [2]."


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("{5}", [{"ref": "5"}]),
        ("{ 3 (a) }", [{"ref": "3 (a)"}]),
        ("{3 (a) #q8Xy12Zw}", [{"ref": "q8Xy12Zw"}]),
        (r"\{5} and \^[x]", [{"t": "{5} and ^[x]"}]),
        ("{word} [bracket]", [{"t": "{word} [bracket]"}]),
        (f"end^[{NOTE}]", [{"t": "end"}, {"note": NOTE}]),
        ("*as {5} says*", [{"em": "as"}, {"t": " "}, {"ref": "5"}, {"t": " "}, {"em": "says"}]),
    ],
)
def test_what_is_typed(typed, spans):
    assert inline.parse(typed) == spans
    assert inline.parse(inline.to_markup(spans)) == spans


@given(st.lists(st.sampled_from([*"ab *\\{}^[]#5", "{5}", "^[", "{#abcdef12}", "**", "]"]), max_size=25))
def test_every_text_comes_back_from_its_markup(signs):
    spans = inline.parse("".join(signs))
    assert inline.is_valid(spans)
    assert inline.parse(inline.to_markup(spans)) == spans
    called = dict.fromkeys((one for one in inline.references(spans) if len(one) > 5), "5 {*}")
    assert len(inline.references(inline.parse(inline.to_markup(spans, called)))) == len(inline.references(spans))


@pytest.mark.parametrize(
    ("language", "called"),
    [("en", "3 (a)"), ("fr", "3 a)"), ("id", "3 a"), ("ru", "3 а)"), ("ar", "3 (أ)"), ("zh", "3 (a)")],
)
def test_a_number_is_dressed_as_its_language_does_and_found_in_each_dress(language, called):
    kinds = [BlockKind.OPERATIVE] * 3 + [BlockKind.LIST_ITEM]
    places = [Place(f"b{at}", kind, at, "b2" if at == 3 else None) for at, kind in enumerate(kinds)]
    texts = {
        "b0": {language: inline.parse("{#b3xxxx} {#gone00}^[one] ^[two]")},
        "b1": {language: inline.parse("^[three]")},
    }
    texts["b0"][language][0] = {"ref": "b3"}
    first, second, *_ = paragraphs(places, texts, language)
    assert first.plain.strip() == f"{called} […]"
    assert [number for number, _words in first.notes + second.notes] == [1, 2, 3]
    assert reference_key(called) == reference_key(called.upper().replace(" ", "").replace("3", "٣"))


def test_words_are_replaced_around_references_and_in_notes():
    text = inline.parse("old {5} old^[an old note]")
    search = Search("old", "new")
    assert count(search, text) == 3
    assert inline.to_markup(replaced(search, text)) == "new {5} new^[an new note]"
    assert replaced(Search("5", "6"), text) == text


# --- files ------------------------------------------------------------------------------------------------------------


def marked(language="en"):
    """The sample text with a reference to a point and one to the annex, and two notes."""
    plain = reading(language)
    kept = list(plain.paragraphs)
    where = {p.block: at for at, p in enumerate(kept)}
    places = [
        Place(
            p.block, p.kind, at, {"block005": "block004", "block006": "block005", "block007": "block004"}.get(p.block)
        )
        for at, p in enumerate(kept)
    ]
    texts = {p.block: {language: p.inline} for p in kept}
    texts["block002"] = {language: [*texts["block002"][language], {"note": NOTE}]}
    texts["block008"] = {
        language: [
            {"ref": "block006"},
            {"t": " / "},
            {"ref": "block011"},
            *texts["block008"][language],
            {"note": "Secundo."},
        ]
    }
    assert where["block008"]
    return reading(language, paragraphs=tuple(paragraphs(places, texts, language)))


@pytest.fixture(scope="module")
def app_once(whole_app):
    with whole_app.app_context():
        yield


def make(file_format, text):
    return printing.content(file_format, text, marked("en"), ADDRESS)


@pytest.mark.once
@pytest.mark.parametrize(("form", "language"), [("pdf", "en"), ("pdf", "ar"), ("pdf", "zh"), ("beside.pdf", "fr")])
def test_paper_with_notes_keeps_both_standards(app_once, form, language):
    made = make(form, marked(language))
    for profile in ("ua1", "3a"):
        assert [str(one) for one in page.validate_pdf_bytes(made, profile=profile).failures] == []
    said = "".join(extracted(made).split())
    assert "Collected" in said
    if (form, language) == ("pdf", "en"):  # at the foot of the page that calls it
        assert said.index("Collected") < said.index("Thestepsarefew")
    assert said.count("Secundo") == (2 if form == "beside.pdf" else 1)


@pytest.mark.once
def test_pages_link_there_and_back(app_once):
    html = make("html", marked()).decode()
    assert '<a class="text-ref" href="#p-block006">1 (a) (i)</a>' in html
    assert 'id="p-block006"' in html
    assert '<a id="note-1-call" href="#note-1" role="doc-noteref">1</a>' in html
    assert '<p id="note-1"><a role="doc-backlink" href="#note-1-call" aria-label="Back to note 1">1</a>' in html
    assert "<em>Collected Papers</em>, vol. [2]." in html
    blocks = {one["id"]: one for one in json.loads(make("json", marked()))["blocks"]}
    assert blocks["block008"]["references"]["block006"] == "1 (a) (i)"
    assert blocks["block008"]["text"][0] == {"ref": "block006"}
    assert blocks["block002"]["notes"][0]["plain"] == "See Collected Papers, vol. [2]."


@pytest.mark.once
def test_akoma_ntoso_has_them_in_its_own_elements():
    root = etree.fromstring(akoma.as_akoma(marked()))
    assert akoma.schema().validate(root)
    names = {"a": akoma.AKN}
    for ref in root.xpath("//a:ref/@href", namespaces=names):
        assert len(root.xpath(f"//*[@eId='{ref[1:]}']")) == 1
    assert root.xpath("//a:ref/text()", namespaces=names) == ["1 (a) (i)", "“Annex: Steps”"]
    assert root.xpath("//a:authorialNote/@marker", namespaces=names) == ["1", "2"]


@pytest.mark.once
@pytest.mark.parametrize("language", ["en", "fr"])
def test_word_has_real_footnotes_which_come_in_again(app_once, language):
    made = make("docx", marked(language))
    opened = docx.Document(io.BytesIO(made))
    links = [one.get(qn("w:anchor")) for one in opened.element.body.iter(qn("w:hyperlink"))]
    marks = [one.get(qn("w:name")) for one in opened.element.body.iter(qn("w:bookmarkStart"))]
    assert len(links) == 2
    assert set(links) == set(marks)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b"Collected Papers" in archive.read("word/footnotes.xml")
    spans = [span for raw in read_docx(made).paragraphs for span in raw.text if "note" in span]
    assert spans == [{"note": NOTE}, {"note": "Secundo."}]


def test_a_translator_moves_them_in_the_table():
    text = inline.parse(f"*See* {{#q8Xy12Zwabcdefghijklmn}} \\{{7}} 2*3 ^[{NOTE}]")
    line = Line("q8Xy12Zwabcdefghijklmn", "1", text, "a" * 64, text, "b" * 64, "", ({text[2]["ref"]: "5 (a)"},) * 2)
    back = read(written("documentref", ("en", "id"), ["", "", "", ""], [], [line])).rows[0].inline
    assert inline.resolved(back, {"q8Xy12Zw": "q8Xy12Zwabcdefghijklmn"}.get) == text


# --- in a draft -------------------------------------------------------------------------------------------------------


def test_a_number_is_kept_by_its_paragraph_and_follows_it(conference, by):
    ref = making.document(conference, by)
    making.write(conference, ref, 5, "en", "*Agree* with {OP2 (b)} of {1}, {99}:", by)
    with writing_in(conference):
        document = queries.document(ref)
        rows = queries.draft(document).rows
        targets = inline.references(rows[5].texts["en"].inline)
        assert targets[:2] == [rows[7].block.ref, rows[4].block.ref]
        assert targets[2] == "99"
        actions.move_block(document, next(row.block for row in rows if row.number == "1"), 1, by=by)
    with in_conference(conference.id):
        document = queries.document(ref)
        said = next(p.plain for p in queries.reading(document, document.draft, "en").paragraphs if "Agree" in p.plain)
    assert said == "Agree with 1 (b) of 2, {99}:"


def test_a_hole_is_refused_whatever_the_reason_and_remarked(conference, by, editor, client):
    ref = making.document(conference, by)
    desk = client.sign_in(editor)
    with in_conference(conference.id):
        second = next(row.block.ref for row in queries.draft(queries.document(ref)).rows if row.number == "2")
        first = next(row.block.ref for row in queries.draft(queries.document(ref)).rows if row.number == "1")
    for code in ("en", "id"):
        making.write(conference, ref, 4, code, "*Affirm* {2};", by)
    assert desk.send(DESK + f"{ref}/blocks/{second}/delete").status_code == 303
    assert "It refers to a paragraph that was deleted." in desk.get(DESK + f"{ref}/remarks").text
    refused = desk.send(
        DESK + f"{ref}/adopt", manner="consensus", adopted_on="2027-04-22", override="Taken as it is all the same."
    )
    assert refused.status_code == 422
    assert "The text refers to paragraphs that are not there, in: 1." in refused.text
    # The form still shows and keeps the reference; brought back, the paragraph has its number again.
    assert f"{{#{second}}}" in desk.get(DESK + f"{ref}/blocks/{first}").text
    desk.send(DESK + f"{ref}/blocks/{second}/restore")
    assert '<span class="text-ref">2</span>' in desk.get(DESK + f"{ref}/").text
    assert f'<a class="text-ref" href="#p-{second[:8]}">2</a>' in desk.get(DESK + f"{ref}/read/en").text


def test_a_reference_is_inserted_without_scripts(conference, by, editor, client):
    ref = making.document(conference, by)
    desk = client.sign_in(editor)
    with in_conference(conference.id):
        rows = queries.draft(queries.document(ref)).rows
        block, item = rows[4], next(row.block.ref for row in rows if row.number == "2 (b)")
    path = DESK + f"{ref}/blocks/{block.block.ref}"
    sent = {f"text_{code}": f"*Words* {code};" for code in ("en", "id")}
    sent |= {f"base_{code}": block.texts[code].sha256 for code in ("en", "id")}
    shown = desk.send(path, **sent, refer_to=item, insert="yes")
    assert shown.status_code == 200
    assert f"*Words* en; {{2 (b) #{item[:8]}}}" in shown.text
    assert f"*Words* id; {{2 b #{item[:8]}}}" in shown.text
    with in_conference(conference.id):
        assert (
            making.inline_of(queries.row(queries.document(ref), block.block.ref), "en") == "*Affirm* that tests help;"
        )
    sent["text_en"] = f"*Words* en; {{9 #{item[:8]}}}"
    assert desk.send(path, **sent).status_code == 303
    with in_conference(conference.id):
        saved = queries.row(queries.document(ref), block.block.ref).texts["en"].inline
    assert inline.references(saved) == [item]


def test_a_list_is_sorted_and_kept_so_in_versions(conference, by, editor, client):
    ref = making.document(conference, by)
    desk = client.sign_in(editor)
    with writing_in(conference):
        document = queries.document(ref)
        last = queries.draft(document).rows[-1].block
        listed = actions.add_block(document, BlockKind.SIGNATURES, {"en": "By", "id": "Oleh"}, after=None, by=by)
        for en, id_ in (("Ivory Coast", "Pantai Gading"), ("Egypt", "Mesir")):
            actions.add_block(document, BlockKind.LIST_ITEM, {"en": en, "id": id_}, under=listed, by=by)
        place = f"{ref}/blocks/{listed.ref}"
        assert last
    assert desk.send(DESK + f"{ref}/blocks/{last.ref}/sort").status_code == 409
    assert desk.send(DESK + place + "/sort").status_code == 303
    with writing_in(conference):
        document = queries.document(ref)
        item = next(row.block for row in queries.draft(document).rows if "Egypt" in str(row.texts["en"].inline))
        kept = actions.freeze(document, by=by)
        said = {code: [p.plain for p in queries.reading(document, kept, code).paragraphs][-2:] for code in ("en", "id")}
        assert all(place.is_sorted for place in document.draft.places if place.block_id == listed.id)
    assert said == {"en": ["Egypt", "Ivory Coast"], "id": ["Mesir", "Pantai Gading"]}
    assert desk.send(DESK + f"{ref}/blocks/{item.ref}/up").status_code == 409
    assert desk.send(DESK + place + "/unsort").status_code == 303
    with in_conference(conference.id):
        document = queries.document(ref)
        assert queries.reading(document, document.draft, "en").paragraphs[-1].plain == "Egypt"


def test_several_pasted_paragraphs_become_several(conference, by, editor, client):
    ref = making.document(conference, by)
    desk = client.sign_in(editor)
    with in_conference(conference.id):
        after = next(row.block.ref for row in queries.draft(queries.document(ref)).rows if row.number == "1")
    path = DESK + f"{ref}/blocks/new?after={after}"
    three = {
        "kind": "operative",
        "texts-en": "1. *Notes*:\r\n(a) one;\r\n*Takes* note.",
        "texts-id": "Satu:\n\na. dua;\n\nTiga.",
    }
    refused = desk.send(path, **three | {"texts-id": "Satu\n\nDua"})
    assert refused.status_code == 422
    assert "The languages have different numbers of paragraphs." in refused.text
    assert desk.send(path, **three).status_code == 303
    with in_conference(conference.id):
        rows = queries.draft(queries.document(ref)).rows
    made = [(row.number, making.inline_of(row, "en"), making.inline_of(row, "id")) for row in rows[5:8]]
    assert made == [("2", "*Notes*:", "Satu:"), ("2 (a)", "one;", "dua;"), ("3", "*Takes* note.", "Tiga.")]


@pytest.mark.parametrize(
    ("markup", "drawn"),
    [
        ("one word;^[N.] more", 'one <span class="note-held">word;{1}</span> more'),
        ("*one word*^[N.]", '<em>one </em><span class="note-held"><em>word</em>{1}</span>'),
        (
            "a < b & c)^[N.]^[M.]",
            'a &lt; b &amp; <span class="note-held"><span class="note-held">c){1}</span>{2}</span>',
        ),
        ("نص «كلمة»^[N.]", 'نص <span class="note-held">«كلمة»{1}</span>'),
        ("公开实践，“公开”。^[N.]", '公开实践，“公<span class="note-held">开”。{1}</span>'),
        ("^[N.]", '<span class="note-held">{1}</span>'),
    ],
)
def test_beside_its_translation_a_note_s_sign_stays_with_the_word_before_it(markup, drawn):
    signs = {f"{{{number}}}": f'<sup class="note-call">{number}</sup>' for number in (1, 2)}
    for sign, call in signs.items():
        drawn = drawn.replace(sign, call)
    assert inline.to_html(inline.parse(markup), style="cell") == drawn


@pytest.mark.once
def test_no_line_of_two_languages_begins_with_the_sign_of_a_note(app_once):
    """Words of every length up to that of a line, each with a note at its end."""
    words = {"en": "guidance on open practice ", "zh": "公开实践经验交流"}
    pair = []
    for language, filling in (("en", "x"), ("zh", "中")):
        ends = [f"{words[language]}{filling * n}{end}^[N.]" for n in range(9, 26) for end in ("!", "。")]
        places = [Place(f"block{at:03}", BlockKind.PARAGRAPH, at, None) for at in range(len(ends))]
        texts = {f"block{at:03}": {language: inline.parse(one)} for at, one in enumerate(ends)}
        pair.append(reading(language, paragraphs=tuple(paragraphs(places, texts, language))))
    with pikepdf.open(io.BytesIO(printing.content("beside.pdf", pair[1], pair[0], ADDRESS))) as opened:
        runs = [run for leaf in opened.pages for run in placed(leaf)]
    signs = [(before, run) for before, run in pairwise(runs) if run[1].isdigit() and before[1][-1:] in ("!", "。")]
    assert len(signs) == 2 * 34
    assert [run for before, run in signs if abs(before[0] - run[0]) > 6] == []
