"""What others call when something happened that concerns a registration."""

from confapp.registration import actions, queries


def address_reached(person_id: int) -> None:
    """Somebody opened the link that was mailed to a person."""
    for registration in queries.registrations_of(person_id):
        actions.confirm(registration)
