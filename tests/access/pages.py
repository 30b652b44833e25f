"""Reading pages as a browser does: their links, and their forms with the values already filled in."""

import secrets
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from flask import Flask
from lxml import html
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.build import Client

HOST = "localhost"
TYPED = {"text", "email", "search", "tel", "url", "date", "datetime-local", "number", "textarea", "hidden", "password"}


@dataclass
class Field:
    name: str
    kind: str
    value: str
    options: tuple[str, ...] = ()

    @property
    def is_typed(self) -> bool:
        return self.kind in TYPED and self.name not in ("form_key", "csrf_token")


@dataclass
class PageForm:
    """One form of a page: where it goes, and what it would send if nothing were changed."""

    page: str
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    @property
    def like(self) -> object:
        """Forms that go to one place with the same fields are one form."""
        return self.action, self.method, tuple(f.name for f in self.fields)

    def values(self, **changed: str) -> dict[str, str]:
        sent = {f.name: f.value for f in self.fields if f.value or f.is_typed}
        return sent | {"form_key": secrets.token_urlsafe(16)} | changed

    def send(self, client: Client, **changed: str) -> TestResponse:
        """As bytes of our own making, so that lone surrogates go out as a hostile client would send them."""
        body = urlencode(self.values(**changed), errors="surrogatepass")
        if self.method == "GET":
            return client.get(f"{self.action.partition('?')[0]}?{body}")
        return client.post(self.action, data=body, content_type="application/x-www-form-urlencoded")


@dataclass
class Site:
    """What a crawl found."""

    pages: dict[str, tuple[int, str]] = field(default_factory=dict)
    forms: list[PageForm] = field(default_factory=list)

    def with_status(self, lowest: int) -> list[str]:
        return [f"{url} -> {status}" for url, (status, _) in self.pages.items() if status >= lowest]

    def containing(self, mark: str) -> list[str]:
        return [url for url, (_, text) in self.pages.items() if mark in text]


def crawl(client: Client, starts: Iterable[str], most: int = 400, kind: Callable[[str], str] | None = None) -> Site:
    """Every page that somebody can reach by links of ours, one language, each address once.

    With `kind`, two pages of each kind are enough, and one of each choice of filters: a list with its filters has more
    addresses than anybody can read.
    """
    site, waiting, seen, known = Site(), deque(starts), Counter[str](), set[object]()
    while waiting and len(site.pages) < most:
        url = waiting.popleft()
        if url in site.pages or (kind is not None and seen[kind(url)] >= (1 if "?" in url else 2)):
            continue
        seen.update([kind(url)] if kind is not None else ())
        answer = client.get(url)
        text = answer.get_data(as_text=True) if is_text(answer) else ""
        site.pages[url] = (answer.status_code, text)
        if answer.location:
            waiting.append(inside(url, answer.location) or url)
        if answer.mimetype != "text/html" or not text:
            continue
        page = html.fromstring(text)
        for form in forms(page, url):
            if form.like not in known:
                known.add(form.like)
                site.forms.append(form)
        waiting.extend(filter(None, (inside(url, link.get("href", "")) for link in page.iter("a", "link"))))
    return site


def is_text(answer: TestResponse) -> bool:
    return answer.mimetype.startswith("text/") or answer.mimetype in ("application/json", "application/xml")


def inside(base: str, link: str) -> str | None:
    """The path that a link leads to, when it is ours and in no other language."""
    parts = urlsplit(urljoin(f"http://{HOST}{base}", link))
    if parts.scheme != "http" or parts.netloc != HOST or parts.path.split("/")[1] in ("en", "id", "ar", "static"):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def forms(page: html.HtmlElement, url: str) -> list[PageForm]:
    return [
        PageForm(url, inside(url, form.get("action") or url) or url, form.get("method", "get").upper(), _fields(form))
        for form in page.iter("form")
    ]


def _fields(form: html.HtmlElement) -> list[Field]:
    found: list[Field] = []
    for element in form.xpath(".//input|.//select|.//textarea|.//button[@name]"):
        name = element.get("name")
        if not name:
            continue
        if element.tag == "select":
            options = [option.get("value", option.text or "") for option in element.iter("option")]
            chosen = [o.get("value", "") for o in element.iter("option") if o.get("selected") is not None] or options
            found.append(Field(name, "select", chosen[0] if chosen else "", tuple(options)))
        elif element.tag == "textarea":
            found.append(Field(name, "textarea", element.text or ""))
        elif element.get("type") in ("checkbox", "radio"):
            is_on = element.get("checked") is not None
            found.append(
                Field(
                    name,
                    element.get("type"),
                    element.get("value", "on") if is_on else "",
                    (element.get("value", "on"),),
                )
            )
        elif element.tag == "button":
            found.append(Field(name, "button", element.get("value") or ""))
        elif element.get("type") not in ("submit", "file"):
            found.append(Field(name, element.get("type", "text"), element.get("value") or ""))
    return found


def endpoint(app: Flask, form: PageForm) -> str:
    """The view a form goes to, so that the same form of two records counts once."""
    adapter = app.url_map.bind(HOST)
    return str(adapter.match(urlsplit(form.action).path, method=form.method)[0])


def kind_of(app: Flask) -> Callable[[str], str]:
    """Which view an address goes to, and the names that its query has."""
    adapter = app.url_map.bind(HOST)

    def kind(url: str) -> str:
        parts = urlsplit(url)
        try:
            view = str(adapter.match(parts.path)[0])
        except HTTPException:
            return url
        return f"{view}?{'&'.join(sorted(parse_qs(parts.query)))}"

    return kind
