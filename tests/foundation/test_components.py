import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from confapp.conferences.rules import accent_fault
from confapp.foundation import colour, languages
from confapp.foundation.web import accent, assets, components


def test_the_component_page_shows_every_macro(app: Flask) -> None:
    everything = Path(app.jinja_env.get_template("ui/_all.html").filename or "").read_text()
    unseen = {"fact", "fact_list", "optional", "messages", "control", "links", "error_summary", "breadcrumbs"}
    unseen |= {"text", "when", "conference_facts", "notices"}
    names = {
        name
        for file in app.jinja_env.list_templates(filter_func=lambda n: n.startswith("ui/") and "/_" not in n)
        for name in vars(app.jinja_env.get_template(file).module)
        if not name.startswith("_")
    }
    assert {name for name in names - unseen if f"ui.{name}(" not in everything} == set()


@pytest.mark.parametrize("code", languages.INTERFACE)
def test_the_component_page_can_be_drawn_in_each_language(app: Flask, code: str) -> None:
    with app.test_request_context(f"/{code}/desk/_ui"), languages.speaking(code):
        app.preprocess_request()
        languages.set_current(code)
        page = components.show()
    assert page.count("<h1") == 1
    assert f'lang="{code}"' in page


def test_unknown_macros_are_refused(app: Flask) -> None:
    with pytest.raises(AttributeError):
        app.jinja_env.globals["ui"].nothing_of_that_name  # noqa: B018


def test_style_sheets_stay_small() -> None:
    sources = assets.sources()
    assert len(gzip.compress(sources["app.css"], 9)) <= 10_000
    assert len(gzip.compress(sources["desk.css"], 9)) <= 5_000
    assert len(sources["app.js"]) <= 5_000


@pytest.mark.parametrize("code", ["#0b5a6f", "#7a2233", "#0b5f6b", "#1a1a1a", "#5a3d00"])
def test_an_accepted_accent_can_be_read_on_both_backgrounds(code: str) -> None:
    assert accent_fault(code) is None
    twin = colour.at_night(code)
    assert colour.contrast(code, colour.PAPER) >= 4.5
    assert colour.contrast(code, "#ffffff") >= 4.5
    assert colour.contrast(twin, colour.NIGHT) >= 4.5
    assert twin in accent.sheet(code)


def test_a_pale_accent_is_refused() -> None:
    assert accent_fault("#ffcc00") is not None


def test_the_accent_sheet_takes_colours_only(app: Flask) -> None:
    client = app.test_client()
    answer = client.get(accent.address("#0b5a6f"))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    for wrong in ("red", "0b5a6f0", "0b5a6g", "0B5A6F"):
        assert client.get(f"/accent/{wrong}.css").status_code == 404


def test_tokens_can_be_read_in_both_schemes() -> None:
    css = (assets.STATIC / "css" / "tokens.css").read_text()
    light, dark = css.split("prefers-color-scheme: dark")[0], css.split("prefers-color-scheme: dark")[1]
    for part, paper in ((light, colour.PAPER), (dark, colour.NIGHT)):
        found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", part))
        assert found["paper"] == paper
        for name in ("ink", "ink-soft", "accent", "good", "waiting", "attention", "bad"):
            assert colour.contrast(found[name], paper) >= 4.5, name
            assert colour.contrast(found[name], found["tint"]) >= 4.5, name
        assert colour.contrast(found["edge"], paper) >= 3
        assert colour.contrast(found["accent-ink"], found["accent"]) >= 4.5
