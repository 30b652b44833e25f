"""A seat is never sold twice, whoever comes at the same time."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from confapp.foundation import places
from confapp.foundation.db import db, in_conference
from confapp.foundation.lifecycle import Refused
from confapp.foundation.places import Full, Place, PlaceState, Quota
from confapp.foundation.transactions import in_write_transaction, reading, writing
from tests import build


def holder(number: int) -> SimpleNamespace:
    return SimpleNamespace(__tablename__="holder", id=number)


def make_quotas(*capacities: int | None) -> tuple[int, list[int]]:
    made = build.conference()
    with in_conference(made.id), writing():
        rows = [Quota(owner_kind="test", owner_id=n, capacity=c, taken=0) for n, c in enumerate(capacities)]
        db.session.add_all(rows)
        db.session.flush()
        return made.id, [row.id for row in rows]


def take(ids: list[int], number: int) -> None:
    places.take([db.session.get_one(Quota, n) for n in ids], holder(number))


def rivals(app: Flask, conference_id: int, number: int, work: Callable[[int], None]) -> int:
    """How many of the rivals got what they wanted; the others were told that it is full."""

    def run(rival: int) -> bool:
        with app.app_context(), in_conference(conference_id):
            try:
                in_write_transaction(lambda: work(rival))
            except Full:
                return False
        return True

    with ThreadPoolExecutor(number) as pool:
        return sum(pool.map(run, range(1, number + 1)))


def taken(conference_id: int) -> list[tuple[int, int]]:
    """For each quota what it says and what its rows say."""
    db.session.rollback()
    with in_conference(conference_id):
        return [(q.taken, places.counted(q)) for q in db.session.scalars(select(Quota).order_by(Quota.id))]


@pytest.mark.parametrize("number", [8, 32, 64, 256])
def test_the_last_seat_has_one_winner(app: Flask, number: int) -> None:
    conference_id, ids = make_quotas(1)
    assert rivals(app, conference_id, number, lambda n: take(ids, n)) == 1
    assert taken(conference_id) == [(1, 1)]


def test_a_place_beside_one_that_is_held_is_counted(app: Flask) -> None:
    """Who came by a private link holds a place of it before taking one of the category."""
    conference_id, ids = make_quotas(5, 5)
    for first, number in ((ids[:1], 1), (ids[1:], 2)):
        with in_conference(conference_id), writing():
            take(first, number)
            take(ids, number)
    assert taken(conference_id) == [(2, 2), (2, 2)]


def test_as_many_win_as_there_are_seats(app: Flask) -> None:
    conference_id, ids = make_quotas(5)
    assert rivals(app, conference_id, 16, lambda n: take(ids, n)) == 5
    assert taken(conference_id) == [(5, 5)]


# What must not be done, kept here to show that the races above would notice: count, then insert.


def count_first(quota_id: int) -> None:
    capacity = db.session.scalar(select(Quota.capacity).where(Quota.id == quota_id)) or 0
    if (db.session.scalar(select(func.count(Place.id)).where(Place.quota_id == quota_id)) or 0) >= capacity:
        raise Full


def then_insert(quota_id: int, number: int) -> None:
    conference_id = db.session.scalar(select(Quota.conference_id).where(Quota.id == quota_id))
    values = {"holder_kind": "holder", "holder_id": number, "state": PlaceState.HELD}
    db.session.add(Place(quota_id=quota_id, conference_id=conference_id, **values))


def test_counting_first_sells_the_seat_to_everybody(app: Flask) -> None:
    """In one transaction: on PostgreSQL all count none. SQLite's one writer hides it, hence races on both."""
    conference_id, ids = make_quotas(1)
    alone, all_have_counted = db.engine.dialect.name == "sqlite", threading.Barrier(8)

    def naive(number: int) -> None:
        count_first(ids[0])
        if not alone:
            all_have_counted.wait(10)
        then_insert(ids[0], number)

    assert rivals(app, conference_id, 8, naive) == (1 if alone else 8)
    assert taken(conference_id) == [(0, 1 if alone else 8)]


def test_counting_before_the_transaction_sells_the_seat_to_everybody(app: Flask) -> None:
    """On both databases: what the page of the form had counted is old when the form is sent."""
    conference_id, ids = make_quotas(1)
    all_have_counted = threading.Barrier(8)

    def run(number: int) -> None:
        with app.app_context(), in_conference(conference_id):
            with reading():
                count_first(ids[0])
            all_have_counted.wait(10)
            in_write_transaction(lambda: then_insert(ids[0], number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, range(1, 9)))
    assert taken(conference_id) == [(0, 8)]


def test_two_quotas_are_taken_both_or_none(app: Flask) -> None:
    conference_id, ids = make_quotas(5, 0)
    with in_conference(conference_id), pytest.raises(Full), writing():
        take(ids, 1)
    assert taken(conference_id) == [(0, 0), (0, 0)]


def test_rivals_for_two_quotas_in_opposite_orders(app: Flask) -> None:
    """No deadlock, and the narrower quota decides over both."""
    conference_id, ids = make_quotas(5, 3)
    won = rivals(app, conference_id, 8, lambda n: take(ids if n % 2 else ids[::-1], n))
    assert won == 3
    assert taken(conference_id) == [(3, 3), (3, 3)]


def test_a_place_already_held_is_kept(app: Flask) -> None:
    conference_id, ids = make_quotas(2)
    for _ in range(2):
        with in_conference(conference_id), writing():
            take(ids, 1)
    assert taken(conference_id) == [(1, 1)]


def test_the_same_holder_twice_at_the_same_time_takes_one_place(app: Flask) -> None:
    conference_id, ids = make_quotas(5)

    def work(_: int) -> None:
        try:
            take(ids, 1)
        except IntegrityError as error:
            raise Full from error

    assert rivals(app, conference_id, 8, work) >= 1
    assert taken(conference_id) == [(1, 1)]


def test_giving_back_twice_gives_back_once(app: Flask) -> None:
    conference_id, ids = make_quotas(3, None)
    with in_conference(conference_id), writing():
        take(ids, 1)
        take(ids, 2)
    assert rivals(app, conference_id, 8, lambda n: places.give_back(holder(1))) == 8
    assert taken(conference_id) == [(1, 1), (1, 1)]
    with in_conference(conference_id), writing():
        places.give_back(holder(1))
    assert taken(conference_id) == [(1, 1), (1, 1)]


def test_what_was_given_back_can_be_taken(app: Flask) -> None:
    conference_id, ids = make_quotas(1)
    for number in (1, 2, 1):
        with in_conference(conference_id), writing():
            take(ids, number)
        with in_conference(conference_id), writing():
            places.give_back(holder(number))
    assert taken(conference_id) == [(0, 0)]


def test_a_capacity_below_what_is_taken_is_refused(app: Flask) -> None:
    conference_id, ids = make_quotas(3)
    with in_conference(conference_id), writing():
        take(ids, 1)
        take(ids, 2)
    with in_conference(conference_id), pytest.raises(Refused), writing():
        places.set_capacity(db.session.get_one(Quota, ids[0]), 1)
    with in_conference(conference_id), writing():
        places.set_capacity(db.session.get_one(Quota, ids[0]), 2)
    with in_conference(conference_id), pytest.raises(Full), writing():
        take(ids, 3)


@pytest.mark.parametrize("change", ["taken = 4", "taken = -1", "capacity = -1"])
def test_the_database_itself_refuses_to_oversell(app: Flask, change: str) -> None:
    make_quotas(3)
    with pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.execute(text(f"UPDATE quota SET {change}"))
