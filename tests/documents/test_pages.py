"""The pages: who reaches what, what a form does, and what the public sees."""

import re

import pytest
from sqlalchemy import select

from confapp.documents import actions, queries
from confapp.documents.rules import Status
from confapp.documents.rules.formats import FORMATS
from confapp.foundation import audit, jobs
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.people.rules import Role
from tests import build
from tests.documents import making
from tests.documents.making import writing_in

DESK = "/desk/test-2027/documents/"
PUBLIC = "/test-2027/documents/TEST/1/L.1"


@pytest.fixture
def desk(client, editor):
    return client.sign_in(editor)


@pytest.fixture
def ref(conference, by):
    return making.document(conference, by)


@pytest.fixture
def published(conference, by, ref):
    making.adopt(conference, ref, by)
    making.publish(conference, ref, by)
    return ref


def block_ref(conference, ref, number):
    with in_conference(conference.id):
        return queries.draft(queries.document(ref)).rows[number].block.ref


def base(conference, ref, number, language):
    with in_conference(conference.id):
        return queries.draft(queries.document(ref)).rows[number].texts[language].sha256


# --- the desk ---------------------------------------------------------------------------------------------------------


def test_every_page_of_the_desk_is_drawn(desk, conference, by, ref):
    block = block_ref(conference, ref, 4)
    for path in (
        "",
        "new",
        f"{ref}/",
        f"{ref}/details",
        f"{ref}/blocks/new",
        f"{ref}/blocks/{block}",
        f"{ref}/read/en",
        f"{ref}/read/id",
        f"{ref}/adopt",
        f"{ref}/publish",
        f"{ref}/withdraw",
        "?q=affirm",
        "?q=nothing",
    ):
        answer = desk.get(DESK + path)
        assert answer.status_code == 200, path
        assert answer.text.count("<h1") == 1, path


def test_the_empty_register_says_what_to_do(desk, conference):
    assert "There is no document yet" in desk.get(DESK).text


def test_outsiders_find_nothing(client, conference, ref):
    other = build.conference("other-2027")
    stranger = build.staff(other, Role.SECRETARIAT_EDITOR)
    assert client.get(DESK).status_code == 303
    client.sign_in(stranger)
    for path in ("", f"{ref}/", f"{ref}/adopt"):
        assert client.get(DESK + path).status_code == 404
    assert client.get(f"/desk/other-2027/documents/{ref}/").status_code == 404
    assert client.send(f"/desk/other-2027/documents/{ref}/freeze").status_code == 404


def test_a_viewer_reads_and_changes_nothing(client, conference, ref):
    client.sign_in(build.staff(conference, Role.VIEWER))
    shown = client.get(DESK + f"{ref}/")
    assert shown.status_code == 200
    assert "Add below" not in shown.text
    assert client.get(DESK + f"{ref}/blocks/new").status_code == 403
    assert client.send(DESK + f"{ref}/freeze").status_code == 403


def test_a_document_is_made(desk, conference):
    answer = desk.send(
        DESK + "new",
        **{
            "title-en": "A note",
            "title-id": "Catatan",
            "symbol": "CT/1",
            "kind": "information_note",
            "nature": "none",
            "original": "en",
            "authentic": "en",
            "languages": ["en", "id"],
        },
    )
    assert answer.status_code == 303
    shown = desk.get(answer.location)
    assert "A note" in shown.text
    assert "Catatan" in shown.text


@pytest.mark.parametrize(
    ("symbol", "said"),
    [("ct/1", "capital letters"), ("", "Choose a series, or type a symbol"), ("TEST/1/L.1", "has or had this symbol")],
)
def test_a_wrong_symbol_is_said_beside_the_field(desk, conference, ref, symbol, said):
    answer = desk.send(
        DESK + "new",
        **{"title-en": "A", "symbol": symbol, "kind": "agenda", "nature": "none", "original": "en", "languages": "en"},
    )
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="A"' in answer.text


def test_a_paragraph_is_written_in_both_languages(desk, conference, ref):
    path = DESK + f"{ref}/blocks/{block_ref(conference, ref, 4)}"
    answer = desk.send(
        path,
        text_en="*Affirm* it all;",
        base_en=base(conference, ref, 4, "en"),
        text_id="*Menegaskan* semuanya;",
        base_id=base(conference, ref, 4, "id"),
    )
    assert answer.status_code == 303
    shown = desk.get(DESK + f"{ref}/").text
    assert "<em>Affirm</em> it all;" in shown
    assert "<em>Menegaskan</em> semuanya;" in shown
    assert "older than the original" not in shown


