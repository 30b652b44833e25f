"""Ways to use the site: by mouse, by keyboard alone, on a small screen without scripts. Each looks at every page."""

import re
from datetime import datetime

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, ViewportSize, expect

WIDEST_TAB_WALK = 400


class Mouse:
    """Clicks and types on a wide screen; every page must fit and raise no error."""

    viewport: ViewportSize = {"width": 1280, "height": 900}
    scripts = True
    locale = "en-GB"

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self.context: BrowserContext = browser.new_context(
            viewport=self.viewport, java_script_enabled=self.scripts, locale=self.locale, base_url=address
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._note(str(error)))

    def open(self, path: str) -> "Mouse":
        answer = self.page.goto(path)
        assert answer is not None, f"{path} does not answer"
        assert answer.status < 400, f"{path} answers {answer.status}"
        self.look()
        return self

    def look(self) -> None:
        """What holds on every page: nothing wider than the screen, one heading, no complaint of the browser."""
        width = self.page.evaluate("document.scrollingElement.scrollWidth")
        assert width <= self.viewport["width"], f"{self.page.url} is {width} px wide"
        expect(self.page.locator("h1")).to_have_count(1)
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"

    def field(self, name: str) -> Locator:
        return self.page.locator(f"main [name='{name}']:not([type=hidden])")

    def fill(self, **values: str) -> "Mouse":
        """Fields by their name; two underscores stand for the hyphen before a language."""
        for name, value in values.items():
            self.write(self.field(name.replace("__", "-")).first, value)
        return self

    def write(self, field: Locator, value: str) -> None:
        field.fill(value)

    def choose(self, name: str, value: str) -> "Mouse":
        field = self.field(name)
        if field.first.evaluate("e => e.tagName") == "SELECT":
            self.pick(field.first, value)
        else:
            self.tick(self.page.locator(f"main [name='{name}'][value='{value}']"))
        return self

    def pick(self, select: Locator, value: str) -> None:
        select.select_option(value)

    def tick(self, box: Locator) -> "Mouse":
        box.check()
        return self

    def untick(self, box: Locator) -> "Mouse":
        box.uncheck()
        return self

    def press(self, label: str, within: str = "main") -> "Mouse":
        expect(self.page.locator(within), f"{self.page.url} has no button {label}").to_contain_text(label)
        self.activate(self.page.locator(within).get_by_role("button", name=label, exact=True).first)
        return self

    def follow(self, label: str, within: str = "body") -> "Mouse":
        self.activate(self.page.locator(within).get_by_role("link", name=label, exact=True).first)
        return self

    def go_to(self, label: str) -> "Mouse":
        """Follows an entry of the desk's menu."""
        return self.follow(label, within="nav.desk-side")

    def activate(self, element: Locator) -> None:
        element.click()
        self.page.wait_for_load_state()
        self.look()

    def reach(self, element: Locator) -> None:
        element.focus()

    def reads(self, text: str) -> "Mouse":
        expect(self.page.locator("main")).to_contain_text(text)
        return self

    def does_not_read(self, text: str) -> "Mouse":
        expect(self.page.locator("main")).not_to_contain_text(text)
        return self

    def close(self) -> None:
        self.context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(message.text)

    def _note(self, text: str) -> None:
        """A form that comes back with 409 or 422 is an answer, not a fault."""
        if not re.search(r"status of (409|422)", text):
            self.complaints.append(text)


class Small(Mouse):
    """A telephone with scripts switched off."""

    viewport: ViewportSize = {"width": 320, "height": 640}
    scripts = False

    def go_to(self, label: str) -> "Small":
        self.page.locator(".desk-menu summary").click()
        self.follow(label, within=".desk-menu")
        return self


class Keyboard(Mouse):
    """Tab, Enter, Space, arrows and letters only; what has the focus must show it."""

    def write(self, field: Locator, value: str) -> None:
        self.reach(field)
        kind = field.get_attribute("type")
        if kind in ("date", "datetime-local"):
            moment = datetime.fromisoformat(value)
            self.page.keyboard.type(f"{moment:%m%d%Y}")  # Chromium's own order of an English date
            if kind == "datetime-local":
                self.page.keyboard.press("ArrowRight")
                self.page.keyboard.type(f"{moment:%I%M%p}")
            expect(field).to_have_value(value)
        else:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(value)

    def pick(self, select: Locator, value: str) -> None:
        self.reach(select)
        label = select.locator(f"option[value='{value}']").inner_text()
        self.page.keyboard.type(label)
        expect(select).to_have_value(value)

    def tick(self, box: Locator) -> "Keyboard":
        if box.get_attribute("type") == "radio":
            self._reach_radio(box)
        else:
            self.reach(box)
            if not box.is_checked():
                self.page.keyboard.press("Space")
        expect(box).to_be_checked()
        return self

    def untick(self, box: Locator) -> "Keyboard":
        self.reach(box)
        if box.is_checked():
            self.page.keyboard.press("Space")
        expect(box).not_to_be_checked()
        return self

    def activate(self, element: Locator) -> None:
        self.reach(element)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def reach(self, element: Locator) -> None:
        """Tabs on until the element has the focus, from wherever the focus is now."""
        expect(element).to_be_visible()
        handle = element.element_handle()
        for _ in range(WIDEST_TAB_WALK):
            if self.page.evaluate("e => document.activeElement === e", handle):
                self._shows_focus(handle)
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.page.url}: the keyboard does not reach {element}")

    def _reach_radio(self, box: Locator) -> None:
        """A group of radio buttons is one stop of Tab; arrows move inside it."""
        name, handle = box.get_attribute("name"), box.element_handle()
        for _ in range(WIDEST_TAB_WALK):
            if self.page.evaluate("n => document.activeElement.name === n", name):
                break
            self.page.keyboard.press("Tab")
        if not self.page.evaluate("() => document.activeElement.checked"):
            self.page.keyboard.press("Space")
        for _ in range(20):
            if self.page.evaluate("e => document.activeElement === e && e.checked", handle):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {box}")

    def _shows_focus(self, handle: object) -> None:
        style = self.page.evaluate(
            "e => { const s = getComputedStyle(e); return [s.outlineStyle, parseFloat(s.outlineWidth)] }", handle
        )
        assert style[0] != "none", f"{self.page.url}: the focus does not show"
        assert style[1] >= 1, f"{self.page.url}: the focus does not show"
