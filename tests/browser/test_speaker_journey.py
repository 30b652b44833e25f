"""A speaker from the mailed link to the public page, in Indonesian: by keyboard, and without scripts at 320 px."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db
from confapp.people.rules import Role
from confapp.programme.actions import rooms, timetable
from confapp.programme.actions import sessions as session_actions
from confapp.programme.models import SessionRole
from confapp.programme.rules import Details, Kind, RoleStatus, SessionRoleKind
from confapp.speakers.models import Speaker
from tests import build
from tests.browser.hands import Keyboard, Mouse, Small
from tests.browser.house import House, Site
from tests.conftest import english_and_no_scope  # noqa: F401

BIOGRAPHY = "Memimpin pelatihan contoh."


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("speakers"))
    yield made
    made.server.shutdown()


@pytest.mark.parametrize("hand", [Keyboard, Small])
def test_a_speaker_comes_by_link_and_stands_on_the_public_page(
    own_site: Site, browser: Browser, hand: type[Mouse], tmp_path: Path
) -> None:
    with own_site.app.app_context():
        walk = House(own_site, browser, f"speaker-{hand.__name__.lower()}", "id")
        try:
            the_speaker_answers_and_is_read(walk, hand, tmp_path)
        finally:
            walk.close()


def the_speaker_answers_and_is_read(walk: House, hand: type[Mouse], tmp_path: Path) -> None:
    mailbox = f"sari.{walk.conference.slug}@mail.example"
    person = build.person(walk.conference, printed_name="Sari Contoh", email=mailbox, language="id")
    with walk.at_work():
        room = rooms.add_room(SYSTEM, walk.conference, {"en": "Hall", "id": "Aula"})
        title = {"en": "One text", "id": "Satu teks"}
        made = session_actions.create_session(SYSTEM, walk.conference, Details(Kind.PANEL, title, 60))
        kept = db.session.merge(person)
        session_actions.add_role(SYSTEM, made, SessionRoleKind.SPEAKER, person=kept, status=RoleStatus.INVITED)
        db.session.flush()
        timetable.place(SYSTEM, made, [room], walk.conference.starts_at + timedelta(hours=9))
    walk.officer(Role.PROGRAMME_OFFICER).open(walk.desk("speakers/")).press("Invite those not asked yet")

    speaker = walk.somebody(hand).open(walk.link_mailed_to(mailbox, "links")).press("Open my record")
    speaker.stands_in("id").reads("Your part in the programme").reads("Satu teks")
    speaker.press("Confirm").reads("Thank you. You take part.")
    speaker.fill(biography__id=BIOGRAPHY).press("Save", within="main section:last-of-type")
    speaker.follow("Add a photograph")
    face = tmp_path / "face.png"
    Image.new("RGB", (600, 800), "#456").save(face)
    speaker.page.locator("main input[name=photo]").set_input_files(face)
    speaker.press("Save the photograph").reads("The photograph was saved.")
    speaker.tick(speaker.field("speaker_portrait")).press("Save what I agree to")
    expect(speaker.field("speaker_portrait")).to_be_checked()
    expect(speaker.field("speaker_recorded")).not_to_be_checked()

    with walk.at_work():
        timetable.release(SYSTEM, walk.conference, name="First")
        assert db.session.scalars(select(SessionRole.status)).one() == RoleStatus.CONFIRMED
        ref = db.session.scalars(select(Speaker.ref)).one()
    speaker.open(f"/id/{walk.conference.slug}/speakers/").follow("Sari Contoh")
    assert speaker.page.url.endswith(f"/id/{walk.conference.slug}/speakers/{ref}")
    speaker.reads(BIOGRAPHY).reads("Satu teks")
    expect(speaker.page.locator("main img.portrait")).to_be_visible()
    assert speaker.page.locator("main img.portrait").evaluate("e => e.naturalWidth") > 0
