"""Solves a problem: small ones whole, large ones in time first and then in rooms, and better bit by bit.

`solve` promises the same answer to the same problem, seed and effort (deterministic seconds of the solver, one worker).
`improve` goes on by the clock with two workers and does not.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from random import Random
from time import monotonic

from ortools.sat.python import cp_model

from confapp.programme.scheduler.assigning import assign
from confapp.programme.scheduler.frame import Frame, needs
from confapp.programme.scheduler.judging import beside, span, unmet
from confapp.programme.scheduler.model import Model
from confapp.programme.scheduler.problem import Place, Problem, Session, Solution

WHOLE = 1500  # choices of rooms up to which time and rooms are solved at once
PART = 25  # sessions that are looked at anew in one step of improvement
POLL = 0.5  # seconds between two looks at whether to stop
STEP = 0.4  # deterministic seconds of such a step
Places = dict[int, Place]
Report = Callable[[int, int], None]  # percent, cost so far


@dataclass
class Run:
    """How much effort there is, who may stop it, and who hears of it."""

    effort: float = 20.0
    seed: int = 1
    workers: int = 1
    is_stopped: Callable[[], bool] = lambda: False
    report: Report = lambda percent, cost: None
    spent: float = 0.0

    @property
    def left(self) -> float:
        return max(0.0, self.effort - self.spent)


def solve(problem: Problem, run: Run) -> Solution:
    """Places all free sessions, or says that it is impossible, or gives nothing when the effort did not suffice."""
    kept = kept_places(problem)
    found = _repair(problem, kept, run) if problem.keep else _fresh(problem, kept, run)
    if found.places and not found.proven and run.left > 0 and not run.is_stopped():
        places, bound = dict(found.places), found.bound
        if not problem.keep:
            places = better(problem, kept, places, run, lambda: run.left <= 0 or run.is_stopped())
        found = judged(problem, kept, places, bound, run)
    return found


def kept_places(problem: Problem) -> Places:
    return {one.id: one.before for one in problem.sessions if one.before is not None and one.id not in problem.free}


def judged(
    problem: Problem, kept: Mapping[int, Place], places: Places, bound: int, run: Run, *, proven: bool = False
) -> Solution:
    found = unmet(problem, {**kept, **places})
    cost = sum(one.cost for one in found)
    return Solution(
        places, cost, cost if proven else min(bound, cost), proven or bound >= cost, found, effort=run.spent
    )


# --- from nothing -----------------------------------------------------------------------------------------------------


def _fresh(problem: Problem, kept: Places, run: Run) -> Solution:
    if not problem.free:
        return Solution({}, proven=True)
    frame = Frame(problem, problem.free, kept)
    options = sum(len(frame.options(frame.by_id[one])) for one in frame.free)
    if options <= WHOLE // 4:
        return _whole(problem, frame, kept, run)
    return _in_two(problem, frame, kept, run)


def _whole(problem: Problem, frame: Frame, kept: Places, run: Run, hints: Places | None = None) -> Solution:
    model = Model(frame)
    model.hint(hints or {})
    status, places, bound = _search(model, run, run.left)
    if status == cp_model.INFEASIBLE:
        return Solution({}, impossible=True, effort=run.spent)
    if not places:
        return Solution({}, effort=run.spent)
    return judged(problem, kept, places, bound, run, proven=status == cp_model.OPTIMAL)


def _in_two(problem: Problem, frame: Frame, kept: Places, run: Run) -> Solution:
    """Times under the number of rooms, then rooms; what finds no room is placed anew together with what is in its way.

    At first nothing of one theme runs in parallel, which is quickly found where it can be had.
    """
    first = Model(frame, counted=True, strict_themes=True, wishes=False)
    status, times, _bound = _search(first, run, run.left / 3)
    placed = _roomed(frame, times, run) if times else {}
    bound = 0
    is_small = len(frame.free) <= 250
    if not placed or is_small:
        second = Model(frame, counted=True)
        second.hint(times)
        status, better_times, bound = _search(second, run, run.left / (1.5 if is_small else 1))
        if status == cp_model.INFEASIBLE:
            return Solution({}, impossible=True, effort=run.spent)
        again = _roomed(frame, better_times, run) if better_times else {}
        if again and (not placed or _cost(problem, kept, again) <= _cost(problem, kept, placed)):
            placed = again
    if not placed:
        return _whole(problem, frame, kept, run)
    return judged(problem, kept, placed, bound, run)


def _cost(problem: Problem, kept: Mapping[int, Place], places: Mapping[int, Place]) -> int:
    return sum(one.cost for one in unmet(problem, {**kept, **places}))


def _roomed(frame: Frame, times: Places, run: Run) -> Places:
    """Rooms for all, moving a few where they do not suffice; nothing when that fails."""
    placed = assign(frame, {one: place.start for one, place in times.items()}, max(1.0, run.left / 4), run.seed)
    chance = Random(run.seed)  # noqa: S311 - no secret
    for attempt in range(8):
        lost = sorted(set(frame.free) - set(placed))
        if not lost:
            return placed
        if run.is_stopped():
            break
        free = set(lost[:PART])
        others = sorted(placed)
        near = [one for one in others if any(_near(frame, one, placed[one], lost_one, times) for lost_one in free)]
        free |= set(chance.sample(near, min(len(near), PART * (attempt + 1))))
        part = Frame(
            frame.problem, frozenset(free), {**frame.kept, **{k: v for k, v in placed.items() if k not in free}}
        )
        for strict in (True, False):
            _status, found, _bound = _search(
                Model(part, wishes=False, strict_themes=strict), run, max(1.0, run.left / 8)
            )
            if found:
                placed.update(found)
                break
    return placed if len(placed) == len(frame.free) else {}


def _near(frame: Frame, one: int, place: Place, lost: int, times: Places) -> bool:
    session = frame.by_id[lost]
    begin, end = span(session, times[lost])
    return beside(span(frame.by_id[one], place), (begin - 60, end + 60))


def _search(model: Model, run: Run, effort: float) -> tuple[cp_model.CpSolverStatus, Places, int]:
    """The status, the places of the best found, and the bound."""
    if model.is_hopeless and not model.demands:
        return cp_model.INFEASIBLE, {}, 0
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.random_seed, parameters.num_workers = run.seed, run.workers
    if run.workers == 1:
        parameters.max_deterministic_time = max(0.1, effort)
    else:
        parameters.max_time_in_seconds = max(0.1, effort)
    status = solved(solver, model, run, min(99, int(100 * run.spent / run.effort)) if run.effort else 0)
    run.spent += solver.deterministic_time if run.workers == 1 else solver.wall_time
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return status, {}, 0
    bound = int(solver.best_objective_bound) if model.costs else 0
    return status, model.places(solver.value), max(0, bound)


def solved(solver: cp_model.CpSolver, model: Model, run: Run, percent: int) -> cp_model.CpSolverStatus:
    """The solver leaves this thread free to hear whether it should stop, and to say that it is at work."""
    with ThreadPoolExecutor(1) as thread:
        solving = thread.submit(solver.solve, model.cp)
        while not wait([solving], POLL).done:
            if run.is_stopped():
                solver.stop_search()
            run.report(percent, -1)
    return solving.result()


# --- repair -----------------------------------------------------------------------------------------------------------


def _repair(problem: Problem, kept: Places, run: Run) -> Solution:
    """Only what cannot stay is moved, if that fits; else also what is in its way, and at last all that is free."""
    frame = Frame(problem, problem.free, kept)
    current = {one: place for one in frame.free if (place := frame.by_id[one].before) is not None}
    must = frozenset(one for one in frame.free if one not in current) | displaced(problem, kept, current)
    if not must:
        return judged(problem, kept, {**current}, 0, run, proven=True)
    free = must
    while True:
        stay = {**kept, **{one: place for one, place in current.items() if one not in free}}
        part = Frame(problem, free, stay)
        model = Model(part)
        model.hint(current)
        status, found, _bound = _search(model, run, min(run.left, max(0.6, run.effort / 20)))
        if found:
            places = {**{one: place for one, place in current.items() if one not in free}, **found}
            sure = status == cp_model.OPTIMAL and (free == must or free == problem.free)
            return judged(problem, kept, places, 0, run, proven=sure)
        if free == problem.free:
            impossible = status == cp_model.INFEASIBLE
            return Solution({}, impossible=impossible, effort=run.spent)
        free = _wider(problem, frame, free, current, must)


def displaced(problem: Problem, kept: Places, current: Places) -> frozenset[int]:
    """Free sessions that cannot stay where they are: first those that no room or hour allows, then of two that are in
    each other's way the later one."""
    frame = Frame(problem, problem.free, kept)
    found = {one for one, place in current.items() if not _may_stay(frame, frame.by_id[one], place)}
    order = sorted(set(current) - found, key=lambda one: (current[one].start, one))
    for first, then in _conflicts(frame, order, current):
        if first not in found:
            found.add(then)
    return frozenset(found)


