"""Waiting lists: who is next, offers that end, and what an organizer may do out of turn."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from confapp.foundation import clock, places
from confapp.foundation.db import db, in_conference
from confapp.foundation.lifecycle import Refused
from confapp.foundation.places import Full, Place, PlaceState, Quota
from confapp.foundation.transactions import writing
from tests import build
from tests.foundation.test_places import holder, make_quotas, rivals

DAY = timedelta(days=1)


class Queue:
    """Some quotas and what tests do with them, each in a transaction of its own."""

    def __init__(self, *capacities: int | None) -> None:
        self.conference_id, self.ids = make_quotas(*capacities)

    @contextmanager
    def open(self) -> Iterator[list[Quota]]:
        with in_conference(self.conference_id), writing():
            yield [db.session.get_one(Quota, number) for number in self.ids]

    def wait(self, *numbers: int, under: tuple[int, ...] = (0,)) -> None:
        for number in numbers:
            with self.open() as quotas:
                places.wait([quotas[n] for n in under], holder(number))

    def give_back(self, *numbers: int) -> None:
        for number in numbers:
            with self.open():
                places.give_back(holder(number))

    def state(self, number: int, under: int = 0) -> str:
        db.session.rollback()
        with in_conference(self.conference_id):
            state = db.session.scalar(
                select(Place.state).where(
                    Place.quota_id == self.ids[under],
                    Place.holder_id == number,
                    Place.state != PlaceState.RELEASED,
                )
            )
        db.session.rollback()
        return state or ""

    def states(self, *numbers: int, under: int = 0) -> list[str]:
        return [self.state(number, under) for number in numbers]

    def order(self, under: int = 0) -> list[int]:
        with self.open() as quotas:
            return [one.place.holder_id for one in places.waiting(quotas[under]) if one.position]

    def place(self, number: int, under: int = 0) -> Place:
        return db.session.scalars(
            select(Place).where(
                Place.quota_id == self.ids[under], Place.holder_id == number, Place.state == PlaceState.WAITING
            )
        ).one()

    def taken(self, under: int = 0) -> int:
        with self.open() as quotas:
            return quotas[under].taken

    def adds_up(self) -> bool:
        with self.open() as quotas:
            return all(one.taken == places.counted(one) and not (one.left or 0) < 0 for one in quotas)


@pytest.fixture
def offers() -> Iterator[None]:
    """Freed places under the tests' quotas are offered for a day."""
    places.offer_lengths["test"] = lambda owner_id: DAY
    yield
    del places.offer_lengths["test"]


def test_whoever_comes_when_it_is_full_waits(app: Flask) -> None:
    queue = Queue(1)
    queue.wait(1, 2, 3)
    assert queue.states(1, 2, 3) == ["held", "waiting", "waiting"]
    assert queue.order() == [2, 3]
    assert queue.adds_up()


def test_asking_twice_keeps_the_place_in_the_queue(app: Flask) -> None:
    queue = Queue(1)
    queue.wait(1, 2, 3, 2, 1)
    assert queue.order() == [2, 3]
    assert queue.state(1) == "held"


def test_a_place_that_is_given_back_goes_to_the_first_in_the_queue(app: Flask) -> None:
    queue = Queue(1)
    queue.wait(1, 2, 3)
    queue.give_back(1)
    assert queue.states(1, 2, 3) == ["", "held", "waiting"]
    assert queue.order() == [3]
    assert queue.adds_up()


def test_those_who_leave_the_queue_are_passed_over(app: Flask) -> None:
    queue = Queue(1)
    queue.wait(1, 2, 3)
    queue.give_back(2, 1)
    assert queue.states(2, 3) == ["", "held"]


def test_more_capacity_goes_to_those_who_wait_in_their_order(app: Flask) -> None:
    queue = Queue(1)
    queue.wait(*range(1, 80))
    with queue.open() as quotas:
        places.set_capacity(quotas[0], 61)
    assert queue.order() == list(range(62, 80))
    assert queue.adds_up()
    with queue.open() as quotas:
        places.set_capacity(quotas[0], None)
    assert queue.order() == []
    assert queue.adds_up()


