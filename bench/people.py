"""People in the shapes that real conferences had: delegations of very unequal size, and a large public.

The sizes are those of practice: 21 delegations with 4,300 people who registered themselves; 164 states with 1,580
delegates, half of them with five or fewer; one delegation of 4,400. Names are made up, the same each time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from confapp.conferences.models import Conference
from confapp.conferences.rules import Status as ConferenceStatus
from confapp.foundation import clock
from confapp.foundation.db import db, in_conference, measure_anew, new_ref
from confapp.foundation.places import Place, PlaceState, Quota
from confapp.foundation.text import fold
from confapp.people.models import Person
from confapp.registration.models import Category, Delegation, Registration, RegistrationMove
from confapp.registration.rules import Capacity, Status, Track

SEED = 2027
GIVEN = ("Ayu", "Budi", "Chandra", "Dewi", "Eka", "Farah", "Gita", "Hadi", "Indah", "Joko", "Kirana", "Lestari", "Made")
FAMILY = ("Contoh", "Example", "Muster", "Ejemplo", "Exemple", "Beispiel", "Mfano", "Ví dụ", "مثال", "Primer", "例")
TITLES = ("Director", "Deputy Director", "Adviser", "First Secretary", "Analyst", "Counsellor", "Desk Officer")
STATES = (Status.SUBMITTED, Status.SUBMITTED, Status.ACCREDITED, Status.ACCREDITED, Status.ACCREDITED, Status.RETURNED)


@dataclass(frozen=True)
class Shape:
    """A conference's people: the members of each delegation, and how many others registered themselves."""

    slug: str
    members: tuple[int, ...]
    public: int

    @property
    def people(self) -> int:
        return sum(self.members) + self.public


def spread(delegations: int, people: int, seed: int = SEED) -> tuple[int, ...]:
    """Sizes of delegations as meetings had them: at least one each, half of them small, a few very large."""
    chance = Random(seed)
    weights = [min(chance.lognormvariate(0, 1.05), 10.0) for _ in range(delegations)]
    free = people - delegations
    sizes = [1 + int(free * weight / sum(weights)) for weight in weights]
    for index in range(people - sum(sizes)):
        sizes[index % delegations] += 1
    return tuple(sizes)


REGIONAL = Shape("regional-2027", spread(21, 210), 4_300)
GLOBAL = Shape("global-2027", spread(164, 1_580), 420)  # 2,000 in all
HOST = Shape("host-2027", (4_400, *spread(20, 100)), 0)
LARGE = Shape("large-2027", spread(164, 4_000), 6_000)  # 10,000 in all
SHAPES = (REGIONAL, GLOBAL, HOST, LARGE)


def fill(shape: Shape) -> Conference:
    """A conference of this shape; call it in a write transaction across conferences."""
    chance = Random(SEED)
    conference = _conference(shape.slug)
    db.session.add(conference)
    db.session.flush()
    with in_conference(conference.id):
        delegate, public = _categories()
        delegations = [_delegation(number, size) for number, size in enumerate(shape.members, 1)]
        db.session.add_all([delegate, public, *delegations])
        db.session.flush()
        people = list(_people(conference, shape, delegations, delegate, public, chance))
        _write(conference, people)
        _places(conference, delegations)
        measure_anew(Person, Registration, RegistrationMove, Delegation, Category, Place, Quota)
    return conference


def _conference(slug: str) -> Conference:
    first = clock.now().date() + timedelta(days=60)
    return Conference(
        slug=slug,
        name={"en": f"Conference of shape {slug}", "id": f"Konferensi bentuk {slug}"},
        acronym="SHAPE",
        starts_on=first,
        ends_on=first + timedelta(days=2),
        zone="Asia/Makassar",
        languages=["en", "id"],
        contact_email="office@conference.example",
        status=ConferenceStatus.ANNOUNCED,
        registration_opens_at=clock.now() - timedelta(days=30),
        registration_closes_at=clock.now() + timedelta(days=30),
    )


