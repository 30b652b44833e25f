"""What the desk sees of those who speak: what is missing, the list taken out, and parts of others than persons."""

import csv
import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db
from confapp.people.rules import Role
from confapp.programme.actions import sessions, timetable
from confapp.programme.models import Session, SessionRole
from confapp.programme.rules import RoleStatus, SessionRoleKind
from tests import build
from tests.programme.test_speaking import Scene
from tests.speakers.test_photos import agree
from tests.speakers.test_photos import scene as scene  # the same world

ENVOY = "Envoy of a sample state"


def missing(scene: Scene, name: str) -> str:
    """The last cell of somebody's row."""
    page = scene.desk.get(scene.at_desk("speakers/")).text
    (row,) = [one for one in page.split("<tr>") if f">{name}<" in one]
    return re.sub(r"<[^>]+>", "", row.rpartition("<td")[2].partition(">")[2]).strip()


def part(scene: Scene) -> str:
    return scene.at_desk(f"sessions/{scene.session}")


def test_whoever_was_never_invited_owes_no_answer(scene: Scene) -> None:
    assert missing(scene, "Dewi") == "Biography, Photograph, Agreement"
    scene.invited()
    assert missing(scene, "Dewi") == "Answer, Biography, Photograph, Agreement"
    assert "Dewi" not in scene.desk.get(scene.at_desk("speakers/?missing=slides")).text


def test_slides_are_missing_where_the_session_asks_for_them(scene: Scene) -> None:
    browser = scene.invited()
    with scene.at_work():
        row = db.session.scalars(select(Session).where(Session.ref == scene.session)).one()
        row.slides_until = scene.conference.starts_at - timedelta(days=3)
    assert "Slides (by " in missing(scene, "Dewi")
    assert "by " in scene.desk.get(scene.at_desk("materials")).text
    assert "Slides or a statement are asked for by" in browser.get(scene.url(scene.refs[0])).text
    scene.desk.send(scene.at_desk("speakers/all/ask-for-missing"))
    with scene.reading():
        assert "slides or a statement, by " in scene.mails()[-1].text
        ref = scene.parts()[0].ref
    pdf = {"file": (io.BytesIO(b"%PDF-1.7\n"), "talk.pdf"), "kind": "slides", "language": ""}
    sent = browser.send(scene.url(f"{scene.refs[0]}/parts/{ref}/hand-in"), content_type="multipart/form-data", **pdf)
    assert sent.status_code == 303
    assert "Slides" not in missing(scene, "Dewi")
    assert "Slides" in missing(scene, "Sari")


def test_an_agreement_to_an_earlier_text_is_to_be_asked_again(scene: Scene) -> None:
    agree(scene.invited(), scene, "speaker_streamed")
    url = scene.at_desk(f"speakers/{scene.refs[0]}")
    assert "To be asked again" not in scene.desk.get(url).text
    organizer = scene.app.test_client().sign_in(build.staff(scene.conference, Role.ORGANIZER))
    words = {"text-en": "New words", "text-id": "Kata baru"}
    assert organizer.send(scene.at_desk("speakers/consents/speaker_streamed"), **words).status_code == 303
    page = scene.desk.get(url).text
    assert page.count("To be asked again") == 1
    assert "agreed to version 1; version 2 holds now" in page


def test_what_the_desk_confirmed_is_not_asked_again(scene: Scene) -> None:
    browser = scene.invited()
    assert browser.get(scene.url(scene.refs[0])).text.count(">Confirm<") == 2
    with scene.at_work():
        for one in scene.parts():
            one.status = RoleStatus.CONFIRMED
    assert ">Confirm<" not in browser.get(scene.url(scene.refs[0])).text


