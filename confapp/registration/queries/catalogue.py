"""The catalogue of states and organizations."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from confapp.foundation import text
from confapp.foundation.db import db
from confapp.foundation.languages import best
from confapp.registration.models import Delegation, Party


def parties(search: str = "", group: str = "") -> list[Party]:
    """The catalogue, or what a search finds in it: states, then organizations, by their names in the page's language.

    Those invited already are told by `taken_parties`.
    """
    wanted = select(Party)
    if search:
        wanted = wanted.where(Party.folded.like(text.like(search), escape="\\"))
    rows = [row for row in db.session.scalars(wanted) if not group or group in row.groups]
    by_name = sorted(rows, key=lambda row: text.fold(best(row.printed_names)))
    return sorted(by_name, key=lambda row: row.kind, reverse=True)


def party_groups() -> list[str]:
    return sorted({group for groups in db.session.scalars(select(Party.groups)) for group in groups})


def taken_parties() -> set[int]:
    return set(db.session.scalars(select(Delegation.party_id).where(Delegation.party_id.is_not(None))))


def parties_by_ref(refs: Iterable[str]) -> Sequence[Party]:
    return db.session.scalars(select(Party).where(Party.ref.in_(list(refs))).order_by(Party.code)).all()


def parties_by_code() -> dict[str, Party]:
    return {row.code: row for row in db.session.scalars(select(Party))}
