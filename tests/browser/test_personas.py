"""People of the demonstration whom the journey does not meet, each through the pages that they would use."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from confapp.foundation import clock
from tests.browser.conftest import Site
from tests.browser.hands import Mouse, Small

SAMPLE = "/desk/sample-2027"
Somebody = Callable[..., Mouse]


@pytest.fixture
def somebody(site: Site, browser: Browser, signed_in: Callable[[str], dict[str, Any]]) -> Iterator[Somebody]:
    """A browser of one's own, signed in as a role of the demonstration or as nobody."""
    hands: list[Mouse] = []

    def one(role: str = "", kind: type[Mouse] = Mouse) -> Mouse:
        hands.append(kind(browser, site.address))
        if role:
            hands[-1].context.add_cookies(signed_in(role)["cookies"])
        return hands[-1]

    yield one
    for hand in hands:
        hand.close()


@pytest.mark.parametrize("kind", [Mouse, Small])
def test_who_registers_by_a_double_click_is_registered_once_confirms_by_mail_and_withdraws(
    kind: type[Mouse], site: Site, somebody: Somebody
) -> None:
    family = f"Twice{kind.__name__}"
    mailbox = f"{family.lower()}@mail.example"
    visitor = fill_in_registration(somebody(kind=kind), "observer", "Once", family, mailbox)
    visitor.page.get_by_role("button", name="Send the registration").dblclick()
    visitor.reads("Registration received").look()
    officer = somebody("Accreditation officer").open(f"{SAMPLE}/registrations?q={family}")
    expect(officer.page.locator("main tbody tr")).to_have_count(1)

    visitor.open(site.link_mailed_to(mailbox, "links")).press("Open my record")
    visitor.reads("Received").reads(f"Once {family}")
    visitor.follow("Withdraw the registration", within="main").press("Withdraw the registration")
    visitor.reads("You are withdrawn")
    officer.open(f"{SAMPLE}/registrations?q={family}").reads("Withdrawn")


def test_a_journalist_registers_and_the_press_desk_sees_it(somebody: Somebody) -> None:
    journalist = fill_in_registration(somebody(), "media", "Wanda", "Wartawan", "wanda@mail.example")
    journalist.fill(**{"q-outlet": "Sample Weekly"}).choose("q-outlet-kind", "freelance")
    journalist.choose("q-attendance-mode", "in-person")
    journalist.press("Send the registration").reads("Registration received").reads("Media")
    somebody("Press desk").open(f"{SAMPLE}/registrations?q=Wartawan").reads("Wartawan, Wanda")


def test_the_mailbox_page_shows_the_mail_and_its_link_works(site: Site, somebody: Somebody) -> None:
    visitor = somebody(kind=Small)
    visitor.open("/sign-in").fill(email="speaker@demo.example").press("Send me a link")
    site.link_mailed_to("speaker@demo.example", "sign-in")
    visitor.follow("Open the demonstration's mailbox")
    visitor.activate(visitor.page.get_by_role("row", name="speaker@demo.example").first.get_by_role("link"))
    visitor.activate(visitor.page.locator("main a[href*='/sign-in/']"))
    visitor.press("Sign in").reads("Speaker")


def test_a_delegate_opens_the_own_record_by_a_link_and_nothing_else(site: Site, somebody: Somebody) -> None:
    delegate = somebody()
    delegate.open("/links/").fill(email="delegate@demo.example").press("Send my link again")
    delegate.open(site.link_mailed_to("delegate@demo.example", "links")).press("Open my record").reads("Yui Mihon")
    assert answer_to(delegate, f"{SAMPLE}/registrations") == 403
    delegate.open("/me/").does_not_read("Where you are signed in")


def test_access_needs_are_opened_with_a_reason_that_the_delegate_reads(somebody: Somebody) -> None:
    delegate = open_own_record(somebody("Delegate")).reads("Nobody has opened")
    delegate.follow("Correct the registration", within="main").fill(access_needs="A place beside the aisle")
    delegate.page.locator("main form .form-end button").click()
    delegate.reads("kept sealed until")

    protocol = somebody("Protocol officer").open(f"{SAMPLE}/registrations?q=Mihon")
    protocol.follow("Mihon, Ms Yui", within="main").does_not_read("beside the aisle")
    protocol.page.locator("main summary", has_text="Open, with a reason").first.click()
    protocol.fill(reason="Seating of the plenary").press("Open").reads("A place beside the aisle")
    open_own_record(delegate).reads("Sample Protocol officer").reads("Seating of the plenary")
    somebody("Accreditation officer").open(protocol.page.url.removesuffix("/access-needs")).reads(
        "Kept. Your role does not open it."
    )


