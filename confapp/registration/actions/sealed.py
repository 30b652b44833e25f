"""What is sealed of a person: written as it was typed, until the day on which it is deleted."""

from confapp.foundation import clock, sealing
from confapp.foundation.lifecycle import Refused
from confapp.registration import queries
from confapp.registration.models import Registration
from confapp.registration.rules import Entry
from confapp.registration.rules.privacy import BY_NAME, OF_PERSON, gone, sealing_fault


def seal_entry(registration: Registration, entry: Entry) -> None:
    """Seals what was typed; None keeps what is there, an empty text deletes it."""
    typed = {name: value for name in OF_PERSON if (value := getattr(entry, name)) is not None}
    given = [name for name, value in typed.items() if value]
    if given:
        _refuse_what_is_gone(registration, given)
    for name, value in typed.items():
        setattr(registration.person, name, value)


def _refuse_what_is_gone(registration: Registration, names: list[str]) -> None:
    """What was deleted for good is not collected again."""
    conference = queries.conference_of(registration)
    if fault := sealing_fault(names, conference, clock.now()):
        raise Refused(fault, 422, names[0])
    shredded = [name for name in names if sealing.is_shredded(conference.id, BY_NAME[name].data_class)]
    if shredded:
        raise Refused(gone(shredded), 422, shredded[0])
