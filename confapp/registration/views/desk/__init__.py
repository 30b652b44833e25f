"""The organizers' side: delegations, registrations and categories."""

from confapp.registration.views.desk import (
    categories,
    credentials,
    delegations,
    figures,
    lists,
    order,
    people,
    privacy,
    registrations,
    tables,
)
from confapp.registration.views.desk.blueprint import registration_desk

__all__ = [
    "categories",
    "credentials",
    "delegations",
    "figures",
    "lists",
    "order",
    "people",
    "privacy",
    "registration_desk",
    "registrations",
    "tables",
    "together",
]
