"""Looking for clashes: a programme of a thousand sessions, made from a seed, by the engine and by the slow one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from time import process_time

from confapp.programme.rules.clashes import Attendee, Hall, Order, Programme, Slot, find
from tests.programme.obvious import obvious

SEED = 20270112
SESSIONS, ROOMS, PEOPLE, THEMES = 1000, 37, 1216, 71
GOAL = 0.2  # seconds of CPU


@dataclass(frozen=True)
class Looked:
    found: int
    seconds: float
    slow_seconds: float


def programme(sessions: int = SESSIONS, seed: int = SEED) -> tuple[list[Slot], Programme]:
    """Two days in all rooms at once, with people, interpreters, delegations, joined halls, hours and orders."""
    chance, first = Random(seed), datetime(2027, 1, 12, tzinfo=UTC)
    slots = []
    for number in range(sessions):
        turn, room = divmod(number, ROOMS)
        day, place = divmod(turn, 14)
        starts = first + timedelta(days=day, minutes=40 * place + 5 * chance.randrange(3))
        people = frozenset(chance.sample(range(PEOPLE), chance.choice((1, 2, 4, 6))))
        slots.append(
            Slot(
                number,
                starts,
                starts + timedelta(minutes=chance.choice((20, 30, 30, 45))),
                frozenset({room}),
                people,
                interpreters=frozenset(chance.sample(range(PEOPLE), 2)) if chance.random() < 0.1 else frozenset(),
                delegations=frozenset({chance.randrange(150)}) if chance.random() < 0.2 else frozenset(),
                members=frozenset(chance.sample(range(150), 2)),
                heads=frozenset(chance.sample(range(PEOPLE), 1)),
                theme=chance.randrange(THEMES),
                audience=chance.choice((None, 20, 40, 80)),
                equipment=frozenset({"screen"}) if chance.random() < 0.5 else frozenset(),
                booths=chance.choice((0, 0, 0, 1)),
                alone=number % 300 == 0,
            )
        )
    opened = tuple((first + timedelta(days=day), first + timedelta(days=day, hours=10)) for day in range(2))
    halls = {
        room: Hall(
            chance.choice((30, 60, 120)),
            equipment=frozenset({"screen"}) if room % 5 else frozenset(),
            booths=room % 2,
            buffer=chance.choice((0, 5, 10)),
            area=chance.choice(("East", "West")),
            open=opened,
            parts=(room - 1, room - 2) if room % 12 == 11 else (),
        )
        for room in range(ROOMS)
    }
    guests = {
        person: Attendee(
            busy=((first + timedelta(hours=person % 10), first + timedelta(hours=person % 10 + 1)),),
            zone="Europe/Lisbon" if person % 4 == 0 else "",
        )
        for person in range(0, PEOPLE, 5)
    }
    orders = [Order(*chance.sample(range(sessions), 2), 0, chance.random() < 0.5) for _ in range(50)]
    return slots, Programme(halls, guests, range(40), orders, "Asia/Makassar")


def measure() -> Looked:
    """The best of five for the engine; the slow one once. Both must find the same."""
    slots, around = programme()
    spent = []
    for _ in range(5):
        began = process_time()
        found = find(slots, around)
        spent.append(process_time() - began)
    began = process_time()
    same = obvious(slots, around)
    slow = process_time() - began
    if {(one.rule, frozenset(one.sessions), one.needed, one.about) for one in found} != same:
        raise SystemExit("The engine and the slow search do not find the same clashes.")
    return Looked(len(found), min(spent), slow)


def lines(looked: Looked) -> list[str]:
    met = "yes" if looked.seconds <= GOAL else "**no**"
    return [
        "| clashes by all rules | found | CPU s | the slow search, CPU s | times as fast | goal | met |",
        "|---|---|---|---|---|---|---|",
        f"| {SESSIONS:,} sessions, {ROOMS} rooms, {PEOPLE:,} persons, {THEMES} themes | {looked.found:,} "
        f"| {looked.seconds:.3f} | {looked.slow_seconds:.1f} | {looked.slow_seconds / looked.seconds:,.0f} "
        f"| ≤ {GOAL:g} s | {met} |",
    ]


if __name__ == "__main__":
    print("\n".join(lines(measure())))
