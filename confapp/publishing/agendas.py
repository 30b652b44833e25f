"""Agendas: by a private link without account, name or cookie, and of registered persons on their own pages.

The address of a private agenda opens it. It is kept out of caches, logs, search engines, the Referer header and our own
database, which knows its hash only.
"""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from confapp.foundation import clock, languages
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web import identity
from confapp.foundation.web.guard import checks_inside, found, leads_to_secret, public, without_cookie
from confapp.foundation.web.limits import Limit, by_address, limited
from confapp.people.models import Person
from confapp.programme.actions import agendas as actions
from confapp.programme.exports import calendar
from confapp.programme.models import Agenda
from confapp.programme.queries import agendas as agenda_queries
from confapp.programme.rules import agendas as rules
from confapp.programme.rules.agendas import Attendance
from confapp.programme.views.own_handouts import by_session
from confapp.publishing import diary, queries
from confapp.publishing.views import shown_conference

bp = Blueprint("agendas", __name__)
Page = Answer | str | tuple[str, int]
PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "strict-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def _unknown() -> str | None:
    """Whose attempt it is when an address leads to no agenda; whoever knows one is never counted."""
    given = request.view_args or {}
    token, feed = given.get("token"), given.get("feed")
    known = agenda_queries.by_token(token) if token is not None else agenda_queries.by_feed(feed or "")
    if known is not None:
        return None
    db.session.rollback()
    return identity.network(32, 64)


GUESSING = Limit("agenda_unknown", 60, timedelta(minutes=15), _unknown)
MAKING = Limit("agenda_new", 300, timedelta(hours=1), by_address)


@bp.after_request
def keep_private(response: Response) -> Response:
    """Also the pages that say that there is none."""
    for name, value in PRIVATE.items():
        response.headers[name] = value
    return response


# --- by a private link ------------------------------------------------------------------------------------------------


@bp.get("/<conference>/agenda/")
@public
def new() -> str:
    shown_conference()
    return render_template("publishing/agenda_new.html", token=rules.new_token())


@bp.post("/<conference>/agenda/")
@public
@limited(MAKING)
@leads_to_secret
@without_cookie
def make() -> Page:
    """The token comes with the form, so that a form sent twice makes one agenda."""
    token = request.form.get("token", "")
    agenda = actions.make(shown_conference(), token, languages.current())
    actions.add(agenda, rules.asked_for(request.form.get("refs", "")))
    return redirect(url_for(".show", token=token), 303)


@bp.get("/<conference>/agenda/<token>")
@public
@limited(GUESSING)
def show(token: str) -> str:
    agenda = _known(token)
    starred = agenda_queries.starred(agenda)
    return render_template(
        "publishing/agenda.html",
        token=token,
        renewed=rules.new_token(),
        feed=url_for(".feed", feed=rules.feed_token(token)),
        diary=_diary(Attendance({ref: [] for ref in starred}), starred),
        starred=sorted(starred),
        until=g.conference.ends_at + rules.KEPT_AFTER,
    )


@bp.route("/<conference>/agenda/<token>/sessions", methods=["GET", "POST"])
@public
@limited(GUESSING)
@leads_to_secret
@without_cookie
def choose(token: str) -> Page:
    agenda = _known(token)
    return _choose(agenda_queries.starred(agenda), lambda: agenda, url_for(".show", token=token), is_open=True)


@bp.post("/<conference>/agenda/<token>/<any(add,remove):verb>")
@public
@limited(GUESSING)
@leads_to_secret
@without_cookie
def change(token: str, verb: str) -> Page:
    _change(_known(token), verb)
    return redirect(url_for(".show", token=token), 303)


@bp.post("/<conference>/agenda/<token>/renew")
@public
@leads_to_secret
@without_cookie
def renew(token: str) -> Page:
    renewed = request.form.get("renewed", "")
    shown_conference()
    if agenda_queries.by_token(renewed) is None:  # a form sent twice comes by an address that leads nowhere now
        actions.renew(_known(token), renewed)
    return redirect(url_for(".show", token=renewed), 303)


@bp.post("/<conference>/agenda/<token>/delete")
@public
@limited(GUESSING)
@without_cookie
def throw_away(token: str) -> Page:
    actions.throw_away(_known(token))
    return redirect(url_for(".new", gone=1), 303)


