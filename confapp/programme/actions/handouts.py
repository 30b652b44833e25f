"""Links and materials of sessions. The audit record names the host of a link, not the address: it opens a door."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from confapp.foundation import audit, clock, erasure, jobs
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.files import StoredFile
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.mail import outbox
from confapp.people import actions as people
from confapp.people.rules import Role
from confapp.programme import mails
from confapp.programme.actions import require_unchanged
from confapp.programme.models import Material, Session, SessionLink, SessionRole
from confapp.programme.queries.handouts import Awaited
from confapp.programme.rules import Access, LinkKind, MaterialKind
from confapp.programme.rules.handouts import host, may_hand_in, times_fault, url_fault
from confapp.speakers.models import Speaker

Texts = dict[str, str]


def add_link(actor: Actor, session: Session, **values: Any) -> SessionLink:
    """`values` are as for `change_link`."""
    row = SessionLink(conference_id=session.conference_id, session_id=session.id)
    _write_link(row, **values)
    session.links.append(row)
    flag_modified(session, "minutes")
    audit.record(actor, "add_link", session, link=row.ref, **_told(row))
    return row


def change_link(
    actor: Actor, session: Session, row: SessionLink, *, revision: int | None = None, **values: Any
) -> None:
    """The kind, the address, the language of what is heard, whom it is for, and from when and until when."""
    require_unchanged(row, revision, of=session)
    _write_link(row, **values)
    flag_modified(session, "minutes")
    fields = [name for name in audit.changes(row) if name != "url"]
    audit.record(actor, "change_link", session, link=row.ref, fields=fields, **_told(row))


def remove_link(actor: Actor, session: Session, row: SessionLink) -> None:
    session.links.remove(row)
    flag_modified(session, "minutes")
    audit.record(actor, "remove_link", session, link=row.ref, **_told(row))


def _write_link(
    row: SessionLink,
    *,
    kind: LinkKind,
    url: str,
    language: str = "",
    access: Access = Access.OPEN,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> None:
    if fault := url_fault(url):
        raise Refused(fault, 422, "url")
    if fault := times_fault(opens_at, closes_at):
        raise Refused(fault, 422, "closes_at")
    row.kind, row.url, row.language, row.access = kind, url, language, access
    row.opens_at, row.closes_at = opens_at, closes_at


def _told(row: SessionLink) -> dict[str, Any]:
    return {"kind": row.kind.value, "host": host(row.url), "access": row.access.value}


# --- materials --------------------------------------------------------------------------------------------------------


def add_material(actor: Actor, session: Session, file: StoredFile, **values: Any) -> Material:
    """What the desk puts there itself needs nobody's look. `values` are as for `change_material`."""
    row = _new(session, file)
    row.checked_at, row.checked_by = clock.now(), actor.account_id
    _write_material(row, **values)
    _put(actor, session, row, "add_material")
    return row


def change_material(
    actor: Actor,
    session: Session,
    row: Material,
    file: StoredFile | None = None,
    *,
    revision: int | None = None,
    **values: Any,
) -> None:
    """Kind, title, language, whom it is for, and until when it is withheld; another file takes its place."""
    require_unchanged(row, revision, of=session)
    if file is not None:
        erasure.erase([row.file])
        row.file = file
        jobs.enqueue("conferences.forget_files")
    _write_material(row, **values)
    flag_modified(session, "minutes")
    fields = [*audit.changes(row), *(["file"] if file is not None else [])]
    audit.record(actor, "change_material", session, material=row.ref, fields=fields)


def remove_material(actor: Actor, session: Session, row: Material) -> None:
    """Nobody gets it any more; for a while it can be brought back."""
    row.removed_at = clock.now()
    audit.record(actor, "remove_material", row, session=session.ref, kind=row.kind)
    _close_ranks(session)


def restore_material(row: Material) -> None:
    """Last in its session again."""
    session = db.session.get_one(Session, row.session_id)
    row.position = len(session.materials) + 1
    _close_ranks(session)


