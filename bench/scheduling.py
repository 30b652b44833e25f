"""The scheduler: a very large conference from nothing, meetings to the proven best, and repairs."""

import os
from dataclasses import dataclass
from time import monotonic, process_time

from bench.big_programme import big, called_off, lost_room, meetings
from confapp.programme.scheduler.problem import Problem, Solution
from confapp.programme.scheduler.solving import Run, improve, kept_places, solve
from tests.programme.test_scheduler import clashes

FROM_NOTHING, PROVEN, REPAIR = 10.0, 10.0, 5.0  # seconds
GOING_ON = 5.0


@dataclass(frozen=True)
class Line:
    name: str
    wall: float
    cpu: float
    said: str
    goal: float | None
    is_met: bool


def timed(name: str, problem: Problem, effort: float, goal: float) -> tuple[Line, Solution]:
    began, worked = monotonic(), process_time()
    found = solve(problem, Run(effort=effort))
    wall, cpu = monotonic() - began, process_time() - worked
    said = f"{len(found.places):,} placed, cost {found.objective:,}, bound {found.bound:,}"
    done = set(found.places) == problem.free and not clashes(problem, {**kept_places(problem), **found.places})
    return Line(name, wall, cpu, said, goal, done and wall <= goal), found


def measure() -> list[Line]:
    problem = big()
    first, found = timed("1,079 sessions from nothing", problem, 0.2, FROM_NOTHING)
    places = {**kept_places(problem), **found.places}
    until = monotonic() + GOING_ON
    better = improve(problem, dict(found.places), Run(), lambda: monotonic() > until)
    said = f"cost {found.objective:,} → {better.objective:,}"
    going_on = Line("the same, going on", GOING_ON, 0, said, None, better.objective < found.objective)
    lines = [first, going_on]
    best, proof = timed("59 meetings, 16 slots, 17 rooms", meetings(), 60, PROVEN)
    lines.append(Line(best.name, best.wall, best.cpu, best.said, PROVEN, best.is_met and proof.proven))
    for name, asked in (
        ("a room lost from the first noon on", lost_room(problem, places, 30, 12 * 60)),
        ("a person away on the first day", called_off(problem, places, 5, (0, 24 * 60))),
    ):
        line, mended = timed(name, asked, 10, REPAIR)
        moved = sum(place != places[one] for one, place in mended.places.items())
        lines.append(Line(line.name, line.wall, line.cpu, f"{moved} moved", REPAIR, line.is_met))
    return lines


def lines(measured: list[Line]) -> list[str]:
    return [
        f"| the scheduler (load {os.getloadavg()[0]:.1f}) | s | CPU s | found | goal | met |",
        "|---|---|---|---|---|---|",
        *(
            f"| {one.name} | {one.wall:.1f} | {one.cpu:.1f} | {one.said} "
            f"| {f'≤ {one.goal:g} s' if one.goal else 'better'} | {'yes' if one.is_met else '**no**'} |"
            for one in measured
        ),
    ]


if __name__ == "__main__":
    print("\n".join(lines(measure())))
