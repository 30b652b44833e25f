from flask import Flask

from confapp.foundation.languages import N_
from confapp.foundation.web import navigation
from confapp.people import identity, models, tasks  # noqa: F401
from confapp.people.rules import MANAGE_STAFF
from confapp.people.views import accounts_desk, people, people_desk


def install(app: Flask) -> None:
    identity.install(app)
    for blueprint in (people, people_desk, accounts_desk):
        app.register_blueprint(blueprint)
    navigation.add("desk", N_("People and roles"), "people_desk.index", 80, MANAGE_STAFF)
