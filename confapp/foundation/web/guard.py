"""Every view declares who may use it; the declaration is the policy, checked before the view runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Flask, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from confapp.foundation.access import Permit
from confapp.foundation.lifecycle import Forbidden
from confapp.foundation.web.headers import csrf

View = TypeVar("View", bound=Callable[..., Any])
Row = TypeVar("Row")
Prepare = Callable[[], Any]


@dataclass(frozen=True)
class Declaration:
    """kind: "public", "inside" (the view checks each record through a query for this person) or "requires"."""

    kind: str
    permit: Permit | None = None

    @property
    def name(self) -> str:
        return self.permit.name if self.permit else self.kind


def public(view: View) -> View:
    """Everybody may; the view never looks at who asks unless the conference is a draft."""
    view.declaration = Declaration("public")  # type: ignore[attr-defined]
    return view


def checks_inside(view: View) -> View:
    """Somebody signed in; the view reaches records only through queries that take the person."""
    view.declaration = Declaration("inside")  # type: ignore[attr-defined]
    return view


def requires(permit: Permit) -> Callable[[View], View]:
    """Somebody to whom the permit is given for the conference in the path (or for the installation)."""

    def declare(view: View) -> View:
        view.declaration = Declaration("requires", permit)  # type: ignore[attr-defined]
        return view

    return declare


def prepare(function: Prepare) -> Callable[[View], View]:
    """What is slow (hashing, parsing an upload) runs before the lock; its value is handed over in g.prepared."""

    def declare(view: View) -> View:
        view.prepare = function  # type: ignore[attr-defined]
        return view

    return declare


def takes_up_to(number: int) -> Callable[[Prepare], Prepare]:
    """For a function of @prepare: how many bytes may come with the form, where files do. What is larger than it keeps
    is then said beside the field, and nothing typed is lost; beyond, the whole request is refused unread."""

    def declare(function: Prepare) -> Prepare:
        function.takes_up_to = number  # type: ignore[attr-defined]
        return function

    return declare


def on_repeat(function: Callable[..., None]) -> Callable[[View], View]:
    """What must happen again when the same form comes twice, beside giving the first answer: setting a cookie, say."""

    def declare(view: View) -> View:
        view.repeat = function  # type: ignore[attr-defined]
        return view

    return declare


def leads_to_secret(view: View) -> View:
    """Where this view leads is a secret that only its holder keeps: a repeat of the form is not led there from the
    database, the view answers it once more and so must find what it made."""
    view.leads_to_secret = True  # type: ignore[attr-defined]
    return view


def without_cookie(view: View) -> View:
    """A form that may come from anybody who has its address: nothing depends on who sends it, so it needs no cookie
    against being sent by another site in somebody's name."""
    csrf.exempt(view)
    return view


def ends_by_one_click(view: View) -> View:
    """A form that mail programs send as well (RFC 8058), which know no key and no cookie: sent again it finds
    everything done."""
    view.one_click = True  # type: ignore[attr-defined]
    csrf.exempt(view)
    return view


def changes_nothing(view: View) -> View:
    """A form that only asks (an upload to compare, say): no lock, no keys and so no cookie, always rolled back."""
    view.changes_nothing = True  # type: ignore[attr-defined]
    csrf.exempt(view)
    return view


def found(row: Row | None) -> Row:
    """The row, or 404: what somebody may not see does not exist for them."""
    if row is None:
        abort(404)
    return row


def check(declaration: Declaration) -> Response | None:
    """None when the asker may go on, a redirect to the sign-in page when nobody is signed in; raises 403 or 404."""
    if declaration.kind == "public":
        return None
    if not g.actor.is_known:
        return to_sign_in()
    if declaration.permit is None or declaration.permit.allows(g.actor, g.conference):
        return None
    if g.conference is not None and (g.actor.is_administrator or g.actor.roles(g.conference.id)):
        raise Forbidden
    if g.conference is None and request.blueprint is not None and g.actor.grants:
        raise Forbidden
    return abort(404)


def to_sign_in(*, back: bool = False) -> Response:
    """To the sign-in page, and back here afterwards where that is possible; `back`: the form is opened again."""
    path = request.full_path.rstrip("?") if back or request.method in ("GET", "HEAD") else ""
    script = request.script_root
    return redirect(
        url_for("people.sign_in", next=script + quote(path, safe="/?=&%~-._:@+,;"))
        if path
        else url_for("people.sign_in"),
        303,
    )


def refuse_undeclared(app: Flask) -> None:
    missing = [
        name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, "declaration")
    ]
    if missing:
        raise RuntimeError(f"views without @requires, @checks_inside or @public: {', '.join(sorted(missing))}")
