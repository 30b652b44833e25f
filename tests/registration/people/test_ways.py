"""Three ways into a category: entered by the focal point, filled in by the member, registered by oneself or a link."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import clock
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.mail import Mail
from confapp.foundation.transactions import writing
from confapp.people.models import Consent
from confapp.registration import actions, queries
from confapp.registration.models import Category, Delegation, PrivateLink, Registration
from confapp.registration.queries import places
from confapp.registration.rules import Capacity, Entry, Status, Track
from confapp.registration.rules.ways import Invited
from tests import build
from tests.registration.people.conftest import MEMBER, PERSON, Scene, count, page

LINES = {
    "name_1": "Dewi Contoh",
    "email_1": "dewi@ministry.example",
    "capacity_1": "head",
    "name_2": "Eka Umpama",
    "email_2": "eka@ministry.example",
    "capacity_2": "adviser",
    "language": "en",
}
FILLED = {"given_name": "Dewi", "family_name": "Contoh", "honorific": "H.E. Ms", "phone": "+62 812 3456 7890"}


def link(scene: Scene, capacity: int | None = None, **changes: Any) -> PrivateLink:
    """A private link to a category that is open to nobody else."""
    closed = scene.category(f"partners-{count(Category)}", needs_link=True)

    def make() -> PrivateLink:
        category = db.session.get_one(Category, closed.id)
        made = actions.make_link(SYSTEM, category, "Partners", capacity)
        for name, value in changes.items():
            setattr(made, name, value)
        return made

    made: PrivateLink = scene.do(make)
    with across_conferences("test"):
        db.session.refresh(made)
    return made


def category_of(made: PrivateLink) -> Category:
    with across_conferences("test"):
        return db.session.get_one(Category, made.category_id, populate_existing=True)


def invite(scene: Scene, *names: str, by: Any = None) -> list[str]:
    def work() -> list[str]:
        delegation = db.session.get_one(Delegation, scene.delegation.id)
        category = db.session.get_one(Category, scene.invited.id)
        lines = [Invited(name, f"{name.split()[0].lower()}@ministry.example", Capacity.DELEGATE) for name in names]
        return [row.ref for row in actions.invite_members(by or SYSTEM, delegation, lines, category, "en")]

    found: list[str] = scene.do(work)
    return found


def mails(to: str) -> list[Mail]:
    with across_conferences("test"):
        return list(db.session.scalars(select(Mail).where(Mail.recipient == to).order_by(Mail.id)).all())


def version(client: Any, url: str) -> str:
    found = re.search(r'name="version"[^>]*value="([^"]+)"', page(client.get(url)))
    assert found is not None
    return found[1]


# --- at the desk ------------------------------------------------------------------------------------------------------


def test_the_ways_of_a_category_are_set_and_recorded(scene: Scene) -> None:
    client, url = scene.as_(scene.organizer), f"{scene.desk}/categories/{scene.public.ref}"
    build.change(scene.delegation, groups=["ASEAN"])
    sent = {
        "name-en": "Media",
        "track": "accreditation",
        "members_fill_in": "y",
        "groups": "ASEAN",
        "photo": "required",
    }
    assert client.send(url, **sent).status_code == 303
    with across_conferences("test"):
        row = db.session.get_one(Category, scene.public.id, populate_existing=True)
    assert (row.is_for_delegations, row.members_fill_in, row.is_open_to_all) == (False, True, False)
    assert (row.groups, row.photo) == (["ASEAN"], "required")
    assert 'value="ASEAN"' in page(client.get(url))


def test_who_accompanies_is_registered_in_no_other_way(scene: Scene) -> None:
    sent = {"name-en": "Spouse", "track": "accreditation", "accompanying": "y", "for_delegations": "y"}
    answer = scene.as_(scene.organizer).send(f"{scene.desk}/categories/{scene.spouse.ref}", **sent)
    assert answer.status_code == 422
    assert "choose no other way beside it" in page(answer)


def test_only_organizers_change_the_ways(scene: Scene) -> None:
    url = f"{scene.desk}/categories/{scene.public.ref}"
    assert scene.as_(scene.officer).send(f"{url}/links", label="Partners").status_code == 403
    assert scene.as_(scene.focal_point).send(f"{url}/links", label="Partners").status_code == 403


# --- the focal point enters -------------------------------------------------------------------------------------------


def test_a_category_of_groups_is_offered_and_open_to_them_alone(scene: Scene) -> None:
    build.change(scene.entered, groups=["ASEAN"])
    build.change(scene.delegation, groups=["ASEAN"])
    mine = scene.as_(scene.focal_point).send(f"{scene.me}/delegations/{scene.delegation.ref}/members/new", **MEMBER)
    assert mine.status_code == 303
    theirs = scene.as_(scene.other_focal_point)
    answer = theirs.send(f"{scene.me}/delegations/{scene.other.ref}/members/new", **MEMBER)
    assert answer.status_code == 409
    assert count(Registration) == 1
    build.change(scene.invited, groups=["ASEAN"])
    said = "No category is open to your delegation at present."
    pages = ((scene.as_(scene.focal_point), scene.delegation), (theirs, scene.other))
    assert [said in page(by.get(f"{scene.me}/delegations/{of.ref}")) for by, of in pages] == [False, True]
    with pytest.raises(Refused, match="other groups"):
        scene.do(
            lambda: actions.register_member(
                SYSTEM,
                db.session.get_one(Delegation, scene.other.id),
                Entry("Ayu"),
                db.session.get_one(Category, scene.entered.id),
            )
        )


# --- the focal point invites ------------------------------------------------------------------------------------------


def test_invited_members_hold_places_and_get_a_link_each(scene: Scene) -> None:
    scene.limit(scene.delegation, 3)
    client, url = scene.as_(scene.focal_point), f"{scene.me}/delegations/{scene.delegation.ref}/members/invite"
    assert client.send(url, _key="one key", **LINES).status_code == 303
    assert client.send(url, _key="one key", **LINES).status_code == 303
    drafts = scene.rows()
    assert {row.submitted_at for row in drafts} == {None}, "nothing was submitted yet"
    for url in (f"{scene.desk}/registrations", f"{scene.desk}/registrations/{drafts[0].ref}"):
        assert scene.as_(scene.officer).get(url).status_code == 200
    assert [(row.person.printed_name, row.status, row.capacity) for row in drafts] == [
        ("Dewi Contoh", Status.DRAFT, Capacity.HEAD),
        ("Eka Umpama", Status.DRAFT, Capacity.ADVISER),
    ]
    assert scene.taken(scene.delegation) == 2
    (mail,) = mails("dewi@ministry.example")
    assert "/links/" in mail.text
    assert "fill in" in mail.subject
    shown = page(client.get(f"{scene.me}/delegations/{scene.delegation.ref}"))
    assert shown.count("The registration, which is not filled in and sent yet") == 1
    assert shown.count("/complete") == 4
    assert count(Consent) == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name_1": ""}, "Please fill this in."),
        ({"email_2": ""}, "Please fill this in."),
        ({"email_1": "nobody"}, "Write an e-mail address"),
        ({"capacity_1": "king"}, "Not a valid choice"),
        ({"capacity_2": "head"}, "This delegation has a head already"),
    ],
)
def test_a_wrong_line_invites_nobody_and_loses_nothing(scene: Scene, wrong: dict[str, str], said: str) -> None:
    url = f"{scene.me}/delegations/{scene.delegation.ref}/members/invite"
    answer = scene.as_(scene.focal_point).send(url, **(LINES | wrong))
    assert answer.status_code == 422
    assert said in page(answer)
    assert "Eka Umpama" in page(answer)
    assert (count(Registration), count(Mail)) == (0, 0)


def test_no_line_at_all_is_asked_for_one(scene: Scene) -> None:
    url = f"{scene.me}/delegations/{scene.delegation.ref}/members/invite"
    answer = scene.as_(scene.focal_point).send(url, language="en")
    assert answer.status_code == 422
    assert "Name at least one member." in page(answer)


def test_all_are_invited_or_none_when_the_places_do_not_suffice(scene: Scene) -> None:
    scene.limit(scene.delegation, 1)
    url = f"{scene.me}/delegations/{scene.delegation.ref}/members/invite"
    answer = scene.as_(scene.focal_point).send(url, **LINES)
    assert answer.status_code == 409
    assert "Eka Umpama: All 1 places of this delegation are taken" in page(answer)
    assert (count(Registration), count(Mail), scene.taken(scene.delegation)) == (0, 0, 0)


def test_the_last_place_is_held_by_one_draft(scene: Scene) -> None:
    scene.limit(scene.delegation, 1)
    conference_id, delegation_id, category_id = scene.conference.id, scene.delegation.id, scene.invited.id

    def one() -> Any:
        with in_conference(conference_id), writing():
            delegation = db.session.get_one(Delegation, delegation_id)
            category = db.session.get_one(Category, category_id)
            line = Invited("Rival Contoh", "rival@ministry.example", Capacity.DELEGATE)
            return [row.ref for row in actions.invite_members(SYSTEM, delegation, [line], category, "en")]

    outcomes = build.at_once(scene.app, one, 8)
    assert sorted(type(outcome) for outcome in outcomes if isinstance(outcome, list)) == [list]
    assert [outcome for outcome in outcomes if not isinstance(outcome, list | Refused)] == []
    assert (count(Registration), scene.taken(scene.delegation)) == (1, 1)


def test_the_member_fills_in_agrees_and_sends(scene: Scene) -> None:
    (ref,) = invite(scene, "Dewi Contoh")
    client, url = scene.as_person(scene.row(ref)), f"{scene.me}/registrations/{ref}/complete"
    assert "Fill in the registration" in page(client.get(f"{scene.me}/registrations/{ref}"))
    sent = {**FILLED, "version": version(client, url)}
    refused = client.send(url, **sent)
    assert refused.status_code == 422
    assert "Without this the registration cannot be looked at." in page(refused)
    assert client.send(url, **sent, data_use="y").status_code == 303
    row = scene.row(ref)
    assert (row.status, row.person.full_name, row.person.phone) == (
        Status.SUBMITTED,
        "H.E. Ms Dewi Contoh",
        "+62 812 3456 7890",
    )
    assert row.person.phone_e164 == "+6281234567890"
    with across_conferences("test"):
        assert db.session.scalars(select(Consent.via)).all() == ["own page"]
    assert client.get(url).status_code == 303


def test_a_draft_is_not_sent_past_its_form(scene: Scene) -> None:
    (ref,) = invite(scene, "Dewi Contoh")
    for client in (scene.as_person(scene.row(ref)), scene.as_(scene.focal_point)):
        answer = client.send(f"{scene.me}/registrations/{ref}/submit")
        assert (answer.status_code, "Fill in the registration first" in page(answer)) == (409, True)
    assert (scene.row(ref).status, count(Consent)) == (Status.DRAFT, 0)


def test_what_is_half_filled_in_is_saved_as_a_draft(scene: Scene) -> None:
    (ref,) = invite(scene, "Dewi Contoh")
    client, url = scene.as_person(scene.row(ref)), f"{scene.me}/registrations/{ref}/complete"
    assert client.send(url, **FILLED, version=version(client, url), then="save").status_code == 303
    assert (scene.row(ref).status, scene.row(ref).person.given_name) == (Status.DRAFT, "Dewi")
    assert 'value="Dewi"' in page(client.get(url))
    assert count(Consent) == 0


def test_the_focal_point_fills_in_for_a_member(scene: Scene) -> None:
    (ref,) = invite(scene, "Dewi Contoh")
    client, url = scene.as_(scene.focal_point), f"{scene.me}/registrations/{ref}/complete"
    assert client.send(url, **FILLED, version=version(client, url), data_use="y").status_code == 303
    assert scene.row(ref).status == Status.SUBMITTED
    with across_conferences("test"):
        assert db.session.scalars(select(Consent.via)).all() == ["focal point"]


def test_a_stale_form_is_refused_and_says_so(scene: Scene) -> None:
    (ref,) = invite(scene, "Dewi Contoh")
    client, url = scene.as_(scene.focal_point), f"{scene.me}/registrations/{ref}/complete"
    before = version(client, url)
    client.send(url, **FILLED, version=before, then="save")
    assert client.send(url, **FILLED, version=before, data_use="y").status_code == 409
    assert scene.row(ref).status == Status.DRAFT


def test_who_has_not_filled_in_is_reminded_with_a_new_link(scene: Scene) -> None:
    (ref,) = invite(scene, "Dewi Contoh")
    url = f"{scene.me}/registrations/{ref}/remind"
    assert scene.as_(scene.focal_point).send(url).status_code == 303
    first, second = mails("dewi@ministry.example")
    assert second.subject.startswith("Reminder")
    assert re.findall(r"/links/\S+", first.text) != re.findall(r"/links/\S+", second.text)
    assert scene.as_(scene.other_focal_point).send(url).status_code == 404


def test_a_withdrawn_draft_gives_its_place_back(scene: Scene) -> None:
    scene.limit(scene.delegation, 1)
    (ref,) = invite(scene, "Dewi Contoh")
    assert scene.as_person(scene.row(ref)).send(f"{scene.me}/registrations/{ref}/withdraw").status_code == 303
    assert (scene.row(ref).status, scene.taken(scene.delegation)) == (Status.WITHDRAWN, 0)


def test_a_category_without_accreditation_admits_who_has_filled_in(scene: Scene) -> None:
    build.change(scene.invited, track=Track.ADMISSION)
    (ref,) = invite(scene, "Dewi Contoh")
    scene.do(lambda: actions.confirm(scene.fresh(ref)))
    client, url = scene.as_person(scene.row(ref)), f"{scene.me}/registrations/{ref}/complete"
    client.send(url, **FILLED, version=version(client, url), data_use="y")
    assert scene.row(ref).status == Status.ACCREDITED


def test_others_invite_nobody_into_a_delegation(scene: Scene) -> None:
    url = f"{scene.me}/delegations/{scene.delegation.ref}/members/invite"
    for account in (scene.other_focal_point, scene.protocol, build.account()):
        assert scene.as_(account).send(url, **LINES).status_code == 404
    with pytest.raises(Forbidden):
        invite(scene, "Dewi Contoh", by=build.actor(scene.other_focal_point))
    assert count(Registration) == 0


def test_where_the_focal_point_enters_nobody_is_invited(scene: Scene) -> None:
    build.change(scene.invited, members_fill_in=False)
    url = f"{scene.me}/delegations/{scene.delegation.ref}/members/invite"
    assert scene.as_(scene.focal_point).get(url).status_code == 404
    with pytest.raises(Refused, match="the focal point fills in"):
        invite(scene, "Dewi Contoh")


# --- people themselves, and private links -----------------------------------------------------------------------------


def test_a_private_link_opens_a_category_that_is_not_open_to_all(scene: Scene) -> None:
    made = link(scene, capacity=2)
    client, url = scene.as_(None), f"{scene.register}/via/{made.ref}"
    shown = client.get(url)
    assert shown.headers["X-Robots-Tag"] == "noindex"
    answer = client.send(url, **PERSON, category=category_of(made).code)
    assert answer.status_code == 303
    (row,) = scene.rows()
    assert (row.private_link_id, row.category_id) == (made.id, made.category_id)
    assert scene.taken(made) == 0, "nothing is held before the address is confirmed"
    desk = f"{scene.desk}/categories/{category_of(made).ref}"
    shown = page(scene.as_(scene.organizer).get(desk))
    assert "0 of 2 places" in shown
    assert "1 has not confirmed the address yet and holds no place." in shown
    scene.do(lambda: actions.confirm(scene.fresh(row.ref)))
    assert scene.taken(made) == 1
    assert "not confirmed the address" not in page(scene.as_(scene.organizer).get(desk))
    assert category_of(made).code not in page(client.get(scene.register))


def test_without_the_link_the_category_is_closed(scene: Scene) -> None:
    made = link(scene)
    scene.as_(None).send(scene.register, **PERSON, category=category_of(made).code)
    assert not scene.rows(category_id=made.category_id)
    with pytest.raises(Refused, match="a link to it"):
        build.change(scene.public, needs_link=True)
        scene.do(
            lambda: actions.self_register(
                scene.conference,
                db.session.get_one(Category, scene.public.id),
                Entry("Budi", email="b@x.example", organization="X", consents=frozenset({"data_use"})),
            )
        )


@pytest.mark.parametrize("spent", ["closed", "over", "used up"])
def test_a_spent_link_gives_a_clear_page(scene: Scene, spent: str) -> None:
    past = clock.now() - timedelta(minutes=1)
    made = link(scene, capacity=0 if spent == "used up" else None, **({"ends_at": past} if spent == "over" else {}))
    url = f"{scene.register}/via/{made.ref}"
    if spent == "closed":
        desk = f"{scene.desk}/categories/{category_of(made).ref}/links/{made.ref}/close"
        assert scene.as_(scene.organizer).send(desk).status_code == 303
        assert scene.as_(scene.organizer).send(desk).status_code == 303
    words = {"closed": "have closed this link", "over": "has expired", "used up": "places of this link are taken"}
    for answer in (scene.as_(None).get(url), scene.as_(None).send(url, **PERSON, category=category_of(made).code)):
        assert answer.status_code == 410
        assert words[spent] in page(answer)
    assert count(Registration) == 0


def test_a_closed_link_is_opened_again_where_its_limits_allow_it(scene: Scene) -> None:
    past = clock.now() - timedelta(minutes=1)
    closed, over, full = link(scene, closed_at=past), link(scene, closed_at=past, ends_at=past), link(scene, 0)
    build.change(full, closed_at=past)
    client, button = scene.as_(scene.organizer), "Open this link again"
    for made, status, opened, why in (
        (closed, 303, 200, button),
        (over, 409, 410, "This link has expired."),
        (full, 409, 410, "All places of this link are taken."),
    ):
        desk = f"{scene.desk}/categories/{category_of(made).ref}"
        shown = page(client.get(desk))
        assert why in shown
        assert (button in shown) is (made is closed)
        assert client.send(f"{desk}/links/{made.ref}/reopen").status_code == status
        assert client.get(f"{scene.register}/via/{made.ref}").status_code == opened
        assert client.send(f"{desk}/links/{made.ref}/reopen").status_code == status, "twice is as good as once"
    other = f"{scene.desk}/categories/{scene.public.ref}/links/{closed.ref}/reopen"
    assert client.send(other).status_code == 404


def test_a_link_of_another_conference_opens_nothing(scene: Scene) -> None:
    other = Scene(scene.app)
    made = link(other)
    assert scene.as_(None).get(f"{scene.register}/via/{made.ref}").status_code == 404
    assert scene.as_(None).get(f"{scene.register}/via/nothing").status_code == 404


def test_the_last_place_of_a_link_goes_to_one_of_eight(scene: Scene) -> None:
    made = link(scene, capacity=1)
    conference_id, ref = scene.conference.id, made.ref
    entry = Entry("Budi", email="b@x.example", organization="X", consents=frozenset({"data_use"}))

    def register() -> str:
        via = queries.private_link(ref)
        assert via is not None
        return actions.self_register(db.session.get_one(Conference, conference_id), via.category, entry, via=via).ref

    waiting = [scene.do(register) for _ in range(8)]
    assert scene.taken(made) == 0

    def confirm() -> bool:
        with in_conference(conference_id), writing():
            row = scene.fresh(waiting.pop())
            actions.confirm(row)
            return places.turn(row).held

    assert sorted(build.at_once(scene.app, confirm, 8)) == [False] * 7 + [True]
    assert scene.taken(made) == 1
    with pytest.raises(Refused, match="places of this link are taken"):
        scene.do(register)


def test_who_confirms_after_the_last_place_of_a_link_waits_where_the_category_has_a_list(scene: Scene) -> None:
    made = link(scene, capacity=1)
    build.change(category_of(made), takes_waiting=True)
    for name in ("first", "second"):
        person = PERSON | {"email": f"{name}@x.example", "given_name": name.title()}
        scene.as_(None).send(f"{scene.register}/via/{made.ref}", **person, category=category_of(made).code)
    first, second = scene.rows()
    for row in (first, second):
        scene.do(lambda ref=row.ref: actions.confirm(scene.fresh(ref)))
    told = mails("second@x.example")[-1].text
    name = category_of(made).name["en"]
    assert f"All places of “{name}” are taken. The registration is number 1 on the waiting list." in told
    assert "“Partners”" not in told, "a word of the organizers among themselves"


def test_who_leaves_gives_the_place_of_the_link_back(scene: Scene) -> None:
    made = link(scene, capacity=1)
    scene.as_(None).send(f"{scene.register}/via/{made.ref}", **PERSON, category=category_of(made).code)
    (row,) = scene.rows()
    scene.do(lambda: actions.confirm(scene.fresh(row.ref)))
    assert scene.taken(made) == 1
    for label, found in ((made.label, True), ("Others", False)):
        listed = page(scene.as_(scene.organizer).get(f"{scene.desk}/registrations", query_string={"link": label}))
        assert (row.number in listed) is found
    assert "Private link" in page(scene.as_(scene.organizer).get(f"{scene.desk}/registrations/{row.ref}"))
    assert scene.as_person(row).send(f"{scene.me}/registrations/{row.ref}/withdraw").status_code == 303
    assert scene.taken(made) == 0


def test_a_link_is_made_with_its_address_and_square_code(scene: Scene) -> None:
    client, url = scene.as_(scene.organizer), f"{scene.desk}/categories/{scene.public.ref}"
    assert client.send(f"{url}/links", label="").status_code == 422
    assert client.send(f"{url}/links", label="Partners", places="12").status_code == 303
    shown = page(client.get(url))
    with across_conferences("test"):
        made = db.session.scalars(select(PrivateLink)).one()
    assert f"http://localhost{scene.register}/via/{made.ref}" in shown
    assert "data:image/svg+xml;base64," in shown
    assert "0 of 12 places" in shown


def test_a_wrong_telephone_number_is_said_beside_its_field(scene: Scene) -> None:
    answer = scene.as_(None).send(scene.register, **PERSON, category=scene.public.code, phone="call me")
    assert answer.status_code == 422
    assert "This is not a telephone number." in page(answer)
    assert 'value="call me"' in page(answer)
