"""Papers that are uploaded: read, looked at and kept before the write lock, then referred to inside it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, g, request

from confapp.foundation import files
from confapp.registration import queries, rules
from confapp.registration.forms import CredentialForm, upload_fault
from confapp.registration.models import Credential, Delegation, Registration
from confapp.registration.rules import LARGEST_FILE, CredentialKind
from confapp.registration.rules.credentials import may_hand_in


@dataclass(frozen=True)
class Upload:
    """What came with the form: why it cannot be kept, or where it was kept."""

    fault: str = ""
    sha256: str = ""
    size: int = 0
    media_type: str = ""
    name: str = ""


def keep_paper() -> Upload | None:
    """For @prepare: keeps the file of somebody whom the asker answers for; None when no file was sent."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return None
    owner = _owner()
    if owner is None or not may_hand_in(g.actor, owner):
        return None
    content = sent.stream.read(LARGEST_FILE + 1)
    sent.stream.seek(0)
    if fault := upload_fault(content):
        return Upload(fault)
    kind = rules.file_type(content)
    assert kind is not None
    return Upload("", files.keep(content), len(content), kind, sent.filename)


def _owner() -> Delegation | Registration | None:
    """The delegation or registration of the address, as far as the asker may see it."""
    ref = (request.view_args or {}).get("ref", "")
    if request.endpoint is not None and ".delegation_" in request.endpoint:
        return queries.delegation(g.actor, g.conference, ref)
    return queries.registration(g.actor, g.conference, ref)


def received(form: CredentialForm, receive: Callable[..., Any], **about: Any) -> Any:
    """Hands what was typed and kept to an action."""
    upload: Upload | None = g.prepared
    file = None
    if upload is not None:
        file = files.register(
            upload.sha256,
            upload.size,
            upload.media_type,
            upload.name,
            conference_id=g.conference.id,
            by=g.actor.account_id,
        )
    kind = CredentialKind(form.kind.data)
    return receive(g.actor, kind=kind, number=form.number.data, dated_on=form.dated_on.data, file=file, **about)


def download(credential: Credential) -> Response:
    """The file of a paper, never shown in place: it was made by somebody else."""
    stored = credential.file
    assert stored is not None
    ending = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}[stored.media_type]
    headers = {
        "Content-Disposition": f'attachment; filename="credential-{credential.ref[:8]}.{ending}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(files.read(stored), mimetype=stored.media_type, headers=headers)
