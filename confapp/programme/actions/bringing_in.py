"""A programme from a file into the draft: what is there already is brought up to date, the rest is added.

`plan` reads only and says what would be done; `carry_out` does it, as one command of the draft and one line of the
record. Sessions are known again by their guid, so a second time nothing is added.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from confapp.foundation import audit, text
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import INTERFACE, catalogue
from confapp.people.models import Person
from confapp.programme import queries
from confapp.programme.actions import commands
from confapp.programme.actions.sessions import index
from confapp.programme.models import OwnKind, Placement, Room, Session, SessionRole, Theme
from confapp.programme.queries.commands import placements_of
from confapp.programme.rules import KIND_NAMES, Kind, PlacementState, RoleStatus, SessionRoleKind
from confapp.programme.rules.commands import Change, Place, a_place, place_of
from confapp.programme.rules.exchange import Exchange, Talk, Who, guid_of
from confapp.speakers.actions import folded
from confapp.speakers.models import Speaker

LONGEST_CODE, LONGEST_TITLE, LONGEST_TEXT = 20, 300, 20_000


@dataclass
class Row:
    """One session of the file: ours, or None when it is new; the names of what changes; whether its place does."""

    talk: Talk
    session: Session | None
    texts: dict[str, Any]
    changes: list[str] = field(default_factory=list)
    moves: bool = False
    missing: list[Who] = field(default_factory=list)
    leaving: list[SessionRole] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        if self.session is None:
            return "new"
        return "changed" if self.changes or self.moves or self.missing or self.leaving else "same"


@dataclass
class Plan:
    """What bringing a file in would do."""

    exchange: Exchange
    language: str
    rows: list[Row] = field(default_factory=list)
    new_rooms: list[str] = field(default_factory=list)
    new_themes: list[str] = field(default_factory=list)
    new_kinds: list[str] = field(default_factory=list)
    new_people: list[Who] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def changes_nothing(self) -> bool:
        return not (self.new_rooms or self.new_themes or self.new_kinds or self.new_people) and (
            self.count("same") == len(self.rows)
        )

    @property
    def figures(self) -> dict[str, int]:
        return {
            "new": self.count("new"),
            "changed": self.count("changed"),
            "same": self.count("same"),
            "moved": sum(row.moves for row in self.rows),
            "rooms": len(self.new_rooms),
            "themes": len(self.new_themes),
            "kinds": len(self.new_kinds),
            "people": len(self.new_people),
            "odd": len(self.exchange.oddities),
        }


def plan(exchange: Exchange, language: str) -> Plan:
    """In the conference's scope; a number of queries that does not grow with the file."""
    known = _Known.load()
    found = Plan(exchange, language)
    for name, guid in exchange.rooms.items():
        if known.room(name, guid) is None:
            found.new_rooms.append(name)
    themes = dict.fromkeys([*exchange.themes, *(talk.theme for talk in exchange.talks)])
    found.new_themes = [name for name in themes if name and known.theme(name) is None]
    kinds = dict.fromkeys(talk.kind for talk in exchange.talks)
    found.new_kinds = [name for name in kinds if name and known.kind(name) is None]
    people = {_key(who): who for talk in exchange.talks for who in talk.people}
    found.new_people = [who for who in people.values() if known.person(who) is None]
    found.rows = [_row(talk, known, language) for talk in exchange.talks]
    return found


def carry_out(actor: Actor, conference: Any, found: Plan, *, sha256: str = "") -> Plan:
    """Does what the plan says, on the rows as they are now; returns the plan made afresh under the lock."""
    found = plan(found.exchange, found.language)
    if found.changes_nothing:
        return found
    known = _Known.load()
    _add_what_is_new(conference, found, known)
    changes = [
        change for row in found.rows if row.outcome != "same" for change in _write(conference, row, found, known)
    ]
    db.session.flush()
    moves = [_with_id(session, change) for session, change in changes]
    if moves:
        commands.apply(actor, conference.id, moves, "import")
    audit.record(actor, "import_programme", conference, sha256=sha256, **found.figures)
    return found


# --- what is there ----------------------------------------------------------------------------------------------------