def test_who_waits_under_two_quotas_holds_neither_until_both_can_be_had(app: Flask) -> None:
    queue = Queue(5, 1)
    queue.wait(1, under=(1,))
    queue.wait(2, under=(0, 1))
    assert (queue.state(2, 0), queue.state(2, 1)) == ("waiting", "waiting")
    queue.give_back(1)
    assert (queue.state(2, 0), queue.state(2, 1)) == ("held", "held")
    assert queue.adds_up()


def test_who_cannot_have_everything_is_passed_over_and_stays_first(app: Flask) -> None:
    queue = Queue(1, 1)
    queue.wait(1, under=(0,))
    queue.wait(2, under=(1,))
    queue.wait(3, under=(0, 1))
    queue.wait(4, under=(0,))
    queue.give_back(1)
    assert queue.state(4) == "held"
    assert queue.order() == [3]
    queue.give_back(4)
    assert queue.state(3) == "waiting"
    queue.give_back(2)
    assert (queue.state(3, 0), queue.state(3, 1)) == ("held", "held")


def test_taking_all_or_none_leaves_nothing_counted(app: Flask) -> None:
    queue = Queue(3, 0)
    with queue.open() as quotas:
        with pytest.raises(Full):
            places.take(quotas, holder(1))
        assert quotas[0].taken == 0


def test_a_freed_place_is_offered_where_the_kind_of_quota_says_so(app: Flask, offers: None) -> None:
    queue = Queue(1)
    queue.wait(1, 2)
    queue.give_back(1)
    assert queue.state(2) == "offered"
    assert queue.adds_up()
    queue.wait(3)
    assert queue.state(3) == "waiting"
    with queue.open():
        assert [place.state for place in places.accept(holder(2))] == [PlaceState.HELD]
        assert places.accept(holder(2)) == []
    assert queue.state(2) == "held"


def test_a_declined_offer_goes_to_the_next(app: Flask, offers: None) -> None:
    queue = Queue(1)
    queue.wait(1, 2, 3)
    queue.give_back(1)
    with queue.open():
        assert places.decline(holder(2))
        assert not places.decline(holder(2))
    assert queue.states(2, 3) == ["", "offered"]
    assert queue.adds_up()


def test_an_offer_that_nobody_accepts_ends_and_goes_to_the_next(app: Flask, offers: None) -> None:
    queue = Queue(1)
    queue.wait(1, 2, 3)
    queue.give_back(1)
    with queue.open():
        assert places.expire(clock.now()) == []
    with queue.open():
        assert [place.holder_id for place in places.expire(clock.now() + DAY)] == [2]
    assert queue.states(2, 3) == ["", "offered"]
    assert queue.adds_up()
    with queue.open():
        assert places.offers_lapsed_since(clock.now() - DAY) == 1


def test_who_leaves_while_a_place_is_offered_did_not_let_it_lapse(app: Flask, offers: None) -> None:
    queue = Queue(1)
    queue.wait(1, 2)
    queue.give_back(1, 2)
    with queue.open() as quotas:
        assert places.offers_lapsed_since(clock.now() - DAY) == 0
        assert quotas[0].taken == 0


def test_an_offer_whose_time_is_over_cannot_be_accepted(app: Flask) -> None:
    places.offer_lengths["test"] = lambda owner_id: -DAY
    try:
        queue = Queue(1)
        queue.wait(1, 2)
        queue.give_back(1)
        with queue.open():
            assert places.accept(holder(2)) == []
        assert queue.state(2) == "offered"
    finally:
        del places.offer_lengths["test"]


def test_those_who_are_given_a_place_are_told_once(app: Flask) -> None:
    told: list[int] = []
    tell = lambda given: told.extend(place.holder_id for place in given)  # noqa: E731
    places.on_promoted.append(tell)
    try:
        queue = Queue(2)
        queue.wait(1, 2, 3, 4)
        queue.give_back(1, 1, 2)
    finally:
        places.on_promoted.remove(tell)
    assert told == [3, 4]


