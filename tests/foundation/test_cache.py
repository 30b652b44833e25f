"""Kept pages are right: a change shows at once, and nobody sees another's page."""

import gzip
from types import SimpleNamespace

import pytest
from flask import Flask

from confapp.conferences.models import Conference
from confapp.foundation.db import db
from confapp.foundation.transactions import writing
from confapp.foundation.web import cache
from tests import build
from tests.build import Client
from tests.foundation import laboratory


@pytest.fixture
def conference(lab: Flask) -> Conference:
    return build.conference()


@pytest.fixture
def client(lab: Flask) -> Client:
    return lab.test_client()  # type: ignore[return-value]


def drawn() -> int:
    return laboratory.log.count("drawn")


def test_a_page_is_drawn_once(client: Client, conference: Conference) -> None:
    url = f"/{conference.slug}/lab/page"
    pages = {client.get(url).data for _ in range(3)}
    assert pages == {b"<p>CT</p>"}
    assert drawn() == 1


def test_a_change_shows_at_once(client: Client, conference: Conference) -> None:
    url = f"/{conference.slug}/lab/page"
    client.get(url)
    with writing():
        db.session.get_one(Conference, conference.id).acronym = "NEW"
    assert client.get(url).data == b"<p>NEW</p>"


def test_a_change_that_is_rolled_back_does_not_show(client: Client, conference: Conference) -> None:
    url = f"/{conference.slug}/lab/page"
    client.get(url)
    with pytest.raises(ZeroDivisionError), writing():
        db.session.get_one(Conference, conference.id).acronym = "NEW"
        db.session.flush()
        raise ZeroDivisionError
    assert client.get(url).data == b"<p>CT</p>"
    assert drawn() == 1


def test_a_change_of_another_conference_draws_nothing_anew(client: Client, conference: Conference) -> None:
    url, other = f"/{conference.slug}/lab/page", build.conference()
    client.get(url)
    with writing():
        db.session.get_one(Conference, other.id).acronym = "NEW"
    client.get(url)
    assert drawn() == 1


def test_a_page_of_all_conferences_changes_with_any(client: Client, conference: Conference) -> None:
    assert client.get("/lab/sum").data == b"1"
    build.conference()
    assert client.get("/lab/sum").data == b"2"


def test_conferences_languages_and_queries_have_their_own_pages(client: Client, conference: Conference) -> None:
    other = build.conference(acronym="OTHER")
    assert client.get(f"/{conference.slug}/lab/page").data != client.get(f"/{other.slug}/lab/page").data
    count = drawn()
    client.get(f"/id/{other.slug}/lab/page")
    client.get(f"/{other.slug}/lab/page", headers={"Accept-Language": "ar"})
    client.get(f"/{other.slug}/lab/page?day=1")
    assert drawn() == count + 3


def test_a_page_that_asks_who_reads_it_is_never_kept(client: Client, lab: Flask, conference: Conference) -> None:
    url = f"/{conference.slug}/lab/mine"
    one = client.sign_in(build.account(name="One"))
    other = lab.test_client().sign_in(build.account(name="Other"))
    for _ in range(2):
        assert one.get(url).data == b"<p>One</p>"
        assert other.get(url).data == b"<p>Other</p>"
        assert lab.test_client().get(url).data == b"<p></p>"
    assert one.get(url).headers["Cache-Control"] == "no-store"
    assert "ETag" not in one.get(url).headers


def test_an_unchanged_page_is_not_sent_again(client: Client, conference: Conference) -> None:
    url = f"/{conference.slug}/lab/page"
    etag = client.get(url).headers["ETag"]
    for _ in range(2):
        answer = client.get(url, headers={"If-None-Match": etag})
        assert answer.status_code == 304
        assert answer.data == b""
        assert answer.headers["ETag"] == etag
        assert answer.headers["Content-Security-Policy"]
    with writing():
        db.session.get_one(Conference, conference.id).acronym = "NEW"
    answer = client.get(url, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.data) == (200, b"<p>NEW</p>")


def test_a_kept_page_is_packed_for_who_wants_it_and_the_same(client: Client, conference: Conference) -> None:
    url = f"/{conference.slug}/lab/page"
    plain = client.get(url)
    packed = client.get(url, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]
    head = client.head(url)
    assert (head.status_code, head.data) == (200, b"")


def test_first_and_kept_answers_carry_the_same_headers(client: Client, conference: Conference) -> None:
    url = f"/{conference.slug}/lab/page"
    first, kept = client.get(url), client.get(url)
    assert dict(first.headers) == dict(kept.headers)
    assert first.headers["Cache-Control"] == "public, no-cache"


def test_only_good_answers_to_reading_are_kept(client: Client, conference: Conference) -> None:
    assert client.post(f"/{conference.slug}/lab/page").status_code in (400, 405)
    assert client.get(f"/{conference.slug}-nothing/lab/page").status_code == 404
    renamed = f"/{conference.slug}-nothing/lab/page"
    with writing():
        db.session.get_one(Conference, conference.id).slug = f"{conference.slug}-nothing"
    assert client.get(renamed).status_code == 200


def test_another_host_does_not_get_or_fill_the_kept_page(client: Client, lab: Flask, conference: Conference) -> None:
    url = f"/{conference.slug}/lab/page"
    client.get(url)
    assert client.get(url, base_url="http://evil.example").status_code == 400
    assert drawn() == 1


def test_a_page_that_changes_by_itself_is_drawn_anew_then(
    client: Client, conference: Conference, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, seconds = f"/{conference.slug}/lab/page", [1000.0]
    monkeypatch.setattr(cache, "time", SimpleNamespace(monotonic=lambda: seconds[0]))
    client.get(url)
    seconds[0] += cache.LONGEST - 1
    client.get(url)
    assert drawn() == 1
    seconds[0] += 2
    client.get(url)
    assert drawn() == 2


def test_the_store_stays_within_its_bounds(lab: Flask, client: Client, conference: Conference) -> None:
    for number in range(cache.MOST_ENTRIES + 20):
        client.get(f"/{conference.slug}/lab/page?n={number}")
    kept = lab.extensions["public_cache"]
    assert len(kept.entries) == cache.MOST_ENTRIES
    assert kept.size == sum(len(e.plain) + len(e.packed) for e in kept.entries.values())
