"""Focal points: named by a link that was mailed to the mission, and handed over from one colleague to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from confapp.conferences.models import Conference
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor, Grant
from confapp.foundation.addresses import absolute
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import outbox
from confapp.people import actions as people
from confapp.people import queries as people_queries
from confapp.people.actions import links
from confapp.people.models import MailedLink, Mandate
from confapp.people.rules import INVITATION_LINK, LinkPurpose, Role
from confapp.registration import queries
from confapp.registration.actions.delegations import accept, acknowledge, decline
from confapp.registration.mails import letters as mails
from confapp.registration.models import Delegation
from confapp.registration.queries import letters as found
from confapp.registration.rules import INVITE

MOST_FOCAL_POINTS = 2


@dataclass(frozen=True)
class Nominee:
    """Who is to answer for a delegation."""

    email: str
    name: str = ""
    language: str = "en"


def nomination_address(delegation: Delegation, conference: Conference, email: str, language: str) -> str:
    """The address of a new link by which a delegation answers and names its focal points, valid for 30 days."""
    token, _link = links.issue(
        LinkPurpose.NOMINATION,
        email,
        clock.now() + INVITATION_LINK,
        delegation=delegation,
        conference=conference,
    )
    return absolute(f"/{conference.slug}/nomination/{token}", language)


def renew_nomination(actor: Actor, delegation: Delegation, language: str) -> str:
    """Mails a new link to the contact address and ends those before; returns the address."""
    if not INVITE.allows(actor, delegation):
        raise Forbidden
    if not delegation.contact_email:
        raise Refused(_("This delegation has no contact address yet."), 422, "email")
    conference = queries.conference_of(delegation)
    end_nominations(delegation)
    url = nomination_address(delegation, conference, delegation.contact_email, language)
    newest = found.nomination_links(delegation)[0]
    outbox.queue(
        mails.nomination(delegation, conference, delegation.contact_email, language, url, f"nomination:{newest.ref}")
    )
    audit.record(actor, "renew_nomination", delegation)
    return delegation.contact_email


def end_nominations(delegation: Delegation) -> None:
    for link in found.open_nomination_links(delegation):
        link.revoked_at = clock.now()


# --- what the mission does with it ------------------------------------------------------------------------------------


def answer_by_link(
    link: MailedLink, delegation: Delegation, answer: str, signer: str, nominees: Sequence[Nominee]
) -> list[Mandate]:
    """`answer` is accept, acknowledge or decline. The link ends when focal points are named or the invitation declined.

    Whoever holds the link answers for the delegation, and is on record by the name typed and the link's address.
    """
    by = holder_of(link, delegation, signer)
    if answer == "accept" and not nominees:
        raise Refused(_("Name at least one focal point, or choose to acknowledge and answer later."), 422, "email")
    if answer != "acknowledge":
        links.spend(link)
        end_nominations(delegation)
    verb = {"accept": accept, "acknowledge": acknowledge, "decline": decline}[answer]
    verb(by, delegation)
    if answer == "decline":
        return []
    named = [_name_focal_point(by, delegation, nominee) for nominee in _different(nominees)]
    if named and answer == "acknowledge":
        links.spend(link)
        end_nominations(delegation)
    return named


def holder_of(link: MailedLink, delegation: Delegation, signer: str) -> Actor:
    grant = Grant(Role.FOCAL_POINT, delegation.conference_id, delegation_id=delegation.id)
    return Actor(email=link.email, name=signer, grants=(grant,))


def _different(nominees: Sequence[Nominee]) -> list[Nominee]:
    """The same address twice is one focal point."""
    return list({nominee.email.casefold(): nominee for nominee in reversed(nominees)}.values())[::-1]


def _name_focal_point(by: Actor, delegation: Delegation, nominee: Nominee) -> Mandate:
    conference = queries.conference_of(delegation)
    account = people.account_for(nominee.email, nominee.name, nominee.language)
    held = people_queries.same_mandate(account.id, Role.FOCAL_POINT, conference.id, delegation, None)
    mandate = held or people.invite(
        by,
        nominee.email,
        Role.FOCAL_POINT,
        conference,
        name=nominee.name,
        delegation=delegation,
        language=nominee.language,
    )
    delegation.focal_point_named_at = delegation.focal_point_named_at or clock.now()
    audit.record(by, "name_focal_point", delegation, focal_point=account.ref)
    return mandate


# --- handing over -----------------------------------------------------------------------------------------------------


def hand_over(actor: Actor, delegation: Delegation, to: Nominee, *, keep: bool = False) -> Mandate:
    """A focal point gives the role to a colleague in one step; the own right ends unless it is kept. Both are told."""
    own = [one for one in queries.focal_point_mandates([delegation.id]) if one.account_id == actor.account_id]
    if not own:
        raise Forbidden
    conference = queries.conference_of(delegation)
    if own[0].account.email_folded == to.email.casefold():
        raise Refused(
            _("This is your own mailbox. Several people may use it: each gives a name when signing in."), 422, "email"
        )
    mandate = people.invite(
        actor, to.email, Role.FOCAL_POINT, conference, name=to.name, delegation=delegation, language=to.language
    )
    if not keep:
        for held in own:
            people.revoke_mandate(actor, held)
    _follow(delegation, own[0].account.email, to.email, keep)
    audit.record(actor, "hand_over", delegation, focal_point=mandate.account.ref, keeps=keep)
    account = own[0].account
    told: Any = mails.handed_over(
        delegation, conference, account.email, account.language, to.name or to.email, mandate.ref, keeps=keep
    )
    outbox.queue(told)
    return mandate


def _follow(delegation: Delegation, was: str, becomes: str, keep: bool) -> None:
    """Where the one who leaves was also the contact address, letters go to the colleague from now."""
    if not keep and delegation.contact_email.casefold() == was.casefold():
        delegation.contact_email = becomes
