"""Papers that are uploaded: read, looked at and kept before the write lock, then referred to inside it."""

from collections.abc import Callable
from typing import Any

from flask import Response, g, request

from confapp.foundation.web import uploads
from confapp.foundation.web.guard import takes_up_to
from confapp.foundation.web.uploads import Upload, kept
from confapp.registration import queries, rules
from confapp.registration.forms import CredentialForm, upload_fault
from confapp.registration.models import Credential, Delegation, Registration
from confapp.registration.rules import LARGEST_FILE, CredentialKind
from confapp.registration.rules.credentials import may_hand_in


@takes_up_to(3 * LARGEST_FILE)
def keep_paper() -> Upload | None:
    """For @prepare: keeps the file of somebody whom the asker answers for; None when no file was sent."""
    owner = _owner()
    if owner is None or not may_hand_in(g.actor, owner):
        return None
    return kept(LARGEST_FILE, upload_fault, rules.file_type)


def _owner() -> Delegation | Registration | None:
    """The delegation or registration of the address, as far as the asker may see it."""
    ref = (request.view_args or {}).get("ref", "")
    if request.endpoint is not None and ".delegation_" in request.endpoint:
        return queries.delegation(g.actor, g.conference, ref)
    return queries.registration(g.actor, g.conference, ref)


def received(form: CredentialForm, receive: Callable[..., Any], **about: Any) -> Any:
    """Hands what was typed and kept to an action."""
    upload: Upload | None = g.prepared
    file = upload.registered() if upload is not None else None
    kind = CredentialKind(form.kind.data)
    return receive(g.actor, kind=kind, number=form.number.data, dated_on=form.dated_on.data, file=file, **about)


def download(credential: Credential) -> Response:
    stored = credential.file
    assert stored is not None
    ending = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}[stored.media_type]
    return uploads.download(stored, f"credential-{credential.ref[:8]}.{ending}")
