"""Delegations, registration and accreditation as people use them, in both languages and with a real Chromium.

The organizer and a mission, a focal point and a member, a journalist and the offices, an accreditation officer by
keyboard alone, and a delegate with the own data. Each of them reads the language of the journey.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from confapp.foundation import clock, places, vault
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db
from confapp.foundation.languages import speaking
from confapp.foundation.web.filters import moment
from confapp.people.models import Mandate
from confapp.people.rules import Role
from confapp.programme.actions import rooms, sign_ups, timetable
from confapp.programme.actions import sessions as session_actions
from confapp.programme.models import Session
from confapp.programme.rules import Details, Kind
from confapp.registration import actions
from confapp.registration.actions import question_sets
from confapp.registration.actions import questions as question_actions
from confapp.registration.models import Category, Credential, Delegation, Letter, Registration
from confapp.registration.queries.questions import answers_of
from confapp.registration.rules import ACCREDITATION, ConsentKind, Entry, Office, PhotoNeed
from confapp.registration.rules.question_sets import SETS
from tests import build
from tests.browser.hands import Keyboard, Mouse, Small
from tests.browser.house import House, Reads, Site
from tests.browser.test_pages import Judge
from tests.conftest import english_and_no_scope  # noqa: F401

LANGUAGES = ["en", "id"]
BLANKS = {
    "[Name of the ministry or secretariat]": "The Ministry of Examples",
    "[Nama kementerian atau sekretariat]": "Kementerian Contoh",
    "[address of its pages]": "www.ministry.example",
    "[alamat lamannya]": "www.ministry.example",
}
Open = Callable[[str], House]


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("journeys"))
    yield made
    made.server.shutdown()


@pytest.fixture
def house(own_site: Site, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens a conference for one journey, whose people read a language."""
    opened: list[House] = []

    def one(language: str) -> House:
        name = request.node.originalname.split("_")[-1]
        opened.append(House(own_site, browser, f"{name}-{len(_slugs)}", language))
        _slugs.append(name)
        return opened[-1]

    with own_site.app.app_context():
        yield one
        for made in opened:
            made.close()


_slugs: list[str] = []


# --- the organizer invites, the mission answers -----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_organizer_orders_and_invites_and_the_mission_names_its_focal_point(house: Open, language: str) -> None:
    walk = house(language)
    organizer = walk.officer(Role.ORGANIZER)
    alfa = the_organizer_adds_two_delegations_in_the_order_of_a_rule(walk, organizer)
    the_organizer_fills_in_the_blanks_of_the_note_verbale(walk, organizer)
    the_organizer_issues_the_invitation(walk, organizer, alfa)
    the_mission_accepts_and_names_its_focal_point(walk, alfa)
    organizer.open(walk.desk(f"delegations/{alfa}")).reads("Accepted").reads(f"chosen.{walk.language}@mission.example")


def the_organizer_adds_two_delegations_in_the_order_of_a_rule(walk: House, organizer: Reads) -> str:
    number = len(_slugs)
    names = (
        {"en": f"Alfaland {number}", "id": f"Zafaland {number}"},
        {"en": f"Midland {number}", "id": f"Bumi {number}"},
    )
    alfa, midland = (own_party(f"T{number}{letter}", name) for letter, name in zip("AB", names, strict=True))
    organizer.open(walk.desk("delegations/add"))
    for code in (midland, alfa):
        organizer.tick(organizer.page.locator(f"#p-{code}"))
    organizer.press("Add those ticked")
    organizer.open(walk.desk("delegations/order")).choose("language", walk.language)
    organizer.press("Preview").press("Apply this order").reads("The delegations are in the new order.")
    with walk.looking():
        rows = db.session.scalars(select(Delegation).order_by(Delegation.position)).all()
        assert [row.code for row in rows] == ([alfa, midland] if walk.language == "en" else [midland, alfa])
        return next(row.ref for row in rows if row.code == alfa)


def the_organizer_fills_in_the_blanks_of_the_note_verbale(walk: House, organizer: Reads) -> None:
    organizer.open(walk.desk("letters/texts/note_verbale")).press("Begin with the neutral text")
    organizer.reads("Blanks to fill in")
    for code in LANGUAGES:
        text = organizer.field(f"body-{code}")
        written = text.input_value()
        for blank, words in BLANKS.items():
            written = written.replace(blank, words)
        organizer.write(text, written)
    organizer.press("Save").does_not_read("Blanks to fill in")


