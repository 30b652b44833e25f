"""What a public page shows, in words of the page's language: plain values for the templates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from babel import Locale

from confapp.conferences.models import Conference
from confapp.conferences.rules import FORMAT_NAMES
from confapp.documents.models import Document
from confapp.foundation import clock, languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.text import fold
from confapp.foundation.web import filters
from confapp.people.rules import ROLE_NAMES as ROLES
from confapp.programme.models import Schedule
from confapp.programme.pages import Shown, ShownCell, ShownRow
from confapp.programme.rules import ACCESS_NAMES, KIND_NAMES, PRINT_NAMES, ROLE_NAMES, Access
from confapp.programme.rules.changes import CHANGE_NAMES, CHANGE_SHAPES, Change
from confapp.programme.rules.grid import NO_ROOM, Cell
from confapp.publishing import rules
from confapp.publishing.queries import Programme
from confapp.publishing.rules import Printed
from confapp.registration.models import Question
from confapp.registration.rules.privacy import CLASS_NAMES, FIELDS, GROUND_NAMES, Ground, Kept, answer_kept


@dataclass(frozen=True)
class Door:
    """One of the three doors of a title page: where it leads, or why it is still closed."""

    title: str
    text: str
    label: str = ""
    path: str = ""
    is_next: bool = False
    language: str = ""  # of the text, when it is not the page's


def doors(conference: Conference, release: Schedule | None, outcome: Document | None, now: datetime) -> list[Door]:
    """Register, programme and outcome; the one that matters most to a reader now is marked."""
    register, programme, result = (
        _register(conference, now),
        _programme_door(conference, release),
        _outcome_door(conference, outcome, now),
    )
    first = [register, result, programme] if now >= conference.ends_at else [register, programme, result]
    following = next((door for door in first if door.path), None)
    return [replace(door, is_next=door is following) for door in (register, programme, result)]


@dataclass(frozen=True)
class Kind:
    """One kind of personal data in the notice."""

    label: str
    protection: str
    purpose: str
    ground: str
    readers: str
    until: str


def privacy(conference: Conference, questions: Sequence[Question]) -> list[Kind]:
    """The list of personal data in words, with the days of this conference, and what its protected questions ask."""
    return [*_kinds(conference), *(_asked(question, conference) for question in questions)]


def _asked(question: Question, conference: Conference) -> Kind:
    ends = conference.ends_at + answer_kept(question.data_class, question.kept_days, question.kind)
    return Kind(
        languages.best(question.newest.label),
        _(CLASS_NAMES[question.data_class]),
        _("What the question says"),
        _(GROUND_NAMES[Ground.TASK]),
        languages.joined([_(ROLES[role]) for role in question.readers if role in ROLES]),
        filters.day(ends, conference.zone),
    )


def _kinds(conference: Conference) -> list[Kind]:
    return [
        Kind(
            _(field.label),
            _(CLASS_NAMES[field.data_class]) if field.is_sealed else "",
            _(field.purpose),
            _(GROUND_NAMES[field.ground]),
            languages.joined([_(ROLES[role]) for role in field.readers]),
            _kept_until(field, conference),
        )
        for field in FIELDS
    ]


def _kept_until(field: Kept, conference: Conference) -> str:
    if field.rolling and field.kept is not None:
        return languages.ngettext("%(num)d day after its last use", "%(num)d days after its last use", field.kept.days)
    moment = field.purged_at(conference)
    if moment is None:
        return _("As long as the record of the conference; the account as long as it has a role")
    return filters.day(moment, conference.zone)


def _register(conference: Conference, now: datetime) -> Door:
    title, zone = _("Register"), conference.zone
    opens, closes = conference.registration_opens_at, conference.registration_closes_at
    if conference.takes_registrations:
        text = _("Registration is open.")
        if closes:
            text = _("Registration is open until %(moment)s.", moment=filters.moment(closes, zone))
        return Door(title, text, _("Register now"), "register")
    if now >= conference.ends_at:
        return Door(title, _("The conference has taken place; registration has ended."))
    if opens and now < opens:
        return Door(title, _("Registration opens on %(moment)s.", moment=filters.moment(opens, zone)))
    if closes and now >= closes:
        return Door(title, _("Registration closed on %(moment)s.", moment=filters.moment(closes, zone)))
    return Door(title, _("The dates of registration will be announced here."))


def _programme_door(conference: Conference, release: Schedule | None) -> Door:
    title = _("Programme")
    if release is None or release.released_at is None:
        return Door(title, _("The programme has not been published yet."))
    text = _version(release.number, release.released_at, conference.zone)
    return Door(title, f"{text}.", _("See the programme"), "programme")


def _outcome_door(conference: Conference, outcome: Document | None, now: datetime) -> Door:
    title = _("Outcome")
    if outcome is not None:
        text, code = languages.pick(outcome.title)
        return Door(title, text, _("See the documents"), "documents/", language=code)
    if now >= conference.ends_at:
        return Door(title, _("No document has been published."))
    return Door(title, _("The outcome will be published here, as a file that can be verified."))


def _version(number: int | None, released_at: datetime, zone: str) -> str:
    return _("Version %(number)s, published %(moment)s", number=number, moment=filters.moment(released_at, zone))


FREE = ShownCell([], 1, 1, "")


@dataclass(frozen=True)
class Day:
    name: str
    rooms: list[str]
    rows: list[ShownRow]


@dataclass(frozen=True)
class ProgrammePage:
    version: str = ""
    note: dict[str, str] = field(default_factory=dict)
    zone: str = ""
    tabs: list[dict[str, Any]] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    wanted: rules.Wanted = field(default_factory=rules.Wanted)
    number: int = 0
    choices: list[tuple[str, str, list[tuple[str, str]]]] = field(default_factory=list)
    is_running: bool = False
    files: Sequence[tuple[str, list[tuple[str, str, str, int]]]] = ()


def programme(conference: Conference, released: Programme | None, wanted: rules.Wanted) -> ProgrammePage:
    if released is None:
        return ProgrammePage()
    names = tuple((room, languages.best(name)) for room, name in released.rooms.items())
    return ProgrammePage(
        version=_version(released.number, released.released_at, conference.zone),
        note=released.note,
        zone=conference.zone_label,
        tabs=_tabs(released.days, released.day, wanted.beside_the_day),
        wanted=wanted,
        number=sum(len(each.sessions) for each in released.shown),
        choices=_choices(released),
        files=_files(released),
        is_running=clock.today(conference.zone) in released.days,
        days=[_day(each, names, languages.current()) for each in released.shown],
    )


def _files(released: Programme) -> list[tuple[str, list[tuple[str, str, str, int]]]]:
    """What can be taken along: by its name the kind, format, language and size of each file."""
    return [
        (_(PRINT_NAMES[kind]), [(kind.value, kind.file_format, language, size) for _kind, language, size in each])
        for kind, each in groupby(released.files, key=lambda one: one[0])
    ]


def _choices(released: Programme) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """By what the programme can be narrowed: name in the address, label, and each value with its label."""
    words = [one.words for one in released.every]
    used = {room for ids in {one.room_ids for one in released.every} for room in ids}
    rooms = [(str(n), languages.best(name)) for n, (room, name) in enumerate(released.rooms.items(), 1) if room in used]
    themes = {one["theme_ref"]: one["theme"] for one in reversed(words) if one.get("theme_ref")}
    kinds = {rules.kind_of(one): one for one in reversed(words)}
    spoken = {code for one in words for code in one.get("languages", ())}
    found = [
        ("theme", _("Theme"), _sorted((ref, languages.best(name)) for ref, name in themes.items())),
        ("kind", _("Kind"), _sorted((name, _kind(one)) for name, one in kinds.items())),
        ("room", _("Room"), rooms),
        ("language", _("Language"), _sorted((code, _language_name(code)) for code in spoken)),
        ("format", _("Format"), _named("format", FORMAT_NAMES, released)),
        ("access", _("Access"), _named("access", ACCESS_NAMES, released)),
    ]
    return [each for each in found if len(each[2]) > 1]


def _sorted(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(choices, key=lambda each: (each[1], each[0]))


def _named(word: str, names: Mapping[str, str], released: Programme) -> list[tuple[str, str]]:
    """Those values of a closed list that the programme has, in the list's order."""
    used = {one.words.get(word) for one in released.every}
    return [(value, _(name)) for value, name in names.items() if value in used]


