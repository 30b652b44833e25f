"""The ways into a category, and who may take them."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from confapp.foundation import text
from confapp.foundation.languages import INTERFACE, N_, in_all
from confapp.foundation.languages import gettext as _
from confapp.registration.rules import PhotoNeed


@dataclass(frozen=True)
class Ways:
    """Who registers in a category. Several ways may be open at once; with none it is the office alone."""

    for_delegations: bool = False
    members_fill_in: bool = False
    open_to_all: bool = False
    needs_link: bool = False
    groups: tuple[str, ...] = ()
    accompanying: bool = False
    photo: PhotoNeed = PhotoNeed.OPTIONAL


INDEPENDENT = N_("Independent")  # what those write who belong to no organization: no body's name


def is_nobody(organization: str) -> bool:
    """Written in whatever language, for the office reads in another than the form was filled in."""
    return not organization.strip() or text.fold(organization) in _words_for_nobody()


@cache
def _words_for_nobody() -> set[str]:
    words = [*in_all(INDEPENDENT, INTERFACE).values(), "مستقلة"]  # in Arabic a woman writes it so
    return {text.fold(word) for word in words}


def is_open_to(category: Any, delegation: Any) -> bool:
    """Whether a delegation may use a category: all may, or those of one of its groups."""
    return not category.groups or bool({*category.groups} & {*delegation.groups})


def delegation_fault(category: Any, delegation: Any) -> str | None:
    """Why a delegation cannot register somebody in a category."""
    if is_open_to(category, delegation):
        return None
    return _("This category is open to other groups of delegations only.")


def link_fault(link: Any, left: int | None, at: datetime) -> str | None:
    """Why a private link opens no form any more."""
    if link.closed_at is not None:
        return _("The organizers have closed this link.")
    return limit_fault(link, left, at)


def limit_fault(link: Any, left: int | None, at: datetime) -> str | None:
    """The same from its own limits: why opening it again would open nothing."""
    if link.ends_at is not None and link.ends_at <= at:
        return _("This link has expired.")
    if left is not None and left <= 0:
        return _("All places of this link are taken.")
    return None


@dataclass(frozen=True)
class Invited:
    """One line of an invitation to fill in: who, where to write, and in which capacity."""

    name: str
    email: str
    capacity: Any
