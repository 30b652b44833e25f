"""What is kept of a draft beyond an act says the same as looking at all of it anew."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from confapp.conferences.models import Conference
from confapp.foundation import audit
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import reading, writing
from confapp.programme import queries
from confapp.programme.actions import commands, kinds, rooms, sessions, timetable
from confapp.programme.models import Room, Session, Theme
from confapp.programme.queries import board, clashes, drafts
from confapp.programme.rules import Access, Details, Kind, SessionRoleKind
from confapp.programme.rules.changes import differences
from tests import build
from tests.programme.conftest import Maker, hour


class Draft:
    """Two rooms and four sessions, three of them placed and released; acts by name."""

    def __init__(self, conference: Conference, make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
        self.conference, self.make, self.looked = conference, make, list[str]()
        for name in ("_basis", "_published"):
            monkeypatch.setattr(drafts, name, self._counted(name, getattr(drafts, name)))
        person = build.person(conference)
        with self.act():
            hall, annex = make.room("Hall"), make.room("Annex")
            self.rooms = {"Hall": hall.ref, "Annex": annex.ref}
            made = [make.placed(name, hall, hour(at)) for name, at in (("A", 9), ("B", 11), ("C", 13))]
            made += [make.session("D")]
            for one in made[:2]:
                sessions.add_role(SYSTEM, one, SessionRoleKind.SPEAKER, person=db.session.merge(person))
            theme = kinds.add(SYSTEM, conference, Theme, name={"en": "Trust"})
            made[0].theme = made[2].theme = theme  # type: ignore[assignment]
            timetable.release(SYSTEM, conference)
            self.refs = {name: one.ref for name, one in zip("ABCD", made, strict=True)}

    def _counted(self, name: str, work: Callable[[], Any]) -> Callable[[], Any]:
        def counted() -> Any:
            self.looked.append(name)
            return work()

        return counted

    def act(self) -> "_Act":
        return _Act(self.conference)

    def session(self, name: str) -> Session:
        found = queries.session(self.refs[name])
        assert found is not None
        return found

    def place(self, name: str, at: int, room: str = "Hall") -> None:
        with self.act():
            where = queries.room(self.rooms[room])
            assert isinstance(where, Room)
            timetable.place(SYSTEM, self.session(name), [where], hour(at))

    def agrees(self) -> tuple[int, int]:
        """(clashes, changes), the same when kept and when found anew."""
        with in_conference(self.conference.id), reading():
            kept, number = drafts.found_clashes(), drafts.number_of_changes()
            anew = clashes.of_draft(queries.placements())
            assert (kept.found, kept.people, kept.delegations) == (anew.found, anew.people, anew.delegations)
            assert {one.session: one for one in kept.slots} == {one.session: one for one in anew.slots}
            assert number == len(differences(queries.editions(queries.newest_release()), queries.draft_editions()))
            return len(kept.found), number


class _Act:
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
def draft(app: Flask, conference: Conference, make: Maker, monkeypatch: pytest.MonkeyPatch) -> Draft:
    return Draft(conference, make, monkeypatch)


def test_acts_that_only_place_are_followed_without_looking_at_all_the_rest_again(draft: Draft) -> None:
    assert draft.agrees() == (0, 0)
    draft.looked.clear()
    draft.place("B", 9, "Annex")  # the speaker of A is needed in both
    assert draft.agrees() == (1, 1)
    draft.place("C", 9)  # in the room of A, and of its theme
    assert draft.agrees() == (3, 2)
    with draft.act():
        timetable.cancel(SYSTEM, draft.session("A"))
    assert draft.agrees() == (0, 3)
    with draft.act():
        commands.undo(SYSTEM, draft.conference)
    assert draft.agrees() == (3, 2)
    with draft.act():
        timetable.unplace(SYSTEM, draft.session("C"))
    assert draft.agrees() == (1, 2)
    draft.place("B", 11)
    assert draft.agrees() == (0, 1)
    draft.place("D", 15)
    assert draft.agrees() == (0, 2)
    assert draft.looked == []
    draft.place("C", 13)
    assert draft.agrees() == (0, 1)
    assert draft.looked == []


def test_any_other_act_and_one_among_them_has_everything_looked_at_anew(draft: Draft) -> None:
    assert draft.agrees() == (0, 0)
    draft.place("B", 9, "Annex")
    with draft.act():
        session = draft.session("B")
        sessions.remove_role(SYSTEM, session.roles[0])
    draft.place("C", 13, "Annex")
    assert draft.agrees() == (0, 2)
    with draft.act():
        sessions.change_session(SYSTEM, draft.session("A"), Details(Kind.PANEL, {"en": "Other words"}, 60), None)
    assert draft.agrees() == (0, 3)
    with draft.act():
        rooms.change_room(SYSTEM, db.session.merge(_room(draft, "Annex")), name={"en": "Annex"}, buffer_minutes=30)
    draft.place("D", 10, "Annex")
    assert draft.agrees() == (1, 4)
    with draft.act():
        timetable.release(SYSTEM, draft.conference)
    assert draft.agrees() == (1, 0)


def test_a_session_that_was_waiting_at_the_release_and_one_out_of_it_are_compared_when_placed(draft: Draft) -> None:
    with draft.act():
        timetable.unplace(SYSTEM, draft.session("A"))
    assert draft.agrees() == (0, 1)  # its words were not compared: it had no place
    with draft.act():
        draft.session("A").title = {"en": "Without a record"}
    draft.place("A", 9)
    assert draft.agrees() == (0, 1)


def test_quiet_meetings_keep_their_room_and_are_no_change_for_readers(draft: Draft) -> None:
    assert draft.agrees() == (0, 0)
    with draft.act():
        made = draft.make.session("Quiet", Kind.BILATERAL)
        made.access = Access.CLOSED
        draft.refs["Q"] = made.ref
    draft.place("Q", 9)
    assert draft.agrees() == (1, 0)
    with in_conference(draft.conference.id), reading():
        assert [one.session.is_quiet for one in board.placed() if one.session.ref == draft.refs["Q"]] == [True]
        assert [one.is_quiet for one in (draft.session("Q"), draft.session("A"))] == [True, False]


def test_a_chain_that_is_not_the_same_any_more_is_not_followed(draft: Draft) -> None:
    with in_conference(draft.conference.id), reading():
        now = audit.newest(draft.conference.id)
        other = audit.Head(now.number - 1, "f" * 64)
        assert "?" in audit.verbs_between(draft.conference.id, other, now)
        assert audit.verbs_between(draft.conference.id, now, now) == set()


def _room(draft: Draft, name: str) -> Room:
    found = queries.room(draft.rooms[name])
    assert found is not None
    return found
