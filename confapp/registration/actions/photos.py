"""The photograph of a person: sealed, replaced, taken away."""

from confapp.foundation import audit, clock, erasure
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.files import StoredFile
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.registration import queries, rules
from confapp.registration.actions.registrations import look_again
from confapp.registration.models import Registration
from confapp.registration.rules import ANSWER_FOR, PhotoNeed


def set_photo(registration: Registration, stored: StoredFile, *, by: Actor) -> None:
    """The photograph in force; the one before is erased. Another face is looked at again, a first one completes."""
    _refuse(registration, by)
    if registration.category.photo == PhotoNeed.NONE:
        raise Refused(_("No photograph is asked for in this category."))
    is_first = registration.person.photo_id is None
    _erase(registration)
    registration.person.photo = stored
    db.session.flush()
    audit.record(by, "set_photo", registration)
    if not is_first:
        look_again(registration, {"photo"}, by)


def remove_photo(registration: Registration, *, by: Actor) -> None:
    """Twice is as good as once."""
    _refuse(registration, by)
    if registration.person.photo_id is None:
        return
    _erase(registration)
    registration.person.photo = None
    db.session.flush()
    audit.record(by, "remove_photo", registration)
    look_again(registration, {"photo"}, by)


def _erase(registration: Registration) -> None:
    """Its bytes go with the next clearing up of files that nothing needs."""
    before = registration.person.photo
    if before is not None and before.erased_at is None:
        erasure.erase([before])


def _refuse(registration: Registration, by: Actor) -> None:
    if not ANSWER_FOR.allows(by, registration):
        raise Forbidden
    if fault := rules.photo_fault(registration, queries.conference_of(registration), by, clock.now()):
        raise Refused(fault)
