"""The demonstration as a newcomer starts it, used by a real Chromium. Nothing here is skipped when it is missing."""

import email
import email.policy
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import demonstration
from tests.browser.hands import Mouse

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CONFAPP_CHROMIUM", "/usr/bin/chromium")
OPTIONS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--use-fake-device-for-media-stream",  # a camera that shows a test picture
    "--use-fake-ui-for-media-stream",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


class Site:
    """A running demonstration: its address, a sign-in link for each role, and every mail it has sent."""

    def __init__(self, address: str, data: Path, links: dict[str, str]) -> None:
        self.address, self.data, self.links = address, data, links

    def mails_to(self, mailbox: str) -> list[str]:
        """The texts of the mails to an address, the newest last."""
        found = []
        for file in sorted((self.data / "mailbox").glob("*.eml"), key=lambda f: f.stat().st_mtime):
            message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            if mailbox in str(message["To"]):
                found.append(message.get_content())
        return found

    def link_mailed_to(self, mailbox: str, kind: str) -> str:
        """The newest link of a kind (invitations, links, sign-in) mailed to an address; waits for the worker."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            for text in reversed(self.mails_to(mailbox)):
                if found := re.search(rf"{re.escape(self.address)}(/(?:[a-z]{{2}}/)?{kind}/\S+)", text):
                    return found[1]
            time.sleep(0.2)
        raise AssertionError(f"no mail with a link to {kind} reached {mailbox}")


@pytest.fixture(scope="session")
def site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("demonstration") / "var"
    shutil.copytree(loaded, data)
    with demonstration.running(data) as running:
        yield Site(running.address, data, running.links)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert Path(CHROMIUM).exists(), f"{CHROMIUM} is missing; run `python3 manage.py test`, which installs it"
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=[*OPTIONS, *root])
        yield running
        running.close()


@pytest.fixture
def hands_of(
    site: Site, browser: Browser, signed_in: Callable[[str], dict[str, Any]]
) -> Iterator[Callable[..., list[Mouse]]]:
    """A signed-in hand with a browser of its own for each of some roles."""
    made: list[Mouse] = []

    def hands(*roles: str) -> list[Mouse]:
        for role in roles:
            hand = Mouse(browser, site.address)
            hand.context.add_cookies(signed_in(role)["cookies"])
            made.append(hand)
        return made

    yield hands
    for hand in made:
        hand.close()


@pytest.fixture(scope="session")
def signed_in(site: Site, browser: Browser) -> Callable[[str], dict[str, object]]:
    """The cookies of a role of the demonstration; its link is used once and the sign-in kept."""
    kept: dict[str, dict[str, object]] = {}

    def state(role: str) -> dict[str, object]:
        if role not in kept:
            hand = Mouse(browser, site.address)
            hand.open(site.links[role]).press("Sign in")
            kept[role] = dict(hand.context.storage_state())
            hand.close()
        return kept[role]

    return state
