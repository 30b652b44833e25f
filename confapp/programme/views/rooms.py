from flask import abort, flash, g, redirect, render_template, url_for

from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web.guard import found, requires
from confapp.programme import queries
from confapp.programme.actions import rooms as actions
from confapp.programme.forms.rooms import RoomForm
from confapp.programme.rules import READ, SCHEDULE
from confapp.programme.views import Answer, desk, page

VERBS = {
    "up": lambda actor, room: actions.move_room(actor, room, -1),
    "down": lambda actor, room: actions.move_room(actor, room, 1),
    "close": actions.close_room,
    "reopen": actions.reopen_room,
    "remove": actions.remove_room,
}


@desk.get("/rooms")
@requires(READ)
def rooms() -> str:
    return render_template(
        "programme/desk/rooms.html", rooms=queries.rooms(with_removed=False), uses=queries.room_uses()
    )


@desk.route("/rooms/new", methods=["GET", "POST"])
@requires(SCHEDULE)
def new_room() -> Answer:
    rooms = queries.rooms(with_removed=False)
    form = RoomForm.of(None, rooms)
    if form.is_sent():
        actions.add_room(g.actor, g.conference, **form.values(rooms))
        flash(_("The room was added."), "good")
        return redirect(url_for(".rooms"), 303)
    return page("room_form", form=form, room=None, used=0)


@desk.route("/rooms/<ref>", methods=["GET", "POST"])
@requires(SCHEDULE)
def room(ref: str) -> Answer:
    room, rooms = found(queries.room(ref)), queries.rooms(with_removed=False)
    form, used = RoomForm.of(room, rooms), queries.room_uses().get(room.id, 0)
    if form.is_sent():
        try:
            actions.change_room(g.actor, room, revision=form.revision.data, **form.values(rooms))
        except Refused as refusal:
            form.refuse(refusal)
            return page("room_form", form=form, room=room, used=used)[0], refusal.status
        flash(_("The room was saved."), "good")
        return redirect(url_for(".rooms"), 303)
    return page("room_form", form=form, room=room, used=used)


@desk.post("/rooms/<ref>/<verb>")
@requires(SCHEDULE)
def change_room(ref: str, verb: str) -> Answer:
    (VERBS.get(verb) or abort(404))(g.actor, found(queries.room(ref)))
    if verb == "remove":
        flash(_("The room was removed. For 30 days it can be brought back."), "good")
    return redirect(url_for(".rooms"), 303)
