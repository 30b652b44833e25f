"""Stars on a device, moved into an agenda by a private link, and its calendar; with a mouse, and without scripts."""

import re

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site
from tests.browser.hands import Mouse

PROGRAMME = "/en/sample-2027/programme"


class Plain(Mouse):
    scripts = False


@pytest.fixture
def hand(site: Site, browser: Browser) -> Mouse:
    return Mouse(browser, site.address)


def test_stars_of_a_device_go_into_an_agenda_and_its_calendar(hand: Mouse) -> None:
    hand.open(PROGRAMME)
    sessions = hand.page.locator(".session")
    titles = [sessions.nth(number).locator(".session-title").inner_text() for number in (2, 3)]
    for number in (2, 3):
        sessions.nth(number).locator(".star").click()
    expect(sessions.nth(2).get_by_role("button", name=f"Star: {titles[0]}")).to_have_attribute("aria-pressed", "true")
    hand.open(PROGRAMME)
    expect(hand.page.locator(".star[aria-pressed=true]")).to_have_count(2)
    hand.page.get_by_role("link", name="My stars 2").click()
    expect(hand.page.locator(".session-title")).to_have_text(titles)
    hand.look()
    hand.page.locator(".session-title").first.click()
    expect(hand.page.get_by_role("button", name=f"Star: {titles[0]}")).to_have_attribute("aria-pressed", "true")
    hand.look()

    hand.open("/en/sample-2027/agenda/")
    expect(hand.page.get_by_text("With the stars of this device: 2")).to_be_visible()
    hand.page.get_by_role("button", name="Make my agenda").click()
    expect(hand.page.locator(".agenda-row h3")).to_have_text(titles)
    expect(hand.page.get_by_role("button", name="Add the stars of this device")).to_be_hidden()
    hand.look()
    address = hand.page.url
    answer = hand.context.request.get(hand.page.get_by_label("Address of the calendar").input_value())
    events = {str(event["summary"]) for event in Calendar.from_ical(answer.body()).walk("VEVENT")}
    assert events == set(titles)
    assert hand.context.cookies() == []

    hand.page.locator(".agenda-row a").first.click()
    assert hand.page.evaluate("document.referrer") == f"{hand.address}/"
    hand.page.goto(address)
    hand.page.locator(".agenda-row").first.get_by_role("button", name="Remove the star").click()
    expect(hand.page.locator(".agenda-row h3")).to_have_text(titles[1:])
    expect(hand.page.get_by_role("button", name="Add the stars of this device: 1")).to_be_visible()
    hand.context.close()


def test_an_agenda_needs_no_script(site: Site, browser: Browser) -> None:
    hand = Plain(browser, site.address)
    hand.open(PROGRAMME)
    assert hand.page.locator(".star").count() == 0
    expect(hand.page.get_by_text("My stars")).to_be_hidden()
    hand.page.get_by_role("link", name="My agenda").click()
    hand.page.get_by_role("button", name="Make my agenda").click()
    hand.page.get_by_role("link", name="Choose sessions").click()
    boxes = hand.page.get_by_role("checkbox")
    expect(boxes.nth(2)).to_be_visible()
    hand.look()
    boxes.nth(1).check()
    boxes.nth(2).check()
    hand.page.get_by_role("button", name="Save").click()
    expect(hand.page.locator(".agenda-row")).to_have_count(2)
    hand.page.get_by_text("Another address, or delete").click()
    former = hand.page.url
    hand.page.get_by_role("button", name="Give it another address").click()
    expect(hand.page.locator(".agenda-row")).to_have_count(2)
    assert re.search(r"/agenda/[\w-]{43}$", hand.page.url)
    assert hand.context.request.get(former).status == 404
    hand.context.close()


def test_the_frame_shows_only_in_sites_that_were_named(hand: Mouse) -> None:
    """The browser itself refuses; the page alone can be read."""
    hand.open(f"{PROGRAMME}/embed")
    assert hand.page.locator(".moments li").count() > 3
    expect(hand.page.locator(".moments a").first).to_have_attribute("target", "_blank")
    hand.page.goto("about:blank")
    hand.page.set_content(f'<iframe src="{hand.address}{PROGRAMME}/embed"></iframe>')
    for _ in range(50):
        if hand.page.frames[1].url not in ("", "about:blank"):
            break
        hand.page.wait_for_timeout(100)
    assert hand.page.frames[1].url.startswith("chrome-error:")
    hand.context.close()