def test_moving_keeps_what_is_held_when_there_is_no_room(app: Flask) -> None:
    queue = Queue(1, 0)
    queue.wait(1, 2)
    with queue.open() as quotas, pytest.raises(Full):
        places.move(holder(1), quotas[:1], quotas[1:])
    assert queue.states(1, 2) == ["held", "waiting"]


def test_moving_gives_the_old_place_to_the_next(app: Flask) -> None:
    queue = Queue(1, 1)
    queue.wait(1, 2)
    with queue.open() as quotas:
        places.move(holder(1), quotas[:1], quotas[1:])
    assert (queue.state(1, 0), queue.state(1, 1), queue.state(2, 0)) == ("", "held", "held")
    assert queue.adds_up()


def test_somebody_who_waits_may_move_to_another_queue(app: Flask) -> None:
    queue = Queue(1, 0, 5)
    queue.wait(1, under=(0, 2))
    queue.wait(2, under=(0, 2))
    with queue.open() as quotas:
        places.move(holder(2), [quotas[0]], quotas[1:], waits=True)
    assert [queue.state(2, under) for under in (0, 1, 2)] == ["", "waiting", "waiting"]
    with queue.open() as quotas:
        places.set_capacity(quotas[2], 6)
    assert queue.state(2, 2) == "waiting", "what is waited for is given together"
    with queue.open() as quotas:
        places.set_capacity(quotas[1], 1)
    assert [queue.state(2, under) for under in (0, 1, 2)] == ["", "held", "held"]


def test_somebody_who_holds_a_place_keeps_it_when_the_other_is_full(app: Flask) -> None:
    queue = Queue(1, 0)
    queue.wait(1)
    with queue.open() as quotas, pytest.raises(Full):
        places.move(holder(1), quotas[:1], quotas[1:], waits=True)
    assert (queue.state(1, 0), queue.state(1, 1)) == ("held", "")
    assert queue.adds_up()


def test_another_holder_takes_over_all_places(app: Flask) -> None:
    queue = Queue(1, 0)
    queue.wait(1)
    queue.wait(1, under=(1,))
    with queue.open():
        places.hand_over(holder(1), holder(9))
    assert (queue.state(1), queue.state(9), queue.state(9, 1)) == ("", "held", "waiting")
    assert queue.adds_up()


def test_a_place_above_the_queue_adds_one_where_it_is_full(app: Flask) -> None:
    queue = Queue(1, 5)
    queue.wait(1, 2, 3, under=(0, 1))
    with queue.open() as quotas:
        grown = places.give(quotas, holder(3))
        assert [one.id for one in grown] == queue.ids[:1]
    assert queue.states(1, 2, 3) == ["held", "waiting", "held"]
    with queue.open() as quotas:
        assert (quotas[0].capacity, quotas[1].capacity) == (2, 5)
        assert places.give(quotas, holder(3)) == []
    assert queue.adds_up()


@pytest.mark.parametrize(
    ("position", "order"),
    [(1, [4, 2, 3, 5]), (2, [2, 4, 3, 5]), (4, [2, 3, 5, 4]), (99, [2, 3, 5, 4]), (-1, [4, 2, 3, 5])],
)
def test_the_order_of_the_queue_can_be_changed(app: Flask, position: int, order: list[int]) -> None:
    queue = Queue(1)
    queue.wait(1, 2, 3, 4, 5)
    with queue.open():
        assert places.reposition(queue.place(4), position) == order.index(4) + 1
    assert queue.order() == order
    queue.give_back(1)
    assert queue.state(order[0]) == "held"


def test_somebody_can_be_taken_off_the_queue(app: Flask) -> None:
    queue = Queue(1, 5)
    queue.wait(1, 2, 3, under=(0, 1))
    with queue.open():
        places.take_off(queue.place(2))
    assert queue.order(0) == queue.order(1) == [3]
    assert queue.state(1) == "held"


