"""Whatever people, organizers and the clock do in whatever order: places add up, and the queue is kept."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from confapp.foundation import clock, places
from confapp.foundation.db import db, in_conference
from confapp.foundation.lifecycle import Refused
from confapp.foundation.places import COUNTED, Place, PlaceState, Quota, queue, taking
from confapp.foundation.places.queue import count
from confapp.foundation.transactions import writing
from tests.foundation.test_places import holder, make_quotas

LENGTH = timedelta(hours=24)
PEOPLE = st.integers(1, 5)
DELEGATION = st.integers(0, 1)  # the first two quotas
CATEGORY = st.integers(2, 3)  # the other two; what is freed under the last is offered
OFFERING = 3


@dataclass(frozen=True)
class Seen:
    """What somebody has, as the database says."""

    states: frozenset[PlaceState]
    under: frozenset[int]


class Places(RuleBasedStateMachine):
    """Persons in a delegation and a category. Each example has its own quotas in one transaction, undone at its end."""

    conference_id: ClassVar[int]
    ids: ClassVar[list[int]]

    def __init__(self) -> None:
        super().__init__()
        self.scope = in_conference(self.conference_id)
        self.scope.__enter__()
        self.transaction = writing()
        self.transaction.__enter__()
        self.now = clock.now()
        self.order: dict[int, list[int]] = {}

    def teardown(self) -> None:
        with suppress(Undone):
            self.transaction.__exit__(Undone, Undone(), None)
        self.scope.__exit__(None, None, None)

    @initialize(
        capacities=st.tuples(*[st.sampled_from([1, 2, 0, None])] * 4),
        crowd=st.lists(st.tuples(DELEGATION, CATEGORY), min_size=2, max_size=5),
    )
    def open_the_doors(self, capacities: tuple[int | None, ...], crowd: list[tuple[int, int]]) -> None:
        db.session.execute(delete(Place))
        for number, capacity in zip(self.ids, capacities, strict=True):
            db.session.execute(update(Quota).where(Quota.id == number).values(capacity=capacity, taken=0))
        for who, wanted in enumerate(crowd, 1):
            places.wait(self.quotas(*wanted), holder(who))

    # --- what people do ---

    @rule(who=PEOPLE, delegation=DELEGATION, category=CATEGORY)
    def register(self, who: int, delegation: int, category: int) -> None:
        if not self.has(who).under:
            with self.refused_leaves_no_trace():
                places.take(self.quotas(delegation, category), holder(who))

    @rule(who=PEOPLE, delegation=DELEGATION, category=CATEGORY)
    def register_or_wait(self, who: int, delegation: int, category: int) -> None:
        if not self.has(who).under:
            places.wait(self.quotas(delegation, category), holder(who))
            assert self.has(who).under == {delegation, category}

    @rule(who=PEOPLE, delegation=DELEGATION, category=CATEGORY, waits=st.booleans())
    def transfer(self, who: int, delegation: int, category: int, waits: bool) -> None:
        had = self.has(who)
        if had.under:
            leave = self.quotas(*had.under)
            with self.refused_leaves_no_trace():
                places.move(holder(who), leave, self.quotas(delegation, category), waits=waits)

    @rule(who=PEOPLE)
    def cancel(self, who: int) -> None:
        places.give_back(holder(who))
        assert not self.has(who).under

    @rule(who=PEOPLE)
    def accept(self, who: int) -> None:
        places.accept(holder(who))

    @rule(who=PEOPLE)
    def decline(self, who: int) -> None:
        places.decline(holder(who))

    @rule(old=PEOPLE, new=PEOPLE)
    def substitute(self, old: int, new: int) -> None:
        if not self.has(new).under:
            had = self.has(old)
            places.hand_over(holder(old), holder(new))
            assert old == new or (self.has(new), self.has(old).under) == (had, frozenset())

    # --- what organizers and the clock do ---

    @rule(which=st.integers(0, 3), capacity=st.none() | st.integers(0, 4))
    def change_capacity(self, which: int, capacity: int | None) -> None:
        with self.refused_leaves_no_trace():
            places.set_capacity(self.quotas(which)[0], capacity)

    @rule(who=PEOPLE, delegation=DELEGATION, category=CATEGORY)
    def give_above_the_queue(self, who: int, delegation: int, category: int) -> None:
        under = self.has(who).under or {delegation, category}
        places.give(self.quotas(*under), holder(who))
        assert self.has(who).states == {PlaceState.HELD}

    @rule(who=PEOPLE, which=st.integers(0, 3), position=st.integers(1, 5))
    def change_the_order(self, who: int, which: int, position: int) -> None:
        row = next((one for one in self.rows() if one.holder_id == who and one.quota_id == self.ids[which]), None)
        if row is not None and row.state == PlaceState.WAITING:
            places.reposition(row, position)
            self.order.clear()

    @rule(hours=st.sampled_from([1, 12, 25]))
    def time_passes(self, hours: int) -> None:
        """The clock of the offers: their ends come nearer."""
        for row in self.rows():
            if row.offered_until is not None and row.state == PlaceState.OFFERED:
                row.offered_until -= timedelta(hours=hours)
        db.session.flush()
        places.expire(clock.now())

    # --- what is always so ---

    @invariant()
    def all_is_well(self) -> None:
        rows, quotas = self.rows(), self.quotas(0, 1, 2, 3)
        self.places_add_up(rows, quotas)
        self.nobody_has_two_places_in_a_quota(rows)
        self.nobody_waits_who_could_have_everything(rows, {quota.id: quota for quota in quotas})
        for number in self.ids:
            self.the_queue_is_kept(number, rows)

    def places_add_up(self, rows: list[Place], quotas: list[Quota]) -> None:
        for quota in quotas:
            counted = [row for row in rows if row.quota_id == quota.id and row.state in COUNTED]
            assert quota.taken == len(counted) == places.counted(quota)
            assert quota.capacity is None or quota.taken <= quota.capacity

    def nobody_has_two_places_in_a_quota(self, rows: list[Place]) -> None:
        pairs = [(row.quota_id, row.holder_id) for row in rows]
        assert len(pairs) == len(set(pairs))

    def nobody_waits_who_could_have_everything(self, rows: list[Place], quotas: dict[int, Quota]) -> None:
        """Nor does anybody who waits hold a part of it."""
        for who in {row.holder_id for row in rows if row.state == PlaceState.WAITING}:
            own = [row for row in rows if row.holder_id == who]
            assert all(row.state == PlaceState.WAITING for row in own)
            assert any(quotas[row.quota_id].is_full for row in own)

    def the_queue_is_kept(self, number: int, rows: list[Place]) -> None:
        """Those who wait on stand in the order in which they stood; newcomers come last."""
        waits = [row for row in rows if row.quota_id == number and row.state == PlaceState.WAITING]
        now = [row.id for row in sorted(waits, key=lambda row: (row.position, row.id))]
        stayed = [one for one in self.order.get(number, []) if one in now]
        assert now[: len(stayed)] == stayed
        self.order[number] = now

    # --- parts ---

    def quotas(self, *which: int) -> list[Quota]:
        ids = [self.ids[number] for number in which]
        wanted = select(Quota).where(Quota.id.in_(ids)).order_by(Quota.id)
        return list(db.session.scalars(wanted.execution_options(populate_existing=True)))

    def rows(self) -> list[Place]:
        living = select(Place).where(Place.state != PlaceState.RELEASED)
        return list(db.session.scalars(living.execution_options(populate_existing=True)))

    def has(self, who: int) -> Seen:
        rows = [row for row in self.rows() if row.holder_id == who]
        states = (PlaceState.HELD if row.state in COUNTED else row.state for row in rows)
        return Seen(frozenset(states), frozenset(self.ids.index(row.quota_id) for row in rows))

    @contextmanager
    def refused_leaves_no_trace(self) -> Iterator[None]:
        before = self.picture()
        try:
            yield
        except Refused:
            assert self.picture() == before

    def picture(self) -> list[Any]:
        quotas = [(one.capacity, one.taken) for one in self.quotas(0, 1, 2, 3)]
        return [quotas, sorted((row.quota_id, row.holder_id, row.state, row.position or 0) for row in self.rows())]


class Undone(Exception):
    pass


def run(app: Flask, **changes: Any) -> None:
    Places.conference_id, Places.ids = make_quotas(None, None, None, None)
    places.offer_lengths["test"] = lambda owner_id: LENGTH if owner_id == OFFERING else None
    values: dict[str, Any] = {
        "max_examples": 25,
        "stateful_step_count": 20,
        "deadline": None,
        "suppress_health_check": list(HealthCheck),
    }
    try:
        run_state_machine_as_test(Places, settings=settings(**(values | changes)))
    finally:
        del places.offer_lengths["test"]


def test_places_always_add_up(app: Flask) -> None:
    run(app)


numbers = itertools.count()
FAULTS: dict[str, tuple[str, Any]] = {
    "what is given back is counted twice": ("count", lambda quotas, number: count(quotas, number + number)),
    "nobody is promoted": ("promote", lambda quotas, freed: []),
    "newcomers stand first": ("_end_of_queue", lambda quota: 1000 - next(numbers)),
}


@pytest.mark.once
@pytest.mark.parametrize("fault", FAULTS)
def test_planted_faults_are_found(app: Flask, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """The machine is worth something: each of these it finds soon."""
    name, planted = FAULTS[fault]
    monkeypatch.setattr(queue if name == "count" else taking, name, planted)
    with pytest.raises((AssertionError, IntegrityError)):
        run(app, max_examples=100, phases=[Phase.generate], report_multiple_bugs=False, derandomize=True)
