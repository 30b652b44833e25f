from datetime import timedelta
from types import SimpleNamespace

import pytest

from confapp.people import rules
from confapp.people.rules import Role, safe_path

OPEN_REDIRECTS = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "/%09//evil.example".replace("%09", "\t"),
    "/\n/evil.example",
    " /desk/",
    "/desk//evil.example",
    "evil.example",
    "/\u2028/evil.example",
    "http:///evil.example",
    "//evil.example:80@localhost/",
    "/" + "a" * 300,
    "",
]


@pytest.mark.parametrize("path", OPEN_REDIRECTS)
def test_never_to_another_host(path: str) -> None:
    assert safe_path(path) == ""


@pytest.mark.parametrize("path", ["/", "/desk/", "/id/desk/rcdd-2019/?status=open&q=a%20b", "/desk/x?back=//y"])
def test_paths_of_ours_are_kept(path: str) -> None:
    assert safe_path(path) == path


def test_every_role_has_a_name_and_a_side() -> None:
    assert set(rules.ROLE_NAMES) == set(Role)
    assert {*rules.STAFF, *rules.PARTICIPANTS, Role.ADMINISTRATOR} == set(Role)


def test_staff_are_signed_in_for_less_time() -> None:
    assert {True: timedelta(minutes=30), False: timedelta(hours=12)} == rules.IDLE
    assert {True: timedelta(hours=12), False: timedelta(days=14)} == rules.ABSOLUTE


def test_roles_of_the_installation_come_first() -> None:
    mandates = [SimpleNamespace(conference_id=1, conference="a"), SimpleNamespace(conference_id=None, conference=None)]
    assert [where for where, _ in rules.by_conference(mandates)] == [None, "a"]


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge"),
        ("Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome"),
        ("Mozilla/5.0 (Mac) Version/18 Safari/605", "Safari"),
        ("curl/8.1", "curl/8.1"),
        ("", ""),
    ],
)
def test_browsers_are_named(agent: str, name: str) -> None:
    assert rules.browser(agent) == name