def test_a_lost_race_shows_both_texts(desk, conference, by, ref):
    path, begun = DESK + f"{ref}/blocks/{block_ref(conference, ref, 4)}", base(conference, ref, 4, "en")
    making.write(conference, ref, 4, "en", "*Affirm* theirs;", by)
    fields = {
        "text_en": "*Affirm* mine;",
        "text_id": "*Menegaskan* bahwa uji membantu;",
        "base_id": base(conference, ref, 4, "id"),
    }
    answer = desk.send(path, base_en=begun, **fields)
    assert answer.status_code == 409
    assert "<em>Affirm</em> theirs;" in answer.text
    assert "*Affirm* mine;" in answer.text
    again = re.search(r'name="base_en"[^>]*value="([0-9a-f]{64})"', answer.text)
    assert desk.send(path, base_en=again[1], **fields).status_code == 303
    assert "<em>Affirm</em> mine;" in desk.get(DESK + f"{ref}/").text
    assert "<del>theirs</del><ins>mine</ins>" in desk.get(path).text


def test_a_paragraph_is_added_moved_deleted_and_brought_back(desk, conference, ref):
    after = block_ref(conference, ref, 4)
    answer = desk.send(
        DESK + f"{ref}/blocks/new?after={after}", **{"kind": "operative", "texts-en": "*Note* it;", "texts-id": ""}
    )
    assert answer.status_code == 303
    block = DESK + f"{ref}/blocks/{block_ref(conference, ref, 5)}"
    shown = desk.get(DESK + f"{ref}/").text
    assert "No text in Indonesian" in shown
    assert desk.send(block + "/up").status_code == 303
    assert desk.send(block + "/sideways").status_code == 404
    assert desk.send(block + "/delete").status_code == 303
    assert "Bring back" in desk.get(DESK + f"{ref}/").text
    assert desk.send(block + "/restore").status_code == 303


def test_from_adoption_to_publication(client, conference, editor, ref):
    desk = client.sign_in(editor)
    adoption = {
        "manner": "consensus",
        "adopted_on": "2027-04-22",
        "meeting-en": "closing session",
        "presiding-en": "Chair",
    }
    assert desk.send(DESK + f"{ref}/publish", kind="original").status_code == 409
    assert desk.send(DESK + f"{ref}/adopt", manner="consensus").status_code == 422
    assert desk.send(DESK + f"{ref}/adopt", **adoption).status_code == 303
    assert "22 April 2027" in desk.get(DESK + f"{ref}/publish").text
    assert desk.send(DESK + f"{ref}/publish", kind="revision").status_code == 422
    answer = desk.send(DESK + f"{ref}/publish", kind="original", dated_on="2027-04-23")
    waiting = desk.get(answer.location)
    assert "The files are being made" in waiting.text
    assert waiting.headers["Refresh"] == "2"
    assert desk.get(PUBLIC).status_code == 404
    jobs.run_due()
    done = desk.get(answer.location)
    assert "Refresh" not in done.headers
    assert done.text.count('<th scope="row">') > 6
    assert desk.get(PUBLIC).status_code == 404
    assert desk.get(PUBLIC + ".en.pdf").status_code == 404
    assert "Another person" in done.text
    assert desk.send(answer.location + "/release", when="now").status_code == 409
    other = client.sign_in(build.staff(conference, Role.ORGANIZER))
    shown = other.get(answer.location).text
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', shown)[1]
    preview = re.search(r'href="([^"]+/files/en\.pdf)"', shown)[1]
    bytes_shown = other.get(preview)
    assert bytes_shown.headers["Cache-Control"] == "no-store"
    assert other.send(answer.location + "/release", when="now", seen="0" * 64).status_code == 409
    assert other.send(answer.location + "/release", when="at", seen=seen, at="2001-01-01T00:00:00").status_code == 422
    assert other.send(answer.location + "/release", when="at", seen=seen).status_code == 422
    assert other.send(answer.location + "/release", when="now", seen=seen).status_code == 303
    assert other.get(PUBLIC).status_code == 200
    assert other.get(PUBLIC + ".en.pdf").data == bytes_shown.data
    assert "23 April 2027" in other.get(PUBLIC + ".en.html").text
    assert other.send(answer.location + "/release", when="now", seen=seen).status_code == 409


def test_one_person_alone_publishes_where_the_organizer_says_so(client, conference, editor, by, ref):
    making.adopt(conference, ref, by)
    making.prepare(conference, ref, by)
    jobs.run_due()
    path = DESK + f"{ref}/issues/1/release"
    assert client.sign_in(editor).send(DESK + "issuing-rules", needs_two="no").status_code == 403
    assert client.send(path, when="now").status_code == 409
    client.sign_in(build.staff(conference, Role.ORGANIZER))
    assert client.send(DESK + "issuing-rules", needs_two="no").status_code == 303
    assert client.sign_in(editor).send(path, when="now").status_code == 303
    with across_conferences("a test reads the record"):
        entry = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.verb == "documents.publish")).one()
        assert entry.facts["alone"] is True


