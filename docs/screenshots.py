"""Takes the pictures of the guides from a fresh demonstration: `.venv/bin/python docs/screenshots.py [FOLDER]`.

It needs a Chromium (CONFAPP_CHROMIUM names one that is not on the path).
"""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
WIDE, NARROW = {"width": 1120, "height": 760}, {"width": 380, "height": 760}
SAMPLE = "sample-2027"
COLOURS = 96  # of a picture: enough for pages, and a third of the bytes
DEBATE = "Plenary I: general debate, first part"

PUBLIC = (
    ("title-page", f"/en/{SAMPLE}/", WIDE),
    ("title-page-arabic", f"/ar/{SAMPLE}/", NARROW),
    ("programme", f"/en/{SAMPLE}/programme", WIDE),
    ("register", f"/en/{SAMPLE}/register", WIDE),
    ("document", f"/id/{SAMPLE}/documents/SAMPLE/2027/MSG/1", WIDE),
    ("verify", "/en/verify", WIDE),
)


class Picture(NamedTuple):
    name: str
    path: str
    links: tuple[str, ...] = ()  # words of links to follow from there, where an address is made anew each time
    heading: str = ""  # shown at the top, when what matters stands further down
    press: str = ""  # a button on the page that they lead to
    has: str = ""  # what the page says when the work that was asked for is done


BY_ROLE = (
    (
        "Accreditation officer",
        (Picture("steps", f"/desk/{SAMPLE}/registrations?status=under_review", ("Muster, Ms Erika",), "Steps"),),
    ),
    (
        "Secretariat editor",
        (
            Picture("documents", f"/desk/{SAMPLE}/documents/"),
            Picture("series", f"/desk/{SAMPLE}/documents/series"),
            Picture(
                "editor",
                f"/desk/{SAMPLE}/documents/",
                ("Sample Message on Trust and Cooperation in Digital Diplomacy",),
            ),
        ),
    ),
    (
        "Focal point of a delegation",
        (
            Picture("my-delegation", f"/me/{SAMPLE}/"),
            Picture("my-meetings", f"/me/{SAMPLE}/", ("Bilateral meetings",)),
        ),
    ),
    ("Protocol officer", (Picture("meetings", f"/desk/{SAMPLE}/meetings"),)),
    ("Speaker", (Picture("speaking", f"/me/{SAMPLE}/speaking/"),)),
    ("Delegate", (Picture("own-data", f"/me/{SAMPLE}/", ("Your data: see, download, erase",)),)),
    (
        "Organizer",
        (
            Picture("today", f"/desk/{SAMPLE}/"),
            Picture("delegations", f"/desk/{SAMPLE}/delegations"),
            Picture("order", f"/desk/{SAMPLE}/delegations/order"),
            Picture("registrations", f"/desk/{SAMPLE}/registrations"),
            Picture("prepared", f"/desk/{SAMPLE}/registrations/prepared"),
            Picture("places", f"/desk/{SAMPLE}/places", heading="Categories"),
            Picture("questionnaire", f"/desk/{SAMPLE}/questionnaires", ("Delegates",)),
            Picture("timetable", f"/desk/{SAMPLE}/programme"),
            Picture("clashes", f"/desk/{SAMPLE}/programme/clashes"),
            Picture("session", f"/desk/{SAMPLE}/sessions", ("Opening ceremony",)),
            Picture("list-of-speakers", f"/desk/{SAMPLE}/sessions", (DEBATE, "Open the list"), "Take out:"),
            Picture("floor", f"/desk/{SAMPLE}/sessions", (DEBATE, "Open the list", "Run the debate")),
            Picture("side-events", f"/desk/{SAMPLE}/side-events"),
            Picture(
                "proposal",
                f"/desk/{SAMPLE}/sessions",
                ("Opening ceremony",),
                press="Away on this day…",
                has="Proposal ready",
            ),
            Picture("matrix", f"/desk/{SAMPLE}/people/matrix"),
            Picture("letters", f"/desk/{SAMPLE}/letters"),  # last: by now their mails have been delivered
        ),
    ),
)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with demonstration() as (address, links), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = fresh_page(browser)
        for name, path, size in PUBLIC:
            page.set_viewport_size(size)  # type: ignore[arg-type]
            take(page, address, Picture(name, path), folder)
        for role, pictures in BY_ROLE:
            page = fresh_page(browser)
            sign_in(page, links[role])
            for picture in pictures:
                take(page, address, picture, folder)
        browser.close()


@contextmanager
def demonstration() -> Iterator[tuple[str, dict[str, str]]]:
    """Its address, and the sign-in links that it prints, by role."""
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "manage.py", "demo", "--port", "0", "--data", data]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own words
        assert process.stdout is not None
        address, links = "", dict[str, str]()
        for line in process.stdout:
            if found := re.match(r"confapp runs at\s+(http\S+?)/?$", line.strip()):
                address = found[1]
            elif found := re.match(r"\s+(\S.*?)\s{2,}(http\S+/sign-in/\S+)", line):
                links[found[1]] = found[2]
            elif "Ctrl-C" in line:
                break
        try:
            yield address, links
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def chromium() -> str | None:
    known = map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))
    return os.environ.get("CONFAPP_CHROMIUM") or next(filter(None, known), None)


def fresh_page(browser: Browser) -> Page:
    return browser.new_context(viewport=WIDE, locale="en-GB").new_page()  # type: ignore[arg-type]


def sign_in(page: Page, link: str) -> None:
    page.goto(link)
    page.locator("main form button").first.click()
    page.wait_for_load_state()


def take(page: Page, address: str, picture: Picture, folder: Path) -> None:
    answer = page.goto(address + picture.path)
    for words in picture.links:
        href = page.get_by_role("link", name=words, exact=True).first.get_attribute("href") or ""
        answer = page.goto(address + href)
    if answer is None or not answer.ok:
        raise SystemExit(f"{page.url} answered {answer.status if answer else 'nothing'}")
    if picture.press:
        page.get_by_role("button", name=picture.press, exact=True).first.click()
        page.locator("main").get_by_text(picture.has, exact=True).wait_for(timeout=120_000)
    if picture.heading:
        heading = page.locator("main").get_by_text(picture.heading, exact=True).first
        heading.evaluate("place => scrollTo(0, place.getBoundingClientRect().top + scrollY - 24)")
    file = folder / f"{picture.name}.png"
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(file)


if __name__ == "__main__":
    main()
