"""What a release keeps of a session, so that later changes of the draft stay out of it. Plain values only."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from confapp.programme.rules.changes import Change, Edition, changes
from confapp.programme.rules.speaking import ASKED

Words = dict[str, str]


def printed(session: Any) -> dict[str, Any]:
    """What the table shows, and what its readers choose from: kind with the organizers' own name, theme, languages."""
    return {
        "title": session.title,
        "kind": session.kind.value,
        "kind_name": dict(session.own_kind.name) if session.own_kind else {},
        "theme": dict(session.theme.name) if session.theme else {},
        "theme_ref": session.theme.ref if session.theme else "",
        "languages": list(session.languages),
        "format": session.format.value,
        "access": session.access.value,
        "note": session.note,
    }


def details(
    session: Any, affiliations: Mapping[int, Words], biographies: Mapping[int, Words] | None = None
) -> dict[str, Any]:
    """What the session's own page shows beside that; those who declined or were replaced are left out."""
    return {
        "code": session.code,
        "description": session.description,
        "languages": list(session.languages),
        "interpretation": list(session.interpretation),
        "roles": [_role(role, affiliations, biographies or {}) for role in session.roles if role.status in ASKED],
        "items": [_item(item) for item in session.items],
    }


def _role(role: Any, affiliations: Mapping[int, Words], biographies: Mapping[int, Words]) -> dict[str, Any]:
    """`person` leads to the speaker's page; `profile` differs when what is told there does."""
    return {
        "person": role.person.ref if role.person else "",
        "profile": _mark(biographies.get(role.person_id)),
        "role": role.role.value,
        "status": role.status.value,
        "name": role.person.full_name if role.person else "",
        "function": role.printed_function or affiliations.get(role.person_id) or {},
        "delegation": role.delegation.name if role.delegation else {},
    }


def _mark(words: Words | None) -> str:
    if not words:
        return ""
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()[:12]


def parts_by_person(editions: Iterable[Edition]) -> dict[str, list[dict[str, str]]]:
    """The sessions in which each person stands, in order of time."""
    found: dict[str, list[dict[str, str]]] = {}
    for edition in sorted(editions, key=lambda one: (one.starts_at, one.session_id)):
        for role in edition.details.get("roles", ()):
            if role.get("person"):
                found.setdefault(role["person"], []).append({"ref": edition.ref, "role": role["role"]})
    return found


def _item(item: Any) -> dict[str, Any]:
    return {
        "title": item.title,
        "minutes": item.minutes,
        "name": item.person.full_name if item.person else "",
        "delegation": item.delegation.name if item.delegation else {},
    }


def table(
    before: Sequence[Edition], after: Iterable[Edition], earlier: Iterable[Mapping[str, Any]] = ()
) -> list[dict[str, Any]]:
    """The sessions of a release in order of time, each with ref, starts (ISO 8601, UTC), minutes, rooms (ids), words
    (as printed), cancelled, change ("new", "moved" or "" against the release before) and was (when readers last had
    another start, or ""). `earlier` is the table of the release before."""
    were = {edition.session_id: edition for edition in before}
    known = {row["ref"]: row.get("was", "") for row in earlier}
    rows = sorted(after, key=lambda edition: (edition.starts_at, -edition.minutes, edition.session_id))
    return [
        {
            "ref": edition.ref,
            "starts": edition.starts_at.isoformat(),
            "minutes": edition.minutes,
            "rooms": list(edition.room_ids),
            "words": edition.printed,
            "cancelled": edition.is_cancelled,
            "change": _told(were.get(edition.session_id), edition) if were else "",
            "was": _start_before(were.get(edition.session_id), edition) or known.get(edition.ref, ""),
        }
        for edition in rows
    ]


def _start_before(before: Edition | None, after: Edition) -> str:
    return before.starts_at.isoformat() if before is not None and before.starts_at != after.starts_at else ""


def _told(before: Edition | None, after: Edition) -> str:
    """What the table says of a session that readers have seen before, or have not."""
    found = changes(before, after)
    return next((change.value for change in (Change.NEW, Change.MOVED) if change in found), "")
