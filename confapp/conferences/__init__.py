from flask import Flask

from confapp.conferences import models, queries, tasks  # noqa: F401
from confapp.conferences.actions.own import install as install_parts
from confapp.conferences.rules import MANAGE_CONFERENCE
from confapp.conferences.views import desk
from confapp.foundation.languages import N_
from confapp.foundation.web import navigation, paths


def install(app: Flask) -> None:
    install_parts()
    paths.use_conference_finder(queries.by_slug)
    app.register_blueprint(desk)
    navigation.add("desk", N_("Conference"), "conferences_desk.edit", 70, MANAGE_CONFERENCE)
