"""Rooms, sessions, the timetable and its releases."""

from flask import Flask

from confapp.foundation import places
from confapp.foundation.languages import N_
from confapp.foundation.web import navigation
from confapp.programme import models  # noqa: F401
from confapp.programme.rules import READ
from confapp.programme.rules.bilaterals import ARRANGE_BILATERALS, TOPIC
from confapp.programme.rules.side_events import MANAGE_SIDE_EVENTS


def install(app: Flask) -> None:
    from confapp.people.actions.merging import followers
    from confapp.programme import commands
    from confapp.programme.actions import copies
    from confapp.programme.actions.debate import withdraw_all_of
    from confapp.programme.actions.merging import follow_person
    from confapp.programme.actions.substitution import HOLDINGS
    from confapp.programme.views import (
        applying,
        desk,
        handing_in,  # noqa: F401 - it adds its views to a speaker's pages
        own_handouts,  # noqa: F401 - it adds its views to a participant's pages
        own_meetings,
    )
    from confapp.programme.views.debate_me import me as debate_me
    from confapp.programme.views.debate_public import site as debate_public
    from confapp.programme.views.me import me
    from confapp.programme.views.speaking import me as speaking_me
    from confapp.registration.actions.delegations import on_declined
    from confapp.registration.actions.substitution import holdings

    app.register_blueprint(desk)
    app.cli.add_command(commands.group)
    holdings += [one for one in HOLDINGS if one not in holdings]
    if follow_person not in followers:
        followers.append(follow_person)
    if withdraw_all_of not in on_declined:
        on_declined.append(withdraw_all_of)
    app.register_blueprint(me)
    app.register_blueprint(speaking_me)
    app.register_blueprint(applying.me)
    app.register_blueprint(applying.open_to_all)
    app.register_blueprint(own_meetings.me)
    app.register_blueprint(debate_me)
    app.register_blueprint(debate_public)
    copies.install()
    _describe_quotas()
    navigation.add("desk", N_("Programme"), "programme_desk.timetable", 30, READ)
    navigation.add("desk", N_("Sessions"), "programme_desk.sessions", 31, READ)
    navigation.add("desk", N_("Rooms"), "programme_desk.rooms", 32, READ)
    navigation.add("desk", N_("Side events"), "programme_desk.side_events", 33, MANAGE_SIDE_EVENTS)
    navigation.add("desk", N_("Bilateral meetings"), "programme_desk.meetings", 34, ARRANGE_BILATERALS)


def _describe_quotas() -> None:
    """Sessions among the quotas of the desk, a mail to who moves up, and the way to the page from one's own."""
    from confapp.programme import tasks
    from confapp.programme.queries import agendas, bilaterals, debate, handouts, side_events, sign_ups
    from confapp.registration.queries import letters
    from confapp.registration.rules.questions import session_choices
    from confapp.registration.views.me.delegations import pages_of_delegation
    from confapp.registration.views.me.places import pages_beside
    from confapp.speakers.queries import slides_owed

    places.kinds["session"] = places.Kind(N_("Sessions"), 5, sign_ups.session_names)
    if tasks.places_given not in places.on_promoted:
        places.on_promoted.append(tasks.places_given)
    if sign_ups.wishes not in session_choices:
        session_choices.append(sign_ups.wishes)
    pages_of_delegation["meetings_me.of_delegation"] = (N_("Bilateral meetings"), lambda: True)
    letters.kept_apart.add(TOPIC)
    if bilaterals.appointments not in agendas.appointments:
        agendas.appointments.append(bilaterals.appointments)
    pages_of_delegation["side_events_me.of_delegation"] = (N_("Side events"), side_events.is_called)
    if handouts.slides_owed not in slides_owed:
        slides_owed.append(handouts.slides_owed)
    pages_beside["programme_me.handouts"] = (N_("Links and documents"), handouts.any_given)
    pages_beside["programme_me.sign_ups"] = (N_("Choose sessions"), sign_ups.any_open)
    pages_of_delegation["debate_me.index"] = (N_("Statements"), debate.any_debate)
