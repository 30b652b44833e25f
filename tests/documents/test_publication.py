"""The published files: standards, content, and that each says the same."""

import io
import json

import page
import pikepdf
import pytest

from confapp.documents import exports, queries
from confapp.documents.rules.formats import wanted
from confapp.foundation import files
from confapp.foundation.db import in_conference
from tests.documents import making


@pytest.fixture
def published(conference, by):
    """The files of a published document by language and format, and the issue."""
    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    making.publish(conference, ref, by)
    with in_conference(conference.id):
        issue = making.issues(ref)[0]
        return issue.code, {(one.language, one.format): files.read(one.file) for one in issue.publications}


def test_the_files_of_an_issue(published):
    code, made = published
    assert set(made) == set(wanted(["en", "id"], "en"))
    for content in made.values():
        assert f"confapp-verify:{code}".encode() in content
    check_pdf(made["en", "pdf"], made["en", "xml"], code)
    check_pdf(made["id", "pdf"], made["id", "xml"], code)
    check_json(made["en", "json"], code)
    check_html(made["id", "html"])


def check_pdf(content, data, code):
    for profile in ("ua1", "3a"):
        report = page.validate_pdf_bytes(content, profile=profile)
        assert [f"{one.rule_id}: {one.message}" for one in report.failures] == []
    with pikepdf.open(io.BytesIO(content)) as opened:
        attached = next(iter(opened.attachments.values())).get_file()
        assert attached.read_bytes() == data
        assert code in str(opened.docinfo["/Keywords"])


def check_json(content, code):
    said = json.loads(content)
    assert said["schema"] == exports.SCHEMA
    assert said["symbol"] == "TEST/1/L.1"
    assert said["adoption"] == {
        "manner": "consensus",
        "date": "2027-04-22",
        "meeting": "closing session",
        "presiding": "Chair",
        "meeting_number": None,
        "symbol_of_record": None,
        "states_present": None,
        "quorum": None,
        "oral_revisions": [],
    }
    assert said["issue"]["verification"] == f"confapp-verify:{code}"
    assert [block["label"] for block in said["blocks"]] == ["", "", "", "1.", "2.", "(a)", "(b)", "", ""]
    assert said["blocks"][5]["plain"] == "one <thing> & another;"
    assert said["blocks"][6]["text"] == [{"t": "a "}, {"strong": "second"}, {"t": " one."}]


def check_html(content):
    text = content.decode()
    assert '<html lang="id" dir="ltr">' in text
    assert "satu &lt;hal&gt; &amp; lainnya;" in text
    assert "<em>Mengingat</em>" in text
    assert "src=" not in text
    assert exports.style_policy(content).startswith("default-src 'none'; style-src 'sha256-")


def test_a_reading_names_its_language_where_a_text_is_missing(conference, by):
    ref = making.document(conference, by)
    making.write(conference, ref, 4, "id", "", by)
    with in_conference(conference.id):
        document = queries.document(ref)
        reading = queries.reading(document, document.draft, "id")
    assert [p.language for p in reading.paragraphs] == ["id", "id", "id", "en", "id", "id", "id", "id", "id"]
    assert reading.title == "Pesan Uji"
