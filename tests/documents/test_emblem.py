"""The organizer's emblem and the layouts: on every kind of file, in every language, both standards kept."""

import io
import zipfile

import docx
import page
import pytest
from PIL import Image

from confapp.documents import exports, printing, queries
from confapp.documents.rules import DocumentKind, Nature
from confapp.documents.rules.layouts import LAYOUTS, LayoutName, usual
from confapp.documents.rules.reading import Emblem
from confapp.foundation.db import in_conference
from confapp.foundation.languages import PRINTED
from confapp.foundation.pdf import RenderingFailed, dots
from tests.documents import making
from tests.documents.readings import ADDRESS, reading

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" fill="#0a5"/></svg>'


DEEP = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + b"<g>" * 3900 + b"</g>" * 3900 + b"</svg>"


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


def shown_without_drawings(svg):
    """The picture of a DOCX for programs that show no SVG, and its height and width on paper."""
    made = make("docx", reading("en", emblem=Emblem("emblem.svg", svg, {"en": "A ring"})))
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        (name,) = (name for name in opened.namelist() if name.startswith("word/media/") and name.endswith(".png"))
        picture = Image.open(io.BytesIO(opened.read(name))).convert("RGBA")
    (shape,) = docx.Document(io.BytesIO(made)).inline_shapes
    return picture, shape.width.mm, shape.height.mm


@pytest.mark.once
def test_programs_that_show_no_drawings_show_its_picture(app_once):
    flag = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="10" height="10" fill="#c00"/>'
        b'<circle cx="15" cy="5" r="3" fill="#0a5"/></svg>'
    )
    picture, width, height = shown_without_drawings(flag)
    assert picture.size == (720, 360)
    assert (round(width), round(height)) == (30, 15)
    assert [picture.getpixel(spot) for spot in ((20, 20), (340, 340))] == [(204, 0, 0, 255)] * 2
    assert picture.getpixel((540, 180)) == (0, 170, 85, 255)
    assert picture.getpixel((700, 20))[3] == 0
    _picture, width, height = shown_without_drawings(flag.replace(b"0 0 20 10", b"0 0 200 10"))
    assert (round(width), round(height)) == (60, 3)


@pytest.mark.once
def test_a_picture_is_made_without_opening_anything(tmp_path):
    """Not that anything of the kind gets through the cleaning."""
    red = tmp_path / "red.png"
    Image.new("RGB", (9, 9), "red").save(red)
    box = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">%s</svg>'
    for address in (str(red), red.as_uri(), "red.png", "http://127.0.0.1:9/red.png"):
        inside = b'<rect width="9" height="3" fill="#00f"/><image x:href="%s" width="9" height="9"/>' % address.encode()
        made = Image.open(io.BytesIO(dots.dots(box % inside, width=90, height=90))).convert("RGBA")
        assert made.getpixel((45, 9)) == (0, 0, 255, 255)
        assert made.getpixel((45, 60))[3] == 0, address
    huge = b'<svg xmlns="http://www.w3.org/2000/svg" width="999999999" height="999999999"><rect/></svg>'
    assert Image.open(io.BytesIO(dots.dots(huge, width=90, height=90))).size == (90, 90)
    for hostile in (
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + box % b"<desc>&a;</desc>",
        box % (b"<g opacity='.5'>" * 3900 + b"</g>" * 3900),
        b"\xff",
    ):
        with pytest.raises(RenderingFailed):
            dots.dots(hostile, width=90, height=90)


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
        ({"file": (io.BytesIO(DEEP), "deep.svg"), "alt-en": "A ring"}, "too intricate"),
    ],
)
def test_what_is_no_emblem_is_said_and_nothing_is_kept(signed_in, conference, sent, said):
    answer = signed_in.send("/en/desk/test-2027/documents/emblem", **sent)
    assert answer.status_code == 422
    assert said in answer.text
    with in_conference(conference.id):
        assert queries.emblem() is None


def test_a_drawing_that_takes_too_long_is_refused_when_it_is_sent(signed_in, conference, monkeypatch):
    monkeypatch.setattr(dots, "SECONDS", 1)
    shape = b'<path opacity=".5" d="M0 0L900 900L%d 0z" stroke="#000" stroke-width="30" stroke-dasharray=".1"/>'
    many = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 900">%s</svg>'
    sent = many % b"".join(shape % number for number in range(3900))
    answer = signed_in.send(
        "/en/desk/test-2027/documents/emblem", **{"file": (io.BytesIO(sent), "many.svg"), "alt-en": "A ring"}
    )
    assert answer.status_code == 422
    assert "too intricate" in answer.text


def test_a_layout_is_chosen_with_the_masthead(signed_in, conference, by):
    ref = making.document(conference, by)
    path = f"/en/desk/test-2027/documents/{ref}/register"
    assert signed_in.send(path, access="public", layout="letter").status_code == 303
    with in_conference(conference.id):
        document = queries.document(ref)
        assert document.layout == LayoutName.LETTER
        assert queries.reading(document, document.draft, "en").layout == "letter"
    assert signed_in.send(path, access="public", layout="poster").status_code == 422
