"""A conference with limited categories, a delegation with few places, and the people who ask for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.foundation import clock, jobs, places
from confapp.foundation.access import SYSTEM, Actor
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.mail import Mail
from confapp.foundation.places import Place, PlaceState, Quota
from confapp.foundation.transactions import writing
from confapp.people.models import Account
from confapp.people.rules import Role
from confapp.registration import actions, queries, tasks
from confapp.registration.models import Category, Delegation, Registration
from confapp.registration.queries import places as place_queries
from confapp.registration.rules import ACCREDITATION, ConsentKind, Entry, Track
from tests import build
from tests.build import Client

_numbers = count(1)


class Scene:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.conference = build.conference(acronym="SC")
        self.media = build.category(self.conference, code="media", name={"en": "Media"}, is_for_delegations=False)
        self.delegates = build.category(self.conference, code="delegate", is_open_to_all=False)
        self.organizer = build.staff(self.conference, Role.ORGANIZER)
        self.officer = build.staff(self.conference, Role.ACCREDITATION_OFFICER)
        self.delegation, self.focal_point = build.delegation(self.conference), build.account()
        build.mandate(self.focal_point, Role.FOCAL_POINT, self.conference, delegation_id=self.delegation.id)
        self.delegation = build.change(self.delegation, invited_at=clock.now(), accepted_at=clock.now())

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with in_conference(self.conference.id), writing():
            yield

    @contextmanager
    def looking(self) -> Iterator[None]:
        db.session.rollback()
        with in_conference(self.conference.id):
            yield
        db.session.rollback()

    def limit(self, owner: Any, capacity: int | None) -> int:
        """The quota of a category, delegation or zone, by its id."""
        with self.at_work():
            quota = places.quota_for(db.session.get_one(type(owner), owner.id))
            places.set_capacity(quota, capacity)
            return quota.id

    def actor(self, account: Account) -> Actor:
        return build.actor(account)

    def public(self, category: Category | None = None, *, confirmed: bool = True) -> str:
        """Somebody of the public registers, and confirms the address."""
        number = next(_numbers)
        with self.at_work():
            kept = db.session.get_one(Category, (category or self.media).id)
            values: dict[str, Any] = {
                "given_name": f"Person{number}",
                "family_name": "Contoh",
                "email": f"person{number}@news.example",
                "organization": "Sample News",
                "consents": frozenset({ConsentKind.DATA_USE}),
            }
            ref = actions.self_register(self.conference, kept, Entry(**values)).ref
        if confirmed:
            self.confirm(ref)
        return ref

    def confirm(self, ref: str) -> None:
        with self.at_work():
            actions.confirm(self.fresh(ref))

    def member(self, *, waits: bool = False, delegation: Delegation | None = None) -> str:
        with self.at_work():
            row = db.session.get_one(Delegation, (delegation or self.delegation).id)
            entry = Entry(given_name=f"Member{next(_numbers)}", family_name="Contoh")
            by = SYSTEM if delegation else self.actor_of_focal_point()
            return actions.register_member(by, row, entry, waits=waits).ref

    def actor_of_focal_point(self) -> Actor:
        from confapp.people import queries as people

        with across_conferences("a test needs an actor"):
            return people.actor_of(db.session.get_one(Account, self.focal_point.id))

    def move(self, ref: str, verb: str, by: Account | None = None, reason: str = "A reason.") -> None:
        step = ACCREDITATION.named(verb)
        assert step is not None
        actor = self.actor(by or self.officer)
        with self.at_work():
            actions.change_status(self.fresh(ref), step, by=actor, reason=reason)

    def fresh(self, ref: str) -> Registration:
        found = queries.registration(SYSTEM, self.conference, ref)
        assert found is not None
        return found

    def turn(self, ref: str) -> place_queries.Turn:
        with self.looking():
            return place_queries.turn(self.fresh(ref))

    def said(self, *refs: str) -> list[str]:
        """held, offered, waiting with the position, or nothing."""
        return [self._said(self.turn(ref)) for ref in refs]

    def _said(self, turn: place_queries.Turn) -> str:
        if turn.offered_until:
            return "offered"
        if turn.queues:
            return f"waiting {turn.queues[0].position}"
        return "held" if turn.held else "nothing"

    def status(self, ref: str) -> str:
        with self.looking():
            return self.fresh(ref).status.value

    def work(self) -> None:
        """The jobs that are due now."""
        db.session.rollback()
        jobs.run_due()

    def time_passes(self, **length: int) -> None:
        """Offers come nearer to their ends, and the sweep looks at them."""
        with self.at_work():
            for row in db.session.scalars(select(Place).where(Place.state == PlaceState.OFFERED)):
                assert row.offered_until is not None
                row.offered_until -= timedelta(**length)
        tasks.sweep_places()
        self.work()

    def mails(self, ref: str) -> list[str]:
        """The subjects of the mails about one registration, in their order."""
        rows = db.session.scalars(select(Mail).where(Mail.dedupe_key.contains(ref)).order_by(Mail.id)).all()
        db.session.rollback()
        return [row.subject.split(":")[0] for row in rows]

    def adds_up(self) -> bool:
        with self.looking():
            return all(one.taken == places.counted(one) for one in db.session.scalars(select(Quota)))

    def as_(self, account: Account | None) -> Client:
        client: Client = self.app.test_client()  # type: ignore[assignment]
        return client.sign_in(account) if account is not None else client

    def own(self, ref: str) -> Client:
        """A browser signed in as the person of a registration."""
        with self.looking():
            person = self.fresh(ref).person_id
        holder = build.account()
        build.mandate(holder, Role.DELEGATE, self.conference, person_id=person)
        return self.as_(holder)

    def path(self, ref: str, more: str = "") -> str:
        return f"/me/{self.conference.slug}/registrations/{ref}{more}"

    def desk(self, path: str) -> str:
        return f"/desk/{self.conference.slug}{path}"


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


@pytest.fixture
def admission(scene: Scene) -> Category:
    """A category without accreditation: who confirms the address and has a place is admitted."""
    return build.category(
        scene.conference, code="online", name={"en": "Online"}, track=Track.ADMISSION, is_for_delegations=False
    )
