"""Delegations and registrations: from the catalogue of parties to the decision of the accreditation office."""

from flask import Flask

from confapp.registration import models  # noqa: F401


def install(app: Flask) -> None:
    from confapp.people.actions import links
    from confapp.registration import tasks

    links.record_reached.append(tasks.address_reached)
