"""Those who speak, and what the public may read of them."""

from flask import Flask

from confapp.foundation.languages import N_
from confapp.foundation.web import navigation
from confapp.people.rules import consent_names
from confapp.speakers import models  # noqa: F401
from confapp.speakers.rules import CONSENT_NAMES, MANAGE_SPEAKERS


def install(app: Flask) -> None:
    from confapp.people.actions.forgetting import rows_about
    from confapp.people.actions.merging import followers
    from confapp.speakers import queries
    from confapp.speakers.actions import follow_person
    from confapp.speakers.views import desk

    app.register_blueprint(desk)
    consent_names.update(CONSENT_NAMES)
    if follow_person not in followers:
        followers.append(follow_person)
    if queries.rows_about not in rows_about:
        rows_about.append(queries.rows_about)
    navigation.add("desk", N_("Speakers"), "speakers_desk.index", 33, MANAGE_SPEAKERS)
