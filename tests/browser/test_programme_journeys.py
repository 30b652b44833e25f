"""The programme as its people use it: a repair, a side event, a quiet meeting, a debate, and two days by keyboard."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from confapp.foundation import clock, jobs
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db
from confapp.foundation.mail import Mail
from confapp.people.models import Person
from confapp.people.rules import Role
from confapp.programme.actions import rooms, timetable
from confapp.programme.actions import sessions as session_actions
from confapp.programme.models import Placement, Room, Session
from confapp.programme.rules import Details, Kind, SessionRoleKind
from confapp.registration.rules import Capacity
from tests import build
from tests.browser.hands import Keyboard
from tests.browser.house import House, Reads, Site
from tests.conftest import english_and_no_scope  # noqa: F401

Open = Callable[[str], House]
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("programme"))
    yield made
    made.server.shutdown()


@pytest.fixture
def house(own_site: Site, browser: Browser) -> Iterator[Open]:
    walks = list[House]()
    with own_site.app.app_context():

        def opened(slug: str) -> House:
            walks.append(House(own_site, browser, slug, "en"))
            return walks[-1]

        yield opened
        for walk in walks:
            walk.close()


# --- a minister cannot come -------------------------------------------------------------------------------------------


def test_after_a_cancellation_the_organizer_repairs_releases_and_changes_in_an_emergency(house: Open) -> None:
    walk = house("repair")
    minister = build.person(walk.conference, printed_name="H.E. Ms Dewi Contoh", email="dewi@mission.example")
    hall = room(walk, "Plenary Hall")
    panel = placed(walk, "Ministers’ panel", hall, 9, speaker=minister)
    other = placed(walk, "Shelters", hall, 14)
    released(walk, "First")
    address = f"/{walk.conference.slug}/sessions/{panel}"
    reader = walk.somebody().open(address).reads("Plenary Hall").does_not_read("was moved")
    first_day = clock.local(walk.conference.starts_at, walk.conference.zone).date()

    organizer = walk.officer(Role.ORGANIZER).open(walk.desk(f"sessions/{panel}")).press("Away on this day…")
    work(walk)
    organizer.open(organizer.page.url).reads("It cannot stay: H.E. Ms Dewi Contoh is away.").does_not_read("Shelters")
    organizer.press("Take over what is ticked").reads("Ministers’ panel")
    reader.open(address).does_not_read("was moved")
    with walk.looking():
        starts = db.session.scalars(select(Placement.starts_at).join(Session).where(Session.ref == panel)).all()
        assert {clock.local(one, walk.conference.zone).date() == first_day for one in starts} == {True, False}

    organizer.open(walk.desk("programme/release")).reads("1 session is different for readers").reads("1 mail goes")
    organizer.fill(name="Without the minister").press("Publish version 2")
    reader.open(address).reads("This session was moved in the newest version of the programme.")
    assert "Ministers’ panel" in mailed(walk, "dewi@mission.example")

    organizer.open(walk.desk(f"sessions/{other}")).follow("Emergency change…").reads("Readers see this change at once")
    organizer.press("Publish this change now").reads("One field needs attention")
    organizer.tick(organizer.field("is_cancelled")).fill(reason__en="The hall is under water.")
    organizer.press("Publish this change now").reads("Version 3 of the programme is published.")
    reader.open(f"/{walk.conference.slug}/programme?day=all").reads("The hall is under water.")
    reader.open(f"/{walk.conference.slug}/sessions/{other}").reads("Cancelled")
    reader.open(address).reads("Plenary Hall").does_not_read("Cancelled")


# --- a side event -----------------------------------------------------------------------------------------------------


def test_an_organization_applies_by_link_and_stands_in_the_programme(house: Open) -> None:
    walk = house("side-event")
    room(walk, "Room 2")
    opening = placed(walk, "Opening", room(walk, "Plenary Hall"), 9)
    now = clock.local(clock.now(), walk.conference.zone)
    organizer = walk.officer(Role.ORGANIZER).open(walk.desk("side-events")).follow("Call for side events")
    organizer.fill(opens_at=typed(now - timedelta(days=1)), closes_at=typed(now + timedelta(days=9)))
    organizer.fill(guidance__en="Be brief.").press("Save").reads("Nobody has applied yet.")

    applicant = walk.somebody().open(f"/{walk.conference.slug}/side-events").reads("Be brief.")
    applicant.fill(email="rin@tides.example").press("Send the link")
    applicant.open(walk.link_mailed_to("rin@tides.example", "side-events/at")).follow("Write the application")
    applicant.fill(organization="Institute of Tides", title__en="Tides and data", minutes="45").press("Hand in")
    applicant.reads("One field needs attention")
    expect(applicant.field("title-en")).to_have_value("Tides and data")
    applicant.fill(description__en="How harbours share what they measure.", contact_name="Rin Contoh")
    applicant.press("Hand in").reads("The application was handed in.").reads("Institute of Tides")
    link = applicant.page.url

    organizer.open(walk.desk("side-events")).follow("Tides and data").unfold("Accept it with a time and a room")
    organizer.fill(starts="09:15").tick(organizer.page.get_by_label("Plenary Hall", exact=True).first)
    organizer.press("Place it there").reads("Opening")
    organizer.page.get_by_label("Plenary Hall", exact=True).first.uncheck()
    organizer.tick(organizer.page.get_by_label("Room 2", exact=True).first).press("Place it there")
    organizer.reads("The session has its place in the draft.").reads("Taken into the programme")
    applicant.open(link).reads("Taken into the programme").reads("Time and room have not been published yet.")
    organizer.open(walk.desk("programme/release")).press("Publish version 1")
    applicant.open(link).reads("Room 2")
    applicant.open(f"/{walk.conference.slug}/programme").follow("Tides and data")
    applicant.reads("How harbours share what they measure.").reads("Room 2").does_not_read("Rin Contoh")
    assert opening not in applicant.page.url


# --- a meeting of two delegations -------------------------------------------------------------------------------------


def test_two_delegations_meet_and_nobody_else_learns_of_it(house: Open) -> None:
    walk = house("quiet")
    room(walk, "Small Room", capacity=8)
    placed(walk, "Opening", room(walk, "Plenary Hall"), 9)
    released(walk, "First")
    (north, one), (south, two), (west, third) = (delegation(walk, name) for name in ("North", "South", "West"))
    day = clock.local(walk.conference.starts_at, walk.conference.zone).date().isoformat()

    asking = walk.signed_in(one).open(walk.me(f"delegations/{north}/meetings")).follow("Ask for a meeting")
    asking.press("Send the request").reads("Choose a delegation.")
    asking.choose("asked", south).fill(subject="Fishing rights", minutes="30", people="6", wishes=f"{day} 10:00–12:00")
    asking.press("Send the request").reads("Nobody else learns of it.").reads("The other delegation has to answer.")
    path = asking.page.url.rsplit("/", 1)[-1]
    answering = (
        walk.signed_in(two).open(walk.me(f"delegations/{south}/meetings")).reads("Please answer").follow("North")
    )
    answering.reads("Fishing rights").press("Agree").reads("The protocol office finds a room, and both are told.")

    protocol = walk.officer(Role.PROTOCOL_OFFICER).open(walk.desk("meetings")).follow("North – South")
    protocol.press("Place it here").reads("Both delegations are told.").reads("Small Room")
    for hand, ref in ((asking, north), (answering, south)):
        hand.open(walk.me(f"delegations/{ref}/meetings/{path}")).reads("Small Room").reads("10:00–10:30")

    outsider = walk.signed_in(third)
    outsider.open(walk.me(f"delegations/{west}/meetings")).reads("There is no meeting yet.")
    assert answer(outsider, walk.me(f"delegations/{west}/meetings/{path}")) == 404
    assert answer(outsider, walk.me(f"delegations/{north}/meetings/{path}")) == 404
    organizer = walk.officer(Role.ORGANIZER).open(walk.desk("programme"))
    organizer.reads("Reserved").does_not_read("Fishing rights").does_not_read("North")
    assert answer(organizer, walk.desk(f"meetings/{path}")) == 403
    organizer.open(walk.desk("programme/release")).does_not_read("Reserved").does_not_read("Fishing rights")
    reader = walk.somebody().open(f"/{walk.conference.slug}/programme").reads("Opening").does_not_read("Small Room")
    assert "Fishing" not in reader.page.content()


# --- a general debate -------------------------------------------------------------------------------------------------


def test_delegations_ask_to_speak_hand_in_and_take_the_floor_in_order(house: Open, tmp_path: Path) -> None:
    walk = house("debate")
    session = placed(walk, "General debate", room(walk, "Plenary Hall"), 9, kind=Kind.GENERAL_DEBATE)
    released(walk, "First")
    (north, one), (south, two) = (delegation(walk, name) for name in ("North", "South"))
    now = clock.local(clock.now(), walk.conference.zone)
    organizer = walk.officer(Role.ORGANIZER).open(walk.desk(f"sessions/{session}/debate"))
    organizer.fill(opens_at=typed(now - timedelta(days=1)), closes_at=typed(now + timedelta(days=9)))
    organizer.fill(due_at=typed(now + timedelta(days=20)), minutes="5").press("Save").reads(
        "Nobody is in the list yet."
    )
    organizer.open(walk.desk(f"sessions/{session}/debate")).fill(title__en="Trust").press("Add a topic").reads("Trust")

    first = walk.signed_in(one).open(walk.me(f"statements/{north}/"))
    asks(first, "Mr Rin Contoh", "vice_minister")
    second = walk.signed_in(two).open(walk.me(f"statements/{south}/"))
    asks(second, "H.E. Ms Dewi Contoh", "minister")
    paper = tmp_path / "statement.pdf"
    paper.write_bytes(PAPER)
    second.page.locator("main input[name=file]").set_input_files(paper)
    second.press("Hand in").reads("The statement was handed in.").reads("statement.pdf")
    assert answer(second, walk.me(f"statements/{north}/{session}")) == 404

    organizer.open(walk.desk(f"sessions/{session}/speakers")).reads("H.E. Ms Dewi Contoh").reads("Handed in")
    organizer.press("Show the list to the public").follow("Run the debate")
    expect(organizer.page.locator("main ol.order li")).to_contain_text(["South", "North"])
    organizer.press("Gives the statement now").reads("Began at").press("Has ended")
    organizer.press("Gives the statement now")
    expect(organizer.page.locator("main section", has_text="Has the floor").locator("h3").first).to_contain_text(
        "North"
    )
    reader = walk.somebody().open(f"/{walk.conference.slug}/sessions/{session}").follow("List of speakers")
    expect(reader.page.locator("main tbody tr")).to_contain_text(["South", "North"])
    expect(reader.page.locator("main tbody tr").first.get_by_role("link", name="Text South")).to_be_visible()
    expect(reader.page.get_by_role("link", name="Text North")).to_have_count(0)


def asks(hand: Reads, name: str, rank: str) -> None:
    hand.choose("who", "other").fill(name=name).choose("rank", rank)
    hand.pick(hand.field("topic").first, hand.field("topic").locator("option").nth(1).get_attribute("value"))  # type: ignore[attr-defined]
    hand.tick(hand.field("may_publish")).press("Ask for a place").reads("Saved. The secretariat sees it.")  # type: ignore[attr-defined]


# --- two days from a template, by keyboard alone ----------------------------------------------------------------------


def test_a_conference_of_two_days_is_made_from_a_template_by_keyboard_alone(house: Open) -> None:
    walk = house("beside")
    holder = build.account(name="Administrator")
    build.mandate(holder, Role.ADMINISTRATOR)
    day = (clock.now() + timedelta(days=90)).date()
    hand = walk.signed_in(holder, Keyboard).open("/desk/new")
    hand.follow("Regional conference, two days (RCDD style)").reads("What you begin with has %(num)d days.", num=2)
    hand.fill(name__en="Conference on Tides", slug="tides").press("Create the draft")
    hand.reads("2 fields need attention")
    hand.fill(starts_on=day.isoformat(), ends_on=(day + timedelta(days=1)).isoformat(), city__en="Denpasar")
    hand.choose("zone", "Asia/Makassar").fill(contact_email="office@tides.example").press("Create the draft")
    hand.reads("The conference is a draft: only staff see it.").reads("What to do next")

    hand.go_to("Sessions").follow("New session").fill(title__en="Signing of the compact", minutes="30").press("Save")
    hand.fill(starts="17:00").choose("day", (day + timedelta(days=1)).isoformat())
    hand.tick(hand.page.locator("main [name=rooms]").first).press("Place it there").reads("17:00–17:30")
    hand.go_to("Programme").follow("Publish…").fill(name="First").press("Publish version 1")
    hand.reads("Version 1 of the programme is published.")
    hand.open("/desk/tides/conference/life").press("Announce")
    reader = walk.somebody(Keyboard).open("/tides/programme").reads("Opening ceremony")
    reader.activate(reader.page.locator("nav.tabs a").nth(1))  # type: ignore[attr-defined]
    reader.follow("Signing of the compact").reads("17:00–17:30")


# --- what several journeys need ---------------------------------------------------------------------------------------


def typed(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"


def room(walk: House, name: str, **about: Any) -> int:
    with walk.at_work():
        made = rooms.add_room(SYSTEM, walk.conference, {"en": name}, **about)
        db.session.flush()
        return made.id


def placed(
    walk: House, title: str, where: int, hour: int, *, kind: Kind = Kind.PANEL, speaker: Person | None = None
) -> str:
    """A session of an hour on the first day; its reference."""
    with walk.at_work():
        made = session_actions.create_session(SYSTEM, walk.conference, Details(kind, {"en": title}, 60))
        db.session.flush()
        if speaker is not None:
            kept = db.session.get_one(Person, speaker.id)
            session_actions.add_role(SYSTEM, made, SessionRoleKind.SPEAKER, person=kept)
        starts_at = walk.conference.starts_at + timedelta(hours=hour)
        timetable.place(SYSTEM, made, [db.session.get_one(Room, where)], starts_at)
        return made.ref


def released(walk: House, name: str) -> None:
    with walk.at_work():
        timetable.release(SYSTEM, walk.conference, name=name)


def delegation(walk: House, name: str) -> tuple[str, Any]:
    """With its head and its focal point."""
    row, holder = build.delegation(walk.conference, name={"en": name}, accepted_at=clock.now()), build.account()
    build.mandate(holder, Role.FOCAL_POINT, walk.conference, delegation_id=row.id)
    build.registration(walk.conference, delegation_id=row.id, organization="", capacity=Capacity.HEAD)
    return row.ref, holder


def work(walk: House) -> None:
    jobs.run_due()
    db.session.rollback()


def mailed(walk: House, mailbox: str) -> str:
    """The newest mail to somebody."""
    work(walk)
    newest = select(Mail.text).where(Mail.recipient == mailbox).order_by(Mail.id.desc())
    with walk.looking():
        return str(db.session.scalars(newest).first())


def answer(hand: Reads, path: str) -> int:
    """What an address says to somebody who has only guessed it."""
    return int(hand.context.request.get(path).status)
