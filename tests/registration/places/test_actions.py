"""Waiting lists of categories and delegations: who waits, who is promoted, offers, and what the office does by hand."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from confapp.conferences.models import Conference, Zone
from confapp.foundation import clock, places
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.places import Place, PlaceState, Quota
from confapp.registration import actions
from confapp.registration.actions import waiting, zones
from confapp.registration.models import Category, Delegation
from confapp.registration.queries import places as place_queries
from confapp.registration.rules import Entry
from tests import build
from tests.registration.places.conftest import Scene

# --- the public -------------------------------------------------------------------------------------------------------


def test_nothing_is_held_before_the_address_is_confirmed(scene: Scene) -> None:
    scene.limit(scene.media, 1)
    early, late = scene.public(confirmed=False), scene.public()
    assert scene.said(early, late) == ["nothing", "held"]
    scene.confirm(early)
    assert scene.said(early) == ["waiting 1"]
    assert scene.mails(early) == ["Registration received", "On the waiting list"]


def test_a_withdrawal_gives_the_place_to_the_first_who_waits(scene: Scene) -> None:
    scene.limit(scene.media, 1)
    first, second, third = scene.public(), scene.public(), scene.public()
    assert scene.said(first, second, third) == ["held", "waiting 1", "waiting 2"]
    scene.move(first, "withdraw")
    assert scene.said(first, second, third) == ["nothing", "held", "waiting 1"]
    scene.work()
    scene.work()
    assert scene.mails(second)[-2:] == ["On the waiting list", "A place is held"]
    assert scene.adds_up()


def test_a_refusal_frees_a_place_too_and_a_review_does_not(scene: Scene) -> None:
    scene.limit(scene.media, 1)
    first, second = scene.public(), scene.public()
    scene.move(first, "return")
    assert scene.said(first, second) == ["held", "waiting 1"]
    scene.move(first, "submit")
    scene.move(first, "refuse")
    assert scene.said(first, second) == ["nothing", "held"]


def test_who_waits_can_be_reviewed_but_not_accredited(scene: Scene) -> None:
    scene.limit(scene.media, 1)
    _first, second = scene.public(), scene.public()
    with pytest.raises(Refused, match="number 1 on the waiting list"):
        scene.move(second, "accredit")
    scene.move(second, "return")
    assert (scene.status(second), scene.said(second)) == ("returned", ["waiting 1"])


def test_a_category_without_accreditation_admits_who_is_promoted(scene: Scene, admission: Category) -> None:
    scene.limit(admission, 1)
    first, second = scene.public(admission), scene.public(admission)
    assert (scene.status(first), scene.status(second)) == ("accredited", "submitted")
    scene.move(first, "withdraw")
    assert scene.status(second) == "submitted"
    scene.work()
    assert scene.status(second) == "accredited"
    assert scene.mails(second)[-1] == "Accredited"


def test_two_rows_of_one_person_keep_the_better_place_between_them(scene: Scene, admission: Category) -> None:
    scene.limit(admission, 1)
    first, again, stranger = (scene.public(admission) for _ in range(3))
    assert scene.said(first, again, stranger) == ["held", "waiting 1", "waiting 2"]
    with scene.at_work():
        living, ended = scene.fresh(again).person, scene.fresh(first).person
        version = actions.versions(living, ended)
        actions.merge(living, ended, (), by=scene.actor(scene.officer), version=version)
    scene.work()
    assert scene.said(first, again, stranger) == ["nothing", "held", "waiting 1"]
    assert (scene.status(again), scene.status(stranger)) == ("accredited", "submitted")
    assert scene.adds_up()


def test_an_address_that_was_reached_stays_reached_when_two_rows_become_one(scene: Scene) -> None:
    scene.limit(scene.media, 2)
    first, again = scene.public(), scene.public(confirmed=False)
    with scene.at_work():
        living, ended = scene.fresh(again).person, scene.fresh(first).person
        version = actions.versions(living, ended)
        actions.merge(living, ended, ("email",), by=scene.actor(scene.officer), version=version)
    assert scene.said(first, again) == ["nothing", "held"]
    with scene.looking():
        assert scene.fresh(again).is_confirmed


def test_without_a_waiting_list_who_comes_too_late_is_told_at_once(scene: Scene) -> None:
    build.change(scene.media, takes_waiting=False)
    scene.limit(scene.media, 1)
    late = scene.public(confirmed=False)
    scene.public()
    with pytest.raises(Refused, match="No place is left"):
        scene.public()
    scene.confirm(late)
    assert scene.said(late) == ["nothing"]
    assert "No place was left, and there is no waiting list." in scene.own(late).get(scene.path(late)).text
    with scene.looking():
        assert db.session.scalars(select(Place.state)).all() == [PlaceState.HELD]


# --- offers -----------------------------------------------------------------------------------------------------------


def offering(scene: Scene, *, hours: int = 24, people: int = 3) -> list[str]:
    """One place, given back by the first, offered to the second."""
    build.change(scene.media, offer_hours=hours)
    scene.limit(scene.media, 1)
    refs = [scene.public() for _ in range(people)]
    scene.move(refs[0], "withdraw")
    scene.work()
    return refs


def test_a_freed_place_is_offered_and_accepted(scene: Scene) -> None:
    _first, second, third = offering(scene)
    assert scene.said(second, third) == ["offered", "waiting 1"]
    assert scene.mails(second)[-1].startswith("A place is offered until")
    by = scene.actor(scene.officer)
    for _ in range(2):
        with scene.at_work():
            waiting.accept_offer(scene.fresh(second), by=by)
    assert scene.said(second, third) == ["held", "waiting 1"]
    assert scene.adds_up()


def test_a_declined_offer_goes_to_the_next_and_can_be_regretted(scene: Scene) -> None:
    _first, second, third = offering(scene)
    by = scene.actor(scene.officer)
    with scene.at_work():
        waiting.decline_offer(scene.fresh(second), by=by)
    assert scene.said(second, third) == ["nothing", "offered"]
    assert not scene.turn(second).has_lapsed
    with scene.at_work():
        assert not waiting.ask_for_place(scene.fresh(second), by=by)
    assert scene.said(second) == ["waiting 1"]
    assert scene.adds_up()


def test_an_offer_that_ends_goes_to_the_next_and_both_are_told(scene: Scene) -> None:
    _first, second, third = offering(scene, hours=24)
    scene.time_passes(hours=23)
    assert scene.said(second, third) == ["offered", "waiting 1"]
    scene.time_passes(hours=2)
    assert scene.said(second, third) == ["nothing", "offered"]
    assert scene.turn(second).has_lapsed
    assert scene.mails(second)[-1] == "The offer of a place has ended"
    assert scene.mails(third)[-1].startswith("A place is offered until")
    with scene.at_work(), pytest.raises(Refused, match="has ended"):
        waiting.accept_offer(scene.fresh(second), by=scene.actor(scene.officer))


def test_nobody_is_offered_a_place_in_what_is_over(scene: Scene) -> None:
    _first, second, third = offering(scene, hours=24)
    with scene.at_work():
        conference = db.session.get_one(Conference, scene.conference.id)
        conference.starts_on = conference.ends_on = clock.now().date() - timedelta(days=2)
    scene.time_passes(hours=25)
    assert scene.said(second, third) == ["offered", "waiting 1"]
    with scene.at_work(), pytest.raises(Refused, match="has ended"):
        waiting.accept_offer(scene.fresh(second), by=scene.actor(scene.officer))


def test_strangers_neither_accept_nor_decline(scene: Scene) -> None:
    _first, second, _third = offering(scene)
    stranger = build.actor(build.account())
    for act in (waiting.accept_offer, waiting.decline_offer, waiting.ask_for_place):
        with scene.at_work(), pytest.raises(Forbidden):
            act(scene.fresh(second), by=stranger)


# --- delegations ------------------------------------------------------------------------------------------------------


def test_a_full_delegation_refuses_or_lets_a_member_wait(scene: Scene) -> None:
    scene.limit(scene.delegation, 1)
    first = scene.member()
    with pytest.raises(Refused, match="All 1 places of this delegation are taken"):
        scene.member()
    second = scene.member(waits=True)
    assert scene.said(first, second) == ["held", "waiting 1"]
    scene.move(first, "withdraw", scene.focal_point)
    assert scene.said(second) == ["held"]
    assert scene.adds_up()


def test_a_member_waits_under_both_limits_and_holds_neither(scene: Scene) -> None:
    delegation, category = scene.limit(scene.delegation, 5), scene.limit(scene.delegates, 1)
    other = build.delegation(scene.conference)
    first, second = scene.member(delegation=other), scene.member(waits=True)
    with scene.looking():
        waits = select(Place.quota_id, Place.state).where(Place.state != PlaceState.HELD)
        states = {row.quota_id: row.state for row in db.session.execute(waits)}
        assert states == {delegation: PlaceState.WAITING, category: PlaceState.WAITING}
        assert db.session.get_one(Quota, delegation).taken == 0
    with scene.looking():
        queues = place_queries.turn(scene.fresh(second)).queues
        assert [one.place.quota_id for one in queues] == [category], "only what is full is named"
    scene.move(first, "withdraw")
    assert scene.said(second) == ["held"]
    assert scene.adds_up()


def test_a_change_of_category_moves_the_place_or_changes_nothing(scene: Scene) -> None:
    experts = build.category(scene.conference, code="expert", name={"en": "Experts"})
    scene.limit(scene.delegates, 1)
    scene.limit(experts, 0)
    first, second = scene.member(), scene.member(waits=True)
    by = scene.actor(scene.officer)

    def change(ref: str) -> None:
        with scene.at_work():
            row = scene.fresh(ref)
            entry = Entry(given_name=row.person.given_name, family_name="Contoh")
            actions.correct(row, entry, by=by, version=row.version, category=db.session.get_one(Category, experts.id))

    with pytest.raises(Refused, match="Experts"):
        change(first)
    assert scene.said(first, second) == ["held", "waiting 1"]
    scene.limit(experts, 1)
    change(first)
    assert scene.said(first, second) == ["held", "held"]
    assert scene.adds_up()


def test_more_places_for_a_delegation_reach_those_who_wait(scene: Scene) -> None:
    scene.limit(scene.delegation, 0)
    refs = [scene.member(waits=True) for _ in range(3)]
    with scene.at_work():
        actions.set_places(scene.actor(scene.organizer), db.session.get_one(Delegation, scene.delegation.id), 2)
    assert scene.said(*refs) == ["held", "held", "waiting 1"]


def test_who_replaces_somebody_who_waits_takes_the_position(scene: Scene) -> None:
    from confapp.registration.actions.substitution import substitute

    scene.limit(scene.delegation, 1)
    _first, second, third = scene.member(), scene.member(waits=True), scene.member(waits=True)
    with scene.at_work():
        entry = Entry(given_name="New", family_name="Contoh")
        new = substitute(scene.fresh(second), entry, by=scene.actor_of_focal_point(), taken_over=()).ref
    assert scene.said(second, new, third) == ["nothing", "waiting 1", "waiting 2"]
    assert scene.adds_up()


# --- by hand ----------------------------------------------------------------------------------------------------------


def place_of(scene: Scene, ref: str) -> Place:
    row = scene.fresh(ref)
    return db.session.scalars(select(Place).where(Place.holder_id == row.id, Place.state == PlaceState.WAITING)).one()


def test_a_place_above_the_queue_adds_one_and_is_on_record(scene: Scene) -> None:
    quota = scene.limit(scene.media, 1)
    first, second, third = scene.public(), scene.public(), scene.public()
    by = scene.actor(scene.officer)
    with scene.at_work():
        waiting.give_waiting_place(place_of(scene, third), scene.fresh(third), by=by, reason="A moderator.")
    assert scene.said(first, second, third) == ["held", "waiting 1", "held"]
    with scene.looking():
        assert db.session.get_one(Quota, quota).capacity == 2
        assert scene.fresh(third).moves[-1].reason == "A moderator."
        record = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "give_place")).one()
        assert record.facts == {"grown": ["category"]}
    assert scene.mails(third)[-1] == "A place is held"


def test_a_position_is_changed_with_a_reason(scene: Scene) -> None:
    scene.limit(scene.media, 1)
    _first, second, third = scene.public(), scene.public(), scene.public()
    by = scene.actor(scene.officer)
    with scene.at_work(), pytest.raises(Refused) as refused:
        waiting.change_position(place_of(scene, third), scene.fresh(third), 1, by=by, reason=" ")
    assert refused.value.field == "reason"
    assert scene.said(second, third) == ["waiting 1", "waiting 2"]
    with scene.at_work():
        waiting.change_position(place_of(scene, third), scene.fresh(third), 1, by=by, reason="First by telephone.")
    assert scene.said(second, third) == ["waiting 2", "waiting 1"]


def test_who_is_taken_off_the_list_keeps_the_registration(scene: Scene) -> None:
    scene.limit(scene.media, 1)
    _first, second, third = scene.public(), scene.public(), scene.public()
    by = scene.actor(scene.officer)
    with scene.at_work():
        waiting.take_off_queue(place_of(scene, second), scene.fresh(second), by=by, reason="Registered twice.")
    assert (scene.said(second, third), scene.status(second)) == (["nothing", "waiting 1"], "submitted")
    assert scene.mails(second)[-1] == "Taken off the waiting list"


def test_only_the_office_overrides(scene: Scene) -> None:
    scene.limit(scene.media, 1)
    _first, second = scene.public(), scene.public()
    by = scene.actor(scene.focal_point)
    with scene.at_work(), pytest.raises(Forbidden):
        waiting.give_place(scene.fresh(second), by=by, reason="Mine.")


# --- zones ------------------------------------------------------------------------------------------------------------


def add_zone(scene: Scene, code: str, *categories: Category, capacity: int | None = None) -> int:
    with scene.at_work():
        return zones.add_zone(
            scene.actor(scene.organizer),
            scene.conference,
            code,
            name={"en": code.title()},
            colour="#0b5a6f",
            categories=[one.code for one in categories],
            capacity=capacity,
        ).id


def zones_of(scene: Scene, ref: str) -> dict[str, str]:
    with scene.looking():
        return {one.zone.code: one.place.state.value for one in place_queries.zones_for(scene.fresh(ref)) if one.place}


def test_who_is_accredited_gets_the_zones_of_the_category(scene: Scene) -> None:
    add_zone(scene, "hall", scene.media, scene.delegates)
    add_zone(scene, "press", scene.media, capacity=1)
    add_zone(scene, "stage")
    first, second = scene.public(), scene.public()
    assert zones_of(scene, first) == {}
    scene.move(first, "accredit")
    scene.move(second, "accredit")
    assert zones_of(scene, first) == {"hall": "held", "press": "held"}
    assert zones_of(scene, second) == {"hall": "held", "press": "waiting"}
    scene.move(first, "withdraw")
    scene.work()
    assert zones_of(scene, first) == {}
    assert zones_of(scene, second) == {"hall": "held", "press": "held"}
    assert scene.mails(second)[-1] == "Access given"
    assert scene.adds_up()


def test_a_zone_is_given_and_taken_by_hand_and_stays_so(scene: Scene) -> None:
    add_zone(scene, "hall", scene.media)
    stage = add_zone(scene, "stage")
    ref, by = scene.public(), scene.actor(scene.officer)
    with scene.at_work(), pytest.raises(Refused, match="accredited"):
        zones.grant_zone(scene.fresh(ref), db.session.get_one(Zone, stage), by=by, reason="Speaks.")
    scene.move(ref, "accredit")
    with scene.at_work():
        assert zones.grant_zone(scene.fresh(ref), db.session.get_one(Zone, stage), by=by, reason="Speaks.")
        hall = place_queries.zone_by_code("hall")
        assert hall is not None
        zones.withdraw_zone(scene.fresh(ref), hall, by=by, reason="Not on the first day.")
    assert zones_of(scene, ref) == {"stage": "held"}
    scene.move(ref, "reopen")
    scene.move(ref, "accredit")
    assert zones_of(scene, ref) == {"stage": "held"}
    assert scene.adds_up()


def test_a_new_zone_reaches_those_who_are_accredited_already(scene: Scene) -> None:
    refs = [scene.public() for _ in range(3)]
    for ref in refs[:2]:
        scene.move(ref, "accredit")
    add_zone(scene, "hall", scene.media)
    scene.work()
    assert [zones_of(scene, ref) for ref in refs] == [{"hall": "held"}, {"hall": "held"}, {}]
    scene.work()
    assert scene.adds_up()


def test_the_zones_follow_the_category(scene: Scene) -> None:
    experts = build.category(scene.conference, code="expert", name={"en": "Experts"})
    add_zone(scene, "hall", scene.delegates, experts)
    add_zone(scene, "lounge", scene.delegates)
    ref, by = scene.member(), scene.actor(scene.officer)
    scene.move(ref, "accredit")
    with scene.at_work():
        row = scene.fresh(ref)
        entry = Entry(given_name="Changed", family_name="Contoh")
        actions.correct(row, entry, by=by, version=row.version, category=db.session.get_one(Category, experts.id))
    assert zones_of(scene, ref) == {"hall": "held"}
    with scene.looking():
        assert {one.taken for one in places.quotas() if one.owner_kind == "zone"} == {0, 1}
