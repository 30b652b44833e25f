"""Forms that were sent when the sign-in had ended: kept sealed, and on the page again after signing in.

A view says so by `@keeps_draft`. What was typed is kept for the account whose sign-in ended by itself (not one that
signed out) and for the address of the form, for a day at most; files are never kept. The page opens with what was typed
and says so; `?draft=no` opens it as it is. A form that is taken deletes its draft.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import flash, g, request
from markupsafe import Markup
from sqlalchemy import bindparam, delete, func, select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from confapp.foundation import clock, sealing
from confapp.foundation.db import db, new_ref
from confapp.foundation.languages import gettext as _
from confapp.foundation.sealing import Unreadable
from confapp.foundation.transactions import writing
from confapp.foundation.web.guard import View, to_sign_in
from confapp.foundation.web.models import FormDraft

KEPT = timedelta(days=1)
LARGEST, MOST = 200_000, 20
NOT_TYPED = frozenset({"csrf_token", "form_key"})
SEALED_AS = "high"

_lapsed: Callable[[], int | None] = lambda: None  # noqa: E731


def use_lapsed(account: Callable[[], int | None]) -> None:
    """Tells whose sign-in of this browser has just ended by itself; the people feature knows sign-ins."""
    global _lapsed
    _lapsed = account


def keeps_draft(view: View) -> View:
    """What was typed into its form comes back when the sign-in ended meanwhile. The address must answer GET as well."""
    view.keeps_draft = True  # type: ignore[attr-defined]
    return view


def keep(view: Callable[..., Any], instead: Response) -> Response:
    """Nobody is signed in: keeps what was typed where that is possible, and comes back to the form afterwards."""
    conference = g.get("conference")
    if not getattr(view, "keeps_draft", False) or request.method != "POST" or conference is None:
        return instead
    account_id = None if conference.is_archived else _lapsed()
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_TYPED]
    content = json.dumps(typed).encode()
    if account_id is None or not typed or len(content) > LARGEST:
        return instead
    number, address = conference.id, _address()
    try:
        with writing():
            _write(account_id, number, address, content)
    except Unreadable:  # the conference is over and its keys are gone
        return instead
    return to_sign_in(back=True)


def bring_back(view: Callable[..., Any]) -> None:
    """Before a page is drawn: the forms that it makes find what was typed, as if it had been sent."""
    if not getattr(view, "keeps_draft", False) or g.get("conference") is None or "draft" in request.args:
        return
    row = db.session.scalar(select(FormDraft).where(_here(), FormDraft.kept_at > clock.now() - KEPT))
    if row is None or row.content is None:
        return
    try:
        typed = json.loads(sealing.unseal_bytes(row.content, row.conference_id, SEALED_AS, _place(row.ref)))
    except Unreadable:
        return
    g.draft = MultiDict((name, value) for name, value in typed)
    words = _("What you typed before your sign-in ended is in the form again. It is not saved yet; choose files anew.")
    link = Markup(' <a href="{}">{}</a>').format(
        f"{request.script_root}{request.path}?draft=no", _("Open the form without it")
    )
    flash(Markup("{}").format(words) + link, "attention")


_KEPT_HERE = select(FormDraft.id).where(  # built once: every form that is sent asks it
    FormDraft.account_id == bindparam("account"),
    FormDraft.address == bindparam("address"),
    FormDraft.conference_id == bindparam("conference"),
)


def look(view: Callable[..., Any]) -> None:
    """Before the write lock: is there a draft that this form would end?"""
    g.has_draft = bool(
        getattr(view, "keeps_draft", False)
        and g.actor.account_id
        and g.get("conference") is not None
        and db.session.scalar(
            _KEPT_HERE, {"account": g.actor.account_id, "address": _address(), "conference": g.conference.id}
        )
    )


def forget() -> None:
    """The form was taken, in the present transaction."""
    if g.get("has_draft"):
        db.session.execute(delete(FormDraft).where(_here()).execution_options(synchronize_session=False))


def _write(account_id: int, conference_id: int, address: str, content: bytes) -> None:
    mine = FormDraft.account_id == account_id
    same = mine & (FormDraft.address == address) & (FormDraft.conference_id == conference_id)
    over = FormDraft.kept_at <= clock.now() - KEPT
    db.session.execute(delete(FormDraft).where(same | (mine & over)).execution_options(synchronize_session=False))
    if (db.session.scalar(select(func.count()).select_from(FormDraft).where(mine)) or 0) >= MOST:
        return
    ref = new_ref()
    row = FormDraft(ref=ref, account_id=account_id, conference_id=conference_id, address=address)
    row.content = sealing.seal_bytes(content, conference_id, SEALED_AS, _place(ref))
    db.session.add(row)


def _here() -> Any:
    return (
        (FormDraft.account_id == g.actor.account_id)
        & (FormDraft.address == _address())
        & (FormDraft.conference_id == g.conference.id)
    )


def _address() -> str:
    return request.path.replace("\0", "")[:300]  # a server may refuse a NUL in a text


def _place(ref: str) -> bytes:
    return f"form_draft/{ref}".encode()