def the_organizer_issues_the_invitation(walk: House, organizer: Reads, alfa: str) -> None:
    organizer.open(walk.desk(f"delegations/{alfa}/contact")).fill(email=f"note.{walk.language}@mission.example").press(
        "Save"
    )
    organizer.open(walk.desk("letters/invitations"))
    organizer.tick(organizer.page.locator(f"main [name=delegation][value='{alfa}']"))
    organizer.press("Go on with those ticked")
    for code in LANGUAGES:
        organizer.page.locator(f"main [name=languages][value='{code}']").set_checked(code == walk.language)
    organizer.press("Issue and mail %(num)d letter", "Issue and mail %(num)d letters", 1)


def the_mission_accepts_and_names_its_focal_point(walk: House, alfa: str) -> None:
    mission = walk.somebody()
    mission.open(walk.link_mailed_to(f"note.{walk.language}@mission.example", "nomination"))
    with walk.looking():
        letter = db.session.scalars(select(Letter)).one()
        assert letter.status == "issued"
        number = letter.number
    mailbox = f"chosen.{walk.language}@mission.example"
    mission.reads(number).press("Send the answer").choose("answer", "accept")
    mission.fill(
        signer="Mira Muster, First Secretary",
        first_email=mailbox,
        first_name="Sari Contoh",
    )
    mission.press("Send the answer").reads("Accepted").reads("Sari Contoh")
    with walk.looking():
        invited = select(Mandate).join(Delegation, Mandate.delegation_id == Delegation.id)
        named = db.session.scalars(invited.where(Delegation.ref == alfa)).all()
        assert [(one.role, one.account.email) for one in named] == [(Role.FOCAL_POINT, mailbox)]
    focal_point = walk.somebody().open(walk.link_mailed_to(mailbox, "invitations"))
    focal_point.press("Accept and sign in")
    focal_point.open(walk.me("")).reads("Members" if "/delegations/" in focal_point.page.url else "Delegation")


def own_party(code: str, name: dict[str, str]) -> str:
    return str(build.change(build.party(code), name=name).code)


# --- the focal point and a member -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_focal_point_enters_invites_replaces_and_hands_over(house: Open, language: str, tmp_path: Path) -> None:
    walk = house(language)
    build.category(
        walk.conference, code="delegate", is_open_to_all=False, members_fill_in=True, photo=PhotoNeed.REQUIRED
    )
    asks(walk, "delegate")
    delegation = build.delegation(walk.conference, invited_at=clock.now(), accepted_at=clock.now())
    holder = build.account(f"focal.{language}@mission.example", name="Sari Contoh", language=language)
    build.mandate(holder, Role.FOCAL_POINT, walk.conference, delegation_id=delegation.id)
    own = walk.me(f"delegations/{delegation.ref}")

    focal_point = walk.somebody().open("/sign-in").fill(email=holder.email).press("Send me a link")
    focal_point.open(walk.link_mailed_to(holder.email, "sign-in")).press("Sign in").open(own).stands_in(language)
    the_focal_point_enters_a_member(walk, focal_point)
    the_focal_point_reads_what_is_missing_and_by_when(walk, focal_point)
    the_focal_point_sends_the_note_verbale(walk, focal_point, delegation)
    the_focal_point_invites_another_who_fills_in(walk, focal_point.open(own), tmp_path)
    the_focal_point_replaces_the_first_member(walk, focal_point.open(own))
    the_focal_point_hands_over(walk, focal_point.open(own), delegation)


def the_focal_point_enters_a_member(walk: House, focal_point: Reads) -> None:
    focal_point.follow("Register a member").fill(given_name="Amir", family_name="Sampel")
    focal_point.choose("capacity", "delegate").tick(focal_point.field("data_use").first)
    expect(focal_point.question("nationality")).to_be_hidden()
    focal_point.answer(attendance_mode="in-person")
    expect(focal_point.question("nationality")).to_be_visible()
    focal_point.answer(attendance_mode="online", division="Department of Examples")
    expect(focal_point.question("nationality")).to_be_hidden()
    focal_point.press("Register").reads("Sampel")
    answers = walk.of("Sampel", lambda row: {one.question.code: one.value for one in answers_of(row)})
    assert answers["attendance-mode"] == "online"
    assert answers["division"] == "Department of Examples"
    assert "nationality" not in answers