def _categories() -> tuple[Category, Category]:
    name = {"en": "Delegate", "id": "Delegasi"}
    public = {"en": "Online public", "id": "Publik daring"}
    return (
        Category(code="delegate", name=name, letter="D", is_for_delegations=True, position=1),
        Category(code="public", name=public, letter="P", is_open_to_all=True, track=Track.ADMISSION, position=2),
    )


def _delegation(number: int, size: int) -> Delegation:
    name = {"en": f"State {number:03d}", "id": f"Negara {number:03d}"}
    moment = clock.now() - timedelta(days=40)
    return Delegation(
        name=name,
        code=f"S{number:03d}",
        position=number,
        folded=fold(*name.values()),
        invited_at=moment,
        accepted_at=moment + timedelta(days=number % 20),
    )


def _people(
    conference: Conference,
    shape: Shape,
    delegations: Sequence[Delegation],
    delegate: Category,
    public: Category,
    chance: Random,
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    number = 0
    for delegation, size in zip(delegations, shape.members, strict=True):
        for place in range(size):
            number += 1
            capacity = Capacity.HEAD if place == 0 else chance.choice((Capacity.DELEGATE, Capacity.ADVISER))
            yield _one(
                conference, number, chance, category_id=delegate.id, delegation_id=delegation.id, capacity=capacity
            )
    for _ in range(shape.public):
        number += 1
        yield _one(conference, number, chance, category_id=public.id, organization="Universitas Contoh")


def _one(conference: Conference, number: int, chance: Random, **about: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    given, family = f"{chance.choice(GIVEN)} {number}", chance.choice(FAMILY)
    code = f"SHAPE27-{number:05d}"
    person = {
        "ref": new_ref(),
        "conference_id": conference.id,
        "honorific": chance.choice(("Mr", "Ms", "Dr", "H.E. Ms", "")),
        "given_name": given,
        "family_name": family,
        "printed_name": f"{given} {family}",
        "badge_name": f"{given} {family}",
        "email": f"p{number}@mail.example",
        "country": chance.choice(("IDN", "JPN", "KEN", "BRA", "FRA")),
        "folded": fold(given, family, code, f"p{number}@mail.example"),
    }
    moment = clock.now() - timedelta(minutes=number * 3)
    registration = {
        "ref": new_ref(),
        "conference_id": conference.id,
        "functional_title": chance.choice(TITLES),
        "capacity": Capacity.DELEGATE,
        "status": chance.choice(STATES),
        "number": code,
        "submitted_at": moment,
        "confirmed_at": moment,
        "delegation_id": None,
        "organization": "",
    }
    return person, registration | about


def _write(conference: Conference, people: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """Thousands of rows at once; the actions that make one are measured elsewhere."""
    db.session.execute(insert(Person), [person for person, _ in people])
    ids = dict(db.session.execute(db.select(Person.ref, Person.id)).tuples().all())
    rows = [registration | {"person_id": ids[person["ref"]]} for person, registration in people]
    db.session.execute(insert(Registration), rows)
    made = db.session.execute(db.select(Registration.id, Registration.submitted_at)).tuples().all()
    moves = [
        {
            "conference_id": conference.id,
            "ref": new_ref(),
            "registration_id": number,
            "verb": "register",
            "became": Status.SUBMITTED,
            "at": at,
        }
        for number, at in made
    ]
    db.session.execute(insert(RegistrationMove), moves)


def _places(conference: Conference, delegations: Sequence[Delegation]) -> None:
    held = db.session.execute(
        db.select(Registration.id, Registration.delegation_id).where(Registration.delegation_id.is_not(None))
    ).tuples()
    by_delegation: dict[int, list[int]] = {}
    for registration, delegation in held:
        by_delegation.setdefault(delegation or 0, []).append(registration)
    for delegation in delegations:
        members = by_delegation.get(delegation.id, [])
        quota = Quota(owner_kind="delegation", owner_id=delegation.id, capacity=len(members) + 5, taken=len(members))
        db.session.add(quota)
        db.session.flush()
        rows = [
            {
                "conference_id": conference.id,
                "ref": new_ref(),
                "quota_id": quota.id,
                "holder_kind": "registration",
                "holder_id": member,
                "state": PlaceState.HELD,
            }
            for member in members
        ]
        if rows:
            db.session.execute(insert(Place), rows)