def _kind(words: dict[str, Any]) -> str:
    kind = words["kind"]
    return languages.best(words.get("kind_name") or {}) or _(KIND_NAMES[kind])


def _format(words: dict[str, Any]) -> str:
    name = words.get("format", "")
    return _(FORMAT_NAMES[name]) if name else ""


@dataclass(frozen=True)
class Moment:
    """A session in the list of what runs now or begins next."""

    title: dict[str, str]
    path: str
    hours: str
    iso: str
    rooms: str
    status: tuple[str, str] | None = None


@dataclass(frozen=True)
class NowPage:
    running: list[Moment]
    coming: list[Moment]
    zone: str
    clock: str
    day: str
    until: datetime | None


def now_and_next(conference: Conference, released: Programme | None, at: datetime) -> NowPage:
    sessions = released.every if released is not None else []
    running, coming, until = rules.now_and_next(sessions, at)
    names = {room: languages.best(name) for room, name in released.rooms.items()} if released is not None else {}
    here = clock.local(at, conference.zone)

    order = {room: number for number, room in enumerate(names)}

    def shown(each: list[Printed]) -> list[Moment]:
        placed = sorted(each, key=lambda one: (one.starts, [order.get(room, 0) for room in one.room_ids]))
        return [_moment(one, names) for one in placed]

    day = filters.day(coming[0].day) if coming else filters.day(here.date())
    return NowPage(shown(running), shown(coming), conference.zone_label, _hour(here), day, until)


