"""Texts brought in from files: guessed, looked at, taken; hostile files are refused in words."""

import io
import re
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement

from confapp.documents import queries
from confapp.documents.imports import Fault, read_docx
from confapp.documents.rules import inline
from confapp.documents.rules.importing import guesses, of_plain
from confapp.foundation.db import in_conference
from tests.documents import making

DESK = "/desk/test-2027/documents/"
PLAIN = """Message of Contoh

We, the ministers,

*Recalling* the first conference,
held in spring,

Noting with concern that floods,

I. Principles

1. *Affirms* that trust helps:
(a) one thing;
(b) another, with
(i) a part;
(ii) a second part.

2. Decides to meet again.

Annex: Steps

The steps are few.
• First
"""
BODY = ["organ", "preambular", "preambular", "heading", "operative", "list_item", "list_item", "list_item-2"]
KINDS = ["title", *BODY, "list_item-2", "operative", "annex", "paragraph", "list_item"]


def test_kinds_are_guessed_and_labels_go():
    found = guesses(of_plain(PLAIN), "en")
    assert [one.kind for one in found] == KINDS
    assert inline.to_markup(found[2].text) == "*Recalling* the first conference, held in spring,"
    assert [inline.to_plain(one.text) for one in found[6:8]] == ["one thing;", "another, with"]
    letters = guesses(of_plain("Title\n\n" + "\n".join(f"({sign}) x" for sign in "abcdefghij")), "en")
    assert {one.kind for one in letters[1:]} == {"list_item"}


def word(write=lambda document: None) -> bytes:
    document = docx.Document()
    document.add_heading("Message of Contoh", 0)
    lead = document.add_paragraph()
    lead.add_run("Recalling ").italic = True
    lead.add_run("earlier *work*,")
    document.add_heading("Principles", 1)
    document.add_paragraph("Affirms this;", style="List Number")
    document.add_paragraph("an item", style="List Bullet 2")
    write(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_losses(document):
    document.add_table(1, 2).cell(0, 1).text = "in a cell"
    run = document.add_paragraph("kept ").add_run("line")
    run.underline = True
    deleted = OxmlElement("w:del")
    deleted.append(document.add_paragraph().add_run("gone")._r)
    document.paragraphs[-1]._p.append(deleted)


def test_a_word_file_keeps_emphasis_styles_and_numbering():
    made = read_docx(word(with_losses))
    found = guesses(made.paragraphs, "en")
    assert [(one.kind, inline.to_markup(one.text)) for one in found] == [
        ("title", "Message of Contoh"),
        ("preambular", "*Recalling* earlier \\*work\\*,"),
        ("heading", "Principles"),
        ("operative", "Affirms this;"),
        ("list_item", "an item"),
        ("paragraph", "in a cell"),
        ("paragraph", "kept line"),
    ]
    assert {name for name, times in made.dropped.items() if times} == {"tables", "underlined", "deleted"}


def repacked(content: bytes, **parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != "word/document.xml":
                new.writestr(entry, old.read(entry))
        for name, value in parts.items():
            new.writestr(f"word/{name}.xml", value)
    return stream.getvalue()


BOMB = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]><d>&a;&f;</d>'
LAUGHS = b'<!DOCTYPE d [<!ENTITY l0 "ha">%s]><d>&l8;</d>' % b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 nothing", "not a sound DOCX"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old DOC file"),
        (repacked(word()), "not a sound DOCX"),
        (repacked(word(), document=b"<a><b></a>"), "not a sound DOCX"),
        (repacked(word(), document=b"<a/>"), "not a sound DOCX"),
        (repacked(word(), document=BOMB), "declares entities"),
        (repacked(word(), document=LAUGHS), "not a sound DOCX|declares entities"),
        (repacked(word(), document=b"<a>" + b" " * 12_000_001 + b"</a>"), "far larger inside"),
        (repacked(word(), document=b"<a>" * 5000 + b"</a>" * 5000), "not a sound DOCX"),
        (word()[:-300], "not a sound DOCX"),
    ],
)
def test_hostile_and_broken_files_are_refused_in_words(content, said):
    with pytest.raises(Fault, match=said):
        read_docx(content)


