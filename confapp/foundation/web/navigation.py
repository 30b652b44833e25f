"""Menus: features add their entries, a page shows those its reader may use."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, g, request, url_for

from confapp.foundation.access import Permit
from confapp.foundation.languages import gettext as _


@dataclass(frozen=True)
class Entry:
    """side: "public" or "desk"; shown when the permit allows it (None: to everybody) and `when` says so."""

    side: str
    label: str
    endpoint: str
    order: int
    permit: Permit | None = None
    when: Callable[[Any], bool] | None = None


_entries: dict[str, Entry] = {}


def add(
    side: str,
    label: str,
    endpoint: str,
    order: int,
    permit: Permit | None = None,
    when: Callable[[Any], bool] | None = None,
) -> None:
    """Adds a menu entry; the label is marked with N_ and translated where it is shown."""
    _entries[endpoint] = Entry(side, label, endpoint, order, permit, when)


def menu() -> list[dict[str, Any]]:
    """The entries for this page: the desk's under /desk, else the public ones; nothing outside a conference."""
    conference = g.get("conference")
    if conference is None:
        return []
    side = "desk" if request.path.startswith("/desk/") else "public"
    shown = sorted((e for e in _entries.values() if e.side == side), key=lambda e: e.order)
    open_to = [
        (e, _address(e.endpoint, request.script_root, conference.slug))
        for e in shown
        if (e.permit is None or e.permit.allows(g.actor, conference)) and (e.when is None or e.when(conference))
    ]
    return [{"label": _(e.label), "url": url, "current": _is_current(e, url)} for e, url in open_to]


@lru_cache(maxsize=1024)
def _address(endpoint: str, root: str, slug: str) -> str:
    """Each page asks for all of them, and they are the same under one root (a language's) in one conference."""
    return url_for(endpoint)


def _is_current(entry: Entry, url: str) -> bool:
    """The entry whose address is the longest beginning of this one's belongs to it; the first page only to itself."""
    if request.endpoint == entry.endpoint:
        return True
    here = url[len(request.script_root) :].rstrip("/")
    return here.count("/") > 2 - (entry.side == "public") and request.path.startswith(here + "/")


def footer_links() -> list[tuple[str, str]]:
    own = _("Your pages") if request.path.startswith(("/desk/", "/me/")) else _("Sign in")
    links = [(_("Verify a document"), url_for("publishing.verify")), (own, url_for("people.home"))]
    return [(_("Conferences"), url_for("publishing.front")), *links] if g.get("conference") is not None else links


def install(app: Flask) -> None:
    @app.context_processor
    def nav() -> dict[str, Any]:
        return {"nav": menu() if request else []}


def link_components(components: Any) -> None:
    """The few addresses that layouts need."""
    components.title_url = lambda conference: url_for("publishing.title", conference=conference)
    components.front_url = lambda: url_for("publishing.front")
    components.desk_url = lambda conference: (
        url_for("reports.today", conference=conference) if conference else url_for("reports.desk")
    )
    components.sign_out_url = lambda: url_for("people.sign_out")
    components.footer_links = footer_links
