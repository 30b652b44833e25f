"""A translator: sees what is behind, takes the table out and brings it in, and another person checks it."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Browser, expect

from confapp.demo.translation2027 import GUIDE
from tests.browser.conftest import Site
from tests.browser.hands import Mouse

DESK = "/desk/sample-2027/"
WORDS = {
    "Test the channels": "اختبروا القنوات مرتين في السنة.",
    "Say what happens": "قولوا ما يحدث وأين وما العمل.",
    "Give the hour": "اذكروا ساعة الإنذار ومن كتبه.",
}


@pytest.fixture
def hands(site: Site, browser: Browser, signed_in: Callable[[str], dict[str, Any]]) -> Iterator[list[Mouse]]:
    made = []
    for role in ("Translator or reviser", "Secretariat editor"):
        hand = Mouse(browser, site.address)
        hand.context.add_cookies(signed_in(role)["cookies"])
        made.append(hand)
    yield made
    for hand in made:
        hand.close()


def test_a_translation_is_brought_in_step_and_checked_by_another_person(hands: list[Mouse]) -> None:
    translator, editor = hands
    page = translator.open(DESK).follow(f"Translate {GUIDE.symbol}: Arabic", within="main").page
    expect(page.locator(".editor-row")).to_have_count(3)
    expect(page.locator(".editor-row", has_text="twice a year")).to_contain_text("Behind the original")
    translator.reads("What changed in the original since")

    file = page.request.get(page.get_by_role("link", name="Arabic DOCX").get_attribute("href") or "").body()
    page.get_by_role("link", name="Bring it in again").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "back.docx", "mimeType": "application/octet-stream", "buffer": filled(file)}
    )
    translator.press("Look at it first")
    expect(page.locator("main tbody tr")).to_have_count(len(WORDS))
    translator.press("Bring in what is ticked").reads("3 texts were brought in.")
    translator.open(f"{DESK}translations/").reads("Nothing left")

    sheet = page.get_by_role("link", name=GUIDE.symbol).first.get_attribute("href") or ""
    text = editor.open(f"{DESK}documents/").page.get_by_role("link", name=GUIDE.title["en"]).get_attribute("href")
    editor.open(f"{text}languages?show=ar")
    editor.page.locator("button[name=all_checked][value=ar]").click()
    expect(editor.page.locator("tr", has_text="Arabic").first).to_contain_text("Ready")
    editor.reads("7 texts are checked.")
    expect(translator.open(sheet).page.locator(".status", has_text="Checked").first).to_be_visible()


def filled(content: bytes) -> bytes:
    """The table as a translator sends it back: the third column written where it was empty or behind."""
    table = Document(io.BytesIO(content))
    for row in table.tables[0].rows:
        for beginning, words in WORDS.items():
            if row.cells[1].text.startswith(beginning):
                paragraph = row.cells[2].paragraphs[0]
                for run in paragraph.runs:
                    run.text = ""
                paragraph.add_run(words)
    made = io.BytesIO()
    table.save(made)
    return made.getvalue()
