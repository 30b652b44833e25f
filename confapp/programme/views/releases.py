from flask import flash, g, redirect, render_template, request, url_for

from confapp.foundation import languages
from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.programme import pages, queries
from confapp.programme.actions import booklets
from confapp.programme.actions import timetable as actions
from confapp.programme.forms.timetable import EmergencyForm, ReleaseForm
from confapp.programme.pages import ShownClash, worst_first
from confapp.programme.queries import affected
from confapp.programme.queries import booklets as booklet_queries
from confapp.programme.queries.sign_ups import released_placement
from confapp.programme.rules import PRINT_NAMES, READ, RELEASE, Severity
from confapp.programme.rules.changes import Change, Difference, Edition, differences, fingerprint
from confapp.programme.views import Answer, desk
from confapp.programme.views.clashes import laid_out, place_of

GROUP_NAMES = {
    affected.Group.PART: N_("They have a part in a session"),
    affected.Group.SIGNED_UP: N_("They signed up for a session"),
    affected.Group.DELEGATION: N_("Focal points of delegations with an item"),
}


@desk.route("/programme/release", methods=["GET", "POST"])
@requires(RELEASE)
def release() -> Answer:
    form, status = ReleaseForm(), 200
    if form.is_sent():
        try:
            made = actions.release(g.actor, g.conference, form.name.data, form.note.data, seen=form.seen.data)
            flash(_("Version %(number)s of the programme is published.", number=made.number), "good")
            return redirect(url_for(".releases"), 303)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    last, rooms, placements = queries.newest_release(), queries.rooms(), queries.placements(whole=True)
    changed = differences(queries.editions(last), queries.draft_editions(placements))
    form.seen.data = fingerprint(changed)
    lines = worst_first(laid_out().words.lines())
    blocking = [one for one in lines if one.severity == Severity.BLOCK]
    return render_template(
        "programme/desk/release.html",
        form=form,
        version=pages.version(last),
        number=(last.number or 0) + 1 if last else 1,
        changes=pages.changes(changed, rooms, g.conference.zone),
        blocking=blocking,
        warnings=len(lines) - len(blocking),
        unplaced=queries.unplaced_count(),
        readers=affected.affected(changed),
        groups=GROUP_NAMES,
    ), status if status != 200 or not form.errors else 422


@desk.route("/sessions/<ref>/emergency", methods=["GET", "POST"])
@requires(RELEASE)
def emergency(ref: str) -> Answer:
    """One session is changed for readers at once; the rest of the draft waits for its release."""
    session, last, rooms = found(queries.session(ref)), queries.newest_release(), queries.rooms()
    old = next((one for one in queries.editions(last) if one.session_id == session.id), None)
    form = EmergencyForm.of(session, released_placement(session), rooms)
    status, stopping = 422, list[ShownClash]()
    if form.is_sent():
        aside = [room for room in rooms if room.ref in form.overflow.data and room.ref not in form.rooms.data]
        chosen = [*(room for room in rooms if room.ref in form.rooms.data), *aside]
        try:
            made = actions.emergency(
                g.actor,
                g.conference,
                session,
                form.reason.data,
                rooms=chosen,
                starts_at=None if form.is_cancelled.data else form.starts_at,
                minutes=form.minutes.data,
                overflow=aside,
                revision=form.revision.data,
                accepted=form.accepted.data or "",
                seen=form.seen.data or "",
            )
            flash(_("Version %(number)s of the programme is published.", number=made.number), "good")
            return redirect(url_for(".session", ref=ref, _anchor="place"), 303)
        except actions.Blocked as blocked:
            stopping, form.seen.data, status = _said(blocked), blocked.seen, blocked.status
            form.refuse(blocked)
        except Refused as refusal:
            form.refuse(refusal)
            status = refusal.status
    about = [] if old is None else [Difference((Change.MOVED,), old, old)]
    names = {room.id: languages.best(room.name) for room in rooms}
    return render_template(
        "programme/desk/emergency.html",
        session=session,
        form=form,
        stopping=stopping,
        now=pages.where_and_when(old, names, g.conference.zone) if old is not None else "",
        readers=affected.affected(about),
        groups=GROUP_NAMES,
    ), status if request.method == "POST" else 200


def _said(blocked: actions.Blocked) -> list[ShownClash]:
    """What stops an emergency change, as readers would have the programme."""
    laid = pages.Timetable(
        g.conference.zone, g.conference.days, queries.rooms(), blocked.rows, blocked.clashes, place_of
    )
    return laid.words.lines()


@desk.get("/programme/releases/compare")
@requires(READ)
def compare() -> str:
    """What is different for readers between two releases, or between one and the draft; the newest and it at first."""
    newest = queries.newest_release()
    first = str(newest.number) if newest is not None else ""
    one, other = (_edition_of(request.args.get(name, usual)) for name, usual in (("from", first), ("to", "draft")))
    changed = differences(one[1], other[1])
    return render_template(
        "programme/desk/compare.html",
        names=(one[0], other[0]),
        changes=pages.changes(changed, queries.rooms(), g.conference.zone),
        releases=queries.releases(),
    )


def _edition_of(asked: str) -> tuple[str, list[Edition]]:
    """The draft, or the release with this number; nothing at all before the first."""
    if asked == "draft":
        return _("Draft"), queries.draft_editions()
    if not asked:
        return _("Nothing has been published yet."), []
    row = found(queries.release(int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else None)
    return _("Version %(number)d", number=row.number), queries.editions(row)


@desk.get("/programme/releases")
@requires(READ)
def releases() -> str:
    rows = queries.releases()
    names = queries.names_of(row.released_by for row in rows)
    return render_template("programme/desk/releases.html", releases=rows, names=names)


@desk.get("/programme/releases/<int(max=99999):number>")
@requires(READ)
def show_release(number: int) -> str:
    """What a release changed for its readers, against the one before it."""
    row = found(queries.release(number))
    before = queries.release(number - 1) if number > 1 else None
    changed = differences(queries.editions(before), queries.editions(row))
    return render_template(
        "programme/desk/changes.html",
        release=row,
        name=queries.names_of([row.released_by]).get(row.released_by, ""),
        booklets=booklet_queries.of_release(row),
        print_names=PRINT_NAMES,
        job=booklet_queries.job_of(row),
        changes=pages.changes(changed, queries.rooms(), g.conference.zone),
    )


@desk.post("/programme/releases/<int(max=99999):number>/print")
@requires(RELEASE)
def print_booklets(number: int) -> Answer:
    booklets.ask(g.actor, g.conference, found(queries.release(number)))
    flash(_("The booklets are being made. You can leave this page; the work goes on."), "good")
    return redirect(url_for(".show_release", number=number, _anchor="booklets"), 303)
