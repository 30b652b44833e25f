"""Photographs that are sent and shown: decoded and sealed before the write lock, every look of another recorded."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, g, request

from confapp.foundation import images, vault
from confapp.foundation.db import Data, db
from confapp.foundation.files import Damaged
from confapp.foundation.images import BadImage, Crop
from confapp.foundation.languages import gettext as _
from confapp.foundation.sealing import Unreadable, note_reading
from confapp.foundation.web import identity
from confapp.foundation.web.guard import found
from confapp.foundation.web.transactions import in_record
from confapp.registration import queries
from confapp.registration.models import Registration
from confapp.registration.rules import ANSWER_FOR
from confapp.registration.rules.photos import is_own_face, may_see

TAKING = {"registration_me.photo"}  # the addresses that take files larger than a form may be


@dataclass(frozen=True)
class Sent:
    """What came with the form: why it cannot be kept, or the sealed bytes."""

    fault: str = ""
    kept: vault.Kept | None = None


def take_large_files(blueprint: Blueprint) -> None:
    """Before the form is read: these addresses alone take photographs as cameras make them."""

    @blueprint.url_value_preprocessor
    def raise_limit(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if endpoint in TAKING:
            request.max_content_length = images.LARGEST_FILE + 64 * 1024


def keep_photo() -> Sent | None:
    """For @prepare: the photograph of a registration that the asker answers for, decoded, written anew and sealed."""
    row = queries.registration(g.actor, g.conference, (request.view_args or {}).get("ref", ""))
    if row is None or not ANSWER_FOR.allows(g.actor, row):
        return None
    sent = next((file for name in ("camera", "photo") if (file := request.files.get(name)) and file.filename), None)
    if sent is None:
        return Sent(_("Choose a picture, or take one.")) if request.form.get("verb") != "remove" else None
    content = sent.stream.read(images.LARGEST_FILE + 1)
    sent.stream.seek(0)
    try:
        portrait = images.portrait(content, _crop())
        return Sent(kept=vault.keep(portrait, conference_id=g.conference.id, data_class=Data.HIGH))
    except BadImage as bad:
        return Sent(bad.message)
    except Unreadable:
        return Sent(_("Photographs of this conference are no longer kept."))


def _crop() -> Crop | None:
    """The chosen part of the picture; None, which is the middle, when it was not chosen or makes no sense."""
    try:
        left, top, width = (float(request.form[name].replace(",", ".")) for name in ("left", "top", "width"))
    except (KeyError, ValueError):
        return None
    is_sensible = 0 <= left < 100 and 0 <= top < 100 and 0 < width <= 100
    return Crop(left, top, width) if is_sensible else None


def shown(row: Registration) -> Response:
    """The photograph itself. It is withheld when the look at it cannot be recorded."""
    stored = found(row.person.photo if may_see(g.actor, row) else None)
    try:
        content = vault.read(stored)
    except (Unreadable, Damaged, FileNotFoundError):
        found(None)
    if not is_own_face(g.actor, row):
        reading = note_reading(
            g.actor, row.person, "photo", _("Looked at the photograph"), identity.address(), Data.HIGH.value
        )
        in_record(lambda: db.session.add(reading))
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": "inline; filename=photo.jpg",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, mimetype=images.MEDIA_TYPE, headers=headers)