def _moment(one: Printed, names: Mapping[int, str]) -> Moment:
    return Moment(
        one.words["title"],
        f"sessions/{one.ref}",
        f"{_hour(one.starts)}–{_hour(one.ends)}",
        one.starts.isoformat(),
        languages.joined(names[room] for room in one.room_ids if room in names),
        status(one),
    )


@dataclass(frozen=True)
class EmbeddedPage:
    """The programme as a list, for a frame in somebody else's page."""

    tabs: list[dict[str, Any]]
    choices: list[tuple[str, str, list[tuple[str, str]]]]
    days: list[tuple[str, list[Moment]]]
    wanted: rules.Wanted
    zone: str


def embedded(conference: Conference, released: Programme | None, wanted: rules.Wanted) -> EmbeddedPage:
    if released is None:
        return EmbeddedPage([], [], [], wanted, conference.zone_label)
    names = {room: languages.best(name) for room, name in released.rooms.items()}
    return EmbeddedPage(
        _tabs(released.days, released.day, wanted.beside_the_day),
        [one for one in _choices(released) if one[0] in ("room", "theme")],
        [(filters.day(table.day), [_moment(one, names) for one in table.sessions]) for table in released.shown],
        wanted,
        conference.zone_label,
    )


def _tabs(known: Sequence[date], day: date | None, kept: dict[str, str]) -> list[dict[str, Any]]:
    if len(known) < 2:
        return []
    each = [
        {"label": filters.short_day(one), "url": "?" + urlencode({"day": one} | kept), "current": one == day}
        for one in known
    ]
    return [
        *each,
        {"label": _("All days"), "url": "?" + urlencode({"day": rules.ALL_DAYS} | kept), "current": day is None},
    ]


@lru_cache(maxsize=32)
def _day(table: rules.DayTable, rooms: tuple[tuple[int, str], ...], here: str) -> Day:
    """In the language of the page, which is `here`."""
    names = dict(rooms) | {NO_ROOM: _("No room")}
    labels = {ids: languages.joined([names[room] for room in ids]) for ids in {one.room_ids for one in table.sessions}}
    until = _("until %(hour)s", hour="{}")
    rows = [
        ShownRow(_hour(row.starts), row.starts.isoformat(), [_cell(cell, labels, until, here) for cell in row.cells])
        for row in table.rows
    ]
    return Day(filters.day(table.day), [names[room] for room in table.rooms], rows)


def _cell(cell: Cell[Printed], labels: dict[tuple[int, ...], str], until: str, here: str) -> ShownCell:
    if not cell.sessions:
        return FREE
    first, *others = [labels[session.room_ids] for session in cell.sessions]
    sessions = [_shown(session, until, here) for session in cell.sessions]
    rooms = languages.joined(dict.fromkeys((first, *others))) if others else first
    return ShownCell(sessions, cell.across, cell.down, rooms)


