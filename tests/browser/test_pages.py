"""Every page that each role of the demonstration can reach: found by following links, judged by axe and by its width.

A page of an endpoint is judged when it is built of elements that no judged page of the same endpoint had.
"""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from typing import Any, Literal
from urllib.error import HTTPError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Response, ViewportSize
from werkzeug.exceptions import HTTPException

from confapp.demo.roles import PERSON_OF, ROLES
from confapp.people.rules import ROLE_NAMES
from tests.browser.conftest import ROOT, Site
from tests.browser.hands import Mouse, Small

AXE = (ROOT / "static/node_modules/axe-core/axe.min.js").read_text()
JUDGE = """async ([only, but]) => {
  // nothing is preloaded: only a rule that is not in use would look into the style sheets
  const rules = Object.fromEntries(but.map(rule => [rule, { enabled: false }]));
  const how = only.length ? { runOnly: only } : { resultTypes: ["violations"], rules };
  const found = await axe.run(document, { ...how, preload: false });
  return found.violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | ")}`);
}"""
CONTRAST = ("color-contrast", "link-in-text-block")
Scheme = Literal["light", "dark"]
FILES = (".csv", ".xlsx", ".pdf", ".ics", ".json", ".xml", ".zip")  # no pages; and who takes many tables has to wait
MOST_REQUESTS, MOST_BYTES = 5, 50 * 1024
WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=320, height=640)
PUBLIC = "the public"
ELEMENTS = """() => [...new Set(Array.from(document.querySelectorAll("*"), e =>
  JSON.stringify([e.localName, e.getAttribute("class") ?? "", e.getAttribute("type") ?? ""])))]"""
STARTS = {PUBLIC: ("/", "/sample-2027/", "/_ui/", "/mailbox", "/sign-in", "/links/", "/nowhere/at/all")}
PARTICIPANTS = tuple(ROLE_NAMES[role] for role in PERSON_OF)
STAFF = tuple(name for role in ROLES if (name := ROLE_NAMES[role]) not in PARTICIPANTS)
READERS = {PUBLIC: (PUBLIC,), "staff": STAFF, "participants": PARTICIPANTS}


class Reader(HTMLParser):
    """The links of a page and the kinds of elements that it is built of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.elements: set[tuple[str, str, str]] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.add((tag, given.get("class", ""), given.get("type", "")))
        if tag == "a" and "href" in given:
            self.links.append(given["href"])


class Crawl:
    """Addresses by following links: one of each endpoint in each conference, in English."""

    def __init__(self, app: Flask, cookies: Sequence[Any], address: str) -> None:
        self.routes = app.url_map.bind(urlsplit(address).netloc)
        self.address = address
        self.headers = {"Accept-Language": Mouse.locale, "Accept": "text/html"}
        self.headers["Cookie"] = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in cookies)
        self.pages: dict[str, Reader] = {}

    def endpoint(self, path: str) -> tuple[str, str] | None:
        try:
            endpoint, values = self.routes.match(re.sub(r"^/(en|id|ar)(?=/)", "", path), method="GET")
        except HTTPException:
            return None
        return endpoint, str(values.get("conference", ""))

    def answer(self, path: str) -> Any:
        """Not asked through Chromium, which has enough to do."""
        try:
            asked = Request(self.address + quote(path, safe="/%:@=+,;~!*()&$"), headers=self.headers)
            return urlopen(asked, timeout=60)
        except HTTPError as refused:
            return refused

    def follow(self, *starts: str) -> "Crawl":
        waiting, met = deque(starts), set()
        while waiting:
            path = waiting.popleft()
            key = self.endpoint(path) or path
            if key in met or path.endswith(FILES):
                continue
            met.add(key)
            with self.answer(path) as answer:  # closed at once: the server waits for it
                if answer.headers.get_content_type() != "text/html":
                    continue
                assert answer.status < 400 or path in starts, f"a link leads to {path}, which answers {answer.status}"
                page = self.pages[path] = Reader(answer.read().decode())
            for link in page.links:
                goal = urlsplit(urljoin(answer.url, link))
                if goal.netloc == urlsplit(self.address).netloc and self.endpoint(goal.path):
                    waiting.append(goal.path)
        return self


class Judge:
    """Looks at pages with axe: with every rule where it is wide; at contrast, wide and light and narrow and dark, where
    a page has kinds of elements that no page before it had; measures its width; and hears complaints."""

    def __init__(self, hand: Mouse, seen: set[str] | None = None) -> None:
        self.page: Page = hand.page
        self.scheme: Scheme | None = None
        self.seen = set() if seen is None else seen
        self.complaints = hand.complaints
        self.found: list[str] = []
        hand.context.add_init_script(AXE)
        hand.context.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective))"
        )

    def look(self, path: str, *, with_errors: bool = False) -> None:
        self._show(WIDE, "light")
        self.page.goto(path)
        self.judge(path)
        if with_errors and self._send_empty_form():
            self._show(WIDE, "light")
            self.judge(f"{path} with errors")

    def _show(self, size: ViewportSize, scheme: Scheme | None) -> None:
        if self.scheme != scheme:
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            self.scheme = scheme
        self.page.set_viewport_size(size)

    def judge(self, name: str) -> None:
        """The page that is open now."""
        elements = set(self.page.evaluate(ELEMENTS))
        is_new = not elements <= self.seen
        self._ask(f"{name} (light)", but=() if is_new else CONTRAST)
        self._show(NARROW, "dark" if is_new else self.scheme)
        if is_new:
            self._ask(f"{name} (dark, narrow)", only=CONTRAST)
            self.seen |= elements
        width = self.page.evaluate("document.scrollingElement.scrollWidth")
        if width > NARROW["width"]:
            self.found.append(f"{name}: {width} px wide")
        refused = re.compile(r"status of (404|409|422)")
        self.found += [f"{name}: {text}" for text in self.complaints if not refused.search(text)]
        self.complaints.clear()

    def _ask(self, name: str, *, only: Sequence[str] = (), but: Sequence[str] = ()) -> None:
        self.found += [f"{name}: {fault}" for fault in self.page.evaluate(JUDGE, [list(only), list(but)])]

    def _send_empty_form(self) -> bool:
        """Empties the page's form and sends it; true when it came back with faults."""
        form = self.page.locator("main form[method=post]:has(:required):not(:has([type=file]))")
        if not form.count():
            return False
        with self.page.expect_navigation() as came:
            form.last.evaluate("""form => {
              for (const field of form.elements) {
                if (["checkbox", "radio"].includes(field.type)) field.checked = false;
                else if (!["hidden", "submit"].includes(field.type)) field.value = "";
              }
              form.requestSubmit();
            }""")
        answer: Response | None = came.value
        return answer is not None and answer.status in (409, 422)


