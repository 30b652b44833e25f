"""A conference of two days is put together in the editor, by mouse and by keyboard; two editors see each other."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from confapp.foundation import clock
from tests.browser.conftest import Site
from tests.browser.hands import Keyboard, Mouse

FIRST_DAY = (clock.now() + timedelta(days=90)).date()
HOUR = 84  # pixels of an hour on the board


class Hand(Mouse):
    """Uses the mouse, or walks with Tab and sees where the focus is."""

    tabs_to = Keyboard.reach
    _shows_focus = Keyboard._shows_focus


@pytest.fixture
def new_conference(
    site: Site, browser: Browser, signed_in: Callable[[str], dict[str, Any]]
) -> Iterator[Callable[[str], Hand]]:
    """A conference of two days with two rooms and two sessions without a place, as its organizer sees the editor."""
    hands = []

    def make(slug: str) -> Hand:
        hand = Hand(browser, site.address)
        hands.append(hand)
        hand.context.add_cookies(signed_in("Administrator")["cookies"])
        hand.open("/desk/new").fill(name__en="Two days", name__id="Dua hari", slug=slug)
        hand.fill(starts_on=FIRST_DAY.isoformat(), ends_on=(FIRST_DAY + timedelta(days=1)).isoformat())
        hand.choose("zone", "Asia/Jakarta").fill(city__en="Jakarta", contact_email="office@walk.example")
        hand.press("Create the draft")
        for room in ("North", "South"):
            hand.open(f"/desk/{slug}/rooms/new").fill(name__en=room).press("Save")
        for title in ("Opening", "Closing"):
            hand.open(f"/desk/{slug}/sessions/new").fill(title__en=title).press("Save")
        hand.open(f"/desk/{slug}/programme")
        return hand

    yield make
    for hand in hands:
        hand.close()


def block(hand: Hand, title: str) -> Locator:
    return hand.page.locator(f".block[data-title='{title}']:not(.ghost)")


def stands(hand: Hand, title: str, starts: str, minutes: int, where: str) -> None:
    there = block(hand, title)
    expect(there).to_have_attribute("data-starts", starts)
    expect(there).to_have_attribute("data-minutes", str(minutes))
    expect(there).to_have_attribute("data-where", where)
    hand.look()


def drag(hand: Hand, source: Locator, *, to: tuple[float, float], hold: tuple[float, float] = (20, 8)) -> None:
    box = source.bounding_box()
    assert box is not None
    mouse = hand.page.mouse
    mouse.move(box["x"] + hold[0], box["y"] + hold[1])
    mouse.down()
    mouse.move(box["x"] + hold[0] + 9, box["y"] + hold[1] + 9, steps=3)
    mouse.move(*to, steps=6)
    mouse.up()


def spot(hand: Hand, room: str, hours: float) -> tuple[float, float]:
    """A place on the board, so many hours after its beginning."""
    box = hand.page.locator(f".board-lane[data-name='{room}']").bounding_box()
    assert box is not None
    return box["x"] + 30, box["y"] + hours * HOUR


def test_two_days_by_mouse(new_conference: Callable[[str], Hand]) -> None:
    hand = new_conference("editor-mouse")
    page = hand.page
    drag(hand, page.locator("#tray li", has_text="Opening"), to=spot(hand, "North", 1.1))
    stands(hand, "Opening", "09:00", 60, "North")
    drag(hand, block(hand, "Opening"), to=spot(hand, "South", 2.1))
    stands(hand, "Opening", "10:00", 60, "South")
    box = block(hand, "Opening").bounding_box()
    assert box is not None
    x, y = spot(hand, "South", 3.5)
    drag(hand, block(hand, "Opening"), to=(x, y), hold=(20, box["height"] - 3))
    stands(hand, "Opening", "10:00", 90, "South")
    page.locator(".tabs a").nth(1).click()
    expect(page.locator("#board")).to_have_attribute("data-day", str(FIRST_DAY + timedelta(days=1)))
    drag(hand, page.locator("#tray li", has_text="Closing"), to=spot(hand, "North", 0.1))
    stands(hand, "Closing", "08:00", 60, "North")
    expect(page.locator("#tray")).to_contain_text("Every session has its place")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#tray li")).to_contain_text("Closing")
    page.get_by_role("button", name="Redo").click()
    stands(hand, "Closing", "08:00", 60, "North")


def test_two_days_by_keyboard_alone(new_conference: Callable[[str], Hand]) -> None:
    hand = new_conference("editor-keys")
    page = hand.page
    hand.tabs_to(page.locator("#tray li", has_text="Opening").locator("a"))  # type: ignore[misc]
    for key in ("Enter", "ArrowDown", "Shift+ArrowUp", "ArrowRight", "+"):
        page.keyboard.press(key)
    expect(page.locator("#say")).to_have_text("09:10–10:15, South")
    page.keyboard.press("Enter")
    stands(hand, "Opening", "09:10", 65, "South")
    hand.tabs_to(page.locator("#tray li", has_text="Closing").locator("a"))  # type: ignore[misc]
    for key in ("Enter", "PageDown"):
        page.keyboard.press(key)
    expect(page.locator("#board")).to_have_attribute("data-day", str(FIRST_DAY + timedelta(days=1)))
    page.keyboard.press("Enter")
    stands(hand, "Closing", "09:00", 60, "North")
    page.keyboard.press("Control+z")
    expect(page.locator("#tray li")).to_contain_text("Closing")
    page.keyboard.press("Control+Shift+Z")
    stands(hand, "Closing", "09:00", 60, "North")
    hand.tabs_to(block(hand, "Closing").locator("a"))  # type: ignore[misc]
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    stands(hand, "Closing", "09:00", 60, "North")
    page.keyboard.press("Delete")
    expect(page.locator("#tray li")).to_contain_text("Closing")


def test_two_editors_see_each_other_and_nobody_overwrites(new_conference: Callable[[str], Hand]) -> None:
    one = new_conference("editor-both")
    drag(one, one.page.locator("#tray li", has_text="Opening"), to=spot(one, "North", 1.1))
    stands(one, "Opening", "09:00", 60, "North")
    page = one.context.new_page()
    page.goto("/desk/editor-both/programme")
    page.evaluate("document.querySelector('#planner').dataset.number = 1e9")  # it does not look for news by itself
    drag(one, block(one, "Opening"), to=spot(one, "South", 2.1))
    stands(one, "Opening", "10:00", 60, "South")
    late = page.locator(".block[data-title='Opening']:not(.ghost)")
    late.locator("a").focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("dialog#collision")).to_contain_text("changed this while your page was open")
    expect(page.locator("dialog#collision")).to_contain_text("10:00–11:00, South")
    page.get_by_role("button", name="Place mine anyway").click()
    expect(late).to_have_attribute("data-starts", "09:15")
    expect(block(one, "Opening")).to_have_attribute("data-starts", "09:15", timeout=20_000)  # within seconds, by itself


def test_two_sessions_are_swapped_by_keyboard(new_conference: Callable[[str], Hand]) -> None:
    hand = new_conference("editor-swap")
    page = hand.page
    drag(hand, page.locator("#tray li", has_text="Opening"), to=spot(hand, "North", 1.1))
    stands(hand, "Opening", "09:00", 60, "North")
    drag(hand, page.locator("#tray li", has_text="Closing"), to=spot(hand, "South", 2.1))
    stands(hand, "Closing", "10:00", 60, "South")
    block(hand, "Opening").locator("a").focus()
    page.keyboard.press("s")
    expect(page.locator("#say")).to_contain_text("Marked for a swap: Opening")
    block(hand, "Closing").locator("a").focus()
    page.keyboard.press("s")
    stands(hand, "Opening", "10:00", 60, "South")
    stands(hand, "Closing", "09:00", 60, "North")


def test_a_finger_holds_a_session_and_moves_it_on_a_tablet(
    new_conference: Callable[[str], Hand], site: Site, browser: Browser
) -> None:
    hand = new_conference("editor-touch")
    cookies = hand.context.cookies()
    context = browser.new_context(
        base_url=site.address, viewport={"width": 1024, "height": 768}, has_touch=True, locale="en"
    )
    try:
        context.add_cookies(cookies)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto("/desk/editor-touch/programme")
        finger = context.new_cdp_session(page)

        def touch(kind: str, *at: tuple[float, float]) -> None:
            points = [{"x": x, "y": y} for x, y in at]
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        page.locator("#tray li", has_text="Opening").scroll_into_view_if_needed()
        source = page.locator("#tray li", has_text="Opening").bounding_box()
        lane = page.locator(".board-lane[data-name='South']").bounding_box()
        assert source is not None
        assert lane is not None
        start, end = (source["x"] + 30, source["y"] + 10), (lane["x"] + 30, max(lane["y"], 0) + 2.1 * HOUR)
        touch("touchStart", start)
        expect(page.locator(".ghost")).to_have_count(1)
        for step in range(1, 6):
            touch("touchMove", (start[0] + (end[0] - start[0]) * step / 5, start[1] + (end[1] - start[1]) * step / 5))
        touch("touchEnd")
        expect(page.locator(".block[data-title='Opening']:not(.ghost)")).to_have_attribute("data-where", "South")
    finally:
        context.close()


def test_a_block_over_joined_halls_is_moved_as_one_by_mouse_and_by_keyboard(
    new_conference: Callable[[str], Hand],
) -> None:
    hand = new_conference("editor-joined")
    page = hand.page
    hand.open("/desk/editor-joined/rooms/new").fill(name__en="East").press("Save")
    hand.open("/desk/editor-joined/sessions").follow("Opening").fill(starts="09:00")
    for room in ("North", "South"):
        hand.tick(page.locator("#place fieldset", has_text="More than one").get_by_label(room, exact=True))
    hand.press("Place it there").open("/desk/editor-joined/programme")
    stands(hand, "Opening", "09:00", 60, "North, South")
    wide = block(hand, "Opening").bounding_box()
    lane = page.locator(".board-lane[data-name='South']").bounding_box()
    assert wide is not None
    assert lane is not None
    assert wide["width"] > 1.5 * lane["width"]
    held_over_south = (lane["x"] + 30 - wide["x"], 8)
    drag(hand, block(hand, "Opening"), to=spot(hand, "East", 2.1), hold=held_over_south)
    stands(hand, "Opening", "10:00", 60, "South, East")
    drag(hand, block(hand, "Opening"), to=spot(hand, "North", 3.1))
    stands(hand, "Opening", "11:00", 60, "North, South")
    block(hand, "Opening").locator("a").focus()
    for key in ("Enter", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator("#say")).to_have_text("10:45–11:45, South, East")
    page.keyboard.press("Enter")
    stands(hand, "Opening", "10:45", 60, "South, East")
    page.keyboard.press("Control+z")
    stands(hand, "Opening", "11:00", 60, "North, South")