def the_focal_point_reads_what_is_missing_and_by_when(walk: House, focal_point: Reads) -> None:
    closes, zone = walk.conference.registration_closes_at, walk.conference.zone
    with speaking(walk.language):
        deadline = moment(closes, zone)
    focal_point.reads("Still missing").reads("By %(moment)s", moment=deadline).reads("Amir Sampel")


def the_focal_point_sends_the_note_verbale(walk: House, focal_point: Reads, delegation: Delegation) -> None:
    focal_point.reads("None yet").follow("Send a paper")
    focal_point.choose("kind", "note_verbale").fill(number="NV/1/2027")
    focal_point.field("file").set_input_files({"name": "note.pdf", "mimeType": "application/pdf", "buffer": PAPER})
    focal_point.press("Send the paper").reads("NV/1/2027")
    with walk.looking():
        paper = db.session.scalars(select(Credential)).one()
        assert paper.delegation_id == delegation.id
        assert paper.file is not None
        assert paper.checked_at is None


def the_focal_point_invites_another_who_fills_in(walk: House, focal_point: Reads, folder: Path) -> None:
    mailbox = f"dewi.{walk.language}@mail.example"
    focal_point.follow("Invite members to fill in").fill(name_1="Dewi Misal", email_1=mailbox)
    focal_point.choose("capacity_1", "adviser").choose("language", walk.language).press("Send the invitations")
    focal_point.reads("Dewi Misal")

    member = walk.somebody().open(walk.link_mailed_to(mailbox, "links")).press("Open my record")
    with walk.looking():
        ref = db.session.scalars(select(Registration).where(Registration.status == "draft")).one().ref
    own = walk.me(f"registrations/{ref}")
    member.open(own).reads("Not submitted yet").follow("Fill in the registration")
    member.fill(given_name="Dewi", family_name="Misal").answer(attendance_mode="online")
    member.press("Send the registration").reads("Your agreement").tick(member.field("data_use").first)
    member.press("Send the registration").reads("Received").reads("Still missing").follow("Add the photograph")
    member.field("photo").set_input_files(picture(folder))
    member.press("Save the photograph").open(own).does_not_read("Still missing")
    assert walk.status("Misal") == "submitted"
    with walk.looking():
        kept = walk.row("Misal").person.photo
        image = Image.open(io.BytesIO(vault.read(kept)))
        assert image.size == (600, 800)
        assert dict(image.getexif()) == {}
        assert b"Secret Place" not in vault.read(kept)
    the_member_takes_another_with_the_camera(walk, member, own)


def the_member_takes_another_with_the_camera(walk: House, member: Reads, own: str) -> None:
    before = walk.of("Misal", lambda row: row.person.photo_id)

    def touch(label: str) -> None:
        member.page.get_by_role("button", name=member.said(label)).click()

    member.open(own + "/photo")
    member.page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error()); }")
    touch("Open the camera")
    member.reads("The camera cannot be used. Allow it in the browser, or choose a picture.")
    member.open(own + "/photo")
    touch("Open the camera")
    expect(member.page.locator("[data-camera-view]")).to_be_visible()
    wide = member.page.viewport_size
    member.page.set_viewport_size({"width": 320, "height": 700})
    assert member.page.evaluate("document.scrollingElement.scrollWidth") == 320, "what the camera sees is too wide"
    member.page.set_viewport_size(wide)
    touch("Take the picture")
    member.reads("The picture is taken. Choose the part that is kept, and save it.")
    expect(member.page.locator("[data-crop]")).to_be_visible()
    member.press("Save the photograph").reads("The photograph was saved.")
    with walk.looking():
        kept = walk.row("Misal").person.photo
        assert kept.id != before
        assert Image.open(io.BytesIO(vault.read(kept))).size == (600, 800)


