"""Texts brought in from files: guessed, looked at, taken; hostile files are refused in words."""

import io
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
