"""The contract of the PDF engine: both profiles, the same bytes everywhere, closed to the world, held by its limits."""

import hashlib
import io
import os
import socket
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import page
import pikepdf
import pytest
from fontTools.ttLib import TTFont

from confapp.foundation import pdf
from confapp.foundation.pdf import Limits, PdfAttachment, RenderingFailed, fonts, render
from tests.foundation.reading import extracted

PROJECT = Path(__file__).resolve().parents[2]
MOMENT = datetime(2027, 3, 11, 9, 30, tzinfo=UTC)
ARABIC = "إعلان عينة بشأن التعاون الدولي في الدبلوماسية الرقمية"
STATEMENT = f"""
<h1>Sample Message</h1>
<p>The participating States, <em>recalling</em> the work of Türkiye and Việt Nam “on an equal footing”,</p>
<h2>Part one</h2>
<p>1. <strong>Encourage</strong> one another to share – as conditions allow – what they have learned;</p>
<table><caption>Focus areas</caption><thead><tr><th scope="col">Area</th><th scope="col">Number</th></tr></thead>
<tbody><tr><th scope="row">Capacity</th><td>12</td></tr></tbody></table>
<p lang="ar" dir="rtl">{ARABIC}</p>
<figure><img src="asset:mark.svg" alt="A ring"></figure>
"""
ASSETS = {
    "mark.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="3"/></svg>'
}
DATA = PdfAttachment("message.json", b'{"schema": 1}', "The same text for programs")


def make(html: str = STATEMENT, **options: object) -> bytes:
    given: dict[str, object] = {"language": "en", "title": "Sample", "created": MOMENT, "assets": ASSETS}
    return render(html, **(given | options))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def statement() -> bytes:
    return make(attachments=[DATA], author="Secretariat", keywords=["CONF/1", "sample"])


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_one_file_keeps_both_standards(statement, profile):
    report = page.validate_pdf_bytes(statement, profile=profile)
    assert report.rules.total > 100
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []


def test_no_stream_ends_like_a_line():
    """One in 256 compressed streams ends in a carriage return, which validators miscount: it is not compressed."""
    for number in range(80):
        made = make(
            f"<h1>{number}</h1>",
            profile="archive",
            assets={},
            attachments=[PdfAttachment("n.json", b"%d" % number, "n")],
        )
        assert b"\r\nendstream" not in made
        assert page.is_pdf_compliant_bytes(made, profile="3a")


def test_the_bytes_are_the_same_in_another_process(statement):
    program = (
        "import hashlib, tests.foundation.test_pdf as t;"
        "made = t.make(attachments=[t.DATA], author='Secretariat', keywords=['CONF/1', 'sample']);"
        "print(hashlib.sha256(made).hexdigest())"
    )
    environment = os.environ | {"PYTHONHASHSEED": "1234", "TZ": "Asia/Makassar", "PYTHONPATH": str(PROJECT)}
    answer = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True, cwd="/")
    assert answer.stdout.decode().strip() == hashlib.sha256(statement).hexdigest()


def test_metadata_and_attachment(statement):
    with pikepdf.open(io.BytesIO(statement)) as opened:
        assert opened.Root.Lang == "en"
        assert opened.docinfo["/Title"] == "Sample"
        assert opened.docinfo["/CreationDate"] == "D:20270311093000Z"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        attached = opened.attachments["message.json"]
        assert attached.get_file().read_bytes() == DATA.data
        assert attached.get_file().mime_type == "application/json"
        assert len(opened.Root.AF) == 1
        assert opened.Root.AF[0].AFRelationship == "/Source"


def test_direction_follows_the_language():
    with pikepdf.open(io.BytesIO(make(f"<h1>{ARABIC}</h1>", language="ar"))) as opened:
        assert opened.Root.Lang == "ar"
        assert opened.Root.ViewerPreferences.get("/Direction", "/R2L") == "/R2L"


def test_arabic_text_can_be_read_back(statement):
    """By the multiset of letters: the order inside a line is the reader's business, a wrong letter would be ours."""
    letters = Counter(letter for letter in extracted(statement) if letter in ARABIC and not letter.isspace())
    assert letters == Counter(ARABIC.replace(" ", ""))


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_glyphs_that_only_join_letters_keep_the_standards(profile):
    assert page.validate_pdf_bytes(make("<h1>تسجيلكم</h1>", language="ar"), profile=profile).failures == []


