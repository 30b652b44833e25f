"""Waiting lists, offers and zones over HTTP: what each page shows, who is turned away, what bad input gets."""

import pytest
from sqlalchemy import select

from confapp.conferences.models import Zone
from confapp.conferences.rules import Format
from confapp.foundation import places
from confapp.foundation.db import db
from confapp.foundation.places import Place, PlaceState, Quota
from confapp.people.rules import Role
from confapp.registration.models import Category
from tests import build
from tests.registration.places.conftest import Scene


def quota_ref(scene: Scene, number: int) -> str:
    with scene.looking():
        return db.session.get_one(Quota, number).ref


def waiting_ref(scene: Scene, ref: str) -> str:
    with scene.looking():
        row = scene.fresh(ref)
        wanted = select(Place.ref).where(Place.holder_id == row.id, Place.state == PlaceState.WAITING)
        return db.session.scalars(wanted).one()


# --- one's own page ---------------------------------------------------------------------------------------------------


def test_the_own_page_says_the_place_in_the_queue_and_what_happens(scene: Scene) -> None:
    scene.limit(scene.media, 1)
    _first, second = scene.public(), scene.public()
    page = scene.own(second).get(scene.path(second)).text
    assert "number 1 on the waiting list" in page
    assert "the next in the list gets it" in page
    assert "The accreditation office looks at it next." in page


def test_who_follows_online_is_told_of_no_office_and_no_badge(scene: Scene, admission: Category) -> None:
    build.change(scene.conference, format=Format.HYBRID)
    scene.limit(admission, 1)
    first, second = scene.public(admission), scene.public(admission)
    late = scene.public(admission, confirmed=False)
    seen = [scene.own(ref).get(scene.path(ref)).text for ref in (first, second)]
    seen.append(scene.as_(None).get(f"/{scene.conference.slug}/register/{late}").text)
    assert "How to follow stands on the pages of the conference." in seen[0]
    assert "As soon as a place is held, the registration is accepted." in seen[1]
    assert "You will stand on the waiting list" in seen[2]
    assert [one for one in seen if "accreditation office looks" in one or "badge is handed out" in one] == []


def test_an_offer_is_accepted_on_the_own_page_once(scene: Scene) -> None:
    build.change(scene.media, offer_hours=24)
    scene.limit(scene.media, 1)
    first, second, third = scene.public(), scene.public(), scene.public()
    scene.move(first, "withdraw")
    client = scene.own(second)
    assert "A place is offered until" in client.get(scene.path(second)).text
    assert f'href="{scene.path(second, "/offer/decline")}"' in client.get(scene.path(second)).text
    asked = client.get(scene.path(second, "/offer/decline"))
    assert "The place goes at once to the next in the list." in asked.text
    assert scene.said(second) == ["offered"], "asking changes nothing"
    key = "one form, sent twice"
    for _ in range(2):
        assert client.send(scene.path(second, "/offer/accept"), _key=key).status_code == 303
    assert scene.said(second, third) == ["held", "waiting 1"]
    assert client.send(scene.path(second, "/offer/decline")).status_code == 303
    assert scene.said(second) == ["held"], "nothing is offered any more"
    assert "No place is offered any more." in client.get(scene.path(second)).text
    assert client.get(scene.path(second, "/offer/decline")).status_code == 303


def test_an_offer_that_ended_can_be_asked_for_again(scene: Scene) -> None:
    build.change(scene.media, offer_hours=24)
    scene.limit(scene.media, 1)
    first, second, third = scene.public(), scene.public(), scene.public()
    scene.move(first, "withdraw")
    scene.time_passes(hours=25)
    client = scene.own(second)
    assert "was not accepted in time" in client.get(scene.path(second)).text
    assert client.send(scene.path(second, "/offer/accept")).status_code == 409
    assert client.send(scene.path(second, "/wait")).status_code == 303
    assert scene.said(second, third) == ["waiting 1", "offered"]


def test_strangers_find_no_offer(scene: Scene) -> None:
    scene.limit(scene.media, 1)
    first, second = scene.public(), scene.public()
    stranger = scene.own(first)
    for path in ("/offer/accept", "/offer/decline", "/wait"):
        assert stranger.send(scene.path(second, path)).status_code == 404
    assert stranger.get(scene.path(second, "/offer/decline")).status_code == 404
    assert scene.own(second).send(scene.path(second, "/offer/keep")).status_code == 404