def test_what_a_race_left_over_is_found_by_looking_again(app: Flask) -> None:
    queue = Queue(1)
    queue.wait(1, 2)
    with queue.open() as quotas:
        quotas[0].capacity = 2
    with queue.open():
        places.promote_all()
    assert queue.state(2) == "held"
    assert queue.adds_up()


def test_the_number_of_statements_does_not_grow_with_the_queue(app: Flask) -> None:
    counts = []
    for size in (3, 30):
        queue = Queue(1)
        queue.wait(*range(1, size))
        with queue.open() as quotas, build.count_queries() as counted:
            places.set_capacity(quotas[0], size)
        counts.append(counted.number)
    assert counts[0] == counts[1]


def test_taking_is_one_update_and_one_insert_for_each_quota(app: Flask) -> None:
    queue = Queue(5, 5)
    with queue.open() as quotas:
        with build.count_queries() as counted:
            places.take(quotas, holder(1))
        assert counted.number == 4


# --- races ------------------------------------------------------------------------------------------------------------


def test_freed_places_meet_those_who_begin_to_wait(app: Flask) -> None:
    """Some give back while others ask: nobody is left waiting beside a free place."""
    queue = Queue(8)
    queue.wait(*range(1, 9))

    def work(number: int) -> None:
        quota = db.session.get_one(Quota, queue.ids[0])
        if number <= 8:
            places.give_back(holder(number))
        else:
            places.wait([quota], holder(number))

    assert rivals(app, queue.conference_id, 24, work) == 24
    assert queue.states(*range(1, 9)) == [""] * 8
    assert sorted(queue.states(*range(9, 25))) == ["held"] * 8 + ["waiting"] * 8
    assert queue.adds_up()


def test_an_offer_is_accepted_or_declined_or_ends_but_only_once(app: Flask, offers: None) -> None:
    queue = Queue(4)
    queue.wait(*range(1, 13))
    queue.give_back(1, 2, 3, 4)
    assert queue.states(5, 6, 7, 8) == ["offered"] * 4
    late = clock.now() + DAY

    def work(number: int) -> None:
        who = holder(5 + number % 4)
        match number % 3:
            case 0:
                places.accept(who)
            case 1:
                places.decline(who)
            case 2:
                places.expire(late)

    assert rivals(app, queue.conference_id, 12, work) == 12
    assert queue.adds_up()
    assert queue.taken() == 4
    still = queue.order()
    assert still == sorted(still)


def test_moves_between_two_quotas_in_opposite_directions(app: Flask) -> None:
    """Half go one way, half the other, with a queue on both: no deadlock, and everything adds up."""
    queue = Queue(6, 6)
    queue.wait(*range(1, 9), under=(0,))
    queue.wait(*range(11, 19), under=(1,))

    def work(number: int) -> None:
        quotas = [db.session.get_one(Quota, one) for one in queue.ids]
        if number <= 4:
            with suppress(Full):
                places.move(holder(number), quotas[:1], quotas[1:], waits=True)
        elif number <= 8:
            with suppress(Full):
                places.move(holder(number + 6), quotas[1:], quotas[:1], waits=True)
        else:
            places.give_back(holder(number - 4 if number <= 10 else number + 4))

    assert rivals(app, queue.conference_id, 12, work) == 12
    assert queue.adds_up()
    assert all(queue.taken(n) == 6 or not queue.order(n) for n in (0, 1))


def test_a_lower_capacity_and_a_new_place_at_the_same_moment(app: Flask) -> None:
    queue = Queue(5)

    def work(number: int) -> None:
        quota = db.session.get_one(Quota, queue.ids[0])
        if number % 4:
            places.wait([quota], holder(number))
            return
        with suppress(Refused):  # more are taken already
            places.set_capacity(quota, 3 + number % 5)

    assert rivals(app, queue.conference_id, 16, work) == 16
    assert queue.adds_up()
    with queue.open() as quotas:
        is_full = quotas[0].is_full
    assert is_full or queue.order() == []
