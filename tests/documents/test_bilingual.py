"""The translator's table: out, and in again by paragraph, whatever was done to it outside."""

import html
import io
import json
import re
import zipfile

import pytest

from confapp.documents import queries
from confapp.documents.rules import bilingual, inline
from confapp.documents.rules.bilingual import BadFile, Incoming, Line, planned, read, written
from confapp.documents.rules.languages import CellState
from confapp.foundation.db import in_conference
from tests.documents import making

DESK = "/desk/test-2027/documents/"
REF, OTHER = "AAECAwQFBgcICQoLDA0ODw", "-_-_-_-_-_-_-_-_-_-_-w"
HEADS = ["No.", "English", "Arabic", "State"]


def made(*texts, target="ar"):
    spans = [inline.parse(one) for one in texts]
    lines = [
        Line(ref, "1.", inline.parse("*Original*"), "a" * 64, one, inline.digest(one), "Draft")
        for ref, one in zip((REF, OTHER), spans, strict=False)
    ]
    return written("document1", ("en", target), HEADS, ["L.1", "Write <here> & there."], lines)


def changed(content, *pairs):
    """The same file with its words replaced, as a word processor would save it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            words = old.read(name).decode()
            if name == "word/document.xml":
                for was, became in pairs:
                    assert was in words
                    words = words.replace(was, became)
            new.writestr(name, words)
    return out.getvalue()


def packed(words, name="word/document.xml"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr(name, words)
    return out.getvalue()


@pytest.mark.parametrize(
    "markup",
    ["plain <&>", "*Menegaskan* **semua** itu;", r"a \* b", "*يؤكد* النصَّ كله؛", "", "*a***b**", " 灾害 *x* "],
)
def test_what_goes_out_comes_in_again(markup):
    content = made(markup)
    assert content == made(markup)
    back = read(content)
    assert (back.document, back.language, list(back.remarks)) == ("document1", "ar", [])
    [row] = back.rows
    assert row.inline == inline.parse(markup)
    assert (row.block, row.source, row.base) == (REF, "a" * 16, inline.digest(inline.parse(markup))[:16])
    assert planned(row, "a" * 64, inline.digest(row.inline)).verb == "same"


def test_python_docx_opens_it_and_arabic_runs_from_the_right():
    from docx import Document

    opened = Document(io.BytesIO(made("*يؤكد* النص")))
    cells = opened.tables[0].rows[1].cells
    assert (cells[1].text, cells[2].text, cells[3].text) == ("Original", "يؤكد النص", "Draft")
    assert "<w:bidi/>" in cells[2]._tc.xml
    assert "<w:bidi/>" not in cells[1]._tc.xml


def test_what_a_word_processor_does_is_understood():
    content = changed(
        made("*eins* zwei", "drei", target="de"),
        # runs that were split, with spaces at the end of what is italic
        (
            '<w:t xml:space="preserve">eins</w:t></w:r>',
            '<w:t>ei</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">ns </w:t></w:r>',
        ),
        # tracked changes, a break, a box, a bold that is switched off
        (
            '<w:t xml:space="preserve"> zwei</w:t></w:r>',
            '<w:t>zwei</w:t></w:r><w:ins w:id="9"><w:r><w:br/><w:t>neu</w:t></w:r></w:ins>'
            '<w:del w:id="8"><w:r><w:delText>alt</w:delText></w:r></w:del>'
            '<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>!</w:t>'
            "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:r>",
        ),
        # the hidden mark of the second row was lost; its bookmark is there
        (f"[[{OTHER} {'a' * 16} {inline.digest(inline.parse('drei'))[:16]}]]", ""),
        ("<w:p/><w:sectPr>", "<w:p><w:r><w:t>A note of mine</w:t></w:r></w:p><w:sectPr>"),
        ("</w:tbl>", "<w:tr><w:tc><w:p><w:r><w:t>stray</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"),
    )
    back = read(content)
    first, second = back.rows
    assert inline.to_markup(first.inline) == "*eins* zwei neu!"
    assert second == Incoming(OTHER, inline.parse("drei"))
    assert "A note of mine" in " ".join(back.remarks)
    assert "stray" in " ".join(back.remarks)


NOTES = f"""<w:footnotes xmlns:w="{bilingual.W}">
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="1"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>
<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>
<w:r><w:t xml:space="preserve"> Lihat </w:t></w:r>
<w:r><w:rPr><w:i/></w:rPr><w:t>Himpunan [2]</w:t></w:r><w:r><w:t>,</w:t></w:r>
<w:del w:id="4"><w:r><w:delText>lama</w:delText></w:r></w:del></w:p>
<w:p><w:r><w:t>hal. 3 * 4 {{5}}.</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r></w:p></w:footnote></w:footnotes>"""
ENDS = f"""<w:endnotes xmlns:w="{bilingual.W}"><w:endnote w:id="1">
<w:p><w:r><w:endnoteRef/></w:r><w:r><w:t>Di akhir.</w:t></w:r></w:p></w:endnote></w:endnotes>"""


def sign(kind, number):
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}noteReference w:id="{number}"/></w:r>'


def with_parts(content, **parts):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        for name, words in parts.items():
            new.writestr(f"word/{name}.xml", words)
    return out.getvalue()


def test_notes_of_a_word_processor_are_notes():
    """Added behind the words, kept as they were typed beside it, and one at the end of the document."""
    content = made("*Menegaskan* itu", "lalu^[Tetap *begini*.]", target="id")
    content = changed(
        content,
        ('<w:t xml:space="preserve"> itu</w:t></w:r>', f"<w:t> itu</w:t></w:r>{sign('foot', 1)}{sign('end', 1)}"),
        ('<w:t xml:space="preserve">lalu</w:t></w:r>', f"<w:t>lalu</w:t></w:r>{sign('foot', 2)}{sign('foot', 7)}"),
    )
    back = read(with_parts(content, footnotes=NOTES, endnotes=ENDS))
    first, second = back.rows
    note = r"Lihat *Himpunan [2]*, hal. 3 \* 4 \{5}."
    assert first.inline == [{"em": "Menegaskan"}, {"t": " itu"}, {"note": note}, {"note": "Di akhir."}]
    assert inline.to_html(inline.notes(first.inline)[0]) == "Lihat <em>Himpunan [2]</em>, hal. 3 * 4 {5}."
    assert inline.parse(inline.to_markup(first.inline)) == first.inline
    assert second.inline == inline.parse("lalu^[Tetap *begini*.]")
    assert list(back.remarks) == ["A footnote without words was left aside."]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        with_parts(made("x"), footnotes="<w:footnotes"),
        with_parts(made("x"), footnotes='<!DOCTYPE w [<!ENTITY e "x">]><w>&e;</w>'),
        with_parts(made("x"), endnotes=" " * (bilingual.LARGEST_TEXT + 1)),
        b"PK\x03\x04 nothing",
        packed("x", "other.xml"),
        packed("<w:document"),
        packed(f'<w:document xmlns:w="{bilingual.W}"><w:body><w:p/></w:body></w:document>'),
        packed(f'<!DOCTYPE w [<!ENTITY e "x">]><w:document xmlns:w="{bilingual.W}"><w:body>&e;</w:body></w:document>'),
        packed(" " * (bilingual.LARGEST_TEXT + 1)),
        packed(" " * (bilingual.LARGEST_UNPACKED + 1)),
        b"PK" + b"\0" * bilingual.LARGEST_FILE,
    ],
)
def test_hostile_files_are_refused(content):
    with pytest.raises(BadFile):
        read(content)


def test_what_a_row_does():
    row = Incoming(REF, inline.parse("new"), "a" * 16, "b" * 16)
    assert planned(row, "a" * 64, None).verb == "unknown"
    assert planned(row, "a" * 64, "b" * 64).verb == "changed"
    assert planned(row, "c" * 64, "b" * 64).is_of_earlier_original
    assert planned(row, "a" * 64, "c" * 64).verb == "kept"
    assert planned(Incoming(REF, [], "a" * 16, "b" * 16), "a" * 64, "b" * 64).verb == "empty"
    assert planned(Incoming(REF, inline.parse("new"), "a" * 16), "a" * 64, "").verb == "new"
    assert planned(Incoming(REF, inline.parse("x" * 20_001), "a" * 16), "a" * 64, "").verb == "long"


@pytest.fixture
def desk(client, editor):
    return client.sign_in(editor)


@pytest.fixture
def ref(conference, by):
    return making.document(conference, by)


def sent(answer):
    """What the form of the dry run sends when its ticks are left as they are."""
    rows = re.search(r'name="rows"[^>]*>(.*?)</textarea>', answer.text, re.S)[1]
    return {"rows": html.unescape(rows), "take": re.findall(r'name="take" value="([^"]+)" checked', answer.text)}


def sheet(conference, ref):
    with in_conference(conference.id):
        lines = queries.sheet(queries.document(ref)).lines
        return [(inline.to_markup(line.cells["id"].text.inline), line.cells["id"].state) for line in lines]


def test_a_translation_comes_back_by_paragraph(desk, conference, by, ref):
    path = DESK + f"{ref}/languages/id"
    out = desk.get(path + ".docx")
    assert out.status_code == 200
    assert out.data == desk.get(path + ".docx").data
    back = changed(
        out.data, ("Pesan Uji", "Pesan Baru"), (" bahwa uji membantu;", " hal itu;"), (" uji terdahulu,", " dulu,")
    )
    making.write(conference, ref, 4, "en", "*Affirm* that tests help all;", by)  # the original moves on
    making.write(conference, ref, 2, "id", "*Mengingat* tulisan lain,", by)  # somebody translates meanwhile
    told = desk.send(path + "/import", file=(io.BytesIO(back), "back.docx"))
    assert told.status_code == 200
    assert "The text here changed since the file was made" in told.text
    assert "The original changed since: it will be behind" in told.text
    assert sheet(conference, ref)[0][0] == "Pesan Uji"
    form = sent(told)
    assert len(form["take"]) == 2
    making.write(conference, ref, 0, "id", "Pesan Terbaru", by)  # and once more after the dry run
    assert desk.send(path + "/import", **form).status_code == 303
    after = sheet(conference, ref)
    assert after[0] == ("Pesan Terbaru", CellState.DRAFT)
    assert after[2][0] == "*Mengingat* tulisan lain,"
    assert after[4] == ("*Menegaskan* hal itu;", CellState.BEHIND)
    assert "changed here meanwhile" in desk.get(path.removesuffix("/id")).text


def test_a_title_that_comes_back_is_the_title(desk, conference, ref):
    path = DESK + f"{ref}/languages/id"
    back = changed(desk.get(path + ".docx").data, ("Pesan Uji", "Pesan Baru"))
    desk.send(path + "/import", **sent(desk.send(path + "/import", file=(io.BytesIO(back), "back.docx"))))
    with in_conference(conference.id):
        assert queries.document(ref).title["id"] == "Pesan Baru"


def test_files_of_others_and_nonsense_are_told(desk, conference, by, ref):
    path = DESK + f"{ref}/languages/id/import"
    other = making.document(conference, by, symbol="TEST/1/L.2", languages=["en", "id", "ar"])
    of_other = desk.get(DESK + f"{other}/languages/id.docx").data
    of_arabic = desk.get(DESK + f"{other}/languages/ar.docx").data
    for content, said in ((of_other, "of another document"), (of_arabic, "of another document"), (b"x", "damaged")):
        answer = desk.send(path, file=(io.BytesIO(content), "x.docx"))
        assert answer.status_code == 422
        assert said in answer.text
    arabic = DESK + f"{other}/languages/id/import"
    assert "of another language" in desk.send(arabic, file=(io.BytesIO(of_arabic), "x.docx")).text
    good = {"block": "x", "inline": [{"t": "y"}], "source": "", "base": ""}
    for rows in ("", "[1]", "[[", "[" * 5000, json.dumps([good | {"inline": [{"script": "y"}]}]), json.dumps([{}])):
        assert desk.send(path, rows=rows, take="x ").status_code == 422
    assert desk.send(path, rows=json.dumps([good]), take="x ").status_code == 303  # an unknown paragraph is nothing
    assert desk.get(DESK + f"{ref}/languages/en.docx").status_code == 404
    assert desk.get(DESK + f"{ref}/languages/ar/import").status_code == 404