def test_a_focal_point_puts_a_member_on_the_waiting_list(scene: Scene) -> None:
    build.change(scene.delegates, offer_hours=24)
    scene.limit(scene.delegates, 5)
    scene.limit(scene.delegation, 0)
    client = scene.as_(scene.focal_point)
    base = f"/me/{scene.conference.slug}/delegations/{scene.delegation.ref}"
    assert "Put somebody on the waiting list" in client.get(base).text
    typed = {"given_name": "Dewi", "family_name": "Contoh", "capacity": "delegate", "language": "en", "rank": "other"}
    typed |= {"data_use": "y"}
    refused = client.send(f"{base}/members/new", **typed)
    assert refused.status_code in (409, 422)
    assert "Put this person on the waiting list" in refused.text
    assert "Dewi" in refused.text
    assert client.send(f"{base}/members/new", **typed, waits="yes").status_code == 303
    page = client.get(base).text
    assert ["Waiting" in page, "Accept or decline it" in page] == [True, False]
    scene.limit(scene.delegation, 1)
    assert "Accept or decline it: Dewi Contoh" in client.get(base).text


def test_the_forms_say_beforehand_what_is_full(scene: Scene) -> None:
    url, asked = f"/{scene.conference.slug}/register", "You can register and stand on the waiting list."
    guest, focal = scene.as_(None), scene.as_(scene.focal_point)
    scene.limit(scene.media, 1)
    assert asked not in guest.get(url).text
    taken = scene.public()
    assert asked in guest.get(url).text, "of one category too"
    late = scene.public(confirmed=False)
    assert "You will stand on the waiting list" in guest.get(f"{url}/{late}").text
    build.change(scene.media, takes_waiting=False)
    assert "All places are taken, and there is no waiting list." in guest.get(url).text
    other = build.category(scene.conference, code="observer", name={"en": "Observer"}, is_for_delegations=False)
    page = guest.get(url).text
    assert 'value="media" required disabled' in page
    assert 'value="observer" required>' in page
    refused = guest.send(
        url, category="media", given_name="Dewi", email="d@news.example", organization="N", data_use="y"
    )
    assert refused.status_code == 409
    assert "No place is left in the category" in refused.text
    scene.move(taken, "withdraw")
    assert "disabled" not in guest.get(url).text

    base = f"/me/{scene.conference.slug}/delegations/{scene.delegation.ref}/members/new"
    scene.limit(scene.delegates, 0)
    page = focal.get(base).text
    assert "All places of this category are taken." in page
    assert "Put this person on the waiting list" in page
    build.change(other, is_for_delegations=True)
    page = focal.get(base).text
    assert [">Observer<" in page, "(all places are taken)" in page, "Put this person on the waiting list" in page] == [
        True
    ] * 3


# --- the desk ---------------------------------------------------------------------------------------------------------


def test_the_desk_sees_every_quota_with_what_is_taken(scene: Scene) -> None:
    scene.limit(scene.media, 1)
    scene.limit(scene.delegation, 4)
    scene.public()
    late = scene.public()
    page = scene.as_(scene.officer).get(scene.desk("/places")).text
    assert "Full" in page
    assert "0 of 4" in page
    number = scene.limit(scene.media, 1)
    page = scene.as_(scene.officer).get(scene.desk(f"/places/{quota_ref(scene, number)}")).text
    with scene.looking():
        assert scene.fresh(late).person.family_name in page


def test_the_list_of_places_asks_the_same_for_one_and_three(scene: Scene) -> None:
    client, numbers = scene.as_(scene.officer), []
    for code in ("one", "two", "three"):
        scene.limit(build.category(scene.conference, code=code), 5)
        with build.count_queries() as counted:
            client.get(scene.desk("/places"))
        numbers.append(counted.number)
    assert numbers[0] == numbers[2]


def test_the_capacity_is_changed_at_the_desk(scene: Scene) -> None:
    number = scene.limit(scene.media, 1)
    refs = [scene.public() for _ in range(3)]
    client, path = scene.as_(scene.officer), scene.desk(f"/places/{quota_ref(scene, number)}/capacity")
    for wrong in ("-1", "some", "1.5", "99999999999"):
        answer = client.send(path, capacity=wrong)
        assert answer.status_code == 422
    assert client.send(path, capacity="0").status_code == 422, "one is taken already"
    assert client.send(path, capacity="2").status_code == 303
    assert scene.said(*refs) == ["held", "held", "waiting 1"]
    viewer = scene.as_(build.staff(scene.conference, Role.VIEWER))
    assert viewer.send(path, capacity="9").status_code == 403


@pytest.mark.parametrize(
    ("verb", "typed", "said"),
    [
        ("give", {"reason": "A moderator."}, ["waiting 1", "held"]),
        ("move", {"reason": "First by telephone.", "position": "1"}, ["waiting 2", "waiting 1"]),
        ("remove", {"reason": "Registered twice."}, ["waiting 1", "nothing"]),
        ("give", {"reason": ""}, ["waiting 1", "waiting 2"]),
        ("move", {"reason": "First.", "position": ""}, ["waiting 1", "waiting 2"]),
        ("move", {"reason": "First.", "position": "first"}, ["waiting 1", "waiting 2"]),
    ],
)
def test_the_office_overrides_with_a_reason(scene: Scene, verb: str, typed: dict[str, str], said: list[str]) -> None:
    number = scene.limit(scene.media, 1)
    _first, second, third = scene.public(), scene.public(), scene.public()
    path = scene.desk(f"/places/{quota_ref(scene, number)}/waiting/{waiting_ref(scene, third)}/{verb}")
    answer = scene.as_(scene.officer).send(path, **typed)
    assert answer.status_code == (422 if said == ["waiting 1", "waiting 2"] else 303)
    assert scene.said(second, third) == said
    assert scene.as_(build.staff(scene.conference, Role.VIEWER)).send(path, **typed).status_code == 403


