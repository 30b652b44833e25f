"""A first visit in Chromium with an empty cache: requests and bytes on the wire."""

import os
import shutil
from dataclasses import dataclass

from playwright.sync_api import sync_playwright

ARGUMENTS = ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-dev-shm-usage"]


@dataclass(frozen=True)
class Visit:
    requests: int
    kilobytes: float
    nodes: int


def first_visits(base: str, paths: dict[str, str]) -> dict[str, Visit]:
    chromium = os.environ.get("CONFAPP_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        raise RuntimeError("Chromium is missing")
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        try:
            return {name: _visit(browser, base + path) for name, path in paths.items()}
        finally:
            browser.close()


def _visit(browser: object, url: str) -> Visit:
    context = browser.new_context()  # type: ignore[attr-defined]
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(url, wait_until="networkidle")
    nodes = page.evaluate("document.getElementsByTagName('*').length")
    context.close()
    return Visit(len(sizes), sum(sizes) / 1024, nodes)
