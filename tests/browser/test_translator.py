"""A translator: sees what is behind, takes the table out and brings it in, and another person checks it."""

import io
from collections.abc import Callable

from docx import Document
from playwright.sync_api import expect

from confapp.demo.translation2027 import GUIDE
from tests.browser.hands import Mouse

DESK = "/desk/sample-2027/"
WORDS = {
    "Test the channels": "اختبروا القنوات مرتين في السنة.",
    "Say what happens": "قولوا ما يحدث وأين وما العمل.",
    "Give the hour": "اذكروا ساعة الإنذار ومن كتبه.",
}


def test_a_translation_is_brought_in_step_and_checked_by_another_person(hands_of: Callable[..., list[Mouse]]) -> None:
    translator, editor = hands_of("Translator or reviser", "Secretariat editor")
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


def test_what_a_translator_types_survives_and_others_see_who_writes(hands_of: Callable[..., list[Mouse]]) -> None:
    translator, editor = hands_of("Translator or reviser", "Secretariat editor")
    page = translator.open(f"{DESK}translations/").page
    sheet = page.locator("main th a[href$='/ar']").get_attribute("href") or ""
    translator.open(sheet)
    page.locator(".editor-row", has_text="channels").get_by_role("link", name="Edit").click()
    form, field = page.url, page.locator("textarea[lang=ar]")
    before = field.input_value()
    field.press("Control+End")
    field.type(" مرتين")
    expect(page.locator("#kept")).to_contain_text("Kept as your draft")
    page.reload()
    translator.reads("You had not saved this")
    expect(field).to_have_value(f"{before} مرتين")
    page.locator("textarea[lang=ar]").press("Control+End")
    page.keyboard.type(" الآن")
    page.close()  # what was typed last is sent while the page goes

    # The secretariat sees who is there, and not what is typed; each hears of the other.
    document = editor.open(f"{DESK}documents/").page.get_by_role("link", name=GUIDE.title["en"]).get_attribute("href")
    row = editor.open(f"{document}").page.locator(".editor-row", has_text="channels")
    expect(row.locator("[data-writer]")).to_contain_text("is writing in Arabic", timeout=15_000)
    row.get_by_role("link", name="Edit").click()
    expect(editor.page.locator("textarea[lang=ar]")).to_have_value(before)
    editor.page.locator("textarea[lang=ar]").fill("اختبروا القنوات كل سنة.")
    editor.page.keyboard.press("Control+Enter")
    expect(editor.page.locator(".editor-row", has_text="كل سنة")).to_have_count(1)
    editor.page.locator(".editor-row", has_text="channels").get_by_role("link", name="Edit").click()

    translator.page = page = translator.context.new_page()
    translator.open(sheet)
    expect(page.locator(".editor-row", has_text="channels").locator("[data-writer]")).to_contain_text("is writing here")
    translator.open(form).reads("You had not saved this")
    field = page.locator("textarea[lang=ar]")
    expect(field).to_have_value(f"{before} مرتين الآن")
    field.press("Control+Enter")
    translator.reads("Two people wrote this paragraph at the same time").reads("كل سنة")
    expect(field).to_have_value(f"{before} مرتين الآن")
    field.press("Control+Enter")
    expect(page.locator(".editor-row", has_text="مرتين الآن")).to_have_count(1)
    assert page.request.get(f"{sheet.removesuffix('ar')}en").status == 404, "the original was not given"


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
