"""Rooms, sessions, the timetable and its releases."""

from flask import Flask

from confapp.foundation.languages import N_
from confapp.foundation.web import navigation
from confapp.programme import models  # noqa: F401
from confapp.programme.rules import READ


def install(app: Flask) -> None:
    from confapp.people.actions.merging import followers
    from confapp.programme.actions.merging import follow_person
    from confapp.programme.actions.substitution import HOLDINGS
    from confapp.programme.views import desk
    from confapp.registration.actions.substitution import holdings

    app.register_blueprint(desk)
    holdings += [one for one in HOLDINGS if one not in holdings]
    if follow_person not in followers:
        followers.append(follow_person)
    navigation.add("desk", N_("Programme"), "programme_desk.timetable", 30, READ)
    navigation.add("desk", N_("Sessions"), "programme_desk.sessions", 31, READ)
    navigation.add("desk", N_("Rooms"), "programme_desk.rooms", 32, READ)