@dataclass
class _Known:
    rooms: list[Room]
    themes: list[Theme]
    kinds: list[OwnKind]
    people: dict[str, Person]
    sessions: dict[str, Session]
    placements: Mapping[int, Placement]
    external: dict[int, str]  # of speakers, by person

    @classmethod
    def load(cls) -> "_Known":
        wanted = select(Session).options(selectinload(Session.roles).joinedload(SessionRole.person))
        sessions = db.session.scalars(wanted).all()
        speakers = db.session.scalars(select(Speaker).options(joinedload(Speaker.person))).all()
        people: dict[str, Person] = {}
        for speaker in speakers:
            for key in (fold_name(speaker.person.full_name), guid_of(speaker.person.ref), speaker.external_id):
                if key:
                    people[key] = speaker.person
        return cls(
            list(queries.rooms(with_removed=False)),
            list(db.session.scalars(select(Theme).where(Theme.removed_at.is_(None)))),
            list(db.session.scalars(select(OwnKind).where(OwnKind.removed_at.is_(None)))),
            people,
            {one.external_id or guid_of(one.ref): one for one in sessions},
            placements_of({one.id for one in sessions}),
            {speaker.person_id: speaker.external_id for speaker in speakers},
        )

    def room(self, name: str, guid: str) -> Room | None:
        by_guid = (one for one in self.rooms if guid and guid in (one.external_id, guid_of(one.ref)))
        return next(by_guid, None) or _named(self.rooms, name)

    def theme(self, name: str) -> Theme | None:
        found: Theme | None = _named(self.themes, name)
        return found

    def kind(self, name: str) -> OwnKind | Kind | None:
        return _named(self.kinds, name) or _nature(name)

    def person(self, who: Who) -> Person | None:
        return (self.people.get(who.guid) if who.guid else None) or self.people.get(fold_name(who.name))


def fold_name(name: str) -> str:
    return f"name:{text.fold(name)}"


def _key(who: Who) -> str:
    return who.guid or fold_name(who.name)


def _named(rows: Iterable[Any], name: str) -> Any:
    wanted = _fold(name)
    return next((row for row in rows if wanted in map(_fold, row.name.values())), None)


@lru_cache(2000)  # a file has few names, each many times
def _fold(name: str) -> str:
    return text.fold(name)


@lru_cache(200)
def _nature(name: str) -> Kind | None:
    """A kind of the program by its name in any language of the interface."""
    wanted = text.fold(name)
    for kind, label in KIND_NAMES.items():
        names = {kind, label, *(catalogue(code).gettext(label) for code in INTERFACE)}
        if wanted in map(text.fold, names):
            return Kind(kind)
    return None


# --- one session ------------------------------------------------------------------------------------------------------


def _row(talk: Talk, known: _Known, language: str) -> Row:
    session = known.sessions.get(talk.guid)
    row = Row(talk, session, _texts(talk, session, language))
    there = [role.person for role in session.roles if role.person is not None] if session is not None else []
    named = {known.person(who) for who in talk.people}
    row.missing = [who for who in talk.people if (one := known.person(who)) is None or one not in there]
    if session is None:
        row.moves = talk.starts is not None
        return row
    row.changes = [name for name, value in row.texts.items() if getattr(session, name) != value]
    row.changes += [
        name
        for name, mine, theirs in (
            ("kind", _kind_of(session), known.kind(talk.kind)),
            ("theme", session.theme, known.theme(talk.theme)),
        )
        if getattr(talk, name) and mine != theirs
    ]
    row.changes += ["removed_at"] if session.removed_at is not None else []
    was = place_of(known.placements.get(session.id))
    row.moves = talk.starts is not None and _place(talk, was, known.room(talk.room, "")) != was
    row.leaving = [
        role
        for role in session.roles
        if role.person is not None and role.person not in named and known.external.get(role.person.id)
    ]
    return row


def _kind_of(session: Session) -> OwnKind | Kind:
    return session.own_kind or session.kind


def _texts(talk: Talk, session: Session | None, language: str) -> dict[str, Any]:
    """Columns of a session that the file says something about; texts in other languages stay."""

    def merged(name: str, words: str, longest: int, *, lines: bool = False) -> dict[str, str]:
        before = dict(getattr(session, name)) if session is not None else {}
        cleaned = text.clean(words, lines=lines)[:longest]
        return {code: said for code, said in (before | {language: cleaned}).items() if said}

    found: dict[str, Any] = {"title": merged("title", talk.title, LONGEST_TITLE)}
    if talk.subtitle or session is None:
        found["note"] = merged("note", talk.subtitle, LONGEST_TITLE)
    if talk.text or session is None:
        found["description"] = merged("description", talk.text, LONGEST_TEXT, lines=True)
    if talk.code and len(talk.code) <= LONGEST_CODE:
        found["code"] = text.clean(talk.code)
    if talk.language:
        others = session.languages if session is not None else []
        found["languages"] = [talk.language, *(code for code in others if code != talk.language)]
    return found


