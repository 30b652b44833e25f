"""Summary records, drafted from the programme and the statements that were delivered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from confapp.conferences.models import Conference
from confapp.documents.actions._common import index
from confapp.documents.actions.blocks import STEP, put
from confapp.documents.actions.documents import create
from confapp.documents.models import Document
from confapp.documents.rules import BlockKind, DocumentKind, record
from confapp.documents.rules.record import Held, Spoken
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.addresses import absolute
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import speaking
from confapp.foundation.lifecycle import Refused
from confapp.programme import queries as programme
from confapp.programme.models import Debate, SessionRole, Statement
from confapp.programme.queries import debate as debates
from confapp.programme.rules import SessionRoleKind
from confapp.programme.rules.debate import is_public
from confapp.programme.rules.speaking import ASKED


def draft_record(
    conference: Conference, debate: Debate, *, symbol: str, languages: Sequence[str], by: Actor
) -> Document:
    """A report as a draft: names, order, hours and topics in standard words, a block in every language."""
    held = held_of(conference, debate)
    if held is None:
        raise Refused(_("No statement of this debate has been marked as delivered."), 409, "debate")
    document = drafted(record, held, conference, languages, by, symbol=symbol, kind=DocumentKind.REPORT)
    audit.record(by, "documents.draft_record", document, session=debate.session.ref, statements=len(held.spoken))
    return document


def drafted(
    words: Any, about: Any, conference: Conference, languages: Sequence[str], by: Actor, **register: Any
) -> Document:
    """A draft in standard words: `words` has `title` and `blocks`, which say `about` in each language."""
    titles: dict[str, str] = {}
    texts: list[list[tuple[BlockKind, str]]] = []
    for code in languages:
        with speaking(code):
            titles[code] = words.title(about, code)
            texts.append(words.blocks(about, code))
    document = create(conference, title=titles, languages=languages, by=by, **register)
    above: int | None = None
    for number, versions in enumerate(zip(*texts, strict=True), 2):
        block_kind = versions[0][0]
        said = {code: one[1] for code, one in zip(languages, versions, strict=True)}
        parent = above if block_kind == BlockKind.LIST_ITEM else None
        block = put(document, block_kind, said, number * STEP, parent, by)
        above = block.id if block_kind == BlockKind.OPERATIVE else above
    index(document)
    return document


def held_of(conference: Conference, debate: Debate) -> Held | None:
    """What was held of a debate; None when nothing was. Addresses of texts are those that everybody may read now."""
    listing, now = debates.listing(debate), clock.now()
    given = [row.statement for row in listing.statements if row.statement is not None]
    rows = [one for one in given if one.started_at is not None and one.ended_at is not None]
    session, place = programme.session(debate.session.ref), listing.placement
    if not rows or session is None:
        return None
    chairs = [one for one in session.roles if one.role == SessionRoleKind.CHAIR and one.status in ASKED]
    return Held(
        title=session.title,
        zone=conference.zone,
        began_at=min(one.started_at for one in rows if one.started_at),
        ended_at=max(one.ended_at for one in rows if one.ended_at),
        rooms=[one.room.name for one in place.rooms] if place is not None else [],
        chairs=[_chair(one) for one in chairs],
        topics=[one.title for one in debate.topics],
        spoken=sorted((_spoken(conference, debate, one, now) for one in rows), key=lambda one: one.began_at),
    )


def _chair(role: SessionRole) -> dict[str, str]:
    if role.person is not None:
        return {"en": role.person.full_name}
    named: dict[str, str] = role.delegation.name if role.delegation is not None else role.printed_function
    return named


def _spoken(conference: Conference, debate: Debate, row: Statement, now: datetime) -> Spoken:
    path = f"/{conference.slug}/sessions/{debate.session.ref}/statements/{row.ref}"
    is_readable = debate.published_at is not None and is_public(row, now)
    assert row.started_at is not None
    return Spoken(
        delegation=row.delegation.name,
        speaker=row.speaker,
        title=row.speaker_title,
        began_at=row.started_at,
        topic=row.topic_title,
        mode=row.mode.value,
        on_behalf_of=row.on_behalf_of,
        is_reply=row.is_reply,
        address=absolute(path) if is_readable else "",
    )