def _shown(session: Printed, until: str, here: str) -> Shown:
    words = session.words
    title, other = words["title"].get(here), ""
    if not title:
        title, other = languages.pick(words["title"], here)
    access = words["access"]
    return Shown(
        title=title,
        lang=other,
        dir=languages.language(other).direction if other else "",
        path=f"sessions/{session.ref}",
        until=until.format(_hour(session.ends)),
        note="" if access == Access.OPEN else _(ACCESS_NAMES[access]),
        status=status(session),
        cancelled=session.is_cancelled,
    )


def status(session: Printed) -> tuple[str, str] | None:
    """What differs from what readers may have printed before; the normal state says nothing."""
    change = Change.CANCELLED if session.is_cancelled else session.change
    return (CHANGE_SHAPES[change], _(CHANGE_NAMES[change])) if change else None


@dataclass(frozen=True)
class SessionPage:
    title: dict[str, str]
    kind: str
    day: str
    hours: str
    iso: str
    zone: str
    rooms: list[dict[str, str]]
    access: str
    languages: str
    interpretation: str
    theme: dict[str, str]
    theme_ref: str
    format: str
    status: tuple[str, str] | None
    note: dict[str, str]
    description: dict[str, str]
    roles: list[tuple[str, list[dict[str, Any]]]]
    order: list[dict[str, Any]]
    corrected: str = ""


def session(
    conference: Conference, printed: Printed, details: dict[str, Any], rooms: dict[int, dict[str, str]]
) -> SessionPage:
    words = printed.words
    access = words["access"]
    return SessionPage(
        title=words["title"],
        kind=_kind(words),
        day=filters.day(printed.day),
        hours=f"{_hour(printed.starts)}–{_hour(printed.ends)}",
        iso=printed.starts.isoformat(),
        zone=conference.zone_label,
        rooms=[rooms[room] for room in printed.room_ids],
        access=_(ACCESS_NAMES[access]),
        languages=languages.joined(_language_name(code) for code in details["languages"]),
        interpretation=languages.joined(_language_name(code) for code in details.get("interpretation", ())),
        theme=words.get("theme", {}),
        theme_ref=words.get("theme_ref", ""),
        format=_format(words),
        status=status(printed),
        note=words["note"],
        description=details["description"],
        roles=_by_role(details["roles"]),
        order=details["items"],
        corrected=_corrected(words.get("corrected", ""), conference.zone),
    )


def _corrected(at: str, zone: str) -> str:
    moment = filters.moment(datetime.fromisoformat(at), zone) if at else ""
    return _("The title was corrected on %(moment)s.", moment=moment) if at else ""


def _by_role(roles: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Those who take part in the organizers' order; who follows in the same part stands under one name of it."""
    return [(_(ROLE_NAMES[name]), list(holders)) for name, holders in groupby(roles, itemgetter("role"))]


def _language_name(code: str) -> str:
    return Locale.parse(code).get_display_name(languages.current()) or code


def _hour(local: datetime) -> str:
    return f"{local.hour:02}:{local.minute:02}"  # strftime takes ten times as long


# --- speakers ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SpokenAt:
    """A session of a speaker, as the newest release has it."""

    ref: str
    title: dict[str, str]
    role: str
    when: str
    rooms: list[dict[str, str]]
    status: tuple[str, str] | None


def is_meant(profile: dict[str, Any], search: str) -> bool:
    """Whether the words that were searched for stand in the name or the function."""
    words = fold(profile["name"], *profile["affiliation"].values())
    return all(one in words for one in fold(search).split())


def by_letter(speakers: Iterable[tuple[str, dict[str, Any]]]) -> list[tuple[str, list[tuple[str, dict[str, Any]]]]]:
    """Speakers in their order under the letters that they begin with, without accents."""
    return [(letter, list(each)) for letter, each in groupby(speakers, lambda one: fold(one[1]["sort"])[:1].upper())]


def _role(part: dict[str, str]) -> str:
    name = ROLE_NAMES[part["role"]]
    return _(name)


def sessions_of(
    profile: dict[str, Any], released: Mapping[str, Printed], rooms: Mapping[int, dict[str, str]]
) -> list[SpokenAt]:
    return [
        SpokenAt(
            ref=one.ref,
            title=one.words["title"],
            role=_role(part),
            when=languages.joined((filters.day(one.day), f"{_hour(one.starts)}–{_hour(one.ends)}")),
            rooms=[rooms[room] for room in one.room_ids if room in rooms],
            status=status(one),
        )
        for part in profile["sessions"]
        if (one := released.get(part["ref"])) is not None
    ]
