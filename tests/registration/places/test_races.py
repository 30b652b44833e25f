"""Rivals for the last place through the real action: everybody confirms the address at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from confapp.foundation import places
from confapp.foundation.db import db, in_conference, new_ref
from confapp.foundation.places import Place, PlaceState, Quota
from confapp.foundation.transactions import Busy, in_write_transaction
from confapp.people.models import Person
from confapp.registration import actions
from confapp.registration.models import Registration
from confapp.registration.rules import ACCREDITATION
from tests import build
from tests.registration.places.conftest import Scene

TRIES = 20  # of those who find the lock taken for five seconds: a crowd of 256 on a slow machine


def crowd(scene: Scene, number: int) -> list[int]:
    """So many registrations of the public whose addresses are not confirmed yet."""
    ref = scene.public(confirmed=False)
    with scene.at_work():
        first = scene.fresh(ref)
        people = [
            Person(conference_id=scene.conference.id, given_name=f"Rival{n}", printed_name=f"Rival{n}")
            for n in range(number - 1)
        ]
        db.session.add_all(people)
        db.session.flush()
        rows = [
            Registration(
                conference_id=scene.conference.id,
                person_id=one.id,
                category_id=first.category_id,
                organization="Sample News",
                submitted_at=first.submitted_at,
            )
            for one in people
        ]
        db.session.add_all(rows)
        db.session.flush()
        return [first.id, *(row.id for row in rows)]


def at_once(scene: Scene, ids: list[int], work: Callable[[Registration], None]) -> None:
    """Everybody stands ready before the first may begin."""
    start, conference_id = threading.Barrier(len(ids)), scene.conference.id
    db.session.rollback()

    def one(number: int) -> None:
        with scene.app.app_context(), in_conference(conference_id):
            start.wait()
            for tries in range(TRIES):
                try:
                    in_write_transaction(lambda: work(db.session.get_one(Registration, number)))
                    return
                except Busy:
                    if tries == TRIES - 1:
                        raise

    with ThreadPoolExecutor(len(ids)) as pool:
        list(pool.map(one, ids))


def states(scene: Scene) -> dict[PlaceState, int]:
    with scene.looking():
        return {row[0]: row[1] for row in db.session.execute(select(Place.state, func.count()).group_by(Place.state))}


@pytest.mark.parametrize("number", [8, 32, 64, 256])
def test_the_last_place_of_a_category_has_one_winner(scene: Scene, number: int) -> None:
    build.change(scene.media, takes_waiting=False)
    scene.limit(scene.media, None)
    ids = crowd(scene, number)
    scene.limit(scene.media, 1)
    at_once(scene, ids, actions.confirm)
    assert states(scene) == {PlaceState.HELD: 1}
    assert scene.adds_up()


def test_with_a_waiting_list_one_has_the_place_and_the_others_stand_in_order(scene: Scene) -> None:
    scene.limit(scene.media, 3)
    ids = crowd(scene, 16)
    at_once(scene, ids, actions.confirm)
    assert states(scene) == {PlaceState.HELD: 3, PlaceState.WAITING: 13}
    with scene.looking():
        positions = db.session.scalars(select(Place.position).where(Place.state == PlaceState.WAITING)).all()
    assert sorted(one or 0 for one in positions) == list(range(1, 14))
    assert scene.adds_up()


def test_some_withdraw_while_others_confirm(scene: Scene) -> None:
    """Cancelling and promoting at the same moment: no place stays free beside the queue, none is sold twice."""
    scene.limit(scene.media, 6)
    ids = crowd(scene, 18)
    at_once(scene, ids[:6], actions.confirm)
    officer, leaving = scene.actor(scene.officer), set(ids[:6])
    withdraw = ACCREDITATION.named("withdraw")
    assert withdraw is not None

    def work(registration: Registration) -> None:
        if registration.id in leaving:
            actions.change_status(registration, withdraw, by=officer)
        else:
            actions.confirm(registration)

    at_once(scene, ids, work)
    assert states(scene) == {PlaceState.RELEASED: 6, PlaceState.HELD: 6, PlaceState.WAITING: 6}
    assert scene.adds_up()


# --- what must not be done, kept to show that the races above would notice -------------------------------------------


def naive_confirm(scene: Scene, quota_id: int, counted: threading.Barrier) -> Callable[[Registration], None]:
    """Counts, then inserts. On PostgreSQL everybody counts before anybody inserts; SQLite has one writer at a time."""
    alone = db.engine.dialect.name == "sqlite"

    def confirm(registration: Registration) -> None:
        capacity = db.session.scalar(select(Quota.capacity).where(Quota.id == quota_id)) or 0
        taken = db.session.scalar(select(func.count(Place.id)).where(Place.quota_id == quota_id)) or 0
        if not alone:
            counted.wait(10)
        if taken >= capacity:
            return
        db.session.add(
            Place(
                ref=new_ref(),
                conference_id=registration.conference_id,
                quota_id=quota_id,
                holder_kind="registration",
                holder_id=registration.id,
                state=PlaceState.HELD,
            )
        )

    return confirm


def test_the_naive_way_sells_the_last_place_to_everybody(scene: Scene) -> None:
    quota_id = scene.limit(scene.media, 1)
    ids = crowd(scene, 8)
    at_once(scene, ids, naive_confirm(scene, quota_id, threading.Barrier(8)))
    with scene.looking():
        sold = places.counted(db.session.get_one(Quota, quota_id))
    assert sold == (1 if db.engine.dialect.name == "sqlite" else 8)
