"""The organizer's emblem and the layouts: on every kind of file, in every language, both standards kept."""

import io
import zipfile

import page
import pytest
from PIL import Image

from confapp.documents import exports, printing, queries
from confapp.documents.rules import DocumentKind, Nature
from confapp.documents.rules.layouts import LAYOUTS, LayoutName, usual
from confapp.documents.rules.reading import Emblem
from confapp.foundation.db import in_conference
from confapp.foundation.languages import PRINTED
from tests.documents import making
from tests.documents.readings import ADDRESS, reading

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" fill="#0a5"/></svg>'


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(made, "PNG")
    return made.getvalue()


EMBLEMS = (Emblem("emblem.svg", SVG, {"en": "A ring"}), Emblem("emblem.png", png(), {"en": "A ring", "ar": "حلقة"}))


@pytest.fixture(scope="module")
def app_once(whole_app):
    with whole_app.app_context():
        yield


def make(file_format, text):
    return printing.content(file_format, text, reading("en", emblem=text.emblem), ADDRESS)


@pytest.mark.once
@pytest.mark.parametrize("language", PRINTED)
def test_every_layout_keeps_both_standards(app_once, language):
    for number, layout in enumerate(LAYOUTS):
        made = make("pdf", reading(language, layout=layout, emblem=EMBLEMS[number % 2]))
        for profile in ("ua1", "3a"):
            assert page.validate_pdf_bytes(made, profile=profile).failures == [], (layout, profile)


@pytest.mark.once
@pytest.mark.parametrize("emblem", EMBLEMS, ids=lambda emblem: emblem.name)
def test_the_emblem_stands_on_every_file(app_once, emblem):
    text = reading("fr", emblem=emblem)
    beside = make("beside.pdf", text)
    for profile in ("ua1", "3a"):
        assert page.validate_pdf_bytes(beside, profile=profile).failures == []
    html = make("html", text)
    assert b'alt="A ring"' in html
    assert "img-src data:" in exports.style_policy(html)
    assert "img-src" not in exports.style_policy(make("html", reading("fr")))
    with zipfile.ZipFile(io.BytesIO(make("docx", text))) as opened:
        pictures = [name for name in opened.namelist() if name.startswith("word/media/")]
        words = opened.read("word/document.xml").decode()
        assert 'descr="A ring"' in words
        is_drawing = emblem.name.endswith(".svg")
        assert ("svgBlip" in words) == is_drawing
        assert any(name.endswith(".png") for name in pictures)
        assert [opened.read(name) for name in pictures if name.endswith(".svg")] == [emblem.data] * is_drawing


def test_each_kind_has_a_layout_and_another_can_be_chosen():
    assert usual(DocumentKind.OUTCOME, Nature.RESOLUTION) == LayoutName.RESOLUTION
    assert usual(DocumentKind.JOURNAL, Nature.NONE) == LayoutName.JOURNAL
    assert {usual(kind, Nature.NONE) for kind in DocumentKind} <= set(LAYOUTS)
    assert set(LAYOUTS) == set(LayoutName)


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def signed_in(client, editor):
    client.sign_in(editor)
    return client


def test_an_emblem_is_sent_shown_described_anew_and_removed(signed_in, conference, by):
    path = "/en/desk/test-2027/documents/emblem"
    assert signed_in.get(f"{path}/picture").status_code == 404
    sent = {"file": (io.BytesIO(SVG), "ring.svg"), "alt-en": "A ring"}
    assert signed_in.send(path, **sent).status_code == 303
    shown = signed_in.get(f"{path}/picture")
    assert shown.mimetype == "image/svg+xml"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert signed_in.send(path, **{"alt-en": "A green ring"}).status_code == 303
    assert 'alt="A green ring"' in signed_in.get(path).text
    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    making.publish(conference, ref, by)
    html = signed_in.get("/test-2027/documents/TEST/1/L.1.en.html")
    assert 'alt="A green ring"' in html.text
    assert signed_in.send(f"{path}/remove").status_code == 303
    assert signed_in.get(f"{path}/picture").status_code == 404
    assert signed_in.get("/test-2027/documents/TEST/1/L.1.en.html").data == html.data


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"alt-en": "A ring"}, "Choose the file of the emblem."),
        ({"file": (io.BytesIO(SVG), "ring.svg")}, "alt-en"),
        ({"file": (io.BytesIO(b"<svg><script/></svg>"), "ring.svg"), "alt-en": "A ring"}, "&lt;script&gt;"),
    ],
)
def test_what_is_no_emblem_is_said_and_nothing_is_kept(signed_in, conference, sent, said):
    answer = signed_in.send("/en/desk/test-2027/documents/emblem", **sent)
    assert answer.status_code == 422
    assert said in answer.text
    with in_conference(conference.id):
        assert queries.emblem() is None


def test_a_layout_is_chosen_with_the_masthead(signed_in, conference, by):
    ref = making.document(conference, by)
    path = f"/en/desk/test-2027/documents/{ref}/register"
    assert signed_in.send(path, access="public", layout="letter").status_code == 303
    with in_conference(conference.id):
        document = queries.document(ref)
        assert document.layout == LayoutName.LETTER
        assert queries.reading(document, document.draft, "en").layout == "letter"
    assert signed_in.send(path, access="public", layout="poster").status_code == 422
