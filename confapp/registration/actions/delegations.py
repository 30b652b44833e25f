"""From the catalogue to a delegation with a focal point: its facts, its names, its places, its groups and tags."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock, places, text
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import best
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.people import actions as people
from confapp.people.models import Mandate
from confapp.people.rules import Role
from confapp.registration import queries
from confapp.registration.actions.order import forget_in_order, next_position
from confapp.registration.actions.settings import ensure_category_for_members
from confapp.registration.models import Delegation, Party
from confapp.registration.queries.letters import has_invitation
from confapp.registration.rules import INVITE, NAME_MEMBERS, DelegationStatus, PartyKind, catalogue, invitations

on_declined: list[Callable[[Actor, Delegation], None]] = []  # what becomes of a delegation's own in other features


def add_delegation(actor: Actor, conference: Conference, party: Party, capacity: int | None = None) -> Delegation:
    """A party of the catalogue at a conference, last in the order; added twice it is the same delegation."""
    if (known := queries.delegation_of_party(party)) is not None:
        return known
    return _add(
        actor,
        conference,
        capacity,
        party_id=party.id,
        name=dict(party.printed_names),
        formal_name=dict(party.formal_name),
        code=party.code,
        groups=list(party.groups),
        kind=party.kind,
        folded=party.folded,
    )


def add_own_delegation(
    actor: Actor,
    conference: Conference,
    name: dict[str, str],
    capacity: int | None = None,
    kind: PartyKind = PartyKind.OTHER,
) -> Delegation:
    """A state or organization that the catalogue does not know, by the conference's own names for it."""
    return _add(actor, conference, capacity, name=name, kind=kind, folded=text.fold(*name.values())[:600])


def _add(actor: Actor, conference: Conference, capacity: int | None, **values: Any) -> Delegation:
    delegation = Delegation(conference_id=conference.id, position=next_position(conference.id), **values)
    db.session.add(delegation)
    db.session.flush()
    places.quota_for(delegation, capacity)
    audit.record(actor, "add_delegation", delegation, name=delegation.name, capacity=capacity)
    ensure_category_for_members(actor, conference)
    return delegation


def rename_delegation(
    actor: Actor,
    delegation: Delegation,
    name: dict[str, str],
    formal_name: dict[str, str],
    addressee: dict[str, str] | None = None,
) -> None:
    """The names that this conference prints; the catalogue and other conferences keep theirs."""
    delegation.name, delegation.formal_name = name, formal_name
    delegation.addressee = delegation.addressee if addressee is None else addressee
    changed = audit.changes(delegation)
    if changed:
        delegation.folded = text.fold(delegation.code, *name.values())[:600]
        audit.record(actor, "rename_delegation", delegation, **changed)


def remove_delegation(actor: Actor, delegation: Delegation) -> None:
    """Takes one off the list that was added by mistake: nothing has happened with it yet."""
    if delegation.invited_at or delegation.registrations or delegation.credentials:
        raise Refused(_("This delegation was invited or has members; it can be declined, not removed."))
    forget_in_order(delegation)
    audit.record(actor, "remove_delegation", delegation, name=delegation.name)
    quota = places.find_quota(delegation)
    if quota is not None:
        db.session.delete(quota)
    db.session.delete(delegation)
    try:
        db.session.flush()
    except IntegrityError:
        raise Refused(_("This delegation stands in the programme. Take it out there first.")) from None


def invite_delegation(
    actor: Actor,
    delegation: Delegation,
    focal_point_email: str,
    name: str = "",
    language: str = "en",
) -> Mandate:
    """Invites a delegation by naming who answers for it; the mailbox gets a link that is valid for 30 days."""
    if not INVITE.allows(actor, delegation):
        raise Forbidden
    conference = queries.conference_of(delegation)
    mandate = people.invite(
        actor, focal_point_email, Role.FOCAL_POINT, conference, name=name, delegation=delegation, language=language
    )
    now = clock.now()
    delegation.contact_email = delegation.contact_email or focal_point_email
    delegation.focal_point_named_at = delegation.focal_point_named_at or now
    if delegation.invited_at is None:
        delegation.invited_at, delegation.invited_by = now, actor.account_id
    audit.record(actor, "invite_delegation", delegation, focal_point=mandate.account.ref)
    return mandate


def resend_invitation(actor: Actor, delegation: Delegation, mandate: Mandate) -> None:
    if not INVITE.allows(actor, delegation):
        raise Forbidden
    people.renew_link(actor, mandate, queries.conference_of(delegation))


def take_from_focal_point(actor: Actor, delegation: Delegation, mandate: Mandate) -> None:
    """Ends somebody's answering for a delegation, at once."""
    if not INVITE.allows(actor, delegation):
        raise Forbidden
    people.revoke_mandate(actor, mandate)
    audit.record(actor, "remove_focal_point", delegation, focal_point=mandate.account.ref)