def _close_ranks(session: Session) -> None:
    """The files of a session are read anew, and numbered from one on."""
    db.session.flush()
    db.session.expire(session, ["materials"])
    for position, one in enumerate(session.materials, 1):
        one.position = position
    flag_modified(session, "minutes")


def move_material(actor: Actor, session: Session, row: Material, step: int) -> None:
    order = [one for one in session.materials if one is not row]
    order.insert(min(max(session.materials.index(row) + step, 0), len(order)), row)
    for position, one in enumerate(order, 1):
        one.position = position
    flag_modified(session, "minutes")
    audit.record(actor, "move_material", session, material=row.ref, position=row.position)


def check_material(actor: Actor, session: Session, row: Material) -> None:
    """The desk has looked at what was handed in: readers get it from now on, or after its embargo."""
    if row.checked_at is not None:
        raise Refused(_("This was checked already."))
    row.checked_at, row.checked_by = clock.now(), actor.account_id
    flag_modified(session, "minutes")
    audit.record(actor, "check_material", session, material=row.ref)


def _new(session: Session, file: StoredFile) -> Material:
    return Material(
        conference_id=session.conference_id, session_id=session.id, file=file, position=len(session.materials) + 1
    )


def _put(actor: Actor, session: Session, row: Material, verb: str) -> None:
    session.materials.append(row)
    flag_modified(session, "minutes")
    audit.record(actor, verb, session, material=row.ref, kind=row.kind, size=row.file.size)


def _write_material(
    row: Material,
    *,
    kind: MaterialKind,
    title: Texts,
    language: str = "",
    access: Access = Access.OPEN,
    embargo_until: datetime | None = None,
    check_against_delivery: bool = False,
) -> None:
    row.kind, row.language, row.access = kind, language, access
    row.title = {code: text for code, text in title.items() if text}
    row.embargo_until, row.check_against_delivery = embargo_until, check_against_delivery


# --- what speakers hand in --------------------------------------------------------------------------------------------


def hand_in(actor: Actor, part: SessionRole, file: StoredFile, ends_at: datetime, **values: Any) -> Material:
    """Slides or a statement of somebody who speaks; the desk looks at it before readers get it."""
    if not may_hand_in(part):
        raise Refused(_("For this part nothing is handed in."))
    if clock.now() >= ends_at:
        raise Refused(_("The conference has taken place."))
    row = _new(part.session, file)
    row.person_id = part.person_id
    _write_material(row, access=part.session.access, **values)
    _put(actor, part.session, row, "hand_in_material")
    return row


def take_back(actor: Actor, row: Material) -> None:
    """As long as nobody has looked at it; the file goes for good."""
    if row.checked_at is not None:
        raise Refused(_("The organizers have published this. Write to them if it must go."))
    session = db.session.get_one(Session, row.session_id)
    session.materials.remove(row)
    erasure.erase([row.file])
    jobs.enqueue("conferences.forget_files")
    audit.record(actor, "take_back_material", session, material=row.ref, kind=row.kind)
    _close_ranks(session)


def remind(actor: Actor, conference: Any, missing: Sequence[Awaited]) -> int:
    """One mail with the link to their own page to each of those from whom something is missing; says how many."""
    by_speaker: dict[int, tuple[Speaker, list[SessionRole]]] = {}
    for one in missing:
        if one.speaker is not None and one.can_be_reminded:
            by_speaker.setdefault(one.speaker.id, (one.speaker, []))[1].append(one.part)
    for speaker, parts in by_speaker.values():
        path = f"/me/{conference.slug}/speaking/{speaker.ref}"
        url = people.record_link(speaker.person, conference, role=Role.SPEAKER, next_path=path)
        outbox.queue(mails.slides_awaited(speaker, parts, url, conference, at=clock.now()))
        audit.record(actor, "remind_of_slides", speaker, parts=[part.ref for part in parts])
    return len(by_speaker)
