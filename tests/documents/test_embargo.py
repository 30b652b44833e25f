"""Release for a moment to come, and what issues are to each other: the clock alone decides what can be read."""

import io
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
import time_machine

from confapp.documents import actions, queries
from confapp.documents.rules import DocumentKind, IssueState, Modification, Status
from confapp.documents.rules.issuing import IssueKind
from confapp.foundation import clock, jobs
from confapp.foundation.db import in_conference
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web import cache
from confapp.people.rules import Role
from tests import build
from tests.documents import making
from tests.documents.making import writing_in

PAGE = "/en/test-2027/documents/TEST/1/L.1"
LISTING = "/en/test-2027/documents/"


@pytest.fixture
def ref(conference, by, monkeypatch):
    """Prepared. The cache measures how long it keeps a page by a clock that travels with the test."""
    monkeypatch.setattr(cache, "time", SimpleNamespace(monotonic=lambda: clock.now().timestamp()))
    made = making.document(conference, by)
    making.adopt(conference, made, by)
    making.prepare(conference, made, by)
    jobs.run_due()
    return made


def issue(conference, ref, number=1):
    with in_conference(conference.id):
        row = making.issues(ref)[number - 1]
        return SimpleNamespace(code=row.code, short=row.short_hash, state=row.state, published_at=row.published_at)


def addresses(short):
    files = [f"{PAGE}.{code}.{form}" for code in ("en", "id") for form in ("pdf", "html", "json")]
    return [PAGE, f"{PAGE}?issue={short}", *files, f"{PAGE}.en.pdf?issue={short}"]


def test_nothing_leaks_before_the_moment_and_all_appears_at_it_without_a_worker(client, conference, ref):
    moment = (clock.now() + timedelta(hours=2)).replace(microsecond=0)
    making.release(conference, ref, at=moment)
    told = issue(conference, ref)
    with time_machine.travel(moment - timedelta(seconds=1), tick=False):
        for address in addresses(told.short):
            assert client.get(address).status_code == 404, address
        for address in (LISTING, "/en/test-2027/", "/en/verify/" + told.code, "/"):
            assert "Message of the Test" not in client.get(address).text, address
        assert "Nothing was published under this code" in client.get("/en/verify/" + told.code).text
    with time_machine.travel(moment, tick=False):
        for address in addresses(told.short):
            answer = client.get(address)
            assert answer.status_code == 200, address
        assert "immutable" in answer.headers["Cache-Control"]
        for address in (LISTING, "/en/test-2027/", "/en/verify/" + told.code):
            assert "Message of the Test" in client.get(address).text, address


def test_a_moment_is_changed_or_taken_back_before_it_and_never_after_it(client, conference, by, ref):
    first, second = (clock.now() + timedelta(hours=hours) for hours in (1, 3))
    making.release(conference, ref, at=first)
    making.release(conference, ref, at=second)
    with time_machine.travel(first + timedelta(minutes=1), tick=False):
        assert client.get(PAGE).status_code == 404
        with writing_in(conference):
            actions.hold_back(making.issues(ref)[0], by=by)
    with time_machine.travel(second + timedelta(minutes=1), tick=False):
        assert client.get(PAGE).status_code == 404
        with in_conference(conference.id):
            assert queries.document(ref).status == Status.ADOPTED
        making.release(conference, ref)
        assert client.get(PAGE).status_code == 200
        with pytest.raises(Refused), writing_in(conference):
            actions.hold_back(making.issues(ref)[0], by=by)


@pytest.mark.parametrize(
    ("zone", "typed", "instant"),
    [
        ("Asia/Makassar", "2027-03-28T09:00:01", datetime(2027, 3, 28, 1, 0, 1, tzinfo=UTC)),
        ("Europe/Paris", "2027-03-28T03:00:00", datetime(2027, 3, 28, 1, 0, 0, tzinfo=UTC)),
        ("Europe/Paris", "2027-03-28T02:30:00", None),
        ("Europe/Paris", "2027-10-31T02:30:00", None),
    ],
    ids=["to the second", "after the hour that is skipped", "skipped", "twice"],
)
def test_the_moment_is_of_the_zone_of_the_conference(client, conference, ref, zone, typed, instant):
    build.change(conference, zone=zone)
    other = client.sign_in(build.staff(conference, Role.ORGANIZER))
    with time_machine.travel(datetime(2027, 1, 5, tzinfo=UTC), tick=False):
        other = client.sign_in(build.staff(conference, Role.ORGANIZER))
        answer = other.send(f"/desk/test-2027/documents/{ref}/issues/1/release", when="at", at=typed)
    assert answer.status_code == (303 if instant else 422)
    assert issue(conference, ref).published_at == instant


