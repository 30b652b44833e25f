"""The catalogue of states and organizations."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from confapp.foundation import text
from confapp.foundation.db import across_conferences, db
from confapp.foundation.languages import best
from confapp.registration.models import Delegation, Party
from confapp.registration.rules import PartyKind
from confapp.registration.rules.catalogue import missing


@dataclass(frozen=True)
class Wanted:
    """Which entries of the catalogue somebody looks for; `lacks` names what is missing in them."""

    search: str = ""
    kind: str = ""
    group: str = ""
    lacks: str = ""


def parties(search: str = "", group: str = "", kind: str = "") -> list[Party]:
    """The catalogue, or what a search finds in it: states, then organizations, by their names in the page's language.

    Those invited already are told by `taken_parties`.
    """
    return [row for row, _lacking in catalogue(Wanted(search, kind, group))]


def catalogue(wanted: Wanted, languages: Collection[str] = ()) -> list[tuple[Party, list[str]]]:
    """The entries with what is missing in each."""
    found = select(Party)
    if wanted.search:
        found = found.where(Party.folded.like(text.like(wanted.search), escape="\\"))
    rows = [
        (row, missing(row, languages))
        for row in db.session.scalars(found)
        if wanted.kind in ("", row.kind) and (not wanted.group or wanted.group in row.groups)
    ]
    if wanted.lacks:
        rows = [row for row in rows if wanted.lacks in row[1]]
    lacking = {row.id: lacks for row, lacks in rows}
    return [(row, lacking[row.id]) for row in _listed(row for row, _lacks in rows)]


def _listed(rows: Iterable[Party]) -> list[Party]:
    kinds = list(PartyKind)
    return sorted(rows, key=lambda row: (kinds.index(row.kind), text.fold(best(row.printed_names)), row.id))


def lacking(languages: Collection[str]) -> dict[str, int]:
    """How many entries miss what."""
    counts: dict[str, int] = {}
    for row in db.session.scalars(select(Party)):
        for what in missing(row, languages):
            counts[what] = counts.get(what, 0) + 1
    return counts


def party(ref: str) -> Party | None:
    return db.session.scalar(select(Party).where(Party.ref == ref))


def party_groups() -> list[str]:
    return sorted({group for groups in db.session.scalars(select(Party.groups)) for group in groups})


def taken_parties() -> set[int]:
    return set(db.session.scalars(select(Delegation.party_id).where(Delegation.party_id.is_not(None))))


def times_invited(of: Party) -> int:
    """At how many conferences an entry stands in the list."""
    with across_conferences("the catalogue stands above conferences; only a number is told"):
        return db.session.scalar(select(func.count(Delegation.id)).where(Delegation.party_id == of.id)) or 0


def parties_by_ref(refs: Iterable[str]) -> Sequence[Party]:
    """In the order in which the catalogue lists them."""
    return _listed(db.session.scalars(select(Party).where(Party.ref.in_(list(refs)))))


def parties_by_code() -> dict[str, Party]:
    return {row.code: row for row in db.session.scalars(select(Party))}
