"""How an issue is cited, the picture that links show, and how its files are sent."""

import io
import re
from datetime import date

import pytest
from PIL import Image

from confapp.documents import queries, tasks
from confapp.documents.rules import citation
from confapp.documents.rules.citation import Cited
from confapp.foundation import files, jobs
from confapp.foundation.db import in_conference
from confapp.foundation.files import StoredFile
from tests.documents import making

PAGE = "/en/test-2027/documents/TEST/1/L.1"
CITED = Cited(
    conference="Conference on Seas, Rivers & Lakes",
    held="Jakarta, 20–22 April 2027",
    city="Jakarta",
    title="Message: 100% of {all} waters_#1",
    symbol="TEST/1/L.1",
    kind="Voluntary message",
    adopted="Adopted by consensus on 22 April 2027",
    issued="Issued on 23 April 2027",
    issued_on=date(2027, 4, 23),
    language="en",
    code="confapp-verify:AAAA",
    address="https://conference.example/test/documents/TEST/1/L.1?issue=0123456789ab",
)


def test_a_citation_in_words():
    assert citation.in_words(CITED) == (
        "Conference on Seas, Rivers & Lakes. Message: 100% of {all} waters_#1, TEST/1/L.1. "
        "Adopted by consensus on 22 April 2027. Issued on 23 April 2027. " + CITED.address
    )


def test_signs_that_mean_something_to_bibtex_are_escaped():
    said = citation.bibtex(CITED)
    assert said.startswith("@techreport{TEST-1-L-1-2027,")
    assert r"title = {{Message: 100\% of \{all\} waters\_\#1}}" in said
    assert r"institution = {Conference on Seas, Rivers \& Lakes}" in said
    assert f"url = {{{CITED.address}}}" in said
    plain = re.sub(r"\\.", "", said)
    assert plain.count("{") == plain.count("}")


def test_every_line_of_ris_has_its_tag_and_a_body_stays_one_author():
    lines = citation.ris(CITED).split("\r\n")
    assert lines[0] == "TY  - RPRT"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert "AU  - Conference on Seas  Rivers & Lakes,".replace("  R", " R") in lines
    assert "DA  - 2027/04/23" in lines


@pytest.fixture
def ref(conference, by):
    made = making.document(conference, by)
    making.adopt(conference, made, by)
    making.publish(conference, made, by)
    return made


def short(conference, ref, number=1):
    with in_conference(conference.id):
        return making.issues(ref)[number - 1].short_hash


def test_the_page_says_how_it_is_cited_and_what_links_show(client, conference, ref):
    jobs.run_due()
    issue = short(conference, ref)
    page = client.get(PAGE).text
    assert f"http://localhost/test-2027/documents/TEST/1/L.1?issue={issue}" in page
    for form in ("bib", "ris", "txt"):
        answer = client.get(f"/en/test-2027/documents/citations/TEST/1/L.1.id.{form}?issue={issue}")
        assert answer.status_code == 200
        assert "Pesan Uji" in answer.text
    picture = re.search(r'og:image" content="http://localhost([^"]+)"', page)[1].replace("&amp;", "&")
    answer = client.get(picture)
    assert answer.mimetype == "image/png"
    assert "immutable" in answer.headers["Cache-Control"]
    assert Image.open(io.BytesIO(answer.data)).size == (1200, 630)
    assert 'name="description" content="' in page
    assert 'hreflang="id"' in page


def test_what_is_not_public_has_neither_citation_nor_picture(client, conference, by):
    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    making.prepare(conference, ref, by)
    jobs.run_due()
    for address in ("citations/TEST/1/L.1.en.bib", "pictures/TEST/1/L.1.en.png"):
        assert client.get(f"/en/test-2027/documents/{address}").status_code == 404


def test_an_issue_keeps_the_title_under_which_it_was_issued(client, conference, by, ref):
    with making.writing_in(conference):
        queries.document(ref).title = {"en": "Another title", "id": "Judul lain"}
    first = client.get(f"{PAGE}?issue={short(conference, ref)}").text
    assert "Message of the Test" in first
    assert "Another title" not in first
    assert "Another title" not in client.get("/en/test-2027/documents/").text


def test_a_file_is_sent_whole_in_part_or_not_at_all(client, conference, ref):
    address = f"{PAGE}.en.pdf?issue={short(conference, ref)}"
    for _ in ("drawn", "kept"):
        whole = client.get(address)
        assert whole.status_code == 200
        tag = whole.headers["ETag"]
        assert not tag.startswith("W/")
        assert "immutable" in whole.headers["Cache-Control"]
        assert int(whole.headers["Content-Length"]) == len(whole.data)
        assert client.head(address).data == b""
        part = client.get(address, headers={"Range": "bytes=5-9"})
        assert (part.status_code, part.data) == (206, whole.data[5:10])
        assert part.headers["Content-Range"] == f"bytes 5-9/{len(whole.data)}"
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
        assert client.get(address, headers={"Range": "bytes=0-1", "If-Range": '"other"'}).status_code == 200


def test_a_damaged_file_is_noticed_and_never_sent_at_another_length(client, conference, ref):
    with in_conference(conference.id):
        published = making.issues(ref)[0].publications[0]
        path = files.path_of(published.sha256)
        stored = StoredFile(sha256=published.sha256)
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"x")
    with pytest.raises(jobs.Failed, match=stored.sha256):
        tasks.check_files()
    assert files.keep(content) == stored.sha256
    tasks.check_files()
    assert files.read(stored) == content
