"""Every address keeps its language; without one the browser's wish decides."""

import pytest
from flask import Flask

from confapp.foundation import languages
from confapp.foundation.web.paths import negotiated
from tests import build


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "en"),
        ("id", "id"),
        ("id-ID,id;q=0.9,en;q=0.8", "id"),
        ("en;q=0.3, id;q=0.7", "id"),
        ("ar-EG", "ar"),
        ("fr, de", "en"),
        ("fr, id;q=0.1", "id"),
        ("id;q=0", "en"),
        ("id;q=nonsense, ar;q=0.5", "ar"),
        ("*", "en"),
        (";;;q=,,=", "en"),
        ("x" * 5000, "en"),
    ],
)
def test_the_browsers_wish(header: str, code: str) -> None:
    assert negotiated(header) == code


@pytest.mark.parametrize("code", languages.INTERFACE)
def test_the_prefix_decides_and_links_keep_it(lab: Flask, code: str) -> None:
    made = build.conference()
    answer = lab.test_client().get(f"/{code}/{made.slug}/", headers={"Accept-Language": "fr"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert f'<html lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}"' in page
    assert f'href="/{code}/{made.slug}/' in page
    assert f'href="/{made.slug}/' not in page
    assert "Accept-Language" not in answer.headers.get("Vary", "")


def test_without_prefix_the_page_varies_by_the_browsers_wish(lab: Flask) -> None:
    made = build.conference()
    pages = {}
    for code in languages.INTERFACE:
        answer = lab.test_client().get(f"/{made.slug}/", headers={"Accept-Language": code})
        assert "Accept-Language" in answer.headers["Vary"]
        assert f'<html lang="{code}"' in answer.get_data(as_text=True)
        pages[code] = answer.data
    assert len(set(pages.values())) == len(languages.INTERFACE)


@pytest.mark.parametrize("path", ["/idx/", "/english/", "/id-ID/", "/ID/", "/id/id/"])
def test_what_only_resembles_a_prefix_is_none(lab: Flask, path: str) -> None:
    assert lab.test_client().get(path).status_code == 404


def test_a_redirect_keeps_the_language(lab: Flask) -> None:
    assert lab.test_client().get("/id/lab/known").location.startswith("/id/sign-in?next=/id/lab/known")


@pytest.mark.parametrize(
    ("value", "wanted", "expected"),
    [
        ({"en": "Hall", "id": "Balai"}, "id", ("Balai", "id")),
        ({"en": "Hall"}, "id", ("Hall", "en")),
        ({"id": "Balai"}, "ar", ("Balai", "id")),
        ({"fr": "Salle"}, "id", ("Salle", "fr")),
        ({}, "id", ("", "id")),
        (None, "en", ("", "en")),
    ],
)
def test_text_falls_back_and_says_to_what(value: dict[str, str] | None, wanted: str, expected: tuple[str, str]) -> None:
    assert languages.pick(value, wanted) == expected


def test_directions() -> None:
    assert [languages.language(code).direction for code in ("en", "id", "ar", "fa")] == ["ltr", "ltr", "rtl", "rtl"]
    assert not languages.known("xx-nonsense")
