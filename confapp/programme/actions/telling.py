"""Those for whom a release changes something are told what, each by one mail."""

from typing import Any

from confapp.foundation.mail import outbox
from confapp.programme import mails, queries
from confapp.programme.models import Schedule
from confapp.programme.queries.affected import Affected, Difference


def tell(release: Schedule, conference: Any, found: list[Difference], readers: list[Affected]) -> None:
    """Repeating it mails nobody twice."""
    rooms = {room.id: room.name for room in queries.rooms()}
    for reader in readers:
        outbox.queue(mails.programme_changed(reader, found, rooms, release, conference))
