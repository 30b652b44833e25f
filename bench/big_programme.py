"""Problems for the scheduler, made from a seed: a very large conference, meetings with wishes, and a repair."""

from dataclasses import replace
from random import Random

from confapp.programme.scheduler.problem import Audience, Place, Problem, Room, Session, Wish

SEED = 20270112
DAY = 24 * 60
OPEN = ((9 * 60, 19 * 60), (DAY + 9 * 60, DAY + 18 * 60))


def big(seed: int = SEED) -> Problem:
    """1,079 sessions of unequal length in 37 rooms on 2 days, 1,216 persons (193 in several sessions), 71 themes.

    Each theme has a size of room and some of it a room of its own for a while, as at large meetings of free software:
    so it fits, but no session knows when. Three quarters of all room time are used.
    """
    chance = Random(seed)
    rooms = [
        Room(number, seats, booths=1 if number < 4 else 0, open=OPEN, buffer=0)
        for number, seats in enumerate([1400, 800, 500, 400] + [240] * 4 + [150] * 8 + [100] * 10 + [60] * 11, 1)
    ]
    lengths = [10, 15, 20, 25, 30, 30, 40, 45, 50, 55, 60]
    sizes = [1] + [2] * 3 + [3] * 8 + [4] * 18 + [5] * 41
    wanted = {1: 500, 2: 240, 3: 140, 4: 90, 5: 50}
    sessions, many = [], list(range(193))
    twice = many * 2
    chance.shuffle(twice)
    single = list(range(193, 1216))
    chance.shuffle(single)
    for number in range(1, 1080):
        theme = number % 71
        people = {twice.pop() if twice else chance.choice(many)} if chance.random() < 0.42 else set()
        while single and (not people or len(people) < chance.choice((1, 1, 1, 2))):
            people.add(single.pop())
        if not people:
            people = {chance.choice(many)}
        seats = max(10, int(wanted[sizes[theme]] * chance.uniform(0.3, 1)))
        sessions.append(Session(number, chance.choice(lengths), frozenset(people), seats=seats, theme=theme))
    for number, person in enumerate(single):
        one = sessions[(number * 7) % len(sessions)]
        sessions[(number * 7) % len(sessions)] = replace(one, people=one.people | {person})
    for number in range(12):  # pinned: openings and closings in the largest rooms
        day, turn = divmod(number, 6)
        start = OPEN[day][0] + turn * 90
        one = sessions[number * 71]
        sessions[number * 71] = replace(one, minutes=50, seats=300, before=Place(start, (1 + number % 4,)), pinned=True)
    free = frozenset(one.id for one in sessions if not one.pinned)
    return Problem((0, 2 * DAY), tuple(rooms), tuple(sessions), free, days=((0, DAY), (DAY, 2 * DAY)))


def meetings(seed: int = SEED) -> Problem:
    """59 meetings in 16 slots and 17 rooms with seats; each may be in some slots only, and pairs have a weight."""
    chance = Random(seed)
    slots = [day * DAY + 9 * 60 + turn * 60 for day in range(4) for turn in range(4)]
    rooms = [Room(number, chance.choice((20, 30, 40, 60, 90, 150))) for number in range(1, 17)] + [Room(17, 200)]
    sessions = [
        Session(
            number,
            60,
            frozenset(chance.sample(range(80), 2)),
            windows=tuple(
                (slot, slot + 60) for slot in sorted(chance.sample(slots, chance.choice((1, 2, 2, 3, 4, 6))))
            ),
            seats=chance.choice((10, 15, 25, 35, 50, 80)),
        )
        for number in range(1, 60)
    ]
    audience = tuple(
        Audience(one, other, chance.randint(1, 9))
        for one in range(1, 60)
        for other in range(one + 1, 60)
        if chance.random() < 0.25
    )
    weights = {Wish.AUDIENCE: 1}
    free = frozenset(range(1, 60))
    return Problem((0, 4 * DAY), tuple(rooms), tuple(sessions), free, audience=audience, weights=weights, step=60)


def lost_room(problem: Problem, places: dict[int, Place], room: int, since: int) -> Problem:
    """The same with a plan that stands, in which one room is shut from some minute on: as few changes as possible."""
    sessions = tuple(replace(one, before=places.get(one.id, one.before)) for one in problem.sessions)
    rooms = tuple(replace(one, shut=((since, problem.horizon[1]),)) if one.id == room else one for one in problem.rooms)
    return replace(problem, sessions=sessions, rooms=rooms, keep=True)


def called_off(problem: Problem, places: dict[int, Place], person: int, away: tuple[int, int]) -> Problem:
    """The same with a plan that stands, in which one person cannot come for a while."""
    sessions = tuple(replace(one, before=places.get(one.id, one.before)) for one in problem.sessions)
    horizon = problem.horizon
    people = {**problem.people, person: ((horizon[0], away[0]), (away[1], horizon[1]))}
    return replace(problem, sessions=sessions, people=people, keep=True)