@pytest.mark.parametrize(
    "hostile",
    [
        '<img alt="" src="{address}/a.png">',
        '<link rel="stylesheet" href="{address}/a.css">',
        '<link rel="attachment" href="{address}/a.txt">',
        "<style>@import url({address}/a.css);</style>",
        '<p style="background: url({address}/a.png)">x</p>',
        '<object data="{address}/a.svg"></object>',
        '<img alt="" src="file:///etc/hostname">',
        '<base href="file:///etc/"><img alt="" src="hostname">',
        '<img alt="" src="data:image/png;base64,iVBORw0KGgo=">',
        '<img alt="" src="font:../../../../etc/hostname">',
        '<img alt="" src="asset:other.svg">',
    ],
)
def test_nothing_outside_the_document_is_opened(hostile):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        document = hostile.format(address=f"http://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(RenderingFailed, match="not part of it"):
            make(document)
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    "hostile",
    [
        '<image href="{address}/a.png" width="9" height="9"/>',
        '<image xlink:href="file:///etc/hostname" width="9" height="9"/>',
        '<use href="{address}/a.svg#b"/>',
        "<style>@import url({address}/a.css);</style><rect width='9' height='9'/>",
        '<rect width="9" height="9" fill="url({address}/a.svg#b)"/>',
    ],
)
def test_a_drawing_opens_nothing_either(hostile):
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        drawn = head + hostile.format(address=f"http://127.0.0.1:{listener.getsockname()[1]}") + "</svg>"
        with suppress(RenderingFailed):
            made = make('<p>x<img src="asset:e.svg" alt="e"></p>', assets={"e.svg": drawn.encode()})
            with pikepdf.open(io.BytesIO(made)) as opened:
                assert not opened.attachments
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    ("hostile", "limits", "sentence"),
    [
        ('<div style="columns:2">' * 26 + "x", Limits(cpu=1), "more than 1 seconds of computing"),
        ("<p>" + "word " * 300_000, Limits(wall=1), "took too long"),
        ("<p>" + "word " * 2_000_000, Limits(memory=300 << 20), "memory"),
        ("<p>" + "word " * 3_000, Limits(size=2_000), "larger than"),
    ],
)
def test_a_hostile_document_is_stopped_and_the_next_one_is_made(hostile, limits, sentence):
    with pytest.raises(RenderingFailed, match=sentence):
        make(hostile, limits=limits)
    assert make("<p>next</p>").startswith(b"%PDF-1.7")


def test_a_character_without_a_font_is_named():
    with pytest.raises(RenderingFailed, match=r"ሀ \(U\+1200\)"):
        make("<p>ሀ</p>")


def test_a_font_of_the_machine_is_never_used():
    with pikepdf.open(io.BytesIO(make('<p style="font-family: DejaVu Sans, monospace">≤ office</p>'))) as opened:
        used = {str(font.BaseFont) for leaf in opened.pages for font in leaf.Resources.Font.values()}
    assert used
    assert all(name.partition("+")[2].startswith(("source-serif-4", "noto-sans-math")) for name in used)


def test_a_renderer_that_died_is_started_again():
    make("<p>first</p>")
    process = pdf._renderer().process
    process.kill()
    process.wait()
    assert make("<p>second</p>")


def test_threads_take_turns():
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(make("<p>same</p>"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert len(set(made)) == 1


def test_the_renderer_knows_no_secret(monkeypatch):
    monkeypatch.setenv("CONFAPP_SECRET_KEY", "not for the renderer")
    assert not any("CONFAPP" in name for name in pdf._environment())


def test_the_plain_profile_is_smaller_and_promises_nothing(statement):
    plain = make(profile="plain")
    assert b"pdfaid" not in plain
    assert len(plain) < len(statement)


def test_a_naive_date_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        make(created=datetime(2027, 3, 11))


def test_every_font_may_be_embedded():
    for face in fonts.ALL:
        assert TTFont(face.decoded, lazy=True)["OS/2"].fsType == 0, face.stem


def test_missing_fonts_are_said(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "DECODED", tmp_path)
    with pytest.raises(RenderingFailed, match="not installed"):
        pdf._start()


def test_missing_pango_is_said_in_one_sentence(monkeypatch, tmp_path):
    """A stand-in for weasyprint fails as the real one does when the library is not there."""
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpangoft2-1.0-0')")
    monkeypatch.setattr(pdf, "_environment", lambda: {"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path)})
    monkeypatch.setattr(pdf, "PROJECT", tmp_path)
    (tmp_path / "confapp").symlink_to(PROJECT / "confapp")
    with pytest.raises(pdf.PangoMissing, match="Pango is missing"):
        pdf._start()
