"""A speaker's photograph and what they agree to: by the mailed link, at the desk, and before the public."""

import io
import re
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from confapp.foundation import vault
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db
from confapp.people.models import Consent
from confapp.people.rules import Role
from confapp.programme.actions import timetable
from confapp.speakers import actions, queries
from confapp.speakers.models import Speaker
from confapp.speakers.rules import SpeakerConsent
from tests import build
from tests.build import Client
from tests.programme.test_speaking import Scene

PLACE = b"taken at the ministry"


def picture(size: tuple[int, int] = (900, 1200), colour: str = "teal") -> io.BytesIO:
    """A picture that tells where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", exif=exif)
    out.seek(0)
    return out


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


def send(browser: Client, url: str, **fields: Any) -> Any:
    return browser.send(url, content_type="multipart/form-data", photo=(picture(**fields), "face.jpg"))


def speaker(scene: Scene, who: int = 0) -> Speaker:
    found = queries.speaker(scene.refs[who])
    assert found is not None
    return found


def published(scene: Scene) -> list[str]:
    """Releases the programme anew and gives the addresses of photographs on the public list."""
    with scene.at_work():
        for placement in timetable.queries.placements(whole=True):
            placement.minutes += 5
        db.session.flush()
        timetable.release(SYSTEM, scene.conference)
    return shown(scene)


def shown(scene: Scene, path: str = "") -> list[str]:
    answer = scene.app.test_client().get(f"/en/{scene.conference.slug}/speakers/{path}")
    assert answer.status_code == 200
    return re.findall(r'src="([^"]+/small-\w+\.jpg)"', answer.text)


def agree(browser: Client, scene: Scene, *kinds: SpeakerConsent) -> None:
    assert browser.send(scene.url(f"{scene.refs[0]}/consents"), **dict.fromkeys(kinds, "y")).status_code == 303


def test_a_photograph_is_seen_by_readers_only_when_the_speaker_agrees_and_after_a_release(scene: Scene) -> None:
    browser, public = scene.invited(), scene.app.test_client()
    assert send(browser, scene.url(f"{scene.refs[0]}/photo")).status_code == 303
    assert browser.get(scene.url(f"{scene.refs[0]}/photo.jpg")).status_code == 200
    assert published(scene) == []
    agree(browser, scene, SpeakerConsent.PORTRAIT)
    assert shown(scene) == []
    (small,) = published(scene)
    assert "/small-" in small
    answer = public.get(small)
    assert answer.headers["Cache-Control"] == "public, max-age=604800, immutable"
    assert PLACE not in answer.data
    assert Image.open(io.BytesIO(answer.data)).size == (192, 256)
    large = public.get(small.replace("small-", "large-"))
    assert Image.open(io.BytesIO(large.data)).size == (600, 800)
    assert "Photograph of Dewi" in public.get(f"/en/{scene.conference.slug}/speakers/{scene.refs[0]}").text
    assert send(browser, scene.url(f"{scene.refs[0]}/photo"), colour="olive").status_code == 303
    (newer,) = shown(scene)
    assert newer != small
    assert public.get(small).status_code == 404
    agree(browser, scene)
    assert shown(scene) == []
    assert public.get(newer).status_code == 404


def test_what_is_no_photograph_is_refused_and_the_removed_one_is_gone(scene: Scene) -> None:
    browser, url = scene.invited(), scene.url(f"{scene.refs[0]}/photo")
    assert send(browser, url, size=(100, 100)).status_code == 422
    assert browser.send(url).status_code == 422
    wrong = {"photo": (io.BytesIO(b"no picture"), "face.jpg")}
    assert browser.send(url, content_type="multipart/form-data", **wrong).status_code == 422
    assert browser.get(scene.url(f"{scene.refs[1]}/photo")).status_code == 404
    assert send(browser, scene.url(f"{scene.refs[1]}/photo")).status_code == 404
    send(browser, url)
    with scene.reading():
        kept = speaker(scene).photo
        assert kept is not None
        assert kept.sealed_class == "high"
        assert len(vault.read(kept)) == kept.size
    assert browser.send(url, verb="remove").status_code == 303
    assert browser.send(url, verb="remove").status_code == 303
    with scene.reading():
        assert queries.photos(speaker(scene)) == []


def test_the_desk_does_it_for_a_speaker_and_a_look_is_recorded(scene: Scene) -> None:
    url = scene.at_desk(f"speakers/{scene.refs[1]}")
    assert send(scene.desk, f"{url}/photo").status_code == 303
    assert scene.desk.get(f"{url}/photo.jpg").status_code == 200
    page = scene.desk.get(url).text
    assert "the speaker has not agreed to it" in page
    viewer = scene.app.test_client().sign_in(build.staff(scene.conference, Role.VIEWER))
    assert viewer.get(f"{url}/photo").status_code == 403
    assert viewer.get(f"{url}/photo.jpg").status_code == 403


def test_each_agreement_is_asked_by_itself_never_ticked_and_can_be_taken_back(scene: Scene) -> None:
    browser, page = scene.invited(), scene.url(scene.refs[0])
    boxes = re.findall(r'<input[^>]*type="checkbox"[^>]*>', browser.get(page).text)
    assert len(boxes) == len(SpeakerConsent)
    assert not any("checked" in box for box in boxes)
    desk = scene.at_desk(f"sessions/{scene.session}")
    assert "0 of 2 agreed" in scene.desk.get(desk).text
    agree(browser, scene, SpeakerConsent.RECORDED)
    agree(browser, scene, SpeakerConsent.RECORDED)
    told = scene.desk.get(desk).text
    assert "1 of 2 agreed" in told
    assert told.count("0 of 2 agreed") == 2
    warned = scene.desk.get(f"{desk}/links/new").text
    assert "Not everybody agreed: Recording" in warned
    agree(browser, scene)
    with scene.reading():
        (given,) = db.session.query(Consent).all()
        assert given.withdrawn_at is not None
        assert speaker(scene).consents_at is not None


def test_a_changed_text_asks_again_and_is_not_on_registration_forms(scene: Scene) -> None:
    browser = scene.invited()
    agree(browser, scene, SpeakerConsent.STREAMED)
    organizer = scene.app.test_client().sign_in(build.staff(scene.conference, Role.ORGANIZER))
    url = scene.at_desk("speakers/consents/speaker_streamed")
    assert scene.desk.get(url).status_code == 403
    assert organizer.send(url, **{"text-en": "Only one"}).status_code == 422
    assert organizer.send(url, **{"text-en": "New words", "text-id": "Kata baru"}).status_code == 303
    page = browser.get(scene.url(scene.refs[0])).text
    assert "A text has changed since you agreed to it" in page
    assert "New words" in page
    assert "New words" not in organizer.get(scene.at_desk("consents")).text
    with scene.at_work():
        actions.say_consents(SYSTEM, speaker(scene), {SpeakerConsent.STREAMED})
        assert queries.standing(speaker(scene))["speaker_streamed"].agreed_version == 2


def test_the_desk_sees_what_is_missing_and_asks_for_it_once_a_day(scene: Scene) -> None:
    scene.invited()
    url = scene.at_desk("speakers/")
    assert "Ask 1 speaker for what is missing" in scene.desk.get(url).text
    assert "Dewi" in scene.desk.get(f"{url}?missing=photo").text
    with scene.reading():
        before = len(scene.mails())
    for _ in range(2):
        assert scene.desk.send(f"{url}all/ask-for-missing").status_code == 303
    with scene.reading():
        (mail,) = scene.mails()[before:]
        assert mail.recipient == "dewi@mail.example"
        assert "a short biography" in mail.text
    assert send(scene.desk, f"{url}{scene.refs[0]}/photo").status_code == 303
    page = scene.desk.get(f"{url}?missing=photo").text
    assert "Dewi" not in page
    assert "Sari" in page
