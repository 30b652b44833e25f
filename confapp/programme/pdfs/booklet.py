"""The booklet of a release in one language: what its readers have on their screens, to be held in the hand.

`gather` reads it inside a transaction, `printed` sets it outside of any: PDF/A-3a and PDF/UA-1, A5, the same release
the same bytes. A character that no font has becomes a question mark: one sign in one description stops no booklet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from babel import Locale
from flask import current_app, render_template
from markupsafe import Markup
from sqlalchemy import select

from confapp.conferences.rules import FORMAT_NAMES, Format
from confapp.foundation import clock, languages, pdf
from confapp.foundation.codes import DRAFT_MARK
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import speaking
from confapp.foundation.pdf.drawing import css_string, flat_lists, printable
from confapp.foundation.text import fold, html
from confapp.foundation.web.filters import zone as zone_of
from confapp.people.models import Person
from confapp.programme import queries
from confapp.programme.models import Room, Schedule
from confapp.programme.rules import ACCESS_NAMES, KIND_NAMES, ROLE_NAMES, Access
from confapp.programme.rules.changes import Edition

LIMITS = pdf.Limits(cpu=240, wall=280, memory=3 << 30)  # less than the lease of a job


class Words(NamedTuple):
    """A text and, when it is in another language than the booklet's, which."""

    text: str
    code: str = ""
    direction: str = ""


class Who(NamedTuple):
    name: str
    about: list[Words]
    is_asked: bool


@dataclass(frozen=True)
class Entry:
    """A session as it stands in the booklet."""

    ref: str
    title: Words
    hours: str
    rooms: str
    facts: list[str]
    is_cancelled: bool
    note: Words
    description: Markup
    description_in: Words
    people: list[tuple[str, list[Who]]]
    order: list[tuple[Words, str, Words, int | None]]


@dataclass(frozen=True)
class Day:
    day: date
    entries: list[Entry]


@dataclass
class Speaker:
    name: str
    about: Words
    sort: str
    refs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Booklet:
    language: str
    name: Words
    acronym: str
    theme: Words
    host: Words
    place: list[Words]
    period: tuple[date, date]
    zone: str
    hours_of: str
    contact: str
    number: int
    released_at: datetime
    note: Words
    days: list[Day]
    rooms: list[tuple[Words, list[str]]]
    speakers: list[Speaker]


def gather(conference: Any, release: Schedule, language: str) -> Booklet:
    """A release in words of one language; the texts that it lacks come in another, marked as such."""
    assert release.number is not None
    assert release.released_at is not None
    editions = sorted(queries.editions(release), key=lambda one: (one.starts_at, one.session_id))
    used = {room for one in editions for room in one.room_ids}
    rooms = [room for room in queries.rooms() if room.id in used]
    with speaking(language):
        words = _Wording(conference.zone, language, {room.id: languages.best(room.name, language) for room in rooms})
        return Booklet(
            language=language,
            name=words.of(conference.name),
            acronym=conference.acronym,
            theme=words.of(conference.theme),
            host=words.of(conference.host),
            place=[one for one in (words.of(conference.venue), words.of(conference.city)) if one.text],
            period=(conference.starts_on, conference.ends_on),
            zone=conference.zone,
            hours_of=zone_of(conference),
            contact=conference.contact_email,
            number=release.number,
            released_at=release.released_at,
            note=words.of(release.note),
            days=[Day(day, [words.entry(one) for one in each]) for day, each in groupby(editions, words.day)],
            rooms=[(words.of(room.name), _about_room(room)) for room in rooms],
            speakers=_speakers(editions, words),
        )


def printed(booklet: Booklet) -> bytes:
    """Raises pdf.RenderingFailed. Slow: never under the lock."""
    with speaking(booklet.language):
        title = f"{booklet.name.text}: {_('Programme')}"
        return pdf.render(
            printable(render_template("programme/pdf/booklet.html", book=booklet)),
            css=printable(_style(booklet)),
            language=booklet.language,
            title=printable(title),
            created=booklet.released_at,
            author=printable(booklet.host.text or booklet.name.text),
            keywords=() if booklet.number else (DRAFT_MARK,),
            limits=LIMITS,
        )


def _style(booklet: Booklet) -> str:
    """The style sheet with the running heads; head and page number stand where lines begin and end."""
    start, end = ("right", "left") if languages.language(booklet.language).direction == "rtl" else ("left", "right")
    before, _slot, rest = _("Page %(page)s of %(pages)s", page="\0", pages="\1").partition("\0")
    between, _slot, after = rest.partition("\1")
    page = f"{css_string(before)} counter(page) {css_string(between)} counter(pages) {css_string(after)}"
    version = _("Version %(number)s", number=booklet.number)
    return (
        current_app.jinja_env.get_template("programme/pdf/booklet.css").render()
        + f"@page {{ @top-{start} {{ content: string(conference) }} @top-{end} {{ content: string(part) }}"
        + f" @bottom-{start} {{ content: {css_string(version)} }} @bottom-{end} {{ content: {page} }} }}"
    )