def test_a_file_is_read_looked_at_and_taken(client, conference, editor, by):
    ref = making.document(conference, by)
    desk = client.sign_in(editor)
    path = DESK + f"{ref}/"
    for sent, said in (
        ({"words": ""}, "There is no text in it."),
        ({"file": (io.BytesIO(b"\xff\xfe\0a"), "a.txt")}, "neither a DOCX file nor plain text"),
        ({"words": "a\n\n" * 401}, "At most 400 paragraphs"),
    ):
        refused = desk.send(path + "import", language="en", **sent)
        assert refused.status_code == 422
        assert said in refused.text
    assert desk.send(path + "import", language="xx", words="a").status_code == 422
    answer = desk.send(path + "import", language="en", file=(io.BytesIO(word(with_losses)), "m.docx"))
    assert answer.status_code == 303
    shown = desk.get(answer.location).text
    assert "Tables: their cells came as paragraphs" in shown
    assert "<em>Recalling</em> earlier *work*," in shown
    assert desk.send(answer.location, **{"kind-1": "nonsense"}).status_code == 422
    assert desk.send(answer.location, **{"kind-1": "operative", "kind-6": ""}).status_code == 303
    assert desk.get(answer.location).status_code == 404
    with in_conference(conference.id):
        document = queries.document(ref)
        rows = queries.draft(document).rows
        assert document.title["en"] == "Message of Contoh"
        assert [(row.kind, row.number) for row in rows[-5:]] == [
            ("operative", "1"),
            ("heading", ""),
            ("operative", "2"),
            ("list_item", "2 (a)"),
            ("paragraph", ""),
        ]
        assert rows[-1].missing == ["id"]


def test_plain_text_fills_an_empty_draft(client, conference, editor, by):
    ref = making.empty(conference, by)
    desk = client.sign_in(editor)
    answer = desk.send(DESK + f"{ref}/import", language="en", words=PLAIN)
    assert desk.send(answer.location).status_code == 303
    with in_conference(conference.id):
        rows = queries.draft(queries.document(ref)).rows
        numbers = [row.number for row in rows if row.number]
        assert numbers == ["1", "1 (a)", "1 (b)", "1 (b) (i)", "1 (b) (ii)", "2", "(a)"]
        assert [row.kind for row in rows] == [kind.removesuffix("-2") for kind in KINDS]


def test_a_translation_is_laid_beside_its_original_and_brought_in(client, conference, editor, by):
    ref = making.document(conference, by)
    desk = client.sign_in(editor)
    lines = [
        "Pesan Baru",
        "Kami,",
        "*Mengingat* uji,",
        "I. Asas",
        "1. *Menegaskan* {2};",
        "2. Sepakat:",
        "(a) satu;",
        "Lampiran: X",
        "Sedikit.",
    ]
    sent = desk.send(DESK + f"{ref}/import", language="id", words="\n\n".join(lines))
    assert sent.location.endswith("/align")
    page = desk.get(sent.location)
    assert page.status_code == 200
    form = dict(re.findall(r'name="((?:to|of|seen)-[^"]+)" value="([^"]*)"', page.text))
    numbers = [form[name] for name in form if name.startswith("to-")]
    assert sorted(filter(None, numbers), key=int) == [str(number) for number in range(1, 10)]
    first = next(name for name in form if name.startswith("to-"))
    refused = desk.send(sent.location, **form | {first: "2"})
    assert refused.status_code == 422
    assert "Paragraph 2 of the file is put at two places." in refused.text
    assert "There is no paragraph 77 in the file." in desk.send(sent.location, **form | {first: "77"}).text
    again = desk.send(sent.location, **form | {first: "", "look": "yes"})
    assert again.status_code == 200
    assert "1 paragraph of the file goes nowhere" in again.text
    assert desk.send(sent.location, **form).status_code == 303
    with in_conference(conference.id):
        document = queries.document(ref)
        rows = queries.draft(document).rows
        said = [making.inline_of(row, "id") for row in rows]
        target = next(row.block.ref for row in rows if row.number == "2")
    assert said[:4] == ["Pesan Baru", "Kami,", "*Mengingat* uji,", "I. Asas"]
    assert said[4] == f"*Menegaskan* {{#{target}}};"
    assert len({"satu;", "lainnya;", "yang **kedua**."} & set(said)) >= 1
    assert not any(row.behind for row in rows)
    assert desk.get(sent.location).status_code == 404


def test_a_document_is_made_of_a_file_in_one_step(client, conference, editor, by):
    desk = client.sign_in(editor)
    about = {
        "symbol": "TEST/7",
        "kind": "outcome",
        "nature": "none",
        "title-en": "Given title",
        "languages": ["en", "id"],
        "original": "en",
    }
    answer = desk.send(DESK + "new", **about, file=(io.BytesIO(PLAIN.encode()), "text.txt"))
    assert answer.status_code == 303
    with in_conference(conference.id):
        rows = queries.draft(queries.with_symbol("TEST/7")).rows
    assert [row.kind for row in rows] == [kind.removesuffix("-2") for kind in KINDS]
    assert making.inline_of(rows[0], "en") == "Given title"
    broken = desk.send(DESK + "new", **about | {"symbol": "TEST/8"}, file=(io.BytesIO(b"PK\x03\x04broken"), "x.docx"))
    assert broken.status_code == 422
    assert "Given title" in broken.text
    with in_conference(conference.id):
        assert queries.with_symbol("TEST/8") is None
