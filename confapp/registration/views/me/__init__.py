"""The own pages: a focal point's delegation, and a delegate's registration."""

from confapp.registration.views.me import (  # noqa: F401
    addresses,
    companions,
    conversation,
    credentials,
    delegations,
    imports,
    invitations,
    letters,
    photos,
    places,
    privacy,
    questions,
    registrations,
    substitution,
)
from confapp.registration.views.me.blueprint import registration_me

__all__ = ["registration_me"]
