import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation.access import Actor
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import reading, writing
from confapp.people.rules import Role
from confapp.programme import queries
from confapp.programme.actions import kinds as actions
from confapp.programme.actions import sessions, timetable
from confapp.programme.models import OwnKind, Room, Session, SessionRole, Theme
from confapp.programme.queries import kinds
from confapp.programme.rules import SessionRoleKind
from confapp.speakers.actions import add_speaker
from tests import build
from tests.programme.conftest import Maker, hour


class Desk:
    """A conference with a hall and placed sessions, seen by its programme officer."""

    def __init__(self, client: FlaskClient, conference: Conference, make: Maker) -> None:
        self.client, self.conference, self.make = client, conference, make
        self.url = f"/desk/{conference.slug}"

    def get(self, path: str) -> str:
        answer = self.client.get(self.url + path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def send(self, path: str, **fields: Any) -> int:
        return self.client.send(self.url + path, **fields).status_code

    def refuse(self, path: str, expected: int, **fields: Any) -> str:
        answer = self.client.send(self.url + path, **fields)
        assert answer.status_code == expected, answer.text
        return answer.text

    def one(self, table: Any) -> Any:
        """The newest row of a table, with the values it has now."""
        with reading(), in_conference(self.conference.id):
            row = db.session.scalars(select(table).order_by(table.id.desc())).first()
            assert row is not None
            db.session.refresh(row)
            db.session.expunge(row)
            return row

    def session(self, title: str = "Opening", hours: int = 9, place: bool = True) -> str:
        with in_conference(self.conference.id), writing():
            room = (queries.rooms() or [self.make.room()])[0]
            made = self.make.placed(title, room, hour(hours)) if place else self.make.session(title)
            return made.ref

    def release(self) -> None:
        with in_conference(self.conference.id), writing():
            timetable.release(self.make.actor, self.conference)


@pytest.fixture
def desk(client: FlaskClient, conference: Conference, make: Maker) -> Desk:
    client.sign_in(build.staff(conference, Role.PROGRAMME_OFFICER))
    return Desk(client, conference, make)


@pytest.fixture
def elsewhere(app: Flask) -> Desk:
    """Another conference of the same installation, with a session."""
    other = build.conference()
    actor = build.actor(build.staff(other, Role.PROGRAMME_OFFICER))
    return Desk(app.test_client(), other, Maker(actor, other))


# --- the outsider -----------------------------------------------------------------------------------------------------

PAGES = (
    "/programme",
    "/programme/release",
    "/programme/releases",
    "/sessions",
    "/sessions/new",
    "/rooms",
    "/rooms/new",
)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_for_those_who_work_on_the_programme(app: Flask, desk: Desk, path: str) -> None:
    assert app.test_client().get(desk.url + path).status_code == 303
    outsider = app.test_client().sign_in(build.account())
    assert outsider.get(desk.url + path).status_code == 404
    gate = app.test_client().sign_in(build.staff(desk.conference, Role.GATE_STAFF))
    assert gate.get(desk.url + path).status_code == 403
    assert desk.get(path)


def test_a_viewer_reads_and_changes_nothing(app: Flask, desk: Desk) -> None:
    ref = desk.session()
    viewer = app.test_client().sign_in(build.staff(desk.conference, Role.VIEWER))
    for path in (f"/programme?session={ref}", "/sessions", f"/sessions/{ref}", "/rooms", "/programme/releases"):
        page = viewer.get(desk.url + path)
        assert page.status_code == 200
        assert not re.search(r"<form[^>]+method=\"post\"(?![^>]*sign-out)", page.text)
    assert viewer.send(f"{desk.url}/sessions/{ref}/remove").status_code == 403


def test_another_conferences_sessions_and_rooms_do_not_exist_here(desk: Desk, elsewhere: Desk) -> None:
    ref = elsewhere.session()
    with reading(), in_conference(elsewhere.conference.id):
        room = queries.rooms()[0].ref
    for path in (f"/sessions/{ref}", f"/sessions/{ref}/edit", f"/programme?session={ref}", f"/rooms/{room}"):
        assert desk.client.get(desk.url + path).status_code == 404
        assert desk.client.get(elsewhere.url + path).status_code == 404
    for path in (f"/sessions/{ref}/place", f"/sessions/{ref}/remove", f"/rooms/{room}/close"):
        assert desk.send(path) == desk.client.send(elsewhere.url + path).status_code == 404
    mine = desk.session()
    assert desk.send(f"/sessions/{mine}/place", day="2027-01-12", starts="09:00", minutes="30", rooms=room) == 422


# --- rooms ------------------------------------------------------------------------------------------------------------


def test_rooms_are_added_changed_ordered_and_closed(desk: Desk) -> None:
    assert "no room yet" in desk.get("/rooms")
    desk.refuse("/rooms/new", 422, **{"name-en": "", "name-id": ""})
    desk.refuse("/rooms/new", 422, **{"name-en": "Hall", "capacity": "-1"})
    for name in ("Hall", "Annex"):
        assert desk.send("/rooms/new", **{"name-en": name, "capacity": "80", "step_free": "yes"}) == 303
    with reading(), in_conference(desk.conference.id):
        hall, annex = (room.ref for room in queries.rooms())
    assert desk.send(f"/rooms/{annex}/up") == 303
    page = desk.get("/rooms")
    assert page.index("Annex") < page.index("Hall")
    assert desk.send(f"/rooms/{hall}", **{"name-en": "Great Hall", "revision": "2"}) == 303
    assert "Test Person changed this" in desk.refuse(f"/rooms/{hall}", 409, **{"name-en": "X", "revision": "2"})
    assert desk.send(f"/rooms/{hall}/close") == 303
    assert desk.send(f"/rooms/{hall}/close") == 409
    assert desk.send(f"/rooms/{hall}/burn") == 404


HALL = {"name-en": "Hall", "name-id": "", "capacity": "", "step_free": "", "open": "", "shut": ""}


def test_a_room_says_what_it_offers_and_when(desk: Desk) -> None:
    assert desk.send("/rooms/new", **HALL) == 303
    assert desk.send("/rooms/new", **(HALL | {"name-en": "North half"})) == 303
    with reading(), in_conference(desk.conference.id):
        hall, half = (room.ref for room in queries.rooms())
    full = HALL | {
        "layouts-theatre": "300",
        "layouts-classroom": "",
        "equipment": "projector,  lectern, projector",
        "booths": "2",
        "buffer_minutes": "15",
        "area": "East",
        "open": "2027-01-12 08:00–18:00\n2027-01-13 8.30 - 12.00",
        "shut": "2027-01-12 12:00-13:00",
        "joins": half,
    }
    assert desk.send(f"/rooms/{hall}", **full) == 303
    page = desk.get(f"/rooms/{hall}")
    for words in ("projector, lectern", "2027-01-13 08:30–12:00", "2027-01-12 12:00–13:00", 'value="300"'):
        assert words in page
    with reading(), in_conference(desk.conference.id):
        room = queries.rooms()[0]
        assert (room.layouts, room.booths, room.buffer_minutes, len(room.hours)) == ({"theatre": 300}, 2, 15, 3)
        assert [one.part.ref for one in room.parts] == [half]
    for line in ("tomorrow", "2027-01-12 18:00-08:00", "2027-02-30 08:00-09:00", "0001-01-01 08:00-09:00"):
        assert line in desk.refuse(f"/rooms/{hall}", 422, **(full | {"open": line}))
    assert "a part of itself" in desk.refuse(f"/rooms/{half}", 422, **(HALL | {"joins": hall}))


def test_an_hour_that_the_clocks_leave_out_is_refused_for_a_room(client: FlaskClient) -> None:
    berlin = build.conference(zone="Europe/Berlin", starts_on=date(2027, 3, 27), ends_on=date(2027, 3, 29))
    client.sign_in(build.staff(berlin, Role.ORGANIZER))
    sent = HALL | {"open": "2027-03-28 02:30–09:00"}
    answer = client.send(f"/desk/{berlin.slug}/rooms/new", **sent)
    assert answer.status_code == 422
    assert "does not exist on that day" in answer.text


# --- kinds and themes -------------------------------------------------------------------------------------------------


def test_kinds_and_themes_are_the_organizers(desk: Desk) -> None:
    assert "general kinds are always there" in desk.get("/kinds")
    review = {"name-en": "Countries' review", "nature": "general_debate", "minutes": "120", "is_alone": "y"}
    assert desk.send("/kinds/new", **review) == 303
    assert desk.send("/themes/new", **{"name-en": "Trust", "code": "T1"}) == 303
    assert desk.send("/themes/new", **{"name-en": "Inclusion", "code": "T2"}) == 303
    desk.refuse("/kinds/new", 422, **(review | {"name-en": "", "minutes": "0"}))
    with reading(), in_conference(desk.conference.id):
        kind, (theme, other) = kinds.rows(OwnKind)[0].ref, (row.ref for row in kinds.rows(Theme))
    words = WORDS | {"kind": f"own:{kind}", "theme": theme, "interpretation": "id", "audience": "200"}
    assert desk.send("/sessions/new", **words, languages=["en"], equipment="screen") == 303
    with reading(), in_conference(desk.conference.id):
        ref = queries.sessions()[0].ref
    page = desk.get(f"/sessions/{ref}")
    for said in ("Countries&#39; review", "Trust", "Bahasa Indonesia", "200", "screen", "Nothing should run beside it"):
        assert said in page
    assert "Known: screen." in desk.get(f"/sessions/{ref}/edit")
    assert desk.send(f"/themes/{other}/up") == 303
    assert desk.get("/themes").index("Inclusion") < desk.get("/themes").index("Trust")
    assert desk.send(f"/kinds/{kind}", **(review | {"nature": "plenary", "revision": "1"})) == 303
    assert "changed this" in desk.refuse(f"/kinds/{kind}", 409, **(review | {"revision": "1"}))
    assert desk.send(f"/kinds/{kind}/remove") == desk.send(f"/themes/{theme}/remove") == 303
    page = desk.get(f"/sessions/{ref}")
    assert "Plenary" in page
    assert "Trust" not in page
    assert desk.send(f"/themes/{theme}/remove") == desk.send(f"/themes/{other}/burn") == 404


def test_another_conferences_kinds_do_not_exist_here(desk: Desk, elsewhere: Desk) -> None:
    with in_conference(elsewhere.conference.id), writing():
        row = actions.add(elsewhere.make.actor, elsewhere.conference, Theme, name={"en": "Theirs"})
        db.session.flush()
        ref = row.ref
    assert desk.client.get(f"{desk.url}/themes/{ref}").status_code == 404
    assert desk.send(f"/themes/{ref}/remove") == 404
    assert desk.send("/sessions/new", **(WORDS | {"theme": ref})) == 422


# --- sessions ---------------------------------------------------------------------------------------------------------

WORDS = {
    "title-en": "Panel on trust",
    "title-id": "Panel",
    "kind": "panel",
    "minutes": "60",
    "access": "open",
    "choice_group": "",
    "theme": "",
    "format": "in_person",
    "layout": "",
}


def test_a_session_is_written_and_changed_by_form(desk: Desk) -> None:
    assert "no session yet" in desk.get("/sessions")
    page = desk.refuse("/sessions/new", 422, **(WORDS | {"title-en": "", "title-id": "", "minutes": "soon"}))
    assert "2 fields need attention" in page
    assert desk.send("/sessions/new", **WORDS, languages=["en", "id"]) == 303
    ref = desk.one(Session).ref
    assert "Panel on trust" in desk.get(f"/sessions/{ref}")
    form = desk.get(f"/sessions/{ref}/edit")
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', form)
    assert revision
    changed = WORDS | {"title-en": "Panel on confidence", "revision": revision[1], "new_group-en": "Panels at noon"}
    assert desk.send(f"/sessions/{ref}/edit", **changed) == 303
    assert "Panels at noon" in desk.get(f"/sessions/{ref}")
    page = desk.refuse(f"/sessions/{ref}/edit", 409, **(WORDS | {"title-en": "Lost?", "revision": revision[1]}))
    assert "Test Person changed this" in page
    assert "Lost?" in page, "what was typed is still there"
    assert desk.one(Session).title["en"] == "Panel on confidence"


def test_the_list_is_searched(desk: Desk) -> None:
    desk.session("Opening")
    desk.session("Closing", 15)
    page = desk.get("/sessions?q=clos")
    assert "Closing" in page
    assert ">Opening<" not in page
    assert "“&lt;b&gt;”" in desk.get("/sessions?q=<b>")
    assert "No session has" in desk.get("/sessions?q=%25"), "a percent sign is a percent sign"


def test_a_removed_session_can_be_brought_back(desk: Desk) -> None:
    ref = desk.session()
    assert desk.send(f"/sessions/{ref}/remove") == 303
    assert "Opening" not in desk.get("/programme")
    assert "Opening" in desk.get("/sessions?show=removed")
    assert desk.client.get(f"{desk.url}/programme?session={ref}").status_code == 404
    assert desk.send(f"/sessions/{ref}/place", day="2027-01-12", starts="09:00", minutes="30") == 409
    assert "Bring it back" in desk.get(f"/sessions/{ref}")
    assert desk.send(f"/sessions/{ref}/restore") == 303
    assert "Without a place" in desk.get(f"/sessions/{ref}")


def test_a_general_debate_gets_every_delegation_in_one_step(desk: Desk) -> None:
    build.delegation(desk.conference, position=2, name={"en": "Zeta"})
    build.delegation(desk.conference, position=1, name={"en": "Omega"})
    ref = desk.session("General debate")
    assert "each of 2 delegations" in desk.get(f"/sessions/{ref}/delegations")
    assert desk.send(f"/sessions/{ref}/delegations", **{"title-en": "Statement", "minutes": "5"}) == 303
    page = desk.get(f"/sessions/{ref}")
    assert page.index("Omega") < page.index("Zeta")
    desk.refuse(f"/sessions/{ref}/delegations", 422, **{"title-en": "Statement"})
    item = re.findall(r"/items/([\w-]{22})/up", page)[0]
    assert desk.send(f"/sessions/{ref}/items/{item}/up") == 303
    page = desk.get(f"/sessions/{ref}")
    assert page.index("Zeta") < page.index("Omega")
    assert desk.send(f"/sessions/{ref}/items/{item}/remove") == 303
    assert "Zeta" not in desk.get(f"/sessions/{ref}")
    assert desk.send(f"/sessions/{ref}/items/{item}/remove") == 404


def test_items_are_written_by_form(desk: Desk) -> None:
    ref = desk.session()
    desk.refuse(f"/sessions/{ref}/items/new", 422, **{"title-en": "", "delegation": ""})
    assert desk.send(f"/sessions/{ref}/items/new", **{"title-en": "Video", "minutes": "10", "delegation": ""}) == 303
    item = re.findall(r"/items/([\w-]{22})\"", desk.get(f"/sessions/{ref}"))[0]
    assert desk.send(f"/sessions/{ref}/items/{item}", **{"title-en": "Film", "delegation": ""}) == 303
    assert "Film" in desk.get(f"/sessions/{ref}")


PART = {"role": "panellist", "status": "confirmed", "delegation": ""}


def test_a_name_that_nobody_has_adds_a_speaker_when_confirmed(desk: Desk) -> None:
    ref = desk.session()
    url = f"/sessions/{ref}/roles/new"
    page = desk.refuse(url, 422, **PART, name="Dewi Contoh")
    assert "A new speaker: Dewi Contoh" in page
    assert desk.send(url, **PART, name="Dewi Contoh", who="new") == 303
    assert desk.send(url, **PART, name="dewi contoh") == 303, "known now"
    with in_conference(desk.conference.id):
        parts = db.session.scalars(select(SessionRole).join(SessionRole.session).where(Session.ref == ref)).all()
        assert len({part.person_id for part in parts}) == 1
        assert len(parts) == 2


def test_a_name_that_two_have_is_asked(desk: Desk) -> None:
    first = build.person(desk.conference, printed_name="Sari Contoh", honorific="Ms")
    build.person(desk.conference, printed_name="Sari Contoh", honorific="Dr")
    url = f"/sessions/{desk.session()}/roles/new"
    page = desk.refuse(url, 422, **PART, name="Sari Contoh")
    assert "Choose which person is meant" in page
    assert "Dr Sari Contoh" in page
    assert desk.send(url, **PART, name="Sari Contoh", who=first.ref) == 303


def test_a_part_is_a_function_or_a_delegation_and_never_two(desk: Desk) -> None:
    state = build.delegation(desk.conference)
    ref = desk.session()
    url = f"/sessions/{ref}/roles/new"
    desk.refuse(url, 422, **PART)
    assert desk.send(url, **(PART | {"delegation": state.ref})) == 303
    assert desk.send(url, **PART, **{"printed_function-en": "Ambassador of Sampleland"}) == 303
    desk.refuse(url, 422, **(PART | {"delegation": state.ref}), name="Dewi Contoh", who="new")
    role = re.findall(r"/roles/([\w-]{22})/up", desk.get(f"/sessions/{ref}"))[0]
    assert desk.send(f"/sessions/{ref}/roles/{role}", **(PART | {"status": "declined", "delegation": state.ref})) == 303
    assert "Declined" in desk.get(f"/sessions/{ref}")
    for verb in ("up", "remove"):
        assert desk.send(f"/sessions/{ref}/roles/{role}/{verb}") == 303


def test_people_of_another_conference_are_not_offered(desk: Desk, elsewhere: Desk) -> None:
    stranger = build.person(elsewhere.conference, printed_name="Sari Contoh")
    page = desk.refuse(f"/sessions/{desk.session()}/roles/new", 422, **PART, name="Sari Contoh", who=stranger.ref)
    assert stranger.ref not in page.replace(f'value="{stranger.ref}"', "")
    assert "A new speaker" in page


# --- the timetable ----------------------------------------------------------------------------------------------------


def test_a_session_gets_its_place_by_form(desk: Desk) -> None:
    desk.session("Opening")
    ref = desk.session("Panel", place=False)
    page = desk.get(f"/programme?session={ref}")
    assert "Draft, not public" in page
    room = re.search(r'name="rooms"[^>]*value="([\w-]{22})"', page)
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', page)
    assert room
    assert revision
    place = {"day": "2027-01-13", "starts": "14:30", "minutes": "45", "rooms": room[1], "revision": revision[1]}
    answer = desk.client.send(f"{desk.url}/sessions/{ref}/place", **place)
    assert answer.headers["Location"] == f"{desk.url}/programme?day=2027-01-13&session={ref}"
    assert "14:30–15:15" in desk.get("/programme?day=2027-01-13")
    page = desk.refuse(f"/sessions/{ref}/place", 409, **place)
    assert "changed this while your page was open" in page
    assert desk.send(f"/sessions/{ref}/unplace") == 303
    assert desk.send(f"/sessions/{ref}/unplace") == 409


@pytest.mark.parametrize(
    "wrong",
    [{"day": "2027-02-01"}, {"starts": "25:00"}, {"starts": ""}, {"minutes": "0"}, {"minutes": "2000"}, {"rooms": "x"}],
)
def test_a_place_that_cannot_be_is_refused_with_the_form(desk: Desk, wrong: dict[str, str]) -> None:
    ref = desk.session(place=False)
    place = {"day": "2027-01-13", "starts": "14:30", "minutes": "45"} | wrong
    page = desk.refuse(f"/sessions/{ref}/place", 422, **place)
    assert "One field needs attention" in page


def test_an_hour_that_the_clocks_skip_is_refused(app: Flask, client: FlaskClient) -> None:
    from datetime import date

    conference = build.conference(zone="Europe/Zurich", starts_on=date(2027, 3, 27), ends_on=date(2027, 3, 29))
    officer = build.staff(conference, Role.PROGRAMME_OFFICER)
    desk = Desk(client.sign_in(officer), conference, Maker(build.actor(officer), conference))
    ref = desk.session(place=False)
    place = {"day": "2027-03-28", "starts": "02:30", "minutes": "30"}
    assert "does not exist on that day" in desk.refuse(f"/sessions/{ref}/place", 422, **place)
    assert desk.send(f"/sessions/{ref}/place", **(place | {"starts": "03:30"})) == 303


def test_a_clash_is_told_on_both_sessions_and_at_the_top(desk: Desk, conference: Conference, officer: Actor) -> None:
    one = desk.session("Opening")
    two = desk.session("Panel")
    with in_conference(conference.id), writing():
        person = add_speaker(officer, conference, "Dewi Contoh").person
        for ref in (one, two):
            session = queries.session(ref)
            assert session is not None
            sessions.add_role(officer, session, SessionRoleKind.SPEAKER, person=person)
    page = desk.get("/programme")
    assert "2 clashes" in page
    assert "Hall is used twice" in page
    assert page.count("Dewi Contoh is also in Hall, 09:00–10:00") == 2
    assert "Hall is also used by “Opening”, 09:00–10:00" in desk.get(f"/programme?session={two}")


# --- releases ---------------------------------------------------------------------------------------------------------


def test_readers_see_a_release_and_not_the_draft(app: Flask, desk: Desk) -> None:
    ref = desk.session("Opening")
    public, url = app.test_client(), f"/{desk.conference.slug}"
    assert "Opening" not in public.get(f"{url}/programme").text
    assert public.get(f"{url}/sessions/{ref}").status_code == 404
    page = desk.get("/programme/release")
    assert "1 session is different for readers" in page
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', page)
    assert seen
    assert desk.send("/programme/release", seen=seen[1], name="First", **{"note-en": "Provisional"}) == 303
    assert "Opening" in public.get(f"{url}/programme").text
    assert "Provisional" in public.get(f"{url}/programme").text
    assert "not different" not in desk.get("/programme/releases")

    desk.session("Panel", 14)
    changed = WORDS | {"title-en": "The opening", "access": "closed"}
    assert desk.send(f"/sessions/{ref}/edit", **changed) == 303
    assert desk.send(f"/sessions/{ref}/items/new", **{"title-en": "Secret item", "delegation": ""}) == 303
    for page in (public.get(f"{url}/programme").text, public.get(f"{url}/sessions/{ref}").text):
        assert "The opening" in page  # a corrected title shows at once
        assert "Secret item" not in page
        assert "Panel<" not in page

    page = desk.refuse("/programme/release", 409, seen=seen[1])
    assert "draft has changed" in page
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', page)
    assert seen
    assert "People, order or text changed" in page
    assert desk.send("/programme/release", seen=seen[1]) == 303
    assert "The opening" in public.get(f"{url}/programme").text
    assert "Secret item" in public.get(f"{url}/sessions/{ref}").text
    assert "Version 2" in desk.get("/programme/releases/2")
    assert "Panel" in desk.get("/programme/releases/compare?from=1&to=2")
    assert "no difference" in desk.get("/programme/releases/compare?from=2&to=draft")
    assert desk.client.get(f"{desk.url}/programme/releases/3").status_code == 404


def test_nothing_to_publish_is_said(desk: Desk) -> None:
    assert "Readers would see no difference" in desk.get("/programme/release")
    assert "No session has a place yet" in desk.refuse("/programme/release", 409, seen="")


# --- the editor -------------------------------------------------------------------------------------------------------


def test_what_was_done_is_followed_undone_and_done_again(app: Flask, desk: Desk) -> None:
    ref = desk.session("Opening", place=False)
    assert desk.send(f"/sessions/{ref}/place", day="2027-01-12", starts="09:00", minutes="60") == 303
    other = app.test_client().sign_in(build.staff(desk.conference, Role.PROGRAMME_OFFICER))
    told = other.get(f"{desk.url}/programme/changes?after=0").json
    assert told["number"] == 1
    assert "Opening" in told["said"][0]
    assert desk.client.get(f"{desk.url}/programme/changes?after=1").status_code == 204
    assert other.send(f"{desk.url}/programme/undo").status_code == 409  # each takes back their own
    assert desk.send("/programme/undo") == 303
    assert "data-starts" not in desk.get("/programme")
    assert desk.send("/programme/redo") == 303
    assert 'data-starts="09:00"' in desk.get("/programme")
    page = desk.get("/programme/history")
    acts = re.findall(r"/programme/history/([\w-]{22})/undo", page)
    assert len(acts) == 3
    assert desk.send(f"/programme/history/{acts[1]}/undo") == 409  # it is not so any more
    assert other.send(f"{desk.url}/programme/history/{acts[0]}/undo").status_code == 303
    assert "data-starts" not in desk.get("/programme")
    assert desk.send(f"/sessions/{ref}/pin") == 409


def test_joined_halls_are_one_block_and_two_sessions_are_swapped_by_form(desk: Desk) -> None:
    ref, other = desk.session("Opening"), desk.session("Panel", 11)
    with in_conference(desk.conference.id), writing():
        rooms = [queries.rooms()[0].ref, *(desk.make.room(name).ref for name in ("West", "Annex"))]
    place = {"day": "2027-01-12", "starts": "09:00", "minutes": "60"}
    assert desk.send(f"/sessions/{ref}/place", **place, rooms=rooms[:2], overflow=rooms[2]) == 303
    page = desk.get("/programme?day=2027-01-12")
    assert page.count(f'data-session="{ref}"') == 2  # the joined halls, and the room that follows on a screen
    assert f'data-run="{rooms[0]} {rooms[1]}"' in page
    assert f'value="{other}"' in desk.get(f"/programme?session={ref}")
    assert desk.send(f"/sessions/{ref}/swap", **{"with": other}, day="2027-01-12") == 303
    assert 'data-starts="11:00"' in desk.get(f"/programme?session={ref}")
    assert desk.send(f"/sessions/{ref}/swap", **{"with": "nobody"}) == 422
    assert desk.send(f"/sessions/{ref}/swap", **{"with": other}, revision="0") == 409


def test_whoever_was_slower_is_asked_and_may_go_on(desk: Desk) -> None:
    ref = desk.session("Opening")
    place = {"day": "2027-01-13", "starts": "14:30", "minutes": "45", "revision": "0"}
    assert "Place mine anyway" in desk.refuse(f"/sessions/{ref}/place", 409, **place)
    assert desk.send(f"/sessions/{ref}/place", **place, anyway="1") == 303
    assert 'data-starts="14:30"' in desk.get("/programme?day=2027-01-13&zoom=compact&room=none")


def test_an_emergency_is_one_step_from_the_session(desk: Desk) -> None:
    ref = desk.session("Opening")
    assert "do not have this session" in desk.get(f"/sessions/{ref}/emergency")
    desk.release()
    assert f"/sessions/{ref}/emergency" in desk.get(f"/sessions/{ref}")
    change = {"day": "2027-01-12", "starts": "11:00", "minutes": "30"}
    assert "needs attention" in desk.refuse(f"/sessions/{ref}/emergency", 422, **change)
    assert desk.send(f"/sessions/{ref}/emergency", **change, **{"reason-en": "Water in the hall"}) == 303
    assert "Emergency change" in desk.get("/programme/releases")
    assert 'data-starts="11:00"' in desk.get("/programme")
    assert desk.client.get(f"{desk.url}/programme/releases/compare?from=1&to=x").status_code == 404
    assert "Moved" in desk.get("/programme/releases/compare?from=1&to=draft")


def test_an_emergency_that_clashes_asks_and_goes_on_with_a_reason(desk: Desk) -> None:
    ref, _other = desk.session("Opening"), desk.session("Panel", 11)
    desk.release()
    room = desk.one(Room).ref
    change = {"day": "2027-01-12", "starts": "11:15", "minutes": "30", "rooms": room, "reason-en": "Water"}
    page = desk.refuse(f"/sessions/{ref}/emergency", 409, **change)
    assert "Hall is also used by" in page
    assert "Why the clash may stay" in page
    seen = re.search(r'name="seen"[^>]* value="(\w+)"', page)
    assert seen is not None
    desk.refuse(f"/sessions/{ref}/emergency", 409, **change, seen=seen[1])
    assert desk.send(f"/sessions/{ref}/emergency", **change, seen=seen[1], accepted="Both fit in") == 303
    assert "Both fit in" in desk.get("/programme/clashes")


# --- cost -------------------------------------------------------------------------------------------------------------


def test_pages_cost_the_same_for_one_session_and_for_three(desk: Desk, conference: Conference, officer: Actor) -> None:
    ref = desk.session("Opening")
    desk.session("Later", place=False)
    desk.release()
    desk.send(f"/sessions/{ref}/cancel")
    paths = (
        "/programme",
        f"/programme?session={ref}",
        "/programme/history",
        "/sessions",
        f"/sessions/{ref}",
        "/rooms",
        "/programme/release",
    )
    first = {path: _cost(desk, path) for path in paths}
    for number in range(3):
        made = desk.session(f"Panel {number}", 11 + number)
        with in_conference(conference.id), writing():
            session = queries.session(made)
            assert session is not None
            person = add_speaker(officer, conference, f"Speaker {number}").person
            sessions.add_role(officer, session, SessionRoleKind.SPEAKER, person=person)
            sessions.add_item(officer, session, {"en": "Talk"}, person=person)
            desk.make.session(f"Spare {number}")
            desk.make.room(f"Room {number}")
    for path in paths:
        assert _cost(desk, path) <= first[path] + 1, path  # one more: the affiliations of the first named persons


def _cost(desk: Desk, path: str) -> int:
    desk.get(path)
    with build.count_queries() as counted:
        desk.get(path)
    return counted.number


def test_work_on_the_draft_leaves_the_kept_public_pages_alone(desk: Desk) -> None:
    ref = desk.session()
    desk.release()
    version = desk.one(Conference).public_version
    assert desk.send(f"/sessions/{ref}/items/new", **{"title-en": "Video", "delegation": ""}) == 303
    assert desk.send(f"/sessions/{ref}/unplace") == 303
    assert desk.one(Conference).public_version == version
    desk.session("Panel", 14)
    desk.release()
    assert desk.one(Conference).public_version > version


def test_readers_see_who_is_not_confirmed_and_nobody_who_declined(
    app: Flask, desk: Desk, conference: Conference, officer: Actor
) -> None:
    state = build.delegation(conference, name={"en": "Sampleland"})
    ref = desk.session()
    url = f"/sessions/{ref}/roles/new"
    assert desk.send(url, **(PART | {"status": "invited", "delegation": state.ref})) == 303
    assert desk.send(url, **(PART | {"status": "declined"}), **{"printed_function-en": "Director of Testonia"}) == 303
    desk.release()
    page = app.test_client().get(f"/{conference.slug}/sessions/{ref}").text
    assert "Sampleland" in page
    assert "to be confirmed" in page
    assert "Director of Testonia" not in page


def test_a_release_that_no_number_has_is_not_found(app: Flask, conference: Conference) -> None:
    client = app.test_client().sign_in(build.staff(conference, Role.VIEWER))  # type: ignore[attr-defined]
    for number in ("99999999999999999999", "100000", "7"):
        assert client.get(f"/desk/{conference.slug}/programme/releases/{number}").status_code == 404


def test_the_list_of_sessions_is_narrowed_by_what_they_are_and_where_they_stand(desk: Desk) -> None:
    desk.session("Placed one")
    desk.session("Loose one", place=False)
    room = desk.one(Room).ref
    for asked, seen in (
        ("kind=panel", (True, True)),
        ("kind=ceremony", (False, False)),
        (f"room={room}", (True, False)),
        ("day=2027-01-12&access=open", (True, False)),
        ("day=2027-01-12&access=closed", (False, False)),
        ("state=unplaced", (False, True)),
        ("state=unplaced&q=placed", (False, False)),
        ("room=foreign&day=never", (True, True)),
    ):
        page = desk.get(f"/sessions?{asked}")
        assert ("Placed one" in page, "Loose one" in page) == seen, asked
    assert "No session fits." in desk.get("/sessions?kind=ceremony")
