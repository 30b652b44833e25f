"""What Today counts of delegations and places, against the same said by the rows themselves."""

from datetime import timedelta
from itertools import product

from flask import Flask

from confapp.foundation import clock
from confapp.foundation.db import db, in_conference
from confapp.foundation.places import quota_for, set_capacity
from confapp.foundation.transactions import reading, writing
from confapp.people.rules import Role
from confapp.registration import queries
from confapp.registration.models import Category, Delegation
from confapp.registration.queries import places
from confapp.registration.rules import DelegationStatus
from tests import build


def test_delegations_without_a_focal_point_are_counted_as_their_status_has_them(app: Flask) -> None:
    conference, now = build.conference(), clock.now()
    at = {None: None, 1: now - timedelta(days=2), 2: now - timedelta(days=1)}
    for invited, accepted, declined, answered in product(at, at, at, (False, True)):
        row = build.delegation(conference, invited_at=at[invited], accepted_at=at[accepted], declined_at=at[declined])
        if answered:
            build.mandate(build.account(), Role.FOCAL_POINT, conference, delegation_id=row.id)
    gone = build.delegation(conference, invited_at=now)
    build.mandate(build.account(), Role.FOCAL_POINT, conference, delegation_id=gone.id, revoked_at=now)
    build.delegation(build.conference(), invited_at=now)
    with in_conference(conference.id), reading():
        rows = db.session.query(Delegation).all()
        answered_ids = {one.delegation_id for one in queries.focal_point_mandates(row.id for row in rows)}
        expected = [
            row
            for row in rows
            if row.invited_at and row.id not in answered_ids and row.status != DelegationStatus.DECLINED
        ]
        assert queries.without_focal_point() == len(expected) == 9


def test_places_are_nearly_full_from_nine_tenths_on(app: Flask) -> None:
    conference = build.conference()
    for capacity, taken in ((10, 9), (10, 8), (1, 1), (None, 5), (20, 18), (20, 17)):
        category = build.category(conference)
        with in_conference(conference.id), writing():
            quota = quota_for(db.session.get_one(Category, category.id))
            if capacity:
                set_capacity(quota, capacity)
            quota.taken = taken
    with in_conference(conference.id), reading():
        assert places.nearly_full() == 3