def the_focal_point_replaces_the_first_member(walk: House, focal_point: Reads) -> None:
    old = walk.ref("Sampel")
    focal_point.open(walk.me(f"registrations/{old}")).follow("Replace by somebody else")
    focal_point.fill(given_name="Ratu", family_name="Ganti").answer(attendance_mode="online")
    focal_point.tick(focal_point.field("data_use").first).press("Replace").reads("Ratu Ganti")
    assert walk.of("Ganti", lambda row: row.replaces.ref) == old
    assert walk.status("Ganti") == "submitted"
    assert walk.status("Sampel") not in ("submitted", "under_review", "accredited")


def the_focal_point_hands_over(walk: House, focal_point: Reads, delegation: Delegation) -> None:
    colleague = f"colleague.{walk.language}@mission.example"
    focal_point.follow("Hand over to a colleague").fill(email=colleague, name="Budi Contoh").press("Hand over")
    assert focal_point.page.goto(walk.me(f"delegations/{delegation.ref}")).status in (403, 404)
    focal_point.complaints.clear()
    successor = walk.somebody().open(walk.link_mailed_to(colleague, "invitations")).press("Accept and sign in")
    successor.open(walk.me(f"delegations/{delegation.ref}")).reads("Ganti, Ratu").reads("Misal, Dewi")
    with walk.looking():
        now = db.session.scalars(select(Mandate).where(Mandate.delegation_id == delegation.id)).all()
        assert [one.account.email for one in now if one.revoked_at is None] == [colleague]


# --- a journalist and the offices -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "hand"), [("en", Mouse), ("id", Mouse), ("en", Small)])
def test_a_journalist_is_cleared_by_two_offices_and_decided_on_by_two_persons(
    house: Open, language: str, hand: type[Mouse]
) -> None:
    walk = house(language)
    media = build.category(walk.conference, code="media", name={"en": "Media", "id": "Media"}, is_for_delegations=False)
    asks(walk, "media")
    with walk.at_work():
        category = db.session.get_one(Category, media.id)
        for office in (Office.PRESS, Office.SECURITY):
            actions.add_step(SYSTEM, category, office)
        actions.set_four_eyes(SYSTEM, category, True)

    journalist = walk.somebody(hand)
    the_journalist_registers(walk, journalist)
    record = walk.desk(f"registrations/{walk.ref('Wartawan')}")
    for role in (Role.PRESS_DESK, Role.SECURITY_OFFICER):
        walk.officer(role).open(record).press("Clear").reads("Cleared")
    one, another = walk.officer(Role.ACCREDITATION_OFFICER), walk.officer(Role.ACCREDITATION_OFFICER)
    one.open(record).press("Prepare: %(decision)s", decision=one.said("Accredit"))
    one.reads("See it; somebody else releases it").reads("Take it out")
    assert walk.status("Wartawan") in ("submitted", "under_review")
    journalist.open(walk.me(f"registrations/{walk.ref('Wartawan')}")).reads("Received")
    another.open(record).follow("See and release it").follow("Release it")
    another.press("Release %(num)d decision", "Release %(num)d decisions", 1)
    assert walk.status("Wartawan") == "accredited"
    journalist.open(walk.me(f"registrations/{walk.ref('Wartawan')}"))
    journalist.reads("The badge is handed out at the venue; please bring a passport or identity card.")


def the_journalist_registers(walk: House, journalist: Reads) -> None:
    mailbox = f"wanda.{walk.conference.slug}@news.example"
    journalist.open(f"/{walk.conference.slug}/register").stands_in(walk.language)
    journalist.fill(given_name="Wanda", family_name="Wartawan", email=mailbox, organization="Sample News")
    journalist.tick(journalist.field("data_use").first).answer(outlet="Sample News", attendance_mode="online")
    crew, assignment = journalist.question("crew"), journalist.question("assignment")
    if journalist.scripts:
        expect(crew).to_be_hidden()
        journalist.answer(outlet_kind="broadcast")
        expect(crew).to_be_visible()
        expect(assignment).to_be_visible()
    else:
        expect(crew).to_be_visible()
        expect(crew).to_contain_text(journalist.said("Only if: %(condition)s", condition="")[:5])
    journalist.answer(outlet_kind="freelance")
    if journalist.scripts:
        expect(crew).to_be_hidden()
        expect(assignment).to_be_hidden()
    journalist.press("Send the registration").reads("Registration received")
    assert walk.of("Wartawan", lambda row: row.confirmed_at) is None
    journalist.open(walk.link_mailed_to(mailbox, "links")).press("Open my record")
    assert walk.of("Wartawan", lambda row: row.confirmed_at) is not None
    answers = walk.of("Wartawan", lambda row: {one.question.code: one.value for one in answers_of(row)})
    assert answers["outlet-kind"] == "freelance"
    assert "crew" not in answers