@bp.get("/<conference>/agenda/<feed>.ics")
@public
@limited(GUESSING)
def feed(feed: str) -> Response:
    """The calendar of any agenda, in the language of the address or of whoever made it."""
    conference = shown_conference()
    agenda = found(agenda_queries.by_feed(feed))
    language = languages.current() if "confapp.language" in request.environ else agenda.language
    person = db.session.get(Person, agenda.person_id) if agenda.person_id else None
    if person is not None and person.erased_at is not None:
        found(None)
    attends = agenda_queries.attendance(person, agenda) if person else None
    refs = set(attends.labels) if attends else agenda_queries.starred(agenda)
    name = languages.joined([languages.best(conference.name, language), _("My agenda")])
    content = calendar.of_release(
        conference,
        queries.release(),
        language,
        refs,
        name=name,
        unsure=attends.unsure if attends else (),
        beside=attends.appointments if attends else (),
    )
    return Response(content, content_type=calendar.MEDIA_TYPE)


# --- of a registered person -------------------------------------------------------------------------------------------


@bp.get("/me/<conference>/agenda/")
@checks_inside
def index() -> Page:
    """Leads on to the only agenda there is; a mailbox of several persons chooses."""
    persons = agenda_queries.own_persons(g.actor, g.conference)
    first = found(next(iter(persons), None))
    if len(persons) == 1:
        return redirect(url_for(".own", ref=first.ref), 303)
    return render_template("publishing/agenda_persons.html", persons=persons)


@bp.get("/me/<conference>/agenda/<ref>")
@checks_inside
def own(ref: str) -> str:
    person = _own(ref)
    agenda = agenda_queries.of_person(person.id)
    given = request.args.get("address", "")
    is_address = agenda is not None and rules.is_token(given) and agenda.token_hash == rules.hash_of_feed(given)
    starred = agenda_queries.starred(agenda)
    return render_template(
        "publishing/agenda_own.html",
        person=person,
        agenda=agenda,
        diary=_diary(agenda_queries.attendance(person, agenda), starred),
        starred=sorted(starred),
        given=by_session(),
        feed=url_for(".feed", feed=given) if is_address else "",
        address=rules.new_token(),
    )


@bp.route("/me/<conference>/agenda/<ref>/sessions", methods=["GET", "POST"])
@checks_inside
def choose_own(ref: str) -> Page:
    person = _own(ref)
    starred = agenda_queries.starred(agenda_queries.of_person(person.id))
    return _choose(starred, lambda: _agenda_of(person), url_for(".own", ref=ref))


@bp.post("/me/<conference>/agenda/<ref>/<any(add,remove):verb>")
@checks_inside
def change_own(ref: str, verb: str) -> Page:
    _change(_agenda_of(_own(ref)), verb)
    return redirect(url_for(".own", ref=ref), 303)


@bp.post("/me/<conference>/agenda/<ref>/address/<any(give,take):verb>")
@checks_inside
@leads_to_secret
def address(ref: str, verb: str) -> Page:
    """Gives the calendar an address, which is shown this once, or takes it away."""
    agenda, given = _agenda_of(_own(ref)), request.form.get("address", "")
    if verb == "take":
        actions.take_address(g.actor, agenda)
        flash(_("The calendar has no address any more. Subscriptions to it end."), "good")
        return redirect(url_for(".own", ref=ref), 303)
    actions.give_address(g.actor, agenda, given)
    return redirect(url_for(".own", ref=ref, address=given, _anchor="calendar"), 303)


# --- parts ------------------------------------------------------------------------------------------------------------


def _known(token: str) -> Agenda:
    shown_conference()
    return found(agenda_queries.by_token(token))


def _own(ref: str) -> Person:
    return found(next((one for one in agenda_queries.own_persons(g.actor, g.conference) if one.ref == ref), None))


def _agenda_of(person: Person) -> Agenda:
    return actions.of_person(g.conference, person, languages.current())


def _diary(attends: Attendance, starred: set[str]) -> diary.Diary:
    released = queries.released(g.conference.zone)
    left_out = agenda_queries.titles_left_out(starred - set(released))
    return diary.diary(attends, starred, released, queries.rooms(), g.conference.zone, left_out)


def _change(agenda: Agenda, verb: str) -> None:
    refs = rules.asked_for(request.form.get("refs", ""))
    if verb == "add":
        actions.add(agenda, refs)
    else:
        actions.remove(agenda, refs)


def _choose(starred: set[str], agenda: Any, back: str, *, is_open: bool = False) -> Page:
    """The sessions of a day as boxes to tick: all of them are sent by one form."""
    today, asked = clock.today(g.conference.zone), request.values.get("day", "")
    choices = diary.choices(queries.released(g.conference.zone), queries.rooms(), starred, asked, today)
    refusal, ticked = None, set(request.form.getlist("session"))
    if request.method == "POST":
        try:
            actions.choose(agenda(), [one.ref for one in choices.rows], ticked)
        except Refused as refused:
            refusal = refused
        else:
            return redirect(back, 303)
    page = render_template(
        "publishing/agenda_choose.html",
        choices=choices,
        back=back,
        refusal=refusal,
        ticked=ticked if refusal else starred,
        is_open=is_open,
    )
    return page, refusal.status if refusal else 200
