"""The organizers' side: delegations, registrations and categories."""

from confapp.registration.views.desk import categories, delegations, registrations
from confapp.registration.views.desk.blueprint import registration_desk

__all__ = ["categories", "delegations", "registration_desk", "registrations"]