# What the office was told carries the day on which it came, where that is not the present one.


def note_invited(actor: Actor, delegation: Delegation, on: date | None = None) -> None:
    """The invitation went another way, by note verbale, say."""
    if _fact(actor, delegation, "invited_at", "note_invitation", on):
        delegation.invited_by = actor.account_id


def acknowledge(actor: Actor, delegation: Delegation, on: date | None = None) -> None:
    _fact(actor, delegation, "acknowledged_at", "acknowledge", on)


def accept(actor: Actor, delegation: Delegation, on: date | None = None) -> None:
    _fact(actor, delegation, "accepted_at", "accept", on)


def decline(actor: Actor, delegation: Delegation, on: date | None = None) -> None:
    """Refused while members are registered: whoever declines says first what becomes of them."""
    if queries.living_members(delegation):
        raise Refused(_("Members are registered for this delegation. Withdraw them first."))
    if _fact(actor, delegation, "declined_at", "decline", on):
        for follow in on_declined:
            follow(actor, delegation)


def take_back_answer(actor: Actor, delegation: Delegation) -> None:
    """What the office noted last was a mistake: it stands as before. What was withdrawn with it stays withdrawn."""
    if not INVITE.allows(actor, delegation):
        raise Forbidden
    was, name = delegation.status, NOTED_BY.get(delegation.status)
    if name is None:
        raise Refused(_("There is nothing to take back."))
    if name == "invited_at" and has_invitation(delegation):
        raise Refused(_("An invitation was mailed to this delegation; that cannot be taken back."))
    setattr(delegation, name, None)
    audit.record(actor, "take_back_answer", delegation, was=was, became=delegation.status)


NOTED_BY = {
    DelegationStatus.INVITED: "invited_at",
    DelegationStatus.ACKNOWLEDGED: "acknowledged_at",
    DelegationStatus.ACCEPTED: "accepted_at",
    DelegationStatus.DECLINED: "declined_at",
}


def _fact(actor: Actor, delegation: Delegation, name: str, verb: str, on: date | None) -> bool:
    """One of a delegation's facts, with its time; by its focal point, or by the office that was told.

    False where it stands already: said twice, it is said once.
    """
    if not (NAME_MEMBERS.allows(actor, delegation) or INVITE.allows(actor, delegation)):
        raise Forbidden
    if on is not None and not INVITE.allows(actor, delegation):
        raise Forbidden
    if NOTED_BY.get(delegation.status) == name or (name == "invited_at" and delegation.invited_at):
        return False
    conference, is_answer = queries.conference_of(delegation), name != "invited_at"
    if is_answer and (fault := invitations.change_fault(delegation, conference, actor, clock.now())):
        raise Refused(fault)
    if on is not None and (fault := invitations.received_fault(delegation, on, conference.zone, is_answer=is_answer)):
        raise Refused(fault, 422, "day")
    was = delegation.status
    setattr(delegation, name, invitations.received_at(delegation, on, conference.zone, is_answer=is_answer))
    if name in ("acknowledged_at", "accepted_at"):  # who comes after all is declined nowhere any more
        delegation.declined_at = None
    received = on.isoformat() if on not in (None, clock.today(conference.zone)) else None
    audit.record(actor, verb, delegation, was=was, became=delegation.status, received=received)
    return True


# --- places, groups and tags ------------------------------------------------------------------------------------------


def set_places(actor: Actor, delegation: Delegation, capacity: int | None) -> None:
    """How many members may be registered; None is no limit. Refused when more are registered already."""
    quota = places.quota_for(delegation)
    was = quota.capacity
    if was != capacity:
        places.set_capacity(quota, capacity)
        audit.record(actor, "set_places", delegation, was=was, became=capacity if capacity is not None else "no limit")


def describe_delegation(
    actor: Actor, delegation: Delegation, *, kind: PartyKind, groups: list[str], tags: list[str]
) -> None:
    """What this conference takes a delegation for; the catalogue keeps its own groups."""
    delegation.kind, delegation.groups, delegation.tags = kind, groups, tags
    if changed := audit.changes(delegation):
        audit.record(actor, "describe_delegation", delegation, **changed)


def tag_delegations(actor: Actor, delegations: Iterable[Delegation], tag: str, *, remove: bool = False) -> int:
    """Gives several delegations a tag, or takes it from them; returns how many it changed."""
    changed = 0
    for delegation in delegations:
        others = [one for one in delegation.tags if one != tag]
        tags = others if remove else delegation.tags if tag in delegation.tags else [*others, tag]
        if fault := catalogue.labels_fault(tags):
            raise Refused(f"{best(delegation.name)}: {fault}", 422, "tag")
        if tags != delegation.tags:
            delegation.tags = tags
            audit.record(actor, "describe_delegation", delegation, **audit.changes(delegation))
            changed += 1
    return changed