def test_a_withdrawn_issue_keeps_its_stub_and_no_open_issue_is_withdrawn(client, conference, by, ref):
    making.release(conference, ref, at=clock.now() + timedelta(hours=1))
    with pytest.raises(Refused), writing_in(conference):
        actions.withdraw(queries.document(ref), {"en": "Why."}, by=by)
    assert issue(conference, ref).state == IssueState.PUBLISHED


def test_an_advance_copy_is_marked_everywhere_and_replaced_by_the_edited_issue(client, conference, by):
    ref = making.document(conference, by, kind=DocumentKind.PAPER)
    with writing_in(conference):
        found = queries.document(ref)
        actions.prepare_publication(found, kind=IssueKind.ADVANCE, languages=["en"], by=by, override="It is urgent.")
    jobs.run_due()
    making.release(conference, ref)
    mark = "Advance unedited copy"
    assert mark in client.get(PAGE).text
    assert mark in client.get(PAGE + ".en.html").text
    sent = {"file": (io.BytesIO(client.get(PAGE + ".en.html").data), "copy.html")}
    assert "This file is an advance copy, as it was handed out" in client.post("/en/verify", data=sent).text
    assert client.get(PAGE + ".id.html").status_code == 404
    with writing_in(conference):
        actions.prepare_publication(queries.document(ref), by=by, override="It is urgent.")
    jobs.run_due()
    making.release(conference, ref)
    assert mark not in client.get(PAGE + ".en.html").text
    assert client.get(PAGE + ".id.html").status_code == 200
    first = issue(conference, ref)
    earlier = client.get(f"{PAGE}?issue={first.short}").text
    assert "This is an earlier issue" in earlier


def test_a_revision_and_a_reissue_bear_symbols_of_their_own(client, conference, by, ref):
    making.release(conference, ref)
    making.write(conference, ref, 4, "en", "*Affirm* more;", by)
    making.write(conference, ref, 4, "id", "*Menegaskan* lagi;", by)
    making.adopt(conference, ref, by)
    making.publish(conference, ref, by)
    with writing_in(conference):
        again = actions.prepare_publication(queries.document(ref), kind=IssueKind.REISSUE, by=by)
        assert again.symbol == "TEST/1/L.1/Rev.1*"
    jobs.run_due()
    making.release(conference, ref)
    assert client.get(PAGE + "/Rev.1").status_code == 200
    assert "Reissued for technical reasons" in client.get(PAGE + "/Rev.1*").text
    page = client.get(PAGE).text
    assert page.index("Issue 1,") < page.index("Issue 2,")
    assert "Reissued for technical reasons" in client.get(PAGE + ".en.html").text


def test_a_corrigendum_stands_on_the_page_of_what_it_corrects_in_its_languages(client, conference, by, ref):
    making.release(conference, ref)
    with writing_in(conference):
        made = actions.extend(queries.document(ref), Modification.CORRIGENDUM, languages=["en"], by=by).ref
    assert "Corr.1" not in client.get(PAGE).text
    making.adopt(conference, made, by)
    making.publish(conference, made, by)
    page = client.get(PAGE).text
    assert "This text was corrected" in page
    assert "TEST/1/L.1/Corr.1" in page
    assert "This text was corrected" not in client.get(PAGE + "?text=id").text
    assert "Papers to this one" in client.get(PAGE + "?text=id").text
    assert "TEST/1/L.1" in client.get(PAGE + "/Corr.1").text


def test_the_feed_names_what_is_public_in_the_language_of_its_address(client, conference, ref):
    atom = "{http://www.w3.org/2005/Atom}"

    def entries(language):
        answer = client.get(f"/{language}/test-2027/documents/feed.atom")
        assert answer.mimetype == "application/atom+xml"
        return [one.findtext(atom + "title") for one in ElementTree.fromstring(answer.data).findall(atom + "entry")]

    moment = clock.now() + timedelta(hours=1)
    making.release(conference, ref, at=moment)
    assert entries("en") == []
    with time_machine.travel(moment, tick=False):
        assert entries("en") == ["TEST/1/L.1 Message of the Test"]
        assert entries("id") == ["TEST/1/L.1 Pesan Uji"]
