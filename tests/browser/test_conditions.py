"""The browser decides which questions are shown as the server does: the same table of cases, in Chromium."""

import json
from html import escape
from typing import Any

from playwright.sync_api import Browser

from tests.browser.conftest import ROOT

CASES: list[dict[str, Any]] = json.loads((ROOT / "tests/registration/questions/condition_cases.json").read_text())


def question(code: str, value: str | list[str], condition: dict[str, Any]) -> str:
    boxes = value if isinstance(value, list) else None
    control = f'<input name="q-{code}" value="{escape(value)}">' if isinstance(value, str) else ""
    if boxes is not None:
        control = '<input type="checkbox" value="other">' + "".join(
            f'<input type="checkbox" value="{escape(one)}" checked>' for one in boxes
        )
    return f'<div data-question="{code}" data-if="{escape(json.dumps(condition))}">{control}</div>'


def form(case: dict[str, Any]) -> str:
    questions = "".join(
        question(code, value, case["conditions"].get(code, {})) for code, value in case["values"].items()
    )
    known = escape(json.dumps(case.get("known", {})))
    return f'<form><fieldset data-known="{known}">{questions}</fieldset></form>'


def page_of(body: str) -> str:
    return f'<!doctype html><html lang="en"><body>{body}</body></html>'


def test_the_browser_shows_what_the_server_shows(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(page_of("".join(form(case) for case in CASES)))
    page.add_script_tag(path=ROOT / "static/js/app.js")
    shown = page.evaluate(
        """() => [...document.forms].map((form) =>
            [...form.querySelectorAll("[data-question]:not([hidden])")].map((one) => one.dataset.question))"""
    )
    page.close()
    assert len(shown) == len(CASES) > 30
    wrong = [case["name"] for case, found in zip(CASES, shown, strict=True) if sorted(found) != sorted(case["shown"])]
    assert wrong == []


def test_questions_come_and_go_while_somebody_types(browser: Browser) -> None:
    page = browser.new_page()
    conditions = {
        "b": {"field": "a", "operator": "at_least", "value": "2"},
        "c": {"field": "b", "operator": "filled"},
    }
    page.set_content(page_of(form({"values": {"a": "", "b": "", "c": ""}, "conditions": conditions})))
    page.add_script_tag(path=ROOT / "static/js/app.js")
    typed = page.locator("[data-question=a] input")
    assert not page.locator("[data-question=b]").is_visible()
    typed.fill("3")
    page.locator("[data-question=b] input").fill("kept while it is hidden")
    assert page.locator("[data-question=c]").is_visible()
    typed.fill("1")
    assert not page.locator("[data-question=b]").is_visible()
    assert not page.locator("[data-question=c]").is_visible()
    typed.fill("2")
    assert page.locator("[data-question=b] input").input_value() == "kept while it is hidden"
    assert page.locator("[data-question=c]").is_visible()
    page.close()


def test_what_follows_a_hidden_question_has_the_whole_width(browser: Browser) -> None:
    page = browser.new_page()
    asked = '<div hidden></div><div id="asked"><fieldset class="field"><legend>Which?</legend></fieldset></div>'
    page.set_content(page_of(f'<fieldset class="form-group"><legend>Section</legend>{asked}</fieldset>'))
    for sheet in ("type.css", "components/form.css"):
        page.add_style_tag(path=ROOT / "static/css" / sheet)
    width = page.evaluate("document.querySelector('#asked > fieldset').offsetWidth")
    whole = page.evaluate("document.querySelector('.form-group').clientWidth")
    page.close()
    assert width > whole - 40
