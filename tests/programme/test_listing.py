"""The list of sessions at the desk: sorted by any column, taken out safely, and changed for many at once."""

import csv
import io
import re
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from confapp.conferences.models import Conference
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import reading, writing
from confapp.people.rules import Role
from confapp.programme import queries
from confapp.programme.actions import kinds, sessions
from confapp.programme.models import OwnKind, Session, Theme
from confapp.programme.rules import Access, Kind, SessionRoleKind
from tests import build
from tests.build import Client
from tests.programme.conftest import Maker, hour


class Desk:
    """Four sessions; two of them have a place, and one has a theme."""

    def __init__(self, app: Flask, conference: Conference, make: Maker) -> None:
        self.app, self.conference, self.url = app, conference, f"/desk/{conference.slug}/sessions"
        with self.at_work():
            hall, annex = make.room("Hall"), make.room("Annex")
            theme = kinds.add(make.actor, conference, Theme, name={"en": "Trust"})
            kind = kinds.add(make.actor, conference, OwnKind, name={"en": "Review"}, nature=Kind.GENERAL_DEBATE)
            group = sessions.add_choice_group(make.actor, conference, {"en": "Morning"})
            delta = make.placed("Delta", hall, hour(9), minutes=30)
            alpha = make.placed("Alpha", annex, hour(11), minutes=90)
            charlie, bravo = make.session("=cmd|' /C calc'!A0", minutes=45), make.session("Bravo", Kind.PLENARY, 60)
            function = {"en": "@Chair of the meeting"}
            sessions.add_role(make.actor, alpha, SessionRoleKind.CHAIR, printed_function=function)
            alpha.theme = theme  # type: ignore[assignment]
            self.refs = [one.ref for one in (delta, alpha, charlie, bravo)]
            self.theme, self.kind, self.group = theme.ref, kind.ref, group.ref
        self.client: Client = app.test_client()  # type: ignore[assignment]
        self.client.sign_in(build.staff(conference, Role.PROGRAMME_OFFICER))

    def at_work(self) -> Any:
        return _at_work(self.conference)

    def order(self, sort: str = "") -> list[int]:
        page = self.client.get(f"{self.url}?sort={sort}").text
        return [self.refs.index(ref) for ref in re.findall(r'name="ref" value="([\w-]+)"', page)]

    def rows(self) -> list[Session]:
        db.session.rollback()
        with in_conference(self.conference.id), reading():
            return queries.sessions_named(self.refs)

    def seen(self, *which: int) -> str:
        page = self.client.get(f"{self.url}/together", query_string={"ref": [self.refs[n] for n in which]}).text
        return re.findall(r'name="seen" value="([\d.]+)"', page)[0]

    def send(self, *which: int, seen: str = "", key: str | None = None, **fields: str) -> int:
        usual = {"kind": "", "theme": "", "access": "", "format": "", "choice_group": ""}
        about = {"ref": [self.refs[n] for n in which], "seen": seen or self.seen(*which)}
        sent: dict[str, Any] = usual | about | fields
        return self.client.send(f"{self.url}/together", key, **sent).status_code


class _at_work:
    def __init__(self, conference: Conference) -> None:
        self.conference, self.scope, self.writing = conference, in_conference(conference.id), writing()

    def __enter__(self) -> None:
        self.scope.__enter__()
        self.writing.__enter__()
        db.session.add(self.conference)

    def __exit__(self, *about: Any) -> None:
        self.writing.__exit__(*about)
        self.scope.__exit__(*about)


@pytest.fixture
def desk(app: Flask, conference: Conference, make: Maker) -> Desk:
    return Desk(app, conference, make)


def test_the_list_is_sorted_by_any_column_both_ways(desk: Desk) -> None:
    assert desk.order() == desk.order("nothing") == [0, 1, 2, 3]
    assert desk.order("title") == [2, 1, 3, 0]
    assert desk.order("-title") == [0, 3, 1, 2]
    assert desk.order("minutes") == [0, 2, 3, 1]
    assert desk.order("room") == [1, 0, 2, 3]
    assert desk.order("-room") == [0, 1, 2, 3]
    assert desk.order("theme")[0] == desk.order("-theme")[0] == 1
    assert desk.order("kind")[-1] == 3
    assert desk.order("-when") == [3, 2, 1, 0]


