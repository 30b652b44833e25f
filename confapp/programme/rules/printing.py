"""What a release keeps of a session, so that later changes of the draft stay out of it. Plain values only."""

from collections.abc import Mapping
from typing import Any

from confapp.programme.rules import RoleStatus

Words = dict[str, str]


def printed(session: Any) -> dict[str, Any]:
    """What the table shows: title, kind, access and note."""
    return {
        "title": session.title,
        "kind": session.kind.value,
        "access": session.access.value,
        "note": session.note,
    }


def details(session: Any, affiliations: Mapping[int, Words]) -> dict[str, Any]:
    """What the session's own page shows beside that; those who declined are left out."""
    return {
        "code": session.code,
        "description": session.description,
        "languages": list(session.languages),
        "roles": [_role(role, affiliations) for role in session.roles if role.status != RoleStatus.DECLINED],
        "items": [_item(item) for item in session.items],
    }


def _role(role: Any, affiliations: Mapping[int, Words]) -> dict[str, Any]:
    return {
        "role": role.role.value,
        "status": role.status.value,
        "name": role.person.full_name if role.person else "",
        "function": role.printed_function or affiliations.get(role.person_id) or {},
        "delegation": role.delegation.name if role.delegation else {},
    }


def _item(item: Any) -> dict[str, Any]:
    return {
        "title": item.title,
        "minutes": item.minutes,
        "name": item.person.full_name if item.person else "",
        "delegation": item.delegation.name if item.delegation else {},
    }
