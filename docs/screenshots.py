"""Takes the pictures of the guides from a fresh demonstration: `.venv/bin/python docs/screenshots.py [FOLDER]`.

It needs a Chromium (CONFAPP_CHROMIUM names one that is not on the path).
"""

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

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
WIDE, NARROW = {"width": 1120, "height": 760}, {"width": 380, "height": 760}
SAMPLE = "sample-2027"

PUBLIC = (
    ("title-page", f"/en/{SAMPLE}/", WIDE),
    ("title-page-arabic", f"/ar/{SAMPLE}/", NARROW),
    ("programme", f"/en/{SAMPLE}/programme", WIDE),
    ("register", f"/en/{SAMPLE}/register", WIDE),
    ("document", f"/id/{SAMPLE}/documents/SAMPLE/2027/MSG/1", WIDE),
    ("verify", "/en/verify", WIDE),
)
BY_ROLE = (
    (
        "Organizer",
        (
            ("today", f"/desk/{SAMPLE}/"),
            ("delegations", f"/desk/{SAMPLE}/delegations"),
            ("registrations", f"/desk/{SAMPLE}/registrations"),
            ("timetable", f"/desk/{SAMPLE}/programme"),
            ("matrix", f"/desk/{SAMPLE}/people/matrix"),
        ),
    ),
    ("Secretariat editor", (("documents", f"/desk/{SAMPLE}/documents/"),)),
    ("Focal point of a delegation", (("my-delegation", f"/me/{SAMPLE}/"),)),
)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with demonstration() as (address, links), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = fresh_page(browser)
        for name, path, size in PUBLIC:
            page.set_viewport_size(size)  # type: ignore[arg-type]
            take(page, address + path, folder / f"{name}.png")
        for role, pictures in BY_ROLE:
            page = fresh_page(browser)
            sign_in(page, links[role])
            for name, path in pictures:
                take(page, address + path, folder / f"{name}.png")
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


def take(page: Page, address: str, file: Path) -> None:
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} answered {answer.status if answer else 'nothing'}")
    page.screenshot(path=file)
    print(file)


if __name__ == "__main__":
    main()
