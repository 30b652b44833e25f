"""One conference from nothing to a verified document, through every persona's own pages.

It is walked three times: by mouse, by keyboard alone, and at 320 px with scripts switched off.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from confapp.foundation import clock
from tests.browser.conftest import Site
from tests.browser.hands import Keyboard, Mouse, Small

FIRST_DAY = (clock.now() + timedelta(days=120)).date()
MEMBERS = (("Ratu", "Contoh", "head"), ("Amir", "Sampel", "delegate"), ("Mira", "Muster", "adviser"))


class Walk:
    """A conference's slug and a way to use the site; each person gets a browser of their own."""

    def __init__(self, site: Site, browser: Browser, hand: type[Mouse]) -> None:
        self.site, self.browser, self.hand = site, browser, hand
        self.slug = f"walk-{hand.__name__.lower()}"

    @contextmanager
    def somebody(self) -> Iterator[Mouse]:
        hand = self.hand(self.browser, self.site.address)
        try:
            yield hand
        finally:
            hand.close()

    def mailbox(self, role: str) -> str:
        return f"{role}.{self.slug}@mail.example"


@pytest.mark.parametrize("hand", [Mouse, Keyboard, Small])
def test_from_the_invitation_to_the_verified_document(
    site: Site, browser: Browser, hand: type[Mouse], signed_in_as_administrator: dict[str, object], tmp_path: Path
) -> None:
    walk = Walk(site, browser, hand)
    the_organizer_makes_a_conference_and_invites_a_state(walk, signed_in_as_administrator)
    the_focal_point_registers_three_members(walk)
    the_officer_returns_one_with_a_reason(walk)
    the_focal_point_corrects_it(walk)
    the_officer_accredits_it(walk)
    the_programme_officer_schedules_a_session_and_the_public_sees_it(walk)
    the_editor_publishes_the_document(walk)
    another_person_releases_it(walk, signed_in_as_administrator)
    a_stranger_verifies_the_file_and_a_changed_copy_is_refused(walk, tmp_path)


@pytest.fixture
def signed_in_as_administrator(signed_in: object) -> dict[str, object]:
    return signed_in("Administrator")  # type: ignore[operator]


def the_organizer_makes_a_conference_and_invites_a_state(walk: Walk, cookies: dict[str, object]) -> None:
    with walk.somebody() as organizer:
        organizer.context.add_cookies(cookies["cookies"])  # type: ignore[arg-type]
        organizer.open("/desk/new")
        organizer.fill(name__en="Conference of the Walk", name__id="Konferensi Perjalanan", slug=walk.slug)
        organizer.fill(starts_on=FIRST_DAY.isoformat(), ends_on=(FIRST_DAY + timedelta(days=1)).isoformat())
        organizer.choose("zone", "Asia/Jakarta").fill(city__en="Jakarta", contact_email="office@walk.example")
        organizer.press("Create the draft")

        organizer.open(f"/desk/{walk.slug}/conference")
        opens, closes = clock.now() - timedelta(days=2), clock.now() + timedelta(days=30)
        organizer.fill(
            registration_opens_at=f"{opens:%Y-%m-%dT09:00}", registration_closes_at=f"{closes:%Y-%m-%dT17:00}"
        )
        organizer.press("Save")
        organizer.open(f"/desk/{walk.slug}/conference/life").press("Announce")

        for role in ("accreditation_officer", "programme_officer", "secretariat_editor"):
            organizer.open(f"/desk/{walk.slug}/people/invite")
            organizer.fill(email=walk.mailbox(role), name=f"Walk {role}").choose("role", role)
            organizer.press("Send the invitation")

        organizer.open(f"/desk/{walk.slug}/delegations/add?q=Fiji")
        organizer.tick(organizer.page.locator("main [name=party]").first).press("Add those ticked")
        organizer.follow("Fiji", within="main")
        organizer.fill(email=walk.mailbox("focal"), name="Walk Focal").press("Mail the invitation")
        organizer.reads("Invited")


def the_focal_point_registers_three_members(walk: Walk) -> None:
    with walk.somebody() as focal_point:
        accept_invitation(walk, focal_point, "focal")
        open_own_delegation(walk, focal_point)
        focal_point.press("Accept the invitation").reads("Accepted")
        for given, family, capacity in MEMBERS:
            focal_point.follow("Register a member", within="main")
            focal_point.fill(given_name=given, family_name=family)
            focal_point.choose("capacity", capacity).tick(focal_point.field("data_use").first)
            focal_point.press("Register")
            focal_point.reads(family)
            if "/registrations/" in focal_point.page.url:
                open_own_delegation(walk, focal_point)
        for _, family, _ in MEMBERS:
            focal_point.reads(family)


def the_officer_returns_one_with_a_reason(walk: Walk) -> None:
    with walk.somebody() as officer:
        accept_invitation(walk, officer, "accreditation_officer")
        officer.open(f"/desk/{walk.slug}/registrations").follow("Sampel, Amir", within="main")
        officer.follow("Return for correction", within="main")
        officer.press("Return for correction").reads("Please give a reason")
        officer.fill(reason="Please write the functional title.")
        officer.press("Return for correction").reads("Returned for correction")
        walk.officer = officer.context.storage_state()  # type: ignore[attr-defined]


def the_focal_point_corrects_it(walk: Walk) -> None:
    with walk.somebody() as focal_point:
        sign_in_by_mail(walk, focal_point, walk.mailbox("focal"))
        open_own_delegation(walk, focal_point)
        focal_point.reads("Please write the functional title.")
        focal_point.follow("Sampel, Amir", within="main")
        focal_point.follow("Correct the registration", within="main").fill(
            functional_title="Deputy Director for Examples"
        )
        focal_point.press("Save and submit again")
        focal_point.reads("The correction was saved.").reads("Deputy Director for Examples")