@pytest.fixture
def hand(site: Site, browser: Browser) -> Iterator[Mouse]:
    mouse = Mouse(browser, site.address)
    yield mouse
    mouse.close()


@pytest.mark.parametrize("roles", READERS.values(), ids=READERS)
def test_axe_and_width_find_nothing_on_any_page_of(
    roles: tuple[str, ...],
    whole_app: Flask,
    site: Site,
    browser: Browser,
    signed_in: Callable[[str], dict[str, Any]],
) -> None:
    judged: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
    seen: set[str] = set()
    for role in roles:
        hand = Mouse(browser, site.address)
        cookies = [] if role == PUBLIC else signed_in(role)["cookies"]
        hand.context.add_cookies(cookies)
        crawl = Crawl(whole_app, cookies, site.address).follow(*STARTS.get(role, ("/me/", "/desk/")))
        judge = Judge(hand, seen)
        for path, page in crawl.pages.items():
            endpoint = (crawl.endpoint(path) or (path,))[0]
            if not page.elements <= judged[endpoint]:
                judge.look(path, with_errors=not judged[endpoint])
                judged[endpoint] |= page.elements
        hand.close()
        assert "\n".join(judge.found) == "", role
        assert len(crawl.pages) > 20, f"{role} reaches only {list(crawl.pages)}"


@pytest.mark.parametrize("language", ["id", "ar"])
def test_other_languages_are_as_clean(
    language: str, site: Site, hand: Mouse, signed_in: Callable[[str], dict[str, Any]]
) -> None:
    judge = Judge(hand)
    paths = ("/", "/sample-2027/", "/sample-2027/programme", "/sample-2027/pages/venue", "/sample-2027/documents/")
    for path in (*paths, "/sample-2027/register", "/verify", "/sign-in"):
        judge.look(f"/{language}{path}", with_errors=path in ("/sample-2027/register", "/sign-in"))
    hand.context.add_cookies(signed_in("Focal point of a delegation")["cookies"])
    for path in ("/me/", "/me/sample-2027/"):
        judge.look(f"/{language}{path}")
    assert judge.found == []


def test_the_judge_sees_a_fault(hand: Mouse) -> None:
    """Or its silence would say nothing."""
    judge = Judge(hand)
    hand.page.goto("/verify")
    hand.page.evaluate("""() => {
      document.querySelector("h1").insertAdjacentHTML("afterend", "<img src='/nowhere.png'><button></button>");
      document.querySelector("main").append(Object.assign(document.createElement("script"), { textContent: "1" }));
      document.querySelector("main p").style.cssText = "inline-size: 400px; color: #888; background: #999";
    }""")
    hand.page.wait_for_timeout(200)
    judge.judge("planted")
    faults = "\n".join(judge.found)
    for fault in ("image-alt", "button-name", "color-contrast", "(dark, narrow): color-contrast", "px wide", "policy:"):
        assert fault in faults, faults


PUBLIC_PAGES = (
    "/",
    "/sample-2027/",
    "/sample-2027/programme",
    "/sample-2027/pages/",
    "/sample-2027/pages/venue",
    "/sample-2027/documents/",
    "/sample-2027/documents/SAMPLE/2027/MSG/1",
    "/rcdd-2019/",
    "/icdd-2021/programme",
    "/ar/sample-2027/programme",
    "/verify",
)


def test_a_first_visit_is_light_and_leaves_no_cookie(site: Site, browser: Browser) -> None:
    heavy = {}
    for path in PUBLIC_PAGES:
        context = browser.new_context(base_url=site.address)
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        sizes: list[float] = []
        wire.on("Network.loadingFinished", lambda event, sizes=sizes: sizes.append(event["encodedDataLength"]))
        page.goto(path, wait_until="networkidle")
        if not 0 < len(sizes) <= MOST_REQUESTS or sum(sizes) > MOST_BYTES:
            heavy[path] = (len(sizes), sum(sizes))
        assert context.cookies() == [], path
        context.close()
    assert heavy == {}


def test_public_pages_are_read_without_scripts(site: Site, browser: Browser) -> None:
    hand = Small(browser, site.address)
    for path in PUBLIC_PAGES:
        hand.open(path)
        assert hand.page.locator("h1").inner_text().strip(), path
        assert len(hand.page.locator("main").inner_text()) > 150, path
    hand.close()
