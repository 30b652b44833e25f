"""Delegations and registrations: from the catalogue of parties to the decision of the accreditation office."""

from typing import Any

from flask import Flask

from confapp.foundation import places
from confapp.foundation.languages import N_
from confapp.foundation.web import navigation
from confapp.people.rules import SEE_PEOPLE, consent_names
from confapp.registration import models  # noqa: F401
from confapp.registration.rules import CONSENT_NAMES
from confapp.registration.rules.figures import NOTE_ATTENDANCE
from confapp.registration.rules.letters import ISSUE_LETTERS
from confapp.registration.rules.places import KIND_NAMES
from confapp.registration.rules.privacy import COUNT_DIETS, ERASE
from confapp.registration.rules.questions import MANAGE_QUESTIONS


def install(app: Flask) -> None:
    from confapp.people.actions import links
    from confapp.registration import tasks
    from confapp.registration.actions import copies
    from confapp.registration.views.catalogue import catalogue_desk
    from confapp.registration.views.desk import registration_desk
    from confapp.registration.views.me import registration_me
    from confapp.registration.views.nomination import registration_nomination
    from confapp.registration.views.public import registration_public

    app.register_blueprint(registration_public)
    consent_names.update(CONSENT_NAMES)
    app.register_blueprint(registration_me)
    app.register_blueprint(registration_desk)
    app.register_blueprint(catalogue_desk)
    app.register_blueprint(registration_nomination)
    navigation.add("desk", N_("Delegations"), "registration_desk.delegations", 20, SEE_PEOPLE)
    navigation.add("desk", N_("Registrations"), "registration_desk.registrations", 21, SEE_PEOPLE)
    navigation.add("desk", N_("Attendance"), "registration_desk.attendance", 28, NOTE_ATTENDANCE)
    navigation.add("desk", N_("Meals"), "registration_desk.meals", 29, COUNT_DIETS)
    navigation.add("desk", N_("Personal data"), "registration_desk.personal_data", 80, ERASE)
    navigation.add("desk", N_("Categories"), "registration_desk.categories", 22, SEE_PEOPLE)
    navigation.add("desk", N_("Questions"), "registration_desk.questionnaires", 23, MANAGE_QUESTIONS)
    navigation.add("desk", N_("Letters"), "registration_desk.letters", 25, ISSUE_LETTERS)
    navigation.add("public", N_("Register"), "registration_public.register", 40, when=_is_for_all)
    navigation.add("desk", N_("Places"), "registration_desk.places", 23, SEE_PEOPLE)
    navigation.add("desk", N_("Zones"), "registration_desk.zones", 24, SEE_PEOPLE)
    copies.install()
    links.record_reached.append(tasks.address_reached)
    _describe_quotas()


def _describe_quotas() -> None:
    """Whose quotas the desk shows under which heading, how long places are offered, and who is told of them."""
    from confapp.registration import tasks
    from confapp.registration.queries import places as queries

    names = (queries.delegation_names, queries.category_names, queries.link_names, queries.zone_names)
    for order, ((kind, label), named) in enumerate(zip(KIND_NAMES.items(), names, strict=True), 1):
        places.kinds[kind] = places.Kind(label, order, named)
    places.offer_lengths["category"] = queries.offer_length
    for told, tell in ((places.on_promoted, tasks.places_given), (places.on_lapsed, tasks.offers_lapsed)):
        if tell not in told:  # an application is made several times in one process, by tests
            told.append(tell)


def _is_for_all(conference: Any) -> bool:
    """The menu names the page while somebody can use it."""
    return bool(conference.takes_registrations)
