from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from confapp.reports import mailbox

TEXT = "Open this:\n\nhttp://localhost/sign-in/abc-DEF_9.\n\n<script>alert(1)</script> javascript:alert(1)"


@pytest.fixture
def demo(app: Flask) -> Iterator[Path]:
    """The same program as a demonstration."""
    before = app.extensions["confapp"]
    app.extensions["confapp"] = replace(before, environment="demo")
    folder = before.mailbox
    folder.mkdir(exist_ok=True)
    message = EmailMessage()
    message["To"], message["Subject"], message["Content-Language"] = "sari@mail.example", "Undangan <b>", "id"
    message.set_content(TEXT)
    (folder / "20270101T000000000001.eml").write_bytes(bytes(message))
    yield folder
    app.extensions["confapp"] = before


def test_nowhere_else(client: FlaskClient) -> None:
    assert client.get("/mailbox").status_code == 404
    assert client.get("/mailbox/20270101T000000000001").status_code == 404


def test_mails_are_shown_as_text_with_links(demo: Path, client: FlaskClient) -> None:
    assert "sari@mail.example" in client.get("/mailbox").text
    page = client.get("/mailbox/20270101T000000000001").text
    assert '<a href="http://localhost/sign-in/abc-DEF_9">' in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "Undangan &lt;b&gt;" in page


@pytest.mark.parametrize("name", ["../secret", "..%2fsecret.key", "x", ".", "a/b", "a" * 100])
def test_no_other_file_is_read(demo: Path, client: FlaskClient, name: str) -> None:
    (demo.parent / "secret.eml").write_text("secret")
    answer = client.get(f"/mailbox/{name}")
    assert answer.status_code in (404, 308)
    assert mailbox.letter(demo, "../secret") is None


def test_a_file_that_came_with_a_mail_is_a_download(demo: Path, client: FlaskClient) -> None:
    message = EmailMessage()
    message["To"], message["Subject"] = "sari@mail.example", "Letter"
    message.set_content("See the file.")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="CT-2027-NV-001.pdf")
    (demo / "20270101T000000000002.eml").write_bytes(bytes(message))
    assert "CT-2027-NV-001.pdf" in client.get("/mailbox/20270101T000000000002").text
    answer = client.get("/mailbox/20270101T000000000002/0")
    assert answer.data == b"%PDF"
    assert answer.headers["Content-Disposition"] == "attachment; filename=CT-2027-NV-001.pdf"
    for path in ("20270101T000000000002/1", "20270101T000000000001/0", "x/0", "..%2fsecret/0"):
        assert client.get(f"/mailbox/{path}").status_code == 404


def test_an_empty_mailbox_says_what_to_do(demo: Path, client: FlaskClient) -> None:
    for file in demo.glob("*.eml"):
        file.unlink()
    assert "No mail has arrived yet" in client.get("/mailbox").text


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://a.example/x?y=1&z=2.", ["https://a.example/x?y=1&z=2"]),
        ("(http://a.example/b)", ["http://a.example/b"]),
        ("ftp://a.example javascript:alert(1) data:text/html,x", []),
        ('http://a.example/"onclick=x', ["http://a.example/"]),
        ("", []),
    ],
)
def test_what_becomes_a_link(text: str, links: list[str]) -> None:
    parts = mailbox.linked(text)
    assert [words for words, is_link in parts if is_link] == links
    assert "".join(words for words, _ in parts) == text
