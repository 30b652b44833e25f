"""The list of delegations in words: what many rows say alike is said, and looked up, once."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import NamedTuple

from markupsafe import Markup, escape

from confapp.foundation import languages
from confapp.foundation.web import filters
from confapp.foundation.web.components import status
from confapp.registration.queries.delegations import Standing
from confapp.registration.rules import DelegationStatus
from confapp.registration.rules.credentials import CredentialState
from confapp.registration.views.credentials import credential_mark
from confapp.registration.views.marks import mark, places_said

QUIET = (CredentialState.MISSING, CredentialState.CHECKED)


class Said(NamedTuple):
    """A row beside its plain numbers; moments are the days on which a count changed last."""

    name: str
    status: DelegationStatus
    mark: Markup
    invited: str
    confirmed: str
    registered: str
    accredited: str
    attended: str
    places: str
    credential: Markup


def said(rows: Iterable[Standing], zone: str) -> dict[int, Said]:
    """By the delegation's id."""
    of_status = cache(lambda one: status(*mark(one)))
    of_papers = cache(_papers)
    day, soft = cache(lambda at: _day(at, zone, "")), cache(lambda at: _day(at, zone, ' class="soft small"'))
    found = {}
    for row in rows:
        one, counts = row.delegation, row.figures
        now = one.status
        found[one.id] = Said(
            languages.best(one.name),
            now,
            of_status(now),
            day(counts.invited.at) if counts.invited.number else "",
            day(counts.confirmed.at) if counts.confirmed.number else "",
            soft(counts.registered.at),
            soft(counts.accredited.at),
            soft(counts.attended.at),
            places_said(row.quota, row.registered),
            of_papers(row.credential_state),
        )
    return found


def _papers(state: CredentialState) -> Markup:
    kind, word = credential_mark(state)
    return Markup('<span class="soft">{}</span>').format(word) if state in QUIET else status(kind, word)


def _day(at: datetime | None, zone: str, more: str) -> str:
    if at is None:
        return ""
    words = escape(filters.moment(at, zone)), escape(filters.short_day(at, zone))
    return Markup(f'<time{more} datetime="{at.isoformat()}" title="{words[0]}">{words[1]}</time>')  # noqa: S704