# --- an accreditation officer, by mouse and by keyboard alone ---------------------------------------------------------


@pytest.mark.parametrize(("language", "hand"), [("en", Mouse), ("id", Keyboard)])
def test_the_officer_returns_talks_clears_accredits_and_revokes(house: Open, language: str, hand: type[Mouse]) -> None:
    walk = house(language)
    category = build.category(walk.conference, code="expert", is_for_delegations=False)
    with walk.at_work():
        actions.add_step(SYSTEM, db.session.get_one(Category, category.id), Office.ACCREDITATION)
    plain = build.category(walk.conference, code="guest", is_for_delegations=False)
    mailbox = f"mira.{walk.conference.slug}@mail.example"
    registered(walk, category, "Muster", mailbox)
    for name in ("Pertama", "Kedua"):
        registered(walk, plain, name, f"{name.lower()}@mail.example")
    officer = walk.officer(Role.ACCREDITATION_OFFICER, hand)
    record, own = walk.desk(f"registrations/{walk.ref('Muster')}"), walk.me(f"registrations/{walk.ref('Muster')}")
    person = walk.somebody(hand).open(walk.link_mailed_to(mailbox, "links")).press("Open my record").open(own)

    the_officer_returns_it_with_a_named_defect(walk, officer.open(record))
    the_person_asks_and_the_officer_answers(officer, person, record, own)
    the_person_corrects_and_submits_again(walk, person)
    officer.open(record).reads("Director of Examples").press("Clear").reads("Cleared").press("Accredit")
    assert walk.status("Muster") == "accredited"
    person.open(own).reads("Accredited")
    the_officer_accredits_two_at_once(walk, officer)
    the_officer_revokes_one_with_a_reason(walk, officer)


def the_officer_returns_it_with_a_named_defect(walk: House, officer: Reads) -> None:
    officer.follow("Return for correction").tick(officer.field("d-functional_title-wrong"))
    officer.press("Return for correction").reads("Say what should be corrected.")
    officer.write(officer.field("d-functional_title-text"), "The title as on the letter, please.")
    officer.press("Return for correction").reads("Returned for correction")
    assert walk.status("Muster") == "returned"
    assert walk.of("Muster", lambda row: row.defects) == {"functional_title": "The title as on the letter, please."}


def the_person_asks_and_the_officer_answers(officer: Reads, person: Reads, record: str, own: str) -> None:
    person.open(own).reads("The title as on the letter, please.").fill(text="Which letter is meant?")
    person.press("Send the message").reads("Which letter is meant?")
    officer.open(record).reads("Which letter is meant?")
    officer.write(officer.page.locator("#message"), "That of your institute.")
    officer.press("Send the message").reads("That of your institute.")
    person.open(own).reads("That of your institute.")


def the_person_corrects_and_submits_again(walk: House, person: Reads) -> None:
    person.follow("Correct the registration").reads("The title as on the letter, please.")
    person.fill(functional_title="Director of Examples").press("Save and submit again")
    assert walk.status("Muster") in ("submitted", "under_review")
    assert walk.of("Muster", lambda row: row.functional_title) == "Director of Examples"


def the_officer_accredits_two_at_once(walk: House, officer: Reads) -> None:
    officer.open(walk.desk("registrations"))
    for name in ("Pertama", "Kedua"):
        officer.tick(officer.page.locator(f"main [name=ref][value='{walk.ref(name)}']"))
    officer.press("Decide on those ticked").choose("do", "accredit")
    officer.press("Do it for %(num)d person", "Do it for %(num)d persons", 2)
    assert [walk.status(name) for name in ("Muster", "Pertama", "Kedua")] == ["accredited"] * 3


def the_officer_revokes_one_with_a_reason(walk: House, officer: Reads) -> None:
    officer.open(walk.desk(f"registrations/{walk.ref('Kedua')}")).unfold("Revoke the accreditation")
    officer.press("Revoke the accreditation").reads("Please give a reason.")
    officer.write(officer.page.locator("#reason-revoke"), "Registered by mistake.")
    officer.press("Revoke the accreditation").reads("Revoked").reads("Registered by mistake.")
    assert [walk.status(name) for name in ("Pertama", "Kedua")] == ["accredited", "revoked"]