def test_the_list_is_taken_out_as_it_is_shown(scene: Scene) -> None:
    scene.invited()
    lines = list(csv.DictReader(io.StringIO(scene.desk.get(scene.at_desk("speakers.csv")).data.decode("utf-8-sig"))))
    assert [(one["Name"], one["E-mail"]) for one in lines] == [
        ("Dewi", "dewi@mail.example"),
        ("Sari", "sari@mail.example"),
    ]
    assert "North (Speaker)" in lines[0]["Sessions"]
    assert (bool(lines[0]["Invited"]), bool(lines[1]["Invited"])) == (True, False)
    book = load_workbook(io.BytesIO(scene.desk.get(scene.at_desk("speakers.xlsx?missing=answer")).data))
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row]  # type: ignore[union-attr]
    assert "Dewi" in cells
    assert "Sari" not in cells
    viewer = scene.app.test_client().sign_in(build.staff(scene.conference, Role.VIEWER))
    assert viewer.get(scene.at_desk("speakers.csv")).status_code == 403


def test_the_list_and_its_table_cost_the_same_for_two_and_for_five(scene: Scene) -> None:
    paths = [scene.at_desk("speakers/"), scene.at_desk("speakers.csv")]

    def counts() -> list[int]:
        found = []
        for path in paths:
            with build.count_queries() as counted:
                assert scene.desk.get(path).status_code == 200
            found.append(counted.number)
        return found

    counts()
    before = counts()
    people = [build.person(scene.conference) for _number in range(3)]
    with scene.at_work():
        row = db.session.scalars(select(Session).where(Session.ref == scene.session)).one()
        row.slides_until = scene.conference.starts_at
        for one in people:
            sessions.add_role(SYSTEM, row, SessionRoleKind.PANELLIST, person=db.session.merge(one))
    assert counts() == before


@pytest.fixture
def delegation(scene: Scene) -> str:
    return build.delegation(scene.conference).ref


def test_a_delegation_or_a_printed_function_holds_a_part_and_both_are_printed(scene: Scene, delegation: str) -> None:
    new = {"role": "speaker", "status": "confirmed", "delegation": ""}
    url = part(scene)
    assert "Name a person, a delegation or a function" in scene.desk.send(f"{url}/roles/new", **new).text
    assert scene.desk.send(f"{url}/roles/new", **(new | {"delegation": delegation})).status_code == 303
    assert scene.desk.send(f"{url}/roles/new", **{"printed_function-en": ENVOY}, **new).status_code == 303
    with scene.reading():
        refs = _order(scene)
        name = scene.desk.get(url).text
    assert scene.desk.send(f"{url}/roles/{refs[3]}/up").status_code == 303
    assert scene.desk.send(f"{url}/roles/{refs[3]}/up").status_code == 303
    with scene.reading():
        assert _order(scene) == [refs[0], refs[3], refs[1], refs[2]]
    assert ENVOY in name
    with scene.at_work():
        timetable.release(SYSTEM, scene.conference)
    public = scene.app.test_client().get(f"/en/{scene.conference.slug}/sessions/{scene.session}").text
    with scene.reading():
        row = db.session.scalars(select(SessionRole).where(SessionRole.ref == refs[2])).one()
        printed = row.delegation.name["en"]
    at = [public.index(one) for one in ("Dewi", ENVOY, "Sari", printed)]
    assert at == sorted(at)


def _order(scene: Scene) -> list[str]:
    wanted = select(SessionRole.ref).join(SessionRole.session).where(Session.ref == scene.session)
    return list(db.session.scalars(wanted.order_by(SessionRole.position)))


def test_a_long_list_of_speakers_has_an_index_of_letters(scene: Scene, app: Flask) -> None:
    public, path = app.test_client(), f"/en/{scene.conference.slug}/speakers/"
    assert "By letter" not in public.get(path).text
    people = [build.person(scene.conference, family_name=f"Émile {number}") for number in range(11)]
    with scene.at_work():
        row = db.session.scalars(select(Session).where(Session.ref == scene.session)).one()
        for one in people:
            sessions.add_role(SYSTEM, row, SessionRoleKind.PANELLIST, person=db.session.merge(one))
        db.session.flush()
        timetable.release(SYSTEM, scene.conference)
    page = public.get(path).text
    assert re.findall(r'<a href="#(letter-\d)"><bdi>(\w)</bdi>', page) == [
        ("letter-1", "C"),
        ("letter-2", "E"),
    ]
    assert all(page.count(f'id="letter-{number}"') == 1 for number in (1, 2))
