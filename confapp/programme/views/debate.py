"""The secretariat's side of a debate: how it is held, its list of speakers, and the page for the session itself."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confapp.foundation import clock
from confapp.foundation.languages import best, ngettext
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, prepare, requires
from confapp.foundation.web.limits import limited
from confapp.foundation.web.tables import EXPORTS, table_of, taken_out
from confapp.programme import queries as sessions
from confapp.programme.actions import debate as actions
from confapp.programme.exports.debate import COLUMNS
from confapp.programme.forms.debate import DebateForm, EntryForm, HandInForm, StatementForm, TermsForm, TopicForm
from confapp.programme.models import Debate, DebateTopic, Statement
from confapp.programme.queries import debate as queries
from confapp.programme.rules import READ, SCHEDULE, Kind
from confapp.programme.rules.debate import (
    KEEP_LIST,
    MISSING_NAMES,
    MODE_NAMES,
    ORDERING_NAMES,
    TAKES_LIST,
    is_late,
    used,
    window_fault,
)
from confapp.programme.views import Answer, desk, page, statement_files
from confapp.registration.rules import RANK_NAMES, Rank


@desk.context_processor
def debate_words() -> dict[str, Any]:
    return {
        "may_keep_list": KEEP_LIST.allows(g.actor, g.conference),
        "debate_of": queries.debate_of,
        "takes_list": lambda session: session.kind in TAKES_LIST,
        "is_debate_kind": lambda session: session.kind == Kind.GENERAL_DEBATE,
        "mode_name": lambda mode: _(MODE_NAMES[mode]),
        "ordering_name": lambda debate: _(ORDERING_NAMES[debate.ordering]),
        "speaker_rank": lambda rank: _(RANK_NAMES[Rank(rank)]) if rank in RANK_NAMES else "",
        "missing_name": lambda one: _(MISSING_NAMES[one]),
    }


# --- how it is held ---------------------------------------------------------------------------------------------------


@desk.route("/sessions/<ref>/debate", methods=["GET", "POST"])
@requires(SCHEDULE)
def debate_settings(ref: str) -> Answer:
    session = found(sessions.session(ref))
    found(session if session.kind in TAKES_LIST and session.removed_at is None else None)
    debate = queries.debate_of(session)
    form = DebateForm.of(debate)
    status = 422 if request.method == "POST" else 200
    if form.is_sent():
        try:
            actions.set_up(g.actor, session, form.wanted(), revision=form.revision.data if debate else None)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The debate was saved."), "good")
            return redirect(url_for(".speakers_list", ref=ref), 303)
    drawn = render_template(
        "programme/desk/debate_form.html",
        form=form,
        session=session,
        debate=debate,
        topic_form=TopicForm(formdata=None),
    )
    return drawn, status


@desk.post("/sessions/<ref>/debate/topics")
@requires(SCHEDULE)
def new_topic(ref: str) -> Answer:
    debate, form = found(queries.debate(ref)), TopicForm()
    if form.is_sent():
        actions.add_topic(g.actor, debate, form.title.data)
        return redirect(url_for(".debate_settings", ref=ref, _anchor="topics"), 303)
    return page("topic_form", form=form, session=debate.session, topic=None)


@desk.route("/sessions/<ref>/debate/topics/<topic>", methods=["GET", "POST"])
@requires(SCHEDULE)
def edit_topic(ref: str, topic: str) -> Answer:
    debate = found(queries.debate(ref))
    row = _topic(debate, topic)
    form = TopicForm(data={"title": row.title})
    if form.is_sent():
        actions.change_topic(g.actor, debate, row, form.title.data)
        return redirect(url_for(".debate_settings", ref=ref, _anchor="topics"), 303)
    return page("topic_form", form=form, session=debate.session, topic=row)


@desk.post("/sessions/<ref>/debate/topics/<topic>/remove")
@requires(SCHEDULE)
def remove_topic(ref: str, topic: str) -> Answer:
    debate = found(queries.debate(ref))
    try:
        actions.remove_topic(g.actor, debate, _topic(debate, topic))
    except Refused as refusal:
        flash(refusal.message, "bad")
    return redirect(url_for(".debate_settings", ref=ref, _anchor="topics"), 303)


def _topic(debate: Debate, ref: str) -> DebateTopic:
    return found(next((one for one in debate.topics if one.ref == ref), None))


# --- the list ---------------------------------------------------------------------------------------------------------


@desk.get("/sessions/<ref>/speakers")
@requires(READ)
def speakers_list(ref: str) -> str:
    return _list_page(found(queries.debate(ref)))


def _list_page(debate: Debate, refusal: Refused | None = None) -> str:
    listing, now = queries.listing(debate), clock.now()
    asked = {name: request.args.get(name, "") for name in ("missing", "mode")}
    shown = [row for row in listing.rows if _is_wanted(row, asked)]
    return render_template(
        "programme/desk/speakers_list.html",
        debate=debate,
        session=debate.session,
        listing=listing,
        rows=shown,
        asked=asked,
        fault=window_fault(debate, now),
        silent=queries.silent(debate),
        to_remind=len(queries.remindable(debate, now)),
        entry=EntryForm.of(queries.silent(debate)),
        delegations=sessions.delegations(),
        is_late=lambda row: (
            any(one.is_late for one in row.files[-1:])
            or (bool(row.handed_in_at) and is_late(row, debate, row.handed_in_at))
        ),
        overdue=lambda row: bool(row.missing) and row.due_at is not None and row.due_at < now,
        refusal=refusal,
    )


def _is_wanted(row: queries.Row, asked: dict[str, str]) -> bool:
    if not any(asked.values()):
        return True
    if row.statement is None or asked["mode"] not in ("", row.statement.mode):
        return False
    return not asked["missing"] or bool(row.missing and asked["missing"] in ("any", *row.missing))


@desk.get("/sessions/<ref>/speakers.<any(csv, xlsx, pdf):file_format>")
@requires(READ)
@limited(EXPORTS)
def speakers_file(ref: str, file_format: str) -> Response:
    debate = found(queries.debate(ref))
    title = _("List of speakers: %(session)s", session=best(debate.session.title))
    return taken_out(table_of(title, COLUMNS, queries.listing(debate).statements), "speakers", file_format)


@desk.post("/sessions/<ref>/speakers/<any(order, announce, publish, hide, remind):verb>")
@requires(KEEP_LIST)
def change_list(ref: str, verb: str) -> Answer:
    debate = found(queries.debate(ref))
    try:
        flash(_change_list(debate, verb), "good")
    except Refused as refusal:
        return _list_page(debate, refusal), refusal.status
    return redirect(url_for(".speakers_list", ref=ref), 303)


def _change_list(debate: Debate, verb: str) -> str:
    """Does it and says what was done."""
    if verb == "order":
        actions.order_by_rule(g.actor, debate)
        return _("The rule was applied to every statement that was not delivered.")
    if verb == "announce":
        actions.announce(g.actor, debate)
        return _("The provisional list is on its way to the focal points.")
    if verb == "remind":
        number = actions.remind(g.actor, debate)
        return ngettext("%(num)d delegation is being reminded.", "%(num)d delegations are being reminded.", number)
    actions.show(g.actor, debate, shown=verb == "publish")
    return _("Everybody sees the list now.") if verb == "publish" else _("The list is hidden from the public.")


@desk.post("/sessions/<ref>/speakers/<any(enter, reply):verb>")
@requires(KEEP_LIST)
def add_to_list(ref: str, verb: str) -> Answer:
    """A delegation that asked in another way, or a right of reply."""
    debate = found(queries.debate(ref))
    wanted = request.form.get("delegation", "")
    delegation = next((one for one in sessions.delegations() if one.ref == wanted), None)
    try:
        if delegation is None:
            raise Refused(_("Choose a delegation."), 422)
        if verb == "reply":
            actions.add_reply(g.actor, debate, delegation)
        else:
            rank = request.form.get("rank", "")
            rank = rank if rank in RANK_NAMES else Rank.OTHER.value
            actions.enter(g.actor, debate, delegation, actions.entered(debate, rank))
    except Refused as refusal:
        return _list_page(debate, refusal), refusal.status
    flash(_("%(delegation)s is in the list.", delegation=best(delegation.name)), "good")
    return redirect(url_for(".speakers_list", ref=ref), 303)


@desk.post("/sessions/<ref>/speakers/swap")
@requires(KEEP_LIST)
def swap_speakers(ref: str) -> Answer:
    debate = found(queries.debate(ref))
    try:
        one, other = (_chosen(debate, name) for name in ("one", "other"))
        actions.swap(g.actor, one, other)
    except Refused as refusal:
        return _list_page(debate, refusal), refusal.status
    flash(_("The two have changed places."), "good")
    return redirect(url_for(".speakers_list", ref=ref), 303)


def _chosen(debate: Debate, name: str) -> Statement:
    row = queries.listing(debate).of(request.form.get(name, ""))
    if row is None or row.statement is None:
        raise Refused(_("Choose two delegations of the list."), 422)
    return row.statement


@desk.post("/sessions/<ref>/speakers/<statement>/move")
@requires(KEEP_LIST)
def move_speaker(ref: str, statement: str) -> Answer:
    """Up, down, to the end, or to a number."""
    debate = found(queries.debate(ref))
    listing = queries.listing(debate)
    row = found(listing.of(statement))
    assert row.statement is not None
    assert row.number is not None
    typed = request.form.get("to", "").strip()
    to = {
        "up": row.number - 1,
        "down": row.number + 1,
        "end": len(listing.statements),
        "to": int(typed) if typed.isdecimal() and len(typed) < 6 else 0,
    }.get(request.form.get("how", "to"), 0)
    try:
        if to < 1 and request.form.get("how") != "up":
            raise Refused(_("Write the number of a place in the list."), 422)
        actions.move(g.actor, row.statement, to)
    except Refused as refusal:
        return _list_page(debate, refusal), refusal.status
    return redirect(url_for(".speakers_list", ref=ref, _anchor=f"s-{statement}"), 303)


VERBS = {
    "withdraw": actions.withdraw,
    "begin": actions.begin,
    "end": actions.end,
    "undo": actions.undo_begin,
    "check": actions.check_delivered,
}


@desk.post("/sessions/<ref>/speakers/<statement>/<any(withdraw, begin, end, undo, check):verb>")
@requires(KEEP_LIST)
def change_speaker(ref: str, statement: str, verb: str) -> Answer:
    debate = found(queries.debate(ref))
    row = _statement(debate, statement)
    is_floor = request.form.get("from") == "floor"
    try:
        VERBS[verb](g.actor, row)
    except Refused as refusal:
        drawn = _floor_page(debate, refusal) if is_floor else _list_page(debate, refusal)
        return drawn, refusal.status
    return redirect(url_for(".floor" if is_floor else ".speakers_list", ref=ref), 303)


# --- one statement ----------------------------------------------------------------------------------------------------


@desk.route("/sessions/<ref>/speakers/<statement>", methods=["GET", "POST"])
@requires(KEEP_LIST)
def edit_speaker(ref: str, statement: str) -> Answer:
    debate = found(queries.debate(ref))
    row = _statement(debate, statement)
    form = StatementForm.of(debate, row, queries.speakers(row.delegation))
    if form.is_sent():
        try:
            actions.change(g.actor, row, form.said(), revision=form.revision.data, desk=True)
        except Refused as refusal:
            form.refuse(refusal)
            return _statement_page(debate, row, form=form), refusal.status
        flash(_("The statement was saved."), "good")
        return redirect(url_for(".edit_speaker", ref=ref, statement=statement), 303)
    return _statement_page(debate, row, form=form), 422 if request.method == "POST" else 200


@desk.post("/sessions/<ref>/speakers/<statement>/terms")
@requires(KEEP_LIST)
def speaker_terms(ref: str, statement: str) -> Answer:
    debate = found(queries.debate(ref))
    row, terms = _statement(debate, statement), TermsForm()
    if terms.is_sent():
        try:
            actions.grant(g.actor, row, terms.minutes.data, terms.due_at.data, revision=terms.revision.data)
        except Refused as refusal:
            terms.refuse(refusal)
            return _statement_page(debate, row, terms=terms), refusal.status
        flash(_("The statement was saved."), "good")
        return redirect(url_for(".edit_speaker", ref=ref, statement=statement), 303)
    return _statement_page(debate, row, terms=terms), 422


@desk.post("/sessions/<ref>/speakers/<statement>/text")
@requires(KEEP_LIST)
@prepare(statement_files.keep)
def speaker_text(ref: str, statement: str) -> Answer:
    """A text or a recording that came by mail."""
    debate = found(queries.debate(ref))
    row, hand_in = _statement(debate, statement), HandInForm()
    try:
        if not hand_in.is_sent():
            raise Refused(_("Please look at the fields that are marked."), 422)
        file = statement_files.stored(g.prepared)
        actions.hand_in(g.actor, row, file=file, recording_url=hand_in.recording_url.data)
    except Refused as refusal:
        hand_in.refuse(refusal)
        return _statement_page(debate, row, hand_in=hand_in), refusal.status
    flash(_("The statement was handed in."), "good")
    return redirect(url_for(".edit_speaker", ref=ref, statement=statement), 303)


@desk.get("/sessions/<ref>/speakers/<statement>/files/<file>")
@requires(READ)
def speaker_file(ref: str, statement: str, file: str) -> Response:
    row = _statement(found(queries.debate(ref)), statement)
    return statement_files.download(row, found(next((one.file for one in row.files if one.ref == file), None)))


def _statement_page(debate: Debate, row: Statement, **forms: Any) -> str:
    members = queries.speakers(row.delegation)
    if "form" not in forms:
        forms["form"] = StatementForm.drawn(debate, row, members)
    terms = {"minutes": row.minutes, "due_at": row.due_at, "revision": row.revision}
    return render_template(
        "programme/desk/speaker.html",
        debate=debate,
        session=debate.session,
        statement=row,
        **({"terms": TermsForm(formdata=None, data=terms), "hand_in": HandInForm(formdata=None)} | forms),
    )


def _statement(debate: Debate, ref: str) -> Statement:
    return found(queries.statement(debate, ref))


# --- at the session ---------------------------------------------------------------------------------------------------


@desk.get("/sessions/<ref>/floor")
@requires(KEEP_LIST)
def floor(ref: str) -> str:
    return _floor_page(found(queries.debate(ref)))


def _floor_page(debate: Debate, refusal: Refused | None = None) -> str:
    now = clock.now()
    return render_template(
        "programme/desk/floor.html",
        debate=debate,
        session=debate.session,
        listing=queries.listing(debate),
        now=now,
        used=lambda statement: used(statement, now),
        allowed=lambda row: queries.minutes_of(row.item, row.statement, debate) * 60,
        refusal=refusal,
    )