def _place(talk: Talk, was: Place | None, room: Room | None) -> Place:
    """Where the file has it. Further rooms, overflows and a pin stay when its first room does."""
    assert talk.starts is not None
    rooms = [(room.id, False)] if room is not None else []
    if was is not None and [one[0] for one in was["rooms"][:1]] == [one[0] for one in rooms]:
        rooms = [(one[0], one[1]) for one in was["rooms"]]
    state = PlacementState.CANCELLED if talk.cancelled else PlacementState.PLANNED
    return a_place(talk.starts, talk.minutes, rooms, state, pinned=bool(was and was["pinned"]))


# --- writing ----------------------------------------------------------------------------------------------------------


def _add_what_is_new(conference: Any, found: Plan, known: _Known) -> None:
    language = found.language
    last = max((room.position for room in known.rooms), default=0)
    for number, name in enumerate(found.new_rooms, last + 1):
        room = Room(
            conference_id=conference.id, name={language: text.clean(name)[:200]}, position=number, hours=[], parts=[]
        )
        room.external_id = found.exchange.rooms.get(name, "")[:120]
        known.rooms.append(room)
        db.session.add(room)
    for number, name in enumerate(found.new_themes, len(known.themes) + 1):
        theme = Theme(conference_id=conference.id, name={language: text.clean(name)[:200]}, position=number)
        known.themes.append(theme)
        db.session.add(theme)
    for number, name in enumerate(found.new_kinds, len(known.kinds) + 1):
        words = {language: text.clean(name)[:120]}
        kind = OwnKind(conference_id=conference.id, nature=Kind.PANEL, name=words, position=number)
        known.kinds.append(kind)
        db.session.add(kind)
    for who in found.new_people:
        person = Person(conference_id=conference.id, printed_name=text.clean_name(who.name)[:200])
        person.folded = folded(person)
        db.session.add(person)
        db.session.add(Speaker(conference_id=conference.id, person=person, external_id=who.guid))
        known.people[fold_name(who.name)] = person
        if who.guid:
            known.people[who.guid] = person
    db.session.flush()


def _write(conference: Any, row: Row, found: Plan, known: _Known) -> list[tuple[Session, Change]]:
    talk, session = row.talk, row.session
    if session is None:
        session = Session(conference_id=conference.id, items=[], roles=[], minutes=talk.minutes, external_id=talk.guid)
        db.session.add(session)
    session.removed_at = None
    for name, value in row.texts.items():
        setattr(session, name, value)
    if talk.kind:
        kind = known.kind(talk.kind)
        session.own_kind = kind if isinstance(kind, OwnKind) else None
        session.kind = kind.nature if isinstance(kind, OwnKind) else Kind(kind or Kind.PANEL)
    if talk.theme:
        session.theme = known.theme(talk.theme)
    _people(conference, session, row, known)
    index(session)
    if not row.moves:
        return []
    was = place_of(known.placements.get(session.id)) if row.session is not None else None
    guid = found.exchange.rooms.get(talk.room, "")
    return [(session, {"before": was, "after": _place(talk, was, known.room(talk.room, guid) if talk.room else None)})]


def _people(conference: Any, session: Session, row: Row, known: _Known) -> None:
    for role in row.leaving:
        session.roles.remove(role)
        db.session.delete(role)
    for who in row.missing:
        session.roles.append(
            SessionRole(
                conference_id=conference.id,
                role=SessionRoleKind.SPEAKER,
                person=known.person(who),
                status=RoleStatus.CONFIRMED,
                printed_function={},
            )
        )
    for position, role in enumerate(session.roles, 1):
        role.position = position


def _with_id(session: Session, change: Change) -> Change:
    return {"session": session.id, "before": change["before"], "after": change["after"]}


def said(rows: Sequence[Row], most: int = 200) -> list[dict[str, Any]]:
    """The rows that do something, for a report: where in the file, title, outcome, what changes."""
    acting = [row for row in rows if row.outcome != "same"][:most]
    return [
        {
            "where": row.talk.where,
            "title": row.talk.title[:200],
            "outcome": row.outcome,
            "changes": [
                *row.changes,
                *(["place"] if row.moves else []),
                *(["people"] if row.missing or row.leaving else []),
            ],
        }
        for row in acting
    ]
