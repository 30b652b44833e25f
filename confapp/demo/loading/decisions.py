"""How a text of the sample conference was adopted, and silence on another; by states that do not exist."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.demo import content
from confapp.demo.decisions2027 import OWN_STATES
from confapp.documents import actions, queries
from confapp.documents.models import Document
from confapp.documents.rules.adoption import Listing, Showing
from confapp.documents.rules.beside import Cast, StatementKind
from confapp.foundation import clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.registration.actions import accept, add_own_delegation, note_invited
from confapp.registration.models import Delegation
from confapp.registration.rules import PartyKind

WINDOW = timedelta(days=60)


def add_own_states(conference: Conference, by: Actor) -> None:
    for name in OWN_STATES.values():
        delegation = add_own_delegation(by, conference, dict(name), kind=PartyKind.STATE)
        note_invited(by, delegation)
        accept(by, delegation)


def record(document: Document, described: content.Recorded, blocks: Mapping[str, str], by: Actor) -> None:
    """Votes, a dissociation and endorsements; `blocks` are the paragraphs by their English text."""
    adoption = queries.adoption_of(document)
    if adoption is None:
        raise LookupError(document.symbol)
    states = _own_states()
    votes = {one.ref: Cast.ABSENT.value for one in queries.voters()}
    votes |= {states[key].ref: cast for key, cast in described.votes.items()}
    actions.record_vote(adoption, votes, base=adoption.revision, by=by)
    later = clock.now() + WINDOW
    listing, showing = Listing.PROTOCOL, Showing.IN_FULL
    actions.set_terms(
        adoption, showing=showing, listing=listing, statements_until=later, endorsements_until=later, by=by
    )
    who, beginning = described.dissociates
    block = next(ref for words, ref in blocks.items() if words.startswith(beginning))
    kind, words = StatementKind.DISSOCIATION, dict(described.words)
    actions.hand_in_statement(adoption, states[who], kind=kind, text=words, blocks=[block], handed_in_by="", by=by)
    for key in described.endorsed_by:
        actions.endorse(
            adoption, states[key], authority=dict(described.authority), endorsed_on=adoption.adopted_on, by=by
        )


def _own_states() -> dict[str, Delegation]:
    by_name = {row.name["en"]: row for row in db.session.scalars(select(Delegation).where(Delegation.code == ""))}
    return {key: by_name[name["en"]] for key, name in OWN_STATES.items()}


def start_silence(document: Document, described: content.Document, zone: str, by: Actor) -> None:
    """Until noon of a day to come, in the zone of the conference."""
    day = clock.today(zone) + timedelta(days=described.silence_days)
    noon = clock.start_of(day, zone) + timedelta(hours=12)
    actions.start_silence(document, expires_at=noon, note=dict(described.note), tells_names=True, by=by)
