"""The paper of a delegation, or of a body without one: received, checked once, objected to, replaced."""

from datetime import date

from sqlalchemy import select

from confapp.foundation import audit, clock, files
from confapp.foundation.access import Actor
from confapp.foundation.addresses import absolute
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import outbox
from confapp.registration import queries
from confapp.registration.actions.telling import readers
from confapp.registration.mails import Reader
from confapp.registration.mails.credentials import objected
from confapp.registration.models import Credential, Delegation, Registration
from confapp.registration.rules import ACCREDIT, CredentialKind
from confapp.registration.rules.credentials import VERBS, may_hand_in, takes_papers

Owner = Delegation | Registration


def receive_credential(
    actor: Actor,
    owner: Owner,
    kind: CredentialKind,
    number: str = "",
    dated_on: date | None = None,
    file: files.StoredFile | None = None,
) -> Credential:
    """A new paper replaces the one before, which stays on record; it is checked once, and members inherit it."""
    if not may_hand_in(actor, owner):
        raise Forbidden
    if not takes_papers(owner):
        raise Refused(_("The paper of the delegation stands for its members; none of their own is needed."))
    if not number and file is None:
        raise Refused(_("Give the number of the paper, or its file."), 422, "number")
    hold_papers(owner)
    before = queries.current_credential(owner)
    db.session.flush()
    credential = Credential(
        conference_id=owner.conference_id,
        kind=kind,
        number=number,
        dated_on=dated_on,
        file_id=file.id if file is not None else None,
        replaces_id=before.id if before is not None else None,
    )
    owner.credentials.append(credential)
    db.session.flush()
    audit.record(actor, "receive_credential", owner, kind=kind, number=number, replaces=before.ref if before else "")
    return credential


def check_credential(actor: Actor, credential: Credential) -> None:
    """The office has seen it and finds it in order; an objection that stood is answered by that."""
    _decide(actor, credential, "check")


def object_to_credential(actor: Actor, credential: Credential, reason: str) -> bool:
    """The office cannot take it and says why; whoever handed it in reads the reason, and answers by a new paper.

    False when nobody could be told: where nobody answers for the delegation yet.
    """
    if not reason.strip():
        raise Refused(_("Please give a reason."), 422, "reason")
    if not _decide(actor, credential, "object", reason):
        return True
    conference, told = queries.conference_of(credential), _readers(credential)
    outbox.queue_all([objected(credential, reader, conference) for reader in told])
    return bool(told)


def take_back_check(actor: Actor, credential: Credential) -> None:
    """It is to be checked again, as if nothing had been said."""
    _decide(actor, credential, "take_back")


def _decide(actor: Actor, credential: Credential, verb: str, reason: str = "") -> bool:
    """False when it stands so already: the same button pressed twice."""
    if not ACCREDIT.allows(actor, credential):
        raise Forbidden
    owner = credential.delegation or credential.registration
    assert owner is not None
    hold_papers(owner)
    db.session.refresh(credential)
    if credential is not queries.current_credential(owner):
        raise Refused(_("This paper was replaced by a newer one. Look at that one."))
    if credential.state not in VERBS[verb]:
        return False
    now = clock.now()
    credential.checked_at, credential.checked_by = (now, actor.account_id) if verb == "check" else (None, None)
    credential.objected_at, credential.objection = (now, reason) if verb == "object" else (None, "")
    audit.record(actor, RECORDED[verb], owner, kind=credential.kind, number=credential.number)
    return True


RECORDED = {"check": "check_credential", "object": "object_to_credential", "take_back": "take_back_check"}


def hold_papers(owner: Owner) -> None:
    """Papers of one owner are received and judged one after another."""
    model = type(owner)
    db.session.execute(select(model.id).where(model.id == owner.id).with_for_update())
    db.session.expire(owner, ["credentials"])


def _readers(credential: Credential) -> list[Reader]:
    """The focal points of a delegation; for a body without one, whoever follows its registration."""
    if credential.registration is not None:
        return readers(credential.registration, queries.conference_of(credential.registration))
    delegation = credential.delegation
    assert delegation is not None
    path = f"/me/{queries.conference_of(delegation).slug}/delegations/{delegation.ref}/credentials"
    return [
        Reader(email, name, language, absolute(path, language), is_private=False)
        for email, name, language in queries.focal_points(delegation)
    ]
