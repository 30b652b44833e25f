"""What was removed from the programme comes back within 30 days, and goes for good after them unless it is needed."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation import clock, files
from confapp.foundation.access import Actor
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db, in_conference
from confapp.foundation.files import StoredFile
from confapp.foundation.lifecycle import Refused
from confapp.foundation.transactions import reading, writing
from confapp.people.rules import Role
from confapp.programme import queries, tasks
from confapp.programme.actions import handouts, kinds, rooms, sessions, timetable
from confapp.programme.actions import removed as actions
from confapp.programme.models import Agenda, Item, Material, OwnKind, Room, Session, Star, Theme
from confapp.programme.queries import removed
from confapp.programme.rules import Details, Kind, MaterialKind, SessionRoleKind
from confapp.speakers.actions import add_speaker
from tests import build
from tests.build import Client
from tests.programme.conftest import Maker, hour

MONTH, SECOND = timedelta(days=30), timedelta(seconds=1)


@pytest.mark.usefixtures("inside")
def test_a_theme_and_a_kind_come_back_with_the_sessions_they_had(
    officer: Actor, conference: Conference, make: Maker
) -> None:
    theme = kinds.add(officer, conference, Theme, name={"en": "Trust"})
    kind = kinds.add(officer, conference, OwnKind, name={"en": "Review"}, nature=Kind.GENERAL_DEBATE)
    other = kinds.add(officer, conference, Theme, name={"en": "Skills"})
    assert isinstance(kind, OwnKind)
    details = Details(kind.nature, {"en": "North"}, 60, own_kind=kind, theme=theme)
    first, second = (sessions.create_session(officer, conference, details) for _ in range(2))
    db.session.flush()
    kinds.remove(officer, theme)
    kinds.remove(officer, kind)
    db.session.flush()
    db.session.expire_all()
    assert (first.theme, first.own_kind, first.kind) == (None, None, Kind.GENERAL_DEBATE)
    assert [row.ref for row in kinds.queries.rows(Theme)] == [other.ref]
    second.theme, second.kind = db.session.merge(other), Kind.PANEL  # somebody has given it to another since
    db.session.flush()
    for row in (theme, kind):
        actions.restore(officer, row)
    db.session.expire_all()
    assert (first.theme, first.own_kind) == (theme, kind)
    assert (second.theme, second.own_kind) == (other, None)
    with pytest.raises(Refused):
        actions.restore(officer, kind)


@pytest.mark.usefixtures("inside")
def test_a_room_with_sessions_stays_and_an_empty_one_comes_back_open(officer: Actor, make: Maker) -> None:
    used, empty = make.room(), make.room("Annex")
    make.placed("North", used, hour(9))
    with pytest.raises(Refused):
        rooms.remove_room(officer, used)
    rooms.remove_room(officer, empty)
    assert list(queries.rooms(with_removed=False)) == [used]
    assert list(queries.rooms(with_closed=False)) == [used]
    assert queries.room(empty.ref) is None
    actions.restore(officer, empty)
    assert list(queries.rooms(with_closed=False)) == [used, empty]


def test_the_page_lists_what_can_come_back_and_brings_it_back(app: Flask, conference: Conference, make: Maker) -> None:
    with in_conference(conference.id), writing():
        db.session.add(conference)
        made = make.session("North")
        sessions.remove_session(make.actor, made)
        ref, at = made.ref, made.removed_at
    url = f"/desk/{conference.slug}/removed"
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(build.staff(conference, Role.PROGRAMME_OFFICER))
    assert "North" in client.get(url).text
    assert client.send(f"{url}/rooms/{ref}/restore").status_code == 404
    viewer = app.test_client().sign_in(build.staff(conference, Role.VIEWER))  # type: ignore[attr-defined]
    assert "Bring it back" not in viewer.get(url).text
    assert viewer.send(f"{url}/sessions/{ref}/restore").status_code == 403
    outsider = app.test_client().sign_in(build.account())  # type: ignore[attr-defined]
    assert outsider.get(url).status_code == 404
    assert at is not None
    with time_machine.travel(at + MONTH, tick=False):
        late: Client = app.test_client()  # type: ignore[assignment]
        late.sign_in(build.staff(conference, Role.PROGRAMME_OFFICER))
        assert "North" not in late.get(url).text
        assert late.send(f"{url}/sessions/{ref}/restore").status_code == 409
    assert client.send(f"{url}/sessions/{ref}/restore", "same").status_code == 303
    assert client.send(f"{url}/sessions/{ref}/restore", "same").status_code == 303
    assert client.send(f"{url}/sessions/{ref}/restore").status_code == 404
    assert "North" in client.get(f"/desk/{conference.slug}/sessions").text


def test_the_daily_job_deletes_what_nothing_stands_on(
    app: Flask, conference: Conference, make: Maker, officer: Actor
) -> None:
    with in_conference(conference.id), writing():
        db.session.add(conference)
        hall, annex, released = make.room(), make.room("Annex"), make.placed("Released", make.room("Spare"), hour(9))
        timetable.release(officer, conference)
        plain = make.placed("Plain", hall, hour(11))
        sessions.add_item(officer, plain, {"en": "Item"})
        dewi = add_speaker(officer, conference, "Dewi").person
        sessions.add_role(officer, plain, SessionRoleKind.SPEAKER, person=dewi)
        file = files.store(b"%PDF-1", "application/pdf", "a.pdf", conference_id=conference.id)
        handouts.add_material(officer, plain, file, kind=MaterialKind.SLIDES, title={})
        theme = kinds.add(officer, conference, Theme, name={"en": "Trust"})
        stars = [Star(session_id=plain.id), Star(session_id=released.id)]
        db.session.add(Agenda(token_hash="0" * 64, stars=stars))
        for one in (plain, released):
            sessions.remove_session(officer, one)
        rooms.remove_room(officer, annex)
        rooms.remove_room(officer, next(room for room in queries.rooms() if room.name == {"en": "Spare"}))
        assert isinstance(theme, Theme)
        kinds.remove(officer, theme)
        at = clock.now()
        db.session.flush()
        released_id = released.id
    with time_machine.travel(at + MONTH - timedelta(minutes=1), tick=False):
        tasks.forget_removed()
    with in_conference(conference.id), reading():
        assert len(removed.removed()) == 5
    with time_machine.travel(at + MONTH + SECOND, tick=False):
        tasks.forget_removed()
        tasks.forget_removed()
    with in_conference(conference.id), reading():
        assert list(db.session.scalars(select(Session.id))) == [released_id]
        assert {room.name["en"] for room in db.session.scalars(select(Room))} == {"Hall", "Spare"}
        assert db.session.scalar(select(Theme.id)) is None
        assert db.session.scalar(select(Item.id)) is None
        assert db.session.scalar(select(Material.id)) is None
        assert list(db.session.scalars(select(Star.session_id))) == [released_id]
        assert db.session.scalars(select(StoredFile)).one().erased_at is not None
        verbs = list(db.session.scalars(select(AuditEntry.verb).where(AuditEntry.verb.like("forget_%"))))
        assert sorted(verbs) == ["forget_room", "forget_session", "forget_theme"]
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(build.staff(conference, Role.PROGRAMME_OFFICER))
    assert client.get(f"/desk/{conference.slug}/programme/history").status_code == 200
    assert "Spare" in client.get(f"/{conference.slug}/programme").text


def test_choice_groups_are_a_list_of_their_own(app: Flask, conference: Conference, make: Maker) -> None:
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(build.staff(conference, Role.PROGRAMME_OFFICER))
    url = f"/desk/{conference.slug}/groups"
    assert "no choice group yet" in client.get(url).text
    assert client.send(f"{url}/new", **{"name-en": "", "name-id": ""}).status_code == 422
    for name in ("Morning", "Noon"):
        assert client.send(f"{url}/new", **{"name-en": name, "name-id": ""}).status_code == 303
    with in_conference(conference.id), writing():
        db.session.add(conference)
        morning, noon = queries.choice_groups()
        made = make.session("North")
        made.choice_group = morning
        refs = morning.ref, noon.ref
        session = made.ref
    assert client.send(f"{url}/{refs[1]}/up").status_code == 303
    page = client.get(url).text
    assert page.index("Noon") < page.index("Morning")
    assert client.send(f"{url}/{refs[0]}", **{"name-en": "Early", "revision": "9"}).status_code == 409
    assert client.send(f"{url}/{refs[0]}/remove").status_code == 303
    with in_conference(conference.id), reading():
        kept = queries.session(session)
        assert kept is not None
        assert kept.choice_group is None
        assert len(queries.choice_groups()) == 1