def _may_stay(frame: Frame, session: Session, place: Place) -> bool:
    if place.rooms not in frame.choices(session):
        return False
    begin, end = span(session, place)
    left = frame.room_windows(session, place.rooms, frame.windows(session))
    return any(first <= begin and end <= last for first, last in left)


def _conflicts(frame: Frame, order: list[int], current: Places) -> Iterator[tuple[int, int]]:
    """Pairs in order of time that cannot both stay."""
    users: dict[tuple[str, int], list[int]] = {}
    for one in order:
        session = frame.by_id[one]
        halls = {("hall", hall) for room in current[one].rooms for hall in frame.halls[room]}
        for need in (*needs(session), *halls):
            users.setdefault(need, []).append(one)
    for (kind, number), its in users.items():
        gap = frame.buffers.get(number, 0) if kind == "hall" else 0
        for first, then in _close(frame, its, current, gap):
            if not gap or current[then].start < _end(frame, first, current) or not _in_background(frame, first, then):
                yield first, then
    if any(frame.by_id[one].alone for one in order):
        heard = [one for one in order if not frame.by_id[one].background]
        for first, then in _close(frame, heard, current, 0):
            if frame.by_id[first].alone or frame.by_id[then].alone:
                yield first, then
    there = set(order)
    for first, then, minutes, is_rule in frame.problem.orders:
        if is_rule and first in there and then in there and _end(frame, first, current) + minutes > current[then].start:
            yield first, then