def test_an_issue_can_be_stopped_and_prepared_again(desk, conference, by, ref):
    making.adopt(conference, ref, by)
    making.prepare(conference, ref, by)
    assert desk.send(DESK + f"{ref}/issues/1/abandon").status_code == 303
    jobs.run_due()
    assert "was not published" in desk.get(DESK + f"{ref}/issues/1").text
    with in_conference(conference.id):
        assert queries.document(ref).status == Status.ADOPTED
    assert desk.send(DESK + f"{ref}/issues/1/again").status_code == 303
    assert desk.send(DESK + f"{ref}/issues/1/again").status_code == 409
    jobs.run_due()
    assert desk.send(DESK + f"{ref}/issues/1/abandon").status_code == 303, "prepared, and discarded"
    assert desk.send(DESK + f"{ref}/publish", kind="original").status_code == 303


def test_the_editor_asks_as_often_for_many_paragraphs_as_for_few(desk, conference, by, ref, statements):
    few = statements(lambda: desk.get(DESK + f"{ref}/"))
    with writing_in(conference):
        document = queries.document(ref)
        for number in range(6):
            actions.add_block(document, "operative", {"en": f"*Add* {number};", "id": f"*Tambah* {number};"}, by=by)
    assert statements(lambda: desk.get(DESK + f"{ref}/")) == few


# --- the public -------------------------------------------------------------------------------------------------------


def test_a_draft_is_nobodys_business(client, conference, ref):
    assert "No document has been published yet" in client.get("/test-2027/documents/").text
    assert client.get("/test-2027/documents/TEST/1/L.1").status_code == 404
    assert client.get("/test-2027/documents/TEST/1/L.1.en.pdf").status_code == 404


def test_a_published_document_in_each_language(client, conference, published):
    english = client.get("/en/test-2027/documents/TEST/1/L.1").text
    assert "<h1>Message of the Test</h1>" in english
    assert "Adopted by consensus on 22\u00a0April\u00a02027, closing session" in english
    assert "one &lt;thing&gt; &amp; another;" in english
    indonesian = client.get("/id/test-2027/documents/TEST/1/L.1").text
    assert "<h1>Pesan Uji</h1>" in indonesian
    assert "<h1>Pesan Uji</h1>" in client.get("/en/test-2027/documents/TEST/1/L.1?text=id").text


def test_what_is_edited_afterwards_stays_a_draft(client, conference, by, published):
    making.write(conference, published, 4, "en", "*Affirm* a secret;", by)
    assert "a secret" not in client.get("/en/test-2027/documents/TEST/1/L.1").text


def test_files(client, conference, published):
    with in_conference(conference.id):
        short = making.issues(published)[0].short_hash
    for form in FORMATS.values():
        path = f"/test-2027/documents/TEST/1/L.1.id.{form.code}"
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.content_type == form.media_type
        assert answer.headers["Content-Language"] == "id"
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
        assert "immutable" in client.get(f"{path}?issue={short}").headers["Cache-Control"]
        assert client.get(f"{path}?issue=000000000000").status_code == 404
        assert client.get(f"{path}?issue=").headers["Cache-Control"] == "public, no-cache", "the current issue changes"
        assert ("style-src 'sha256-" in answer.headers["Content-Security-Policy"]) == (form.code == "html")


def test_an_earlier_issue_stays_at_its_address_and_says_so(client, conference, by, published):
    with in_conference(conference.id):
        short = making.issues(published)[0].short_hash
    making.write(conference, published, 4, "en", "*Affirm* more;", by)
    making.write(conference, published, 4, "id", "*Menegaskan* lagi;", by)
    making.adopt(conference, published, by)
    making.publish(conference, published, by)
    earlier = client.get(f"/en/test-2027/documents/TEST/1/L.1?issue={short}").text
    assert "This is an earlier issue" in earlier
    assert "tests help" in earlier
    current = client.get("/en/test-2027/documents/TEST/1/L.1").text
    assert "<em>Affirm</em> more;" in current
    assert "earlier issue" not in current


def test_a_withdrawn_document_keeps_a_stub(client, conference, by, published):
    with writing_in(conference):
        actions.withdraw(queries.document(published), {"en": "Published by mistake."}, by=by)
    page = client.get("/en/test-2027/documents/TEST/1/L.1").text
    assert "Published by mistake." in page
    assert "tests help" not in page
    assert client.get("/en/test-2027/documents/TEST/1/L.1.en.pdf").status_code == 302


def test_a_draft_conference_shows_its_documents_to_its_staff_only(client, by, editor, conference, published):
    making.take_back(conference)
    assert client.get("/test-2027/documents/").status_code == 404
    assert client.get("/test-2027/documents/TEST/1/L.1").status_code == 404
    assert client.sign_in(editor).get("/test-2027/documents/TEST/1/L.1").status_code == 200
