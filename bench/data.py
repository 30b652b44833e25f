"""A conference of the size that the benchmarks ask for, the same each time: sessions, rooms, days and speakers."""

from collections.abc import Iterator
from datetime import datetime, time
from itertools import cycle, product
from random import Random

from confapp.conferences.models import Conference
from confapp.foundation import clock
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db, in_conference
from confapp.foundation.text import fold
from confapp.people.models import Person
from confapp.programme.actions import timetable
from confapp.programme.models import Placement, PlacementRoom, Room, Schedule, Session, SessionRole
from confapp.programme.rules import Access, Kind, SessionRoleKind
from confapp.speakers.models import Speaker

SEED = 2027
HOURS = tuple(
    time(hour, minute) for hour, minute in ((9, 0), (10, 15), (11, 30), (13, 30), (14, 45), (16, 0), (17, 15))
)
KINDS = (Kind.PANEL, Kind.PANEL, Kind.WORKSHOP, Kind.SIDE_EVENT, Kind.PLENARY)
ENGLISH = (
    ("Trust", "Open data", "Digital identity", "Consular services", "Public communication", "Cyber resilience"),
    ("in small administrations", "across borders", "for citizens abroad", "during a crisis", "in many languages"),
    ("what works", "lessons learned", "a practical exchange", "state of play", "next steps"),
)
INDONESIAN = (
    ("Kepercayaan", "Data terbuka", "Identitas digital", "Layanan konsuler", "Komunikasi publik", "Ketahanan siber"),
    ("pada lembaga kecil", "lintas batas", "bagi warga di luar negeri", "saat krisis", "dalam banyak bahasa"),
    ("yang berhasil", "pelajaran", "pertukaran praktik", "keadaan terkini", "langkah berikutnya"),
)


def fill(
    conference: Conference, *, sessions: int = 200, rooms: int = 10, speakers: int = 150, seed: int = SEED
) -> Schedule:
    """Writes a whole programme into an empty conference and releases it; call it in a write transaction.

    A session can begin in each room every 75 minutes on each day; no room and no speaker is used twice at once.
    """
    chance = Random(seed)
    with in_conference(conference.id):
        halls = [_room(conference, number) for number in range(1, rooms + 1)]
        people = [_speaker(conference, number) for number in range(1, speakers + 1)]
        draft = Schedule(conference_id=conference.id)
        db.session.add_all([*halls, *people, draft])
        db.session.flush()
        free = _places(conference, halls, people, chance)
        for number, (starts_at, hall, panel) in zip(range(1, sessions + 1), free, strict=False):
            draft.placements.append(_placement(conference, number, starts_at, hall, panel, chance))
        if len(draft.placements) < sessions:
            raise ValueError("more sessions than the rooms and days can hold")
        db.session.flush()
        return timetable.release(SYSTEM, conference, "Benchmark")


def _room(conference: Conference, number: int) -> Room:
    name = (
        {"en": f"Room {number}", "id": f"Ruang {number}"} if number > 1 else {"en": "Plenary Hall", "id": "Ruang Pleno"}
    )
    return Room(conference_id=conference.id, name=name, capacity=400 // number, position=number)


def _speaker(conference: Conference, number: int) -> Speaker:
    name = f"Speaker{number} Contoh"
    person = Person(
        conference_id=conference.id,
        printed_name=name,
        given_name=f"Speaker{number}",
        family_name="Contoh",
        folded=fold(name),
    )
    affiliation = {"en": f"Delegation {number % 40}", "id": f"Delegasi {number % 40}"}
    return Speaker(conference_id=conference.id, person=person, affiliation=affiliation)


def _places(
    conference: Conference, halls: list[Room], speakers: list[Speaker], chance: Random
) -> Iterator[tuple[datetime, Room, list[Person]]]:
    """Every beginning in every room, with people who are free then."""
    people = cycle(chance.sample([one.person for one in speakers], len(speakers)))
    for day, hour in product(conference.days, HOURS):
        starts_at = clock.instant(datetime.combine(day, hour), conference.zone)
        for hall in halls:
            yield starts_at, hall, [next(people) for _ in range(min(3, len(speakers) // len(halls)))]


def _placement(
    conference: Conference, number: int, starts_at: datetime, hall: Room, panel: list[Person], chance: Random
) -> Placement:
    theme, where, how = (chance.randrange(len(words)) for words in ENGLISH)
    english, indonesian = (f"{w[0][theme]} {w[1][where]}: {w[2][how]}" for w in (ENGLISH, INDONESIAN))
    minutes = chance.choice((45, 60, 75))
    session = Session(
        conference_id=conference.id,
        kind=chance.choice(KINDS),
        code=f"S{number:03}",
        title={"en": english, "id": indonesian},
        description={"en": f"{english}. " * 8, "id": f"{indonesian}. " * 8},
        minutes=minutes,
        languages=["en", "id"],
        access=chance.choice((Access.OPEN, Access.OPEN, Access.OPEN, Access.INVITATION)),
        folded=fold(english, indonesian),
    )
    parts = zip((SessionRoleKind.MODERATOR, SessionRoleKind.PANELLIST, SessionRoleKind.PANELLIST), panel, strict=False)
    session.roles = [
        SessionRole(conference_id=conference.id, role=role, person=person, position=position)
        for position, (role, person) in enumerate(parts, 1)
    ]
    return Placement(
        conference_id=conference.id,
        session=session,
        starts_at=starts_at,
        minutes=minutes,
        rooms=[PlacementRoom(conference_id=conference.id, room=hall, position=1)],
    )