def _end(frame: Frame, one: int, current: Places) -> int:
    return current[one].start + frame.by_id[one].minutes


def _in_background(frame: Frame, first: int, then: int) -> bool:
    return frame.by_id[first].background or frame.by_id[then].background


def _close(frame: Frame, its: list[int], current: Places, gap: int) -> Iterator[tuple[int, int]]:
    running: list[int] = []
    for one in its:
        running = [other for other in running if _end(frame, other, current) + gap > current[one].start]
        yield from ((other, one) for other in running)
        running.append(one)


def _wider(
    problem: Problem, frame: Frame, free: frozenset[int], current: Places, must: frozenset[int]
) -> frozenset[int]:
    """Twice as many: first those that share a person with them, then by how near in time they are."""
    wanted = max(2 * len(free), len(free) + 10)
    people = {need for one in free for need in needs(frame.by_id[one])}
    middle = [current[one].start for one in must if one in current] or [problem.horizon[0]]
    others = sorted(
        set(problem.free) - free,
        key=lambda one: (
            not needs(frame.by_id[one]) & people,
            min(abs(current[one].start - moment) for moment in middle) if one in current else 0,
            one,
        ),
    )
    return free | frozenset(others[: wanted - len(free)])


# --- better bit by bit ------------------------------------------------------------------------------------------------


def better(problem: Problem, kept: Places, places: Places, run: Run, is_enough: Callable[[], bool]) -> Places:
    """Looks at a few sessions anew at a time, those first of which a wish is unmet; the rest stays."""
    chance, cost = Random(run.seed), _cost(problem, kept, places)  # noqa: S311 - no secret
    fruitless = 0
    while cost and not is_enough() and fruitless < 60:
        free = _part(problem, kept, places, chance)
        rest = {**kept, **{one: place for one, place in places.items() if one not in free}}
        frame = Frame(problem, free, rest)
        model = Model(frame)
        model.hint({one: places[one] for one in free})
        own = {one: places[one] for one in free}
        _status, found, _bound = _search(model, run, STEP if run.workers == 1 else 1.0)
        new = {**places, **(found or own)}
        new_cost = _cost(problem, kept, new)
        fruitless = 0 if new_cost < cost else fruitless + 1
        if new_cost <= cost:
            places, cost = new, new_cost
        percent = int(100 * min(1.0, run.spent / run.effort)) if run.effort else 0
        run.report(min(99, percent), cost)
    return places


def _part(problem: Problem, kept: Places, places: Places, chance: Random) -> frozenset[int]:
    by_id = {one.id: one for one in problem.sessions}
    wrong = [one for one in unmet(problem, {**kept, **places}) if any(key in places for key in one.sessions)]
    free = {one for one in chance.choice(wrong).sessions if one in places} if wrong else set()
    if not free:
        free = {chance.choice(sorted(places))}
    begin = places[chance.choice(sorted(free))].start
    themes = {by_id[one].theme for one in free} - {None}
    related = [one for one in places if by_id[one].theme in themes]
    near = [one for one in places if abs(places[one].start - begin) <= 90]
    pool = sorted(set(related if chance.random() < 0.4 and len(related) > 3 else near) | set(related[:5]))
    chance.shuffle(pool)
    return frozenset(free | set(pool[: max(0, PART - len(free))]))


def improve(problem: Problem, places: Places, run: Run, until: Callable[[], bool]) -> Solution:
    """Goes on from a solution with two workers until it is stopped; no promise to do the same again."""
    kept, run.workers = kept_places(problem), 2
    began = monotonic()
    while not until():
        run.spent = monotonic() - began
        cost = _cost(problem, kept, places)
        run.report(0, cost)
        if not cost:
            break
        places = better(problem, kept, places, run, until)
        run.seed += 1
    return judged(problem, kept, places, 0, run)