def test_what_is_taken_out_is_what_the_list_shows_and_no_formula(app: Flask, desk: Desk) -> None:
    answer = desk.client.get(f"{desk.url}.csv?sort=title")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["Title"].lstrip("'") for row in rows] == ["=cmd|' /C calc'!A0", "Alpha", "Bravo", "Delta"]
    assert not any(value.startswith(("=", "@", "+")) for row in rows for value in row.values())
    assert (rows[1]["Room"], rows[1]["Minutes"], rows[1]["Theme"]) == ("Annex", "90", "Trust")
    sheet = load_workbook(io.BytesIO(desk.client.get(f"{desk.url}.xlsx?state=unplaced").data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert "Alpha" not in {cell.value for cell in cells}
    with in_conference(desk.conference.id), reading():
        assert db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "export")).all()
    viewer = app.test_client().sign_in(build.staff(desk.conference, Role.VIEWER))  # type: ignore[attr-defined]
    assert viewer.get(f"{desk.url}.csv").status_code == 403
    assert 'name="ref"' not in viewer.get(desk.url).text
    assert viewer.get(f"{desk.url}/together?ref={desk.refs[0]}").status_code == 403
    assert app.test_client().sign_in(build.account()).get(f"{desk.url}.csv").status_code == 404  # type: ignore[attr-defined]


def test_many_are_changed_in_one_step_and_what_is_left_as_it_is_stays(desk: Desk) -> None:
    assert desk.client.get(f"{desk.url}/together").status_code == 303
    page = desk.client.get(f"{desk.url}/together", query_string={"ref": desk.refs[:3]}).text
    assert "Change 3 sessions" in page
    assert "Remove 3 sessions" in page
    every = desk.client.get(f"{desk.url}/together?all=4&state=unplaced&ref={desk.refs[0]}").text
    assert "Change 2 sessions" in every
    assert desk.send(0, 1) == 422
    assert desk.send(0, 1, kind="nonsense") == 422
    fields = {"kind": f"own:{desk.kind}", "theme": desk.theme, "access": "closed", "choice_group": desk.group}
    seen = desk.seen(0, 1, 2)
    assert desk.send(0, 1, 2, seen=seen, key="same", **fields) == 303
    assert desk.send(0, 1, 2, seen=seen, key="same", **fields) == 303
    rows = desk.rows()
    assert [row.access for row in rows] == [Access.CLOSED] * 3 + [Access.OPEN]
    assert [row.kind for row in rows] == [Kind.GENERAL_DEBATE] * 3 + [Kind.PLENARY]
    assert [bool(row.own_kind_id and row.theme_id and row.choice_group_id) for row in rows] == [True] * 3 + [False]
    assert desk.send(1, theme="none", choice_group="none") == 303
    one = desk.rows()[1]
    assert (one.theme_id, one.choice_group_id, one.access) == (None, None, Access.CLOSED)


def test_a_list_that_has_changed_since_is_shown_again(desk: Desk) -> None:
    seen = desk.seen(0, 1)
    assert desk.send(1, access="press") == 303
    assert desk.send(0, 1, seen=seen, access="closed") == 409
    assert desk.send(0, 1, seen=seen, verb="remove") == 409
    assert [row.access for row in desk.rows()[:2]] == [Access.OPEN, Access.PRESS]


def test_many_are_removed_and_can_be_brought_back(desk: Desk) -> None:
    assert desk.send(0, 3, verb="remove") == 303
    assert desk.order() == [1, 2]
    removed = desk.client.get(f"/desk/{desk.conference.slug}/removed").text
    assert "Delta" in removed
    assert "Bravo" in removed
    with in_conference(desk.conference.id), reading():
        assert len(queries.placements()) == 1


def test_a_long_list_has_pages_and_all_of_it_is_still_changed_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("confapp.programme.views.listing.ON_A_PAGE", 3)
    first = desk.client.get(f"{desk.url}?sort=-title").text
    assert "Page 1 of 2" in first
    assert "4 sessions" in first
    following = re.findall(r'rel="next" href="([^"]+)"', first)[0].replace("&amp;", "&")
    second = desk.client.get(following).text
    on = [re.findall(r'name="ref" value="([\w-]+)"', page) for page in (first, second)]
    assert [len(one) for one in on] == [3, 1]
    assert [*on[0], *on[1]] == [desk.refs[number] for number in (0, 3, 1, 2)]
    assert 'rel="next"' not in second
    for odd in ("0", "99", "x", "-1", "²"):
        assert desk.client.get(f"{desk.url}?page={odd}").status_code == 200
    page = desk.client.get(f"{desk.url}/together?all=4&sort=-title&page=2").text
    assert set(re.findall(r'name="ref" value="([\w-]+)"', page)) == set(desk.refs)
    assert len(desk.client.get(f"{desk.url}.csv?page=2").text.splitlines()) == 5