# --- a delegate with the own data -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_delegate_takes_an_offer_chooses_a_session_looks_after_the_own_data_and_withdraws(
    house: Open, language: str
) -> None:
    walk = house(language)
    category = build.category(walk.conference, code="guest", is_for_delegations=False, offer_hours=48)
    with walk.at_work():
        places.set_capacity(places.quota_for(db.session.get_one(Category, category.id)), 1)
    registered(walk, category, "Pertama", f"first.{walk.conference.slug}@mail.example")
    mailbox = f"mira.{walk.conference.slug}@mail.example"
    registered(walk, category, "Muster", mailbox, passport_number="X1234567")
    own = walk.me(f"registrations/{walk.ref('Muster')}")
    delegate = walk.somebody().open(walk.link_mailed_to(mailbox, "links")).press("Open my record")
    delegate.open(own).reads("On the waiting list")

    decide(walk, "Pertama", "withdraw")
    delegate.open(own).press("Accept the place").does_not_read("On the waiting list")
    decide(walk, "Muster", "accredit")
    the_delegate_chooses_one_of_two_sessions(walk, delegate.open(own))
    the_delegate_sees_who_opened_the_passport_number(walk, delegate, own)
    the_delegate_downloads_everything(delegate)
    the_delegate_changes_address_and_language(walk, delegate.open(own), mailbox)
    again = walk.somebody(language="id" if language == "en" else "en")
    again.open(walk.link_mailed_to(f"new.{mailbox}", "links")).press("Open my record").open(own)
    again.follow("Withdraw the registration").press("Withdraw the registration")
    again.reads("You are withdrawn").reads("What is kept, and how long").reads("To take part after all")
    assert walk.status("Muster") == "withdrawn"


def the_delegate_chooses_one_of_two_sessions(walk: House, delegate: Reads) -> None:
    with walk.at_work():
        room = rooms.add_room(SYSTEM, walk.conference, {"en": "Hall"})
        group = session_actions.add_choice_group(SYSTEM, walk.conference, {"en": "Morning", "id": "Pagi"})
        db.session.flush()
        starts = walk.conference.starts_at + timedelta(hours=9)
        for number, title in enumerate(("North", "South")):
            details = Details(kind=Kind.PANEL, title={"en": title, "id": title}, minutes=60)
            session = session_actions.create_session(SYSTEM, walk.conference, details, group)
            db.session.flush()
            timetable.place(SYSTEM, session, [room], starts + timedelta(hours=number))
            sign_ups.set_sign_up(SYSTEM, session, is_open=True, capacity=5)
    with walk.at_work():
        timetable.release(SYSTEM, walk.conference, name="First")
    delegate.page.reload()
    delegate.follow("Choose sessions").press("Choose").reads("Chosen").press("Choose this one instead")
    with walk.looking():
        quotas = [one.place.quota for one in places.of_holder(walk.row("Muster"))]
        held = [quota.owner_id for quota in quotas if quota.owner_kind == "session"]
        titles = db.session.scalars(select(Session.title).where(Session.id.in_(held))).all()
        assert [title["en"] for title in titles] == ["South"]


def the_delegate_sees_who_opened_the_passport_number(walk: House, delegate: Reads, own: str) -> None:
    delegate.open(own).reads("Nobody has opened what is kept sealed of you.")
    officer = walk.officer(Role.ACCREDITATION_OFFICER, name="Rina Petugas")
    officer.open(walk.desk(f"registrations/{walk.ref('Muster')}")).does_not_read("X1234567")
    officer.unfold("Open, with a reason").fill(reason="Access list of the venue").press("Open").reads("X1234567")
    delegate.open(own).reads("Rina Petugas").reads("Access list of the venue")


def the_delegate_downloads_everything(delegate: Reads) -> None:
    delegate.follow("Your data: see, download, erase").reads("Rina Petugas")
    with delegate.page.expect_download() as coming:
        delegate.page.get_by_role("link", name=delegate.said("Download everything (ZIP)")).click()
    with zipfile.ZipFile(coming.value.path()) as archive:
        endings = {Path(name).suffix for name in archive.namelist()}
        text = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".json"))
    assert {".json", ".pdf"} <= endings
    assert b"X1234567" in text
    assert b"Muster" in text