def the_officer_accredits_it(walk: Walk) -> None:
    with walk.somebody() as officer:
        officer.context.add_cookies(walk.officer["cookies"])  # type: ignore[attr-defined]
        officer.open(f"/desk/{walk.slug}/").go_to("Registrations")
        officer.follow("Sampel, Amir", within="main").reads("Deputy Director for Examples")
        officer.press("Accredit").reads("Accredited")


def the_programme_officer_schedules_a_session_and_the_public_sees_it(walk: Walk) -> None:
    with walk.somebody() as programme, walk.somebody() as visitor:
        accept_invitation(walk, programme, "programme_officer")
        programme.open(f"/desk/{walk.slug}/rooms/new").fill(name__en="Plenary Hall").press("Save")
        programme.open(f"/desk/{walk.slug}/sessions/new")
        programme.fill(title__en="Opening of the Walk", title__id="Pembukaan Perjalanan").press("Save")
        programme.fill(starts="09:30")
        programme.tick(programme.page.locator("main [name=rooms]").first).press("Place it there")

        visitor.open(f"/{walk.slug}/programme").does_not_read("Opening of the Walk")
        programme.open(f"/desk/{walk.slug}/programme/release").reads("Opening of the Walk")
        programme.press("Publish version 1")
        visitor.open(f"/{walk.slug}/programme").reads("Opening of the Walk").reads("09:30")
        visitor.open(f"/id/{walk.slug}/programme").reads("Pembukaan Perjalanan")


def the_editor_publishes_the_document(walk: Walk) -> None:
    with walk.somebody() as editor:
        accept_invitation(walk, editor, "secretariat_editor")
        editor.open(f"/desk/{walk.slug}/documents/new")
        editor.fill(symbol="WALK/2027/1", title__en="Message of the Walk", title__id="Pesan Perjalanan")
        editor.choose("kind", "outcome").choose("nature", "voluntary_message").choose("original", "en")
        for code in ("en", "id"):
            editor.choose("languages", code)
        editor.untick(editor.field("begins"))
        editor.press(editor.page.locator("main form button").last.inner_text())
        document = editor.page.url
        editor.activate(editor.page.locator("main").get_by_role("link", name="Add below").first)
        editor.choose("kind", "operative")
        editor.fill(texts__en="*Decide* to walk on.", texts__id="*Memutuskan* untuk terus berjalan.")
        editor.press("Add the paragraph").reads("to walk on.")
        editor.open(document.removeprefix(walk.site.address)).follow("Record the adoption", within="main")
        editor.choose("manner", "consensus").fill(adopted_on=clock.now().date().isoformat())
        editor.press("Record the adoption")
        editor.follow("Publish", within="main").press("Prepare issue 1")
        for _ in range(150):
            if editor.page.locator("main").get_by_text("Verification code").count():
                break
            editor.page.wait_for_timeout(300)
            editor.page.reload()
        editor.reads("Verification code").reads("Another person looks at its files")
        walk.issue = editor.page.url.removeprefix(walk.site.address)  # type: ignore[attr-defined]


def another_person_releases_it(walk: Walk, cookies: dict[str, object]) -> None:
    with walk.somebody() as organizer:
        organizer.context.add_cookies(cookies["cookies"])  # type: ignore[arg-type]
        organizer.open(walk.issue).press("Release").reads("The issue is released.")  # type: ignore[attr-defined]


def a_stranger_verifies_the_file_and_a_changed_copy_is_refused(walk: Walk, folder: Path) -> None:
    with walk.somebody() as stranger:
        stranger.open(f"/{walk.slug}/documents/WALK/2027/1").reads("to walk on.")
        answer = stranger.context.request.get(f"/{walk.slug}/documents/WALK/2027/1.en.pdf")
        genuine, altered = folder / "message.pdf", folder / "altered.pdf"
        content = answer.body()
        assert content.startswith(b"%PDF-")
        genuine.write_bytes(content)
        altered.write_bytes(content[:-200] + bytes([content[-200] ^ 1]) + content[-199:])

        stranger.open("/verify").field("file").set_input_files(genuine)
        stranger.press("Compare the file").reads("This file is exactly what was published")
        stranger.reads("WALK/2027/1")
        stranger.open("/verify").field("file").set_input_files(altered)
        stranger.press("Compare the file").reads("This file is not what was published")
        assert stranger.context.cookies() == [] or all(c["name"] == "confapp" for c in stranger.context.cookies())


# --- steps that several people take -----------------------------------------------------------------------------------


def accept_invitation(walk: Walk, hand: Mouse, role: str) -> None:
    hand.open(walk.site.link_mailed_to(walk.mailbox(role), "invitations"))
    hand.press("Accept and sign in")
    expect(hand.page.locator("body")).to_contain_text(walk.mailbox(role))


def sign_in_by_mail(walk: Walk, hand: Mouse, mailbox: str) -> None:
    hand.open("/sign-in").fill(email=mailbox).press("Send me a link")
    hand.open(walk.site.link_mailed_to(mailbox, "sign-in")).press("Sign in")


def open_own_delegation(walk: Walk, hand: Mouse) -> None:
    hand.open(f"/me/{walk.slug}/")
    if "/delegations/" not in hand.page.url:
        hand.follow("Fiji", within="main")
