"""Photographs that come with a form: decoded, cropped and sealed before the write lock; and how one is answered."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from confapp.foundation import images, vault
from confapp.foundation.db import Data
from confapp.foundation.files import Damaged, StoredFile
from confapp.foundation.images import BadImage, Crop
from confapp.foundation.languages import gettext as _
from confapp.foundation.sealing import Unreadable
from confapp.foundation.web.headers import PERMISSIONS


@dataclass(frozen=True)
class Sent:
    """What came with the form: why it cannot be kept, or the sealed bytes, with a small one where it was asked for."""

    fault: str = ""
    kept: vault.Kept | None = None
    small: vault.Kept | None = None


def take_photographs(blueprint: Blueprint, *taking: str) -> None:
    """These addresses alone take photographs as cameras make them, and their pages may open the camera."""

    @blueprint.url_value_preprocessor
    def raise_limit(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if endpoint in taking:  # before the form is read
            request.max_content_length = images.LARGEST_FILE + 64 * 1024

    @blueprint.after_request
    def let_camera(response: Response) -> Response:
        if request.endpoint in taking:
            response.headers["Permissions-Policy"] = PERMISSIONS.replace("camera=()", "camera=(self)")
        return response


def sent_photo(conference_id: int, *, with_small: bool = False) -> Sent | None:
    """For @prepare: the photograph of the form, decoded, written anew and sealed; None when it is to be removed."""
    sent = next((file for name in ("camera", "photo") if (file := request.files.get(name)) and file.filename), None)
    if sent is None:
        return Sent(_("Choose a picture, or take one.")) if request.form.get("verb") != "remove" else None
    content = sent.stream.read(images.LARGEST_FILE + 1)
    sent.stream.seek(0)
    try:
        portrait = images.portrait(content, _crop())
        small = _kept(images.small(portrait), conference_id) if with_small else None
        return Sent(kept=_kept(portrait, conference_id), small=small)
    except BadImage as bad:
        return Sent(bad.message)
    except Unreadable:
        return Sent(_("Photographs of this conference are no longer kept."))


def registered(kept: vault.Kept, by: int | None) -> StoredFile:
    return vault.register(kept, images.MEDIA_TYPE, "photo.jpg", by=by)


def content_of(stored: StoredFile) -> bytes | None:
    """None when it was deleted for good, or is not what was stored."""
    try:
        return vault.read(stored)
    except (Unreadable, Damaged, FileNotFoundError):
        return None


def shown(content: bytes, cache: str = "no-store") -> Response:
    headers = {
        "Cache-Control": cache,
        "Content-Disposition": "inline; filename=photo.jpg",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, mimetype=images.MEDIA_TYPE, headers=headers)


def _kept(content: bytes, conference_id: int) -> vault.Kept:
    return vault.keep(content, conference_id=conference_id, data_class=Data.HIGH)


def _crop() -> Crop | None:
    """The chosen part of the picture; None, which is the middle, when it was not chosen or makes no sense."""
    try:
        left, top, width = (float(request.form[name].replace(",", ".")) for name in ("left", "top", "width"))
    except (KeyError, ValueError):
        return None
    is_sensible = 0 <= left < 100 and 0 <= top < 100 and 0 < width <= 100
    return Crop(left, top, width) if is_sensible else None
