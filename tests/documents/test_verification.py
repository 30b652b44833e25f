"""Verification: exact bytes only; every other answer in plain words, and nothing stored."""

import hashlib
import io
from pathlib import Path

import pytest

from confapp.documents import actions, queries
from confapp.documents.rules.formats import FORMATS
from confapp.foundation import files
from confapp.foundation.db import in_conference
from confapp.publishing import verification
from tests.documents import making
from tests.documents.making import writing_in


@pytest.fixture
def ref(conference, by):
    made = making.document(conference, by)
    making.adopt(conference, made, by)
    return made


@pytest.fixture
def published(conference, by, ref):
    making.publish(conference, ref, by)
    return ref


def content(conference, ref, file_format="pdf", number=1):
    language = "id" if FORMATS[file_format].is_beside else "en"
    with in_conference(conference.id):
        issue = next(issue for issue in making.issues(ref) if issue.number == number)
        made = {(one.language, one.format): one.file for one in issue.publications}
        return files.read(made[language, file_format])


def code(conference, ref):
    with in_conference(conference.id):
        return making.issues(ref)[0].code


def ask(client, sent, name="message.pdf"):
    answer = client.post("/en/verify", data={"file": (io.BytesIO(sent), name)})
    assert answer.status_code == 200
    return answer.text


def test_the_published_file_is_genuine(client, conference, published):
    for file_format in FORMATS:
        said = ask(client, content(conference, published, file_format))
        for words in ("This file is exactly what was published", "TEST/1/L.1", "Test Person", "WITA"):
            assert words in said, file_format


def test_one_changed_byte_is_an_altered_file(client, conference, published):
    for at in (10, 1000, -30):
        changed = bytearray(content(conference, published))
        changed[at] ^= 1
        said = ask(client, bytes(changed))
        assert "This file is not what was published" in said, at
        assert "exactly what was published" not in said, at


def test_what_was_added_is_told_from_what_was_published(client, conference, published):
    for file_format in ("pdf", "html", "json"):
        kept = content(conference, published, file_format)
        said = ask(client, kept + b"\n%%EOF", "m")
        assert "Something was added to this file after it was made" in said, file_format
        assert f"first {len(kept)} bytes are exactly ours; 6 bytes follow" in said, file_format
        assert "exactly what was published" not in said, file_format


def test_a_changed_word_in_the_html_is_an_altered_file(client, conference, published):
    changed = content(conference, published, "html").replace(b"tests help", b"tests hinder")
    assert "This file is not what was published" in ask(client, changed, "m.html")


def test_a_foreign_file_is_not_ours(client, conference, published):
    assert "This file was not published here" in ask(client, b"%PDF-1.7 something else")


def test_a_superseded_file_says_so(client, conference, by, published):
    making.write(conference, published, 4, "en", "*Affirm* more;", by)
    making.write(conference, published, 4, "id", "*Menegaskan* lagi;", by)
    making.adopt(conference, published, by)
    making.publish(conference, published, by)
    assert "a later issue has replaced it" in ask(client, content(conference, published, number=1))
    assert "exactly what was published" in ask(client, content(conference, published, number=2))


def test_a_withdrawn_file_says_so_and_why(client, conference, by, published):
    kept = content(conference, published)
    with writing_in(conference):
        actions.withdraw(queries.document(published), {"en": "Published by mistake."}, by=by)
    said = ask(client, kept)
    assert "has been withdrawn since" in said
    assert "Published by mistake." in said


def test_a_code_of_an_unpublished_issue_tells_nothing_about_it(client, conference, by, ref):
    making.prepare(conference, ref, by)
    forged = b"%PDF-1.7 confapp-verify:" + code(conference, ref).encode()
    said = ask(client, forged)
    assert "nothing was published under it" in said
    assert "Message of the Test" not in said


def test_by_code(client, conference, published):
    known = code(conference, published)
    answer = client.get(f"/en/verify?code={known.lower().replace('-', '+')}")
    assert answer.location.endswith(f"/verify/{known}")
    said = client.get(answer.location).text
    assert "This code belongs to a published document" in said
    assert "A code can be copied" in said
    assert "never issued this code" in client.get("/en/verify/0000-0000-0000").text


@pytest.mark.parametrize("typed", ["hello", "<script>", "7K2M-X9QD", "x" * 500])
def test_what_is_not_a_code_is_said_so(client, conference, typed):
    answer = client.get("/en/verify", query_string={"code": typed})
    assert answer.status_code == 200
    assert "is not a code of ours" in answer.text
    assert "<script>" not in answer.text


def test_no_file_is_an_error_beside_the_field(client, conference):
    answer = client.post("/en/verify", data={})
    assert answer.status_code == 422
    assert "Choose the file first." in answer.text


def test_a_file_above_the_limit_is_refused(client, conference):
    answer = client.post("/en/verify", data={"file": (io.BytesIO(bytes(verification.LARGEST + 100_000)), "a.pdf")})
    assert answer.status_code == 413


def test_a_file_below_the_limit_but_above_that_of_other_pages_is_taken(client, conference):
    assert "not published here" in ask(client, bytes(10 * 1024 * 1024))


def test_nothing_is_stored_and_no_lock_is_taken(app, client, conference, monkeypatch):
    from confapp.foundation.web import transactions

    def forbidden():
        raise AssertionError("verification takes no write lock")

    monkeypatch.setattr(transactions, "writing", forbidden)
    sent = b"confidential draft " * 1000
    ask(client, sent)
    stored = [path for path in Path(app.extensions["confapp"].data).rglob("*") if path.is_file()]
    assert not any(hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(sent).digest() for path in stored)


def test_a_draft_conferences_documents_are_not_confirmed(client, conference, by, published):
    kept = content(conference, published)
    making.take_back(conference)
    assert "nothing was published under it" in ask(client, kept)


def test_a_hash_is_looked_up_and_says_nothing_of_a_copy(client, conference, published):
    sha256 = hashlib.sha256(content(conference, published)).hexdigest()
    answer = client.get("/en/verify", query_string={"code": f" {sha256[:32].upper()} {sha256[32:]} "})
    assert answer.status_code == 303
    assert answer.location.endswith(f"/verify/file/{sha256}")
    said = client.get(answer.location).text
    assert "A file with this hash was published, and no later one has replaced it" in said
    assert "computed the hash from it yourself" in said
    assert "This file is exactly" not in said
    assert "No file with this hash was published here" in client.get("/en/verify/file/" + "0" * 64).text


@pytest.mark.parametrize("path", ["/verify/file/abc", "/verify/file/" + "g" * 64, "/verify/file/" + "A" * 64])
def test_what_is_not_a_hash_is_not_found(client, conference, path):
    assert client.get(path).status_code == 404