def test_a_category_keeps_its_waiting_list(scene: Scene) -> None:
    path = scene.desk(f"/categories/{scene.media.ref}")
    client = scene.as_(scene.organizer)
    assert "When all places are taken" in client.get(path).text
    for wrong in ("-1", "some", "", "9999"):
        assert client.send(f"{path}/waiting", takes_waiting="y", offer_hours=wrong).status_code == 422
    assert client.send(f"{path}/waiting", offer_hours="48").status_code == 303
    with scene.looking():
        kept = db.session.get_one(Category, scene.media.id)
        assert (kept.takes_waiting, kept.offer_hours) == (False, 48)


def test_a_zone_is_added_changed_and_closed(scene: Scene) -> None:
    client = scene.as_(scene.organizer)
    typed = {"name-en": "Plenary hall", "code": "hall", "colour": "#0b5a6f", "categories": ["media"], "capacity": "1"}
    for wrong in ({"colour": "blue"}, {"name-en": ""}, {"capacity": "-1"}, {"categories": ["nobody"]}):
        assert client.send(scene.desk("/zones/new"), **(typed | wrong)).status_code == 422
    assert client.send(scene.desk("/zones/new"), **typed).status_code == 303
    assert client.send(scene.desk("/zones/new"), **typed).status_code == 422, "there is one of this name already"
    ref = scene.public()
    scene.move(ref, "accredit")
    scene.work()
    assert "Plenary hall" in scene.own(ref).get(scene.path(ref)).text
    with scene.looking():
        zone = db.session.scalars(select(Zone)).one().ref
    assert client.send(scene.desk(f"/zones/{zone}"), **(typed | {"capacity": "0"})).status_code == 422
    assert client.send(scene.desk(f"/zones/{zone}"), **(typed | {"capacity": "3"})).status_code == 303
    assert client.send(scene.desk(f"/zones/{zone}/close")).status_code == 303
    assert "Closed" in client.get(scene.desk("/zones")).text
    assert scene.adds_up()


def test_a_zone_is_given_and_taken_on_the_page_of_a_registration(scene: Scene) -> None:
    client = scene.as_(scene.officer)
    client.send(scene.desk("/zones/new"), **{"name-en": "Stage", "code": "stage", "colour": "#0b5a6f"})
    ref = scene.public()
    scene.move(ref, "accredit")
    with scene.looking():
        zone = db.session.scalars(select(Zone)).one().ref
    path = scene.desk(f"/registrations/{ref}/zones")
    assert client.send(path, zone=zone, do="grant").status_code == 422
    assert client.send(path, zone="nothing", do="grant", reason="Speaks.").status_code == 404
    assert client.send(path, zone=zone, do="grant", reason="Speaks.").status_code == 303
    assert "Speaks." in client.get(scene.desk(f"/registrations/{ref}")).text
    for of_page in (client.get(scene.desk(f"/registrations/{ref}")), scene.own(ref).get(scene.path(ref))):
        assert "Stage" in of_page.text
        assert "closed" not in of_page.text
    scene.move(ref, "reopen", reason="A new look.")
    with scene.looking():
        assert [one.taken for one in places.quotas()] == [1], "the zone is kept while it is in review"
    assert "The zones are kept, and closed until" in client.get(scene.desk(f"/registrations/{ref}")).text
    assert "Kept, but closed while" in scene.own(ref).get(scene.path(ref)).text
    scene.move(ref, "accredit")
    assert client.send(path, zone=zone, do="withdraw", reason="No more.").status_code == 303
    with scene.looking():
        assert [one.taken for one in places.quotas()] == [0]


def test_the_desk_gives_a_place_above_the_list_on_the_page_of_a_registration(scene: Scene) -> None:
    scene.limit(scene.media, 1)
    _first, second = scene.public(), scene.public()
    client, path = scene.as_(scene.officer), scene.desk(f"/registrations/{second}/place")
    assert "Give a place above the waiting list" in client.get(scene.desk(f"/registrations/{second}")).text
    assert client.send(path).status_code == 422
    assert client.send(path, reason="A minister's spokesperson.").status_code == 303
    assert scene.said(second) == ["held"]


def test_today_names_limits_that_are_nearly_full(scene: Scene) -> None:
    scene.limit(scene.media, 1)
    scene.public()
    assert "nearly full" in scene.as_(scene.officer).get(scene.desk("/")).text
