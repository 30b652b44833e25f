"""Delegations and registrations: from the catalogue of parties to the decision of the accreditation office."""

from typing import Any

from flask import Flask

from confapp.foundation.languages import N_
from confapp.foundation.web import navigation
from confapp.people.rules import SEE_PEOPLE
from confapp.registration import models  # noqa: F401


def install(app: Flask) -> None:
    from confapp.people.actions import links
    from confapp.registration import tasks
    from confapp.registration.views.desk import registration_desk
    from confapp.registration.views.me import registration_me
    from confapp.registration.views.public import registration_public

    app.register_blueprint(registration_public)
    app.register_blueprint(registration_me)
    app.register_blueprint(registration_desk)
    navigation.add("desk", N_("Delegations"), "registration_desk.delegations", 20, SEE_PEOPLE)
    navigation.add("desk", N_("Registrations"), "registration_desk.registrations", 21, SEE_PEOPLE)
    navigation.add("desk", N_("Categories"), "registration_desk.categories", 22, SEE_PEOPLE)
    navigation.add("public", N_("Register"), "registration_public.register", 40, when=_is_for_all)
    links.record_reached.append(tasks.address_reached)


def _is_for_all(conference: Any) -> bool:
    """The menu names the page while somebody can use it."""
    return bool(conference.takes_registrations)
