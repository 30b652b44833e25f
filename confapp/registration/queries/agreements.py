"""Texts that people agree to, with what was agreed: by one person, and by how many."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from confapp.foundation.db import db
from confapp.people.models import Consent, ConsentText, Person
from confapp.people.queries import Standing, standings
from confapp.registration.models import Registration
from confapp.registration.rules import CONSENT_TEXTS, LIVING, REGISTERED, ConsentKind


def standing(person: Person) -> dict[str, Standing]:
    return standings(person, {kind.value: CONSENT_TEXTS[kind] for kind in ConsentKind})


@dataclass(frozen=True)
class Agreement:
    """One kind at the desk: its versions, the newest first, and how many registered people stand where."""

    kind: ConsentKind
    versions: Sequence[ConsentText]
    agreed: int
    earlier: int
    not_agreed: int

    @property
    def text(self) -> dict[str, str]:
        return self.versions[0].text if self.versions else CONSENT_TEXTS[self.kind]

    @property
    def version(self) -> int:
        return self.versions[0].version if self.versions else 1


def agreements() -> list[Agreement]:
    """All kinds with their counts; three queries."""
    rows = db.session.scalars(select(ConsentText).order_by(ConsentText.version.desc())).all()
    registered = select(Registration.person_id).where(Registration.status.in_(REGISTERED))
    people = db.session.scalar(select(func.count()).select_from(registered.subquery())) or 0
    best = (
        select(ConsentText.kind, Consent.person_id, func.max(ConsentText.version).label("version"))
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(Consent.withdrawn_at.is_(None), Consent.person_id.in_(registered))
        .group_by(ConsentText.kind, Consent.person_id)
        .subquery()
    )
    counts = db.session.execute(select(best.c.kind, best.c.version, func.count()).group_by(best.c.kind, best.c.version))
    by_version = {(kind, version): number for kind, version, number in counts}
    found = []
    for kind in ConsentKind:
        versions = [row for row in rows if row.kind == kind]
        newest = versions[0].version if versions else 1
        agreed = by_version.get((kind.value, newest), 0)
        earlier = sum(n for (of, version), n in by_version.items() if of == kind and version < newest)
        found.append(Agreement(kind, versions, agreed, earlier, people - agreed - earlier))
    return found


def text_by_ref(ref: str) -> ConsentText | None:
    return db.session.scalar(select(ConsentText).where(ConsentText.ref == ref))


def agreed_before(text: ConsentText, after: int, number: int) -> Sequence[Registration]:
    """Registrations whose person agreed to an earlier version only, in the order of id."""
    of_kind = (
        select(Consent.person_id)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(Consent.withdrawn_at.is_(None), ConsentText.kind == text.kind)
    )
    earlier = of_kind.where(ConsentText.version < text.version)
    newer = of_kind.where(ConsentText.version >= text.version)
    return db.session.scalars(
        select(Registration)
        .where(
            Registration.person_id.in_(earlier),
            Registration.person_id.not_in(newer),
            Registration.status.in_(LIVING),
            Registration.id > after,
        )
        .options(joinedload(Registration.person))
        .order_by(Registration.id)
        .limit(number)
    ).all()
