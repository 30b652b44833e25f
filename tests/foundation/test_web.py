"""What every answer carries, whom the program believes, and how often one may try."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from confapp import create_app, use_files, web
from confapp.foundation.db import db
from confapp.foundation.web import identity
from confapp.foundation.web.headers import FIXED
from confapp.foundation.web.limits import by_address
from confapp.people.rules import safe_path
from tests import build
from tests.build import Client
from tests.foundation import laboratory

Make = Callable[..., Flask]


@pytest.fixture
def make(app: Flask) -> Iterator[Make]:
    """Makes the laboratory again with other settings, without the leniency of tests."""
    made: list[Flask] = []

    def with_settings(**changes: Any) -> Flask:
        finish = web.finish
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(web, "finish", lambda app, settings: (laboratory.install(app), finish(app, settings)))
            other = create_app(replace(app.extensions["confapp"], **changes))
        other.testing = False
        other.test_client_class = Client
        made.append(other)
        return other

    yield with_settings
    for other in made:
        with other.app_context():
            db.engine.dispose()
    use_files(app.extensions["confapp"])


PATHS = [
    ("GET", "/", 200),
    ("HEAD", "/", 200),
    ("GET", "/nothing/here", 404),
    ("GET", "/lab/known", 303),
    ("POST", "/lab/refused", 409),
    ("POST", "/lab/fault", 500),
    ("PUT", "/lab/answer/200", 405),
    ("GET", "/healthz", 200),
    ("POST", "/lab/answer/422", 422),
    ("GET", "/lab/sum", 200),
]


@pytest.mark.parametrize(("method", "path", "status"), PATHS)
def test_every_answer_carries_the_security_headers(lab: Flask, method: str, path: str, status: int) -> None:
    client = lab.test_client()
    for _ in range(2):  # the second time from the cache, where there is one
        answer = client.open(path, method=method, data={"form_key": "k", "name": "n"} if method == "POST" else None)
        assert answer.status_code == status
        assert {name: answer.headers.get(name) for name in FIXED} == FIXED
        assert answer.headers.get("Cache-Control")
        assert "Set-Cookie" not in answer.headers or status == 303


def test_the_policy_allows_no_inline_script_and_no_other_host(lab: Flask) -> None:
    policy = lab.test_client().get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    for word in ("unsafe", "*", "http:", "https:"):
        assert word not in policy


def test_static_files_are_typed_and_cached_for_good(lab: Flask) -> None:
    page = lab.test_client().get("/").get_data(as_text=True)
    sheet = page.split('href="/static/app.')[1].split('"')[0]
    answer = lab.test_client().get(f"/static/app.{sheet}")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "text/css"


@pytest.mark.parametrize("path", ["/static/../secret.key", "/static/%2e%2e/secret.key", "/static/..%2fsecret.key"])
def test_static_files_are_those_and_no_others(lab: Flask, path: str) -> None:
    assert lab.test_client().get(path).status_code == 404


def test_an_error_page_has_a_number_and_no_details(lab: Flask, caplog: pytest.LogCaptureFixture) -> None:
    page = lab.test_client().send("/lab/fault", secret="in the form").get_data(as_text=True)
    incident = next(record.incident for record in caplog.records if hasattr(record, "incident"))
    assert incident in page
    assert "ZeroDivisionError" not in page
    assert "in the form" not in caplog.text.split("Traceback")[0]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "conference.example.evil.example"},
        {"Host": "conference.example:8080"},
        {"Host": ""},
        {"Host": "conference.example\x00"},
    ],
)
def test_another_host_is_refused(make: Make, headers: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    client = make(base_url="https://conference.example").test_client()
    for path in ("/", "/healthz", "/lab/sum"):
        assert client.get(path, base_url="https://conference.example", headers=headers).status_code == 400
    assert not caplog.records, "whoever tries hosts does not fill the log"


def test_a_forwarded_host_is_not_believed(make: Make) -> None:
    for hops in (0, 1):
        other = make(base_url="https://conference.example", trusted_proxy_hops=hops)
        answer = other.test_client().get(
            "/lab/known",
            base_url="https://conference.example",
            headers={
                "X-Forwarded-Host": "evil.example",
                "X-Forwarded-Prefix": "/evil",
                "Forwarded": "host=evil.example",
            },
        )
        assert answer.status_code == 303
        assert "evil" not in answer.location


def test_cookies_over_https(make: Make) -> None:
    other = make(base_url="https://conference.example")
    answer = other.test_client().get("/sign-in", base_url="https://conference.example")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    parts = {part.strip() for part in cookie.split(";")}
    assert cookie.startswith("__Host-confapp=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= parts
    assert not any(part.lower().startswith("domain") for part in parts)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert answer.headers["Cache-Control"] == "no-store"


def test_hsts_covers_other_names_only_when_asked(make: Make) -> None:
    other = make(base_url="https://conference.example", hsts_subdomains=True)
    answer = other.test_client().get("/", base_url="https://conference.example")
    assert answer.headers["Strict-Transport-Security"].endswith("includeSubDomains")


def test_an_anonymous_reader_gets_no_cookie(lab: Flask) -> None:
    made = build.conference()
    for path in ("/", f"/{made.slug}/", f"/{made.slug}/programme", "/lab/sum"):
        assert "Set-Cookie" not in lab.test_client().get(path).headers


def test_notes_that_nobody_reads_do_not_grow_the_cookie(lab: Flask) -> None:
    client = lab.test_client()
    for number in range(50):
        client.send("/lab/note", name=f"note{number}")
    assert client.get("/lab/notes").get_data(as_text=True) == "note46 note47 note48 note49"


def test_an_unsafe_request_without_token_is_refused(make: Make) -> None:
    client = make(base_url="http://localhost").test_client()
    for path in ("/lab/answer/303", "/sign-in", "/sign-out"):
        assert client.send(path, name="a").status_code == 400
    assert laboratory.accounts() == 0


def test_a_known_secret_is_refused_at_start(tmp_path: Path) -> None:
    from confapp.config import SettingsError, from_environment

    for secret in ("secret", "changeme", "short"):
        with pytest.raises(SettingsError):
            from_environment({"CONFAPP_DATA": str(tmp_path), "CONFAPP_SECRET_KEY": secret})


# --- limits -----------------------------------------------------------------------------------------------------------


def attempts(app: Flask, *headers: dict[str, str]) -> list[int]:
    app.config["WTF_CSRF_ENABLED"] = False
    return [app.test_client().post("/lab/limited", data={"form_key": "k"}, headers=h).status_code for h in headers]


def test_who_tries_too_often_waits(lab: Flask) -> None:
    client = lab.test_client()
    answers = [client.send("/lab/limited") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [204] * 3 + [429] * 2
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 1200


def test_without_a_proxy_a_forwarded_address_is_not_believed(make: Make) -> None:
    spoofed = [{"X-Forwarded-For": f"203.0.113.{n}"} for n in range(5)]
    assert attempts(make(), *spoofed) == [204] * 3 + [429] * 2


def test_behind_one_proxy_its_word_counts_and_the_clients_does_not(make: Make) -> None:
    spoofed = [{"X-Forwarded-For": f"203.0.113.{n}, 198.51.100.7"} for n in range(5)]
    others = [{"X-Forwarded-For": f"198.51.100.{n}"} for n in range(10, 13)]
    assert attempts(make(trusted_proxy_hops=1), *spoofed, *others) == [204] * 3 + [429] * 2 + [204] * 3


def test_two_processes_share_their_limits(make: Make) -> None:
    one, other = make(), make()
    assert attempts(one, {}, {}) + attempts(other, {}, {}) == [204] * 3 + [429]


def test_the_shipped_limit_of_sign_in_links(make: Make) -> None:
    """Five in a quarter of an hour for one mailbox, however it is written; another mailbox has its own."""
    other = make()
    other.config["WTF_CSRF_ENABLED"] = False
    client = other.test_client()
    spellings = ["a@mail.example", "A@mail.example", " a@mail.example ", "a@MAIL.example", "a@mail.example"]
    statuses = [client.send("/sign-in", email=spelling).status_code for spelling in [*spellings, *spellings]]
    assert statuses[:5] == [statuses[0]] * 5
    assert statuses[0] < 400
    assert statuses[5:] == [429] * 5
    assert client.send("/sign-in", email="b@mail.example").status_code < 400


# --- redirects --------------------------------------------------------------------------------------------------------

HOSTILE = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example",
    "/%5cevil.example\r\nLocation: https://evil.example",
    "/\tevil.example",
    "/ /evil.example",
    "http://localhost@evil.example",
    "//localhost@evil.example/",
    "javascript:alert(1)",
    "///evil.example",
    "/x//evil.example",
    "／／evil.example",
    "/\u2028//evil.example",
    "",
    "x" * 5000,
    "/x//[",
]


@pytest.mark.parametrize("path", HOSTILE)
def test_after_signing_in_nobody_is_led_away(lab: Flask, path: str) -> None:
    assert safe_path(path) == ""
    assert lab.test_client().get("/sign-in", query_string={"next": path}).status_code == 200


@pytest.mark.parametrize("path", ["/desk/ct/registrations?page=2&q=a%20b", "/id/me/", "/ct/?next=//evil.example"])
def test_a_path_of_ours_is_kept(path: str) -> None:
    assert safe_path(path) == path


@pytest.mark.parametrize(
    ("address", "noted", "counted"),
    [
        ("203.0.113.77", "203.0.113.0/24", "203.0.113.77/32"),
        ("::ffff:203.0.113.77", "203.0.113.0/24", "203.0.113.77/32"),
        ("2001:db8::1", "2001:db8::/48", "2001:db8::/64"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48", "2001:db8:1:2::/64"),
        ("", "", ""),
        ("unix:", "", ""),
    ],
)
def test_an_address_is_noted_and_counted_by_its_network(lab: Flask, address: str, noted: str, counted: str) -> None:
    with lab.test_request_context(method="POST", environ_base={"REMOTE_ADDR": address}):
        assert (identity.address(), by_address()) == (noted, counted)
