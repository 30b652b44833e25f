"""Mails about the paper of a delegation, or of a body without one."""

from typing import Any

from confapp.foundation.languages import best, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Kind, Message
from confapp.registration.mails import Reader, by_when
from confapp.registration.models import Credential
from confapp.registration.rules import CREDENTIAL_NAMES


def objected(credential: Credential, reader: Reader, conference: Any) -> Message:
    """Why a paper cannot be taken, and that a new one answers it."""
    with speaking(reader.language):
        name = _(CREDENTIAL_NAMES[credential.kind])
        paragraphs = [
            _heading(credential, reader, conference),
            _(
                "The accreditation office cannot take this paper: %(paper)s.",
                paper=f"{name} {credential.number}".strip(),
            ),
            _("Reason: %(reason)s", reason=credential.objection),
            _("What to do: open the link below and send a new paper. The one sent before stays on record."),
            by_when(conference),
            reader.url,
            _("The registrations of its members stay as they are meanwhile.") if credential.delegation_id else "",
            _("Questions: %(address)s", address=conference.contact_email) if conference.contact_email else "",
        ]
        at = credential.objected_at
        return Message(
            kind=Kind.SECURITY if reader.is_private else Kind.NOTICE,
            to=reader.email,
            to_name=reader.name,
            subject=_("A new paper is needed: %(name)s", name=_owner(credential, reader)),
            text="\n\n".join(filter(None, paragraphs)),
            dedupe_key=f"credential:{credential.ref}:{at.isoformat() if at else ''}:{reader.email.casefold()}",
            language=reader.language,
            conference_id=credential.conference_id,
            reply_to=conference.contact_email,
            topic="registration",
        )


def _heading(credential: Credential, reader: Reader, conference: Any) -> str:
    return f"{best(conference.name, reader.language)}\n{_owner(credential, reader)}"


def _owner(credential: Credential, reader: Reader) -> str:
    """The delegation, or the number of the registration: a word that a stranger typed goes to nobody."""
    if credential.delegation is not None:
        return best(credential.delegation.name, reader.language)
    registration = credential.registration
    assert registration is not None
    return registration.number