def the_delegate_changes_address_and_language(walk: House, delegate: Reads, mailbox: str) -> None:
    other = "id" if walk.language == "en" else "en"
    delegate.follow("Address and language").fill(email=f"new.{mailbox}").choose("language", other).press("Save")
    assert walk.of("Muster", lambda row: (row.person.language, row.person.email)) == (other, mailbox)
    at_new_address = walk.somebody(language=other).open(walk.link_mailed_to(f"new.{mailbox}", "address"))
    at_new_address.press("Use this address")
    assert walk.of("Muster", lambda row: row.person.email) == f"new.{mailbox}"


# --- how the pages look -----------------------------------------------------------------------------------------------


def test_the_pages_of_these_journeys_are_accessible_and_fit_a_telephone(house: Open) -> None:
    walk = house("en")
    media = build.category(walk.conference, code="media", is_for_delegations=False, needs_four_eyes=True)
    delegates = build.category(walk.conference, code="delegate", is_open_to_all=False, members_fill_in=True)
    asks(walk, "media")
    asks(walk, "delegate")
    delegation = build.delegation(walk.conference, invited_at=clock.now(), accepted_at=clock.now())
    member = build.registration(walk.conference, delegation_id=delegation.id, category_id=delegates.id, number="WALK-1")
    registered(walk, media, "Muster", f"mira.{walk.conference.slug}@mail.example")
    holder = build.account(name="Sari Contoh")
    build.mandate(holder, Role.FOCAL_POINT, walk.conference, delegation_id=delegation.id)
    one = f"registrations/{walk.ref('Muster')}"
    found: list[str] = []
    of_delegation = [
        f"delegations/{delegation.ref}{more}" for more in ("", "/members/new", "/members/invite", "/hand-over")
    ]
    of_member = [f"registrations/{member.ref}{more}" for more in ("", "/replace", "/photo", "/data", "/withdraw")]
    found += judged(walk.signed_in(holder), [walk.me(path) for path in (*of_delegation, *of_member)])
    for role, paths in (
        (Role.ORGANIZER, ("delegations/order", "letters/invitations")),
        (Role.ACCREDITATION_OFFICER, ("registrations", one, f"{one}/return")),
    ):
        found += judged(walk.officer(role), [walk.desk(path) for path in paths])
    found += judged(walk.somebody(), [f"/{walk.conference.slug}/register"])
    assert found == []


def judged(hand: Any, paths: list[str]) -> list[str]:
    judge = Judge(hand)
    for path in paths:
        judge.look(path)
    return judge.found


# --- what several journeys need ---------------------------------------------------------------------------------------

PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(folder: Path) -> Path:
    """A JPEG that says where it was taken."""
    image = Image.new("RGB", (900, 1200), "#7799bb")
    exif = Image.Exif()
    exif[0x010E] = "Secret Place"
    image.save(folder / "face.jpg", exif=exif)
    return folder / "face.jpg"


def asks(walk: House, name: str) -> None:
    """Opens the questionnaires of a starting set that are asked when somebody registers."""
    with walk.at_work():
        for sheet in question_sets.add_set(SYSTEM, walk.conference, SETS[name]):
            db.session.flush()
            if sheet.asked_at == "registration":
                question_actions.open_questionnaire(SYSTEM, sheet)


def registered(walk: House, category: Category, family_name: str, mailbox: str, **more: Any) -> None:
    """Somebody registered and confirmed the address."""
    values = {"given_name": "Mira", "family_name": family_name, "email": mailbox, "organization": "Sample Institute"}
    entry = Entry(**values, language=walk.language, consents=frozenset({ConsentKind.DATA_USE}), **more)
    with walk.at_work():
        row = actions.self_register(walk.conference, db.session.get_one(Category, category.id), entry)
        db.session.flush()
        actions.confirm(row)


def decide(walk: House, family_name: str, verb: str) -> None:
    move = ACCREDITATION.named(verb)
    assert move is not None
    with walk.at_work():
        actions.change_status(walk.row(family_name), move, by=SYSTEM, reason="A reason.")
