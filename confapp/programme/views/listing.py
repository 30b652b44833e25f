"""The list of sessions: narrowed, sorted, taken out as a table, and changed for many at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for

from confapp.conferences.rules import FORMAT_NAMES
from confapp.foundation.exporting import Column
from confapp.foundation.languages import N_, best, joined, language, ngettext
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.text import fold
from confapp.foundation.web.guard import requires
from confapp.foundation.web.limits import limited
from confapp.foundation.web.tables import EXPORTS, table_of, taken_out
from confapp.programme import queries
from confapp.programme.actions import together as actions
from confapp.programme.forms.sessions import TogetherForm
from confapp.programme.models import Session
from confapp.programme.queries import board
from confapp.programme.queries.board import Placed
from confapp.programme.rules import ACCESS_NAMES, KIND_NAMES, READ, SCHEDULE
from confapp.programme.views import Answer, desk
from confapp.programme.views.narrowing import Narrowing

MOST_NAMED = 50
ON_A_PAGE = 100


@dataclass
class Listed:
    """The sessions that the address asks for, in the order that it asks for."""

    removed: bool
    search: str
    sort: str
    places: dict[int, Placed]
    room_names: dict[int, dict[str, str]]
    narrowing: Narrowing
    rows: Sequence[Session]

    @classmethod
    def of(cls, *, whole: bool = False) -> "Listed":
        search, removed = request.args.get("q", ""), request.args.get("show") == "removed"
        places = {one.session_id: one for one in board.placed()}
        narrowing = Narrowing(places)
        names = {room.id: room.name for room in queries.rooms()}
        rows = [one for one in queries.sessions(search, removed=removed, whole=whole) if narrowing.fits(one)]
        made = cls(removed, search, request.args.get("sort", ""), places, names, narrowing, rows)
        made.rows = made._sorted(rows)
        return made

    @property
    def words(self) -> dict[str, str]:
        """What the address says beside the order."""
        known = {"q": self.search, "show": "removed" if self.removed else "", **self.narrowing.chosen}
        return {name: word for name, word in known.items() if word}

    def _sorted(self, rows: list[Session]) -> list[Session]:
        """By time, unless a column is named; `-` before it turns the order. What has no value comes last."""
        order = {session_id: number for number, session_id in enumerate(self.places)}
        rows = sorted(rows, key=lambda one: order.get(one.id, len(order)))
        name = self.sort.removeprefix("-")
        value = self._values().get(name)
        if value is None:
            return list(reversed(rows)) if self.sort == "-when" else rows
        known = [one for one in rows if value(one) is not None]
        rest = [one for one in rows if value(one) is None]
        return [*sorted(known, key=value, reverse=self.sort.startswith("-")), *rest]

    def _values(self) -> dict[str, Callable[[Session], Any]]:
        return {
            "title": lambda one: fold(best(one.title)),
            "code": lambda one: fold(one.code) or None,
            "kind": lambda one: fold(_kind(one)),
            "theme": lambda one: fold(best(one.theme.name)) if one.theme else None,
            "room": lambda one: fold(self.rooms(one)) or None,
            "minutes": lambda one: self.places[one.id].minutes if one.id in self.places else one.minutes,
        }

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.rows) // ON_A_PAGE))

    @property
    def page(self) -> int:
        """The one that is asked for; another number leads to the nearest."""
        asked = request.args.get("page", "")
        return min(max(int(asked), 1), self.pages) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1

    @property
    def shown(self) -> Sequence[Session]:
        return self.rows[(self.page - 1) * ON_A_PAGE : self.page * ON_A_PAGE]

    def address(self, page: int) -> str:
        """Of another page of the same list."""
        about: dict[str, Any] = {**self.words, "sort": self.sort or None, "page": page}
        return url_for(".sessions", **about) if 0 < page <= self.pages else ""

    def rooms(self, session: Session) -> str:
        place = self.places.get(session.id)
        return joined(best(self.room_names[one]) for one in place.room_ids) if place is not None else ""


@desk.get("/sessions")
@requires(READ)
def sessions() -> str:
    found = Listed.of()
    return render_template(
        "programme/desk/sessions.html",
        sessions=found.shown,
        found=found,
        total=len(found.rows),
        places=found.places,
        room_names=found.room_names,
        search=found.search,
        narrowing=found.narrowing,
        removed=found.removed,
        removed_count=queries.removed_count(),
        words=found.words,
        sort=found.sort,
    )


@desk.get("/sessions.<any(csv, xlsx):file_format>")
@requires(SCHEDULE)
@limited(EXPORTS)
def sessions_file(file_format: str) -> Response:
    found = Listed.of(whole=True)
    table = table_of(_("Sessions"), COLUMNS, [_line(one, found) for one in found.rows])
    return taken_out(table, "sessions", file_format)


@desk.route("/sessions/together", methods=["GET", "POST"])
@requires(SCHEDULE)
def together() -> Answer:
    """GET names which sessions and asks what; POST does it, unless one of them has changed since."""
    rows = _chosen()
    if not rows:
        flash(_("Tick at least one session."), "attention")
        return redirect(url_for(".sessions"), 303)
    form = TogetherForm.fresh()
    if request.method == "GET":
        return _together(form, rows), 200
    if request.form.get("seen") != _seen(rows):
        form.refuse(Refused(_("The list has changed since: look again at whom it concerns.")))
        return _together(form, rows), 409
    try:
        if request.form.get("verb") == "remove":
            number = actions.remove_many(g.actor, rows)
            said = ngettext("%(num)d session was removed.", "%(num)d sessions were removed.", number)
        elif form.is_sent():
            number = actions.change_many(g.actor, rows, form.values())
            said = ngettext("%(num)d session was changed.", "%(num)d sessions were changed.", number)
        else:
            return _together(form, rows), 422
    except Refused as refusal:
        form.refuse(refusal)
        return _together(form, rows), refusal.status
    flash(said, "good")
    return redirect(url_for(".sessions"), 303)


def _chosen() -> list[Session]:
    """Those ticked, or all that the list finds; only what is not removed."""
    if request.method == "GET" and request.args.get("all"):
        rows = list(Listed.of().rows)
    else:
        refs = request.values.getlist("ref")[:5000]
        rows = queries.sessions_named(refs)
    return [one for one in rows if one.removed_at is None]


def _seen(rows: Sequence[Session]) -> str:
    """The state in which the sessions were shown."""
    return f"{len(rows)}.{sum(one.revision for one in rows)}"


def _together(form: TogetherForm, rows: Sequence[Session]) -> str:
    return render_template(
        "programme/desk/together.html",
        form=form,
        rows=rows,
        named=rows[:MOST_NAMED],
        more=len(rows) - MOST_NAMED,
        seen=_seen(rows),
    )


# --- the table --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    code: str
    title: str
    kind: str
    theme: str
    starts: datetime | None
    ends: datetime | None
    rooms: str
    minutes: int
    format: str
    access: str
    languages: str
    interpretation: str
    group: str
    people: str
    state: str


def _kind(session: Session) -> str:
    return best(session.own_kind.name) if session.own_kind else _(KIND_NAMES[session.kind])


def _who(role: Any) -> str:
    if role.person is not None:
        return str(role.person.full_name)
    return best(role.delegation.name if role.delegation is not None else role.printed_function)


def _line(session: Session, found: Listed) -> Line:
    place = found.places.get(session.id)
    state = _("Without a place") if place is None else _("Cancelled") if place.is_cancelled else ""
    return Line(
        session.code,
        best(session.title),
        _kind(session),
        best(session.theme.name) if session.theme else "",
        place.starts_at if place else None,
        place.ends_at if place else None,
        found.rooms(session),
        place.minutes if place else session.minutes,
        _(FORMAT_NAMES[session.format]),
        _(ACCESS_NAMES[session.access]),
        joined(language(code).name for code in session.languages),
        joined(language(code).name for code in session.interpretation),
        best(session.choice_group.name) if session.choice_group else "",
        "; ".join(_who(role) for role in session.roles),
        _("Removed") if found.removed else state,
    )


COLUMNS = (
    Column("code", N_("Number or code"), lambda line: line.code, 10),
    Column("title", N_("Title"), lambda line: line.title, 50),
    Column("kind", N_("Kind"), lambda line: line.kind, 18),
    Column("theme", N_("Theme"), lambda line: line.theme, 24),
    Column("starts", N_("Start"), lambda line: line.starts, 17),
    Column("ends", N_("End"), lambda line: line.ends, 17),
    Column("rooms", N_("Room"), lambda line: line.rooms, 24),
    Column("minutes", N_("Minutes"), lambda line: line.minutes, 8),
    Column("format", N_("Format"), lambda line: line.format, 12),
    Column("access", N_("Access"), lambda line: line.access, 22),
    Column("languages", N_("Languages"), lambda line: line.languages, 22),
    Column("interpretation", N_("Interpreted into"), lambda line: line.interpretation, 22),
    Column("group", N_("Choice"), lambda line: line.group, 20),
    Column("people", N_("Who takes part"), lambda line: line.people, 50),
    Column("state", N_("Status"), lambda line: line.state, 16),
)
