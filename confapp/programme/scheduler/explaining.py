"""Why nothing fits: demands that contradict each other, of which none can be left out."""

from collections.abc import Sequence
from dataclasses import replace
from math import log2

from ortools.sat.python import cp_model

from confapp.programme.scheduler.frame import Frame
from confapp.programme.scheduler.model import Model
from confapp.programme.scheduler.problem import Demand, Problem
from confapp.programme.scheduler.solving import Run, solved

MOST = 400  # sessions that are asked about at once


def explain(problem: Problem, run: Run) -> tuple[Demand, ...]:
    """The demands, each a kind with what it is about; without any one of them the others can be met.

    Empty when they can all be met, when the effort did not suffice to say so, or when the run was stopped. Pinned
    sessions are asked about like the others, so that a pin can be among the reasons.
    """
    pinned = {one.id for one in problem.sessions if one.pinned and one.before is not None}
    free = frozenset(problem.free | pinned) if len(problem.free) <= MOST else problem.free
    kept = {one.id: one.before for one in problem.sessions if one.before is not None and one.id not in free}
    asked = replace(problem, free=free)
    model = Model(Frame(asked, free, kept), demands=True)
    found = _core(model, list(model.guards), run)
    left = _irreducible(model, found, run) if found else []
    return () if run.is_stopped() else tuple(left)


def _irreducible(model: Model, core: list[Demand], run: Run) -> list[Demand]:
    """Leaves out halves, quarters and so on while the rest still contradicts itself, at last each one."""
    size = most = max(1, len(core) // 2)
    while not run.is_stopped():
        at, shrunk = 0, False
        while at < len(core) and not run.is_stopped():
            rest = core[:at] + core[at + size :]
            smaller = _core(model, rest, run, _percent(size, most)) if rest else None
            if smaller is not None and len(smaller) < len(core):
                core, shrunk = smaller, True
            else:
                at += size
        if size == 1 and not shrunk:
            return core
        size = max(1, size // 2) if not shrunk or size > 1 else 1
    return core


def _percent(size: int, most: int) -> int:
    """How far the halving is; the last round, one by one, is about a third of the work."""
    return 5 + int(60 * (1 - log2(size) / log2(most))) if most > 1 and size > 1 else 65


def _core(model: Model, demands: Sequence[Demand], run: Run, percent: int = 0) -> list[Demand] | None:
    """Those of the demands that the solver needed to see a contradiction, in their order; None when there is none."""
    if run.is_stopped():
        return None
    model.cp.clear_assumptions()
    model.cp.add_assumptions([model.guards[one] for one in demands])
    solver = cp_model.CpSolver()
    solver.parameters.random_seed, solver.parameters.num_workers = run.seed, 1
    solver.parameters.max_deterministic_time = max(0.5, run.effort / 4)
    if solved(solver, model, run, percent) != cp_model.INFEASIBLE:
        return None
    needed = set(solver.sufficient_assumptions_for_infeasibility())
    chosen = [one for one in demands if model.guards[one].index in needed]
    return chosen or list(demands)