@dataclass(frozen=True)
class _Wording:
    zone: str
    language: str
    rooms: Mapping[int, str]

    def of(self, value: Mapping[str, str] | None) -> Words:
        text, code = languages.pick(value, self.language)
        return Words(text) if code == self.language else Words(text, code, languages.language(code).direction)

    def day(self, edition: Edition) -> date:
        return clock.local(edition.starts_at, self.zone).date()

    def entry(self, edition: Edition) -> Entry:
        starts = clock.local(edition.starts_at, self.zone)
        ends = clock.local(edition.starts_at + timedelta(minutes=edition.minutes), self.zone)
        description = self.of(edition.details.get("description"))
        return Entry(
            ref=edition.ref,
            title=self.of(edition.printed["title"]),
            hours=f"{starts:%H:%M}–{ends:%H:%M}",
            rooms=languages.joined(self.rooms[room] for room in edition.room_ids if room in self.rooms),
            facts=self._facts(edition.printed, edition.details),
            is_cancelled=edition.is_cancelled,
            note=self.of(edition.printed.get("note")),
            description=Markup(flat_lists(html(description.text))),  # noqa: S704 - sanitised by nh3
            description_in=description,
            people=self._people(edition.details.get("roles", ())),
            order=[self._item(item) for item in edition.details.get("items", ())],
        )

    def _facts(self, printed: Mapping[str, Any], details: Mapping[str, Any]) -> list[str]:
        """What a reader has to know before they go: the kind first, what is usual left out."""
        own, kind = languages.best(printed.get("kind_name") or {}, self.language), printed["kind"]
        held, access = printed.get("format") or Format.IN_PERSON, printed["access"]
        spoken, heard = (languages.joined(map(self._name_of, details.get(one) or ())) for one in TONGUES)
        found = [
            own or _(KIND_NAMES[kind]),
            languages.best(printed.get("theme") or {}, self.language),
            "" if held == Format.IN_PERSON else _(FORMAT_NAMES[held]),
            spoken,
            f"{_('Interpreted into')} {heard}" if heard else "",
            "" if access == Access.OPEN else _(ACCESS_NAMES[access]),
        ]
        return [one for one in found if one]

    def _name_of(self, code: str) -> str:
        return Locale.parse(code).get_display_name(languages.current()) or code

    def _people(self, roles: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Who]]]:
        """In the organizers' order; who follows in the same part stands under one name of it."""
        return [
            (_(ROLE_NAMES[name]), [self._who(role) for role in holders])
            for name, holders in groupby(roles, itemgetter("role"))
        ]

    def _who(self, role: Mapping[str, Any]) -> Who:
        about = [one for one in (self.of(role["function"]), self.of(role["delegation"])) if one.text]
        return Who(role["name"], about, role.get("status") == "invited")

    def _item(self, item: Mapping[str, Any]) -> tuple[Words, str, Words, int | None]:
        title, delegation = self.of(item["title"]), self.of(item["delegation"])
        return title, item["name"], Words("") if delegation.text == title.text else delegation, item["minutes"]


TONGUES = ("languages", "interpretation")


def _about_room(room: Room) -> list[str]:
    seats = languages.ngettext("%(num)d seat", "%(num)d seats", room.capacity) if room.capacity else ""
    return [one for one in (room.area, seats, _("Step-free") if room.is_step_free else "") if one]


def _speakers(editions: Iterable[Edition], words: _Wording) -> list[Speaker]:
    """Everybody who is printed with a name, by family name, with the sessions in their order."""
    found: dict[str, Speaker] = {}
    for edition in editions:
        for role in edition.details.get("roles", ()):
            if role["name"]:
                about = words.of(role["function"] or role["delegation"])
                one = found.setdefault(role.get("person") or role["name"], Speaker(role["name"], about, ""))
                one.refs += [edition.ref] if edition.ref not in one.refs else []
    names = {
        row.ref: f"{row.family_name} {row.printed_name}".strip()
        for row in db.session.execute(select(Person.ref, Person.family_name, Person.printed_name))
        if row.ref in found
    }
    for key, one in found.items():
        one.sort = fold(names.get(key) or one.name)
    return sorted(found.values(), key=lambda one: (one.sort, one.name))