def test_a_viewer_sees_and_cannot_change(somebody: Somebody) -> None:
    viewer = somebody("Viewer").open(f"{SAMPLE}/registrations?status=submitted")
    viewer.activate(viewer.page.locator("main tbody th a").first)
    viewer.reads("There is nothing for you to decide here now.").does_not_read("Accredit ")
    assert viewer.page.locator("main form[method=post]").count() == 0
    sent: dict[str, str | float | bool] = {
        name: viewer.page.locator(f"[name={name}]").first.input_value() for name in ("csrf_token", "form_key")
    }
    answer = viewer.context.request.post(f"{viewer.page.url}/accredit", form=sent)
    assert answer.status == 403
    for page in ("conference", "people", "rooms/new", "documents/new", "delegations/add"):
        assert answer_to(viewer, f"{SAMPLE}/{page}") == 403, page


def test_several_people_behind_one_mailbox_each_say_who_they_are(site: Site, somebody: Somebody) -> None:
    mailbox = "mission@mail.example"
    organizer = invite_viewer(somebody("Organizer"), mailbox, "Permanent Mission")
    organizer.follow("Permanent Mission", within="main").press("Several people use this mailbox")
    for path, button in (("invitations", "Accept and sign in"), ("sign-in", "Sign in")):
        colleague = somebody()
        if path == "sign-in":
            colleague.open("/sign-in").fill(email=mailbox).press("Send me a link")
        colleague.open(site.link_mailed_to(mailbox, path)).press(button).reads("Please say who you are")
        colleague.fill(name=f"Colleague of {path}").press(button)
        expect(colleague.page.locator(".signed-in")).to_contain_text(f"Colleague of {path}")


def test_a_removed_role_ends_at_the_next_click(site: Site, somebody: Somebody) -> None:
    mailbox = "leaving@mail.example"
    organizer = invite_viewer(somebody("Organizer"), mailbox, "Someone Leaving")
    leaving = somebody().open(site.link_mailed_to(mailbox, "invitations")).press("Accept and sign in")
    leaving.open(f"{SAMPLE}/registrations")
    organizer.follow("Someone Leaving", within="main").press("Remove this role").reads("The role was removed")
    with leaving.page.expect_navigation() as came:
        leaving.page.locator("main tbody th a").first.click()
    assert came.value.status in (403, 404)
    assert "Someone" not in leaving.page.locator("main").inner_text()


def test_an_archived_conference_is_read_and_not_changed(somebody: Somebody) -> None:
    slug, ended = "long-past", clock.now().date() - timedelta(days=400)
    administrator = somebody("Administrator").open("/desk/new")
    administrator.fill(name__en="Conference of the Past", slug=slug, city__en="Jakarta")
    administrator.fill(starts_on=ended.isoformat(), ends_on=ended.isoformat(), contact_email="office@past.example")
    administrator.choose("zone", "Asia/Jakarta").press("Create the draft")
    for step in ("Announce", "Close"):
        administrator.open(f"/desk/{slug}/conference/life").press(step)
    administrator.open(f"/desk/{slug}/conference/life").fill(typed_name="another-name").press("Archive for good")
    administrator.fill(typed_name=slug).press("Archive for good").reads("This conference is archived")
    administrator.open(f"/desk/{slug}/")
    administrator.open(f"/desk/{slug}/rooms/new").fill(name__en="Late Room").press("Save")
    administrator.reads("This conference is archived: it can be read, not changed.")
    somebody(kind=Small).open(f"/{slug}/").reads("Conference of the Past")


# --- steps ------------------------------------------------------------------------------------------------------------


def fill_in_registration(hand: Mouse, category: str, given: str, family: str, mailbox: str) -> Mouse:
    hand.open("/sample-2027/register").choose("category", category)
    hand.fill(given_name=given, family_name=family, email=mailbox, organization="Sample Weekly")
    return hand.tick(hand.field("data_use"))


def invite_viewer(organizer: Mouse, mailbox: str, name: str) -> Mouse:
    organizer.open(f"{SAMPLE}/people/invite").fill(email=mailbox, name=name).choose("role", "viewer")
    return organizer.press("Send the invitation").reads(mailbox)


def open_own_record(delegate: Mouse) -> Mouse:
    delegate.open("/me/sample-2027/")
    if "/registrations/" not in delegate.page.url:
        delegate.follow("Yui Mihon", within="main")
    return delegate


def answer_to(hand: Mouse, path: str) -> int:
    return hand.context.request.get(path).status
