"""Rooms for sessions whose times are settled: the smallest that does first, by the solver where that fails."""

from collections.abc import Mapping
from typing import Any

from ortools.sat.python import cp_model

from confapp.programme.scheduler.frame import Frame, Rooms
from confapp.programme.scheduler.problem import Place, Session, seats_of, waste

Times = Mapping[int, int]
FEW = 60  # sessions without a room that are left to be placed anew, which is quicker


def assign(frame: Frame, times: Times, effort: float, seed: int, workers: int = 1) -> dict[int, Place]:
    """As many as possible; who is left out found no room."""
    possible = {one: _possible(frame, frame.by_id[one], start) for one, start in times.items()}
    found = _by_size(frame, times, possible)
    if len(times) - len(found) > FEW:
        found = _solved(frame, times, possible, found, effort, seed, workers)
    return {one: Place(times[one], rooms) for one, rooms in found.items()}


def _possible(frame: Frame, session: Session, start: int) -> list[Rooms]:
    """Free and suitable, the tightest first."""
    at = [(start, start + session.minutes)]
    fits = [one for one in frame.choices(session) if frame.room_windows(session, one, at) == at]
    rooms = frame.rooms
    return sorted(
        fits, key=lambda one: (waste(session, [rooms[room] for room in one]), _seats(frame, session, one), one)
    )


def _seats(frame: Frame, session: Session, rooms: Rooms) -> int:
    return sum(seats_of(frame.rooms[room], session.layout) or 10**6 for room in rooms)


def _by_size(frame: Frame, times: Times, possible: Mapping[int, list[Rooms]]) -> dict[int, Rooms]:
    """In order of time, the smallest room that is free; those with the fewest possibilities first."""
    until: dict[int, int] = {}
    found: dict[int, Rooms] = {}
    for one in sorted(times, key=lambda key: (times[key], len(possible[key]), key)):
        session = frame.by_id[one]
        for rooms in possible[one]:
            its = {hall for room in rooms for hall in frame.halls[room]}
            if all(until.get(hall, -1) <= times[one] for hall in its):
                found[one] = rooms
                for hall in its:
                    gap = 0 if session.background else frame.buffers.get(hall, 0)
                    until[hall] = times[one] + session.minutes + gap
                break
    return found


def _solved(
    frame: Frame,
    times: Times,
    possible: Mapping[int, list[Rooms]],
    known: Mapping[int, Rooms],
    effort: float,
    seed: int,
    workers: int,
) -> dict[int, Rooms]:
    cp = cp_model.CpModel()
    literals = {one: {rooms: cp.new_bool_var("") for rooms in its} for one, its in sorted(possible.items())}
    users: dict[int, list[tuple[int, int, Any]]] = {}
    for one, its in literals.items():
        cp.add_at_most_one(its.values())
        session = frame.by_id[one]
        for rooms, literal in its.items():
            cp.add_hint(literal, known.get(one) == rooms)
            for hall in {hall for room in rooms for hall in frame.halls[room]}:
                gap = 0 if session.background else frame.buffers.get(hall, 0)
                users.setdefault(hall, []).append((times[one], times[one] + session.minutes + gap, literal))
    for hall in sorted(users):
        for clique in _cliques(users[hall]):
            cp.add_at_most_one(clique)
    cp.maximize(sum(literal for its in literals.values() for literal in its.values()))
    solver = cp_model.CpSolver()
    solver.parameters.max_deterministic_time = effort
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = workers
    if solver.solve(cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return dict(known)
    chosen = {one: next((r for r, lit in its.items() if solver.value(lit)), None) for one, its in literals.items()}
    return {one: rooms for one, rooms in chosen.items() if rooms is not None}


def _cliques(users: list[tuple[int, int, Any]]) -> list[list[Any]]:
    """The largest sets that are in a hall at one time."""
    found: list[list[Any]] = []
    running: list[tuple[int, Any]] = []
    grew = False
    events = sorted(
        [(end, 0, n) for n, (_b, end, _l) in enumerate(users)] + [(b, 1, n) for n, (b, _e, _l) in enumerate(users)]
    )
    for _moment, begins, number in events:
        if begins:
            running.append((number, users[number][2]))
            grew = True
        else:
            if grew and len(running) > 1:
                found.append([literal for _n, literal in running])
            grew = False
            running = [one for one in running if one[0] != number]
    return found
