"""The model of constraint programming: an interval for each session, nothing overlapping for each person and hall.

With `counted` rooms one cumulative for each set of halls takes the place of the choice of rooms: sessions are placed
in time first, for which it is a necessary condition. With `demands` each demand hangs on a literal of its own, so that
the solver can say which of them contradict each other.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from ortools.sat.python import cp_model

from confapp.programme.scheduler.frame import Frame, Rooms, needs
from confapp.programme.scheduler.judging import of_people
from confapp.programme.scheduler.problem import (
    Demand,
    Kind,
    Place,
    Session,
    Window,
    Wish,
    common,
    merged,
    minus,
    starts,
    waste,
)

MOST_SETS = 40
FEW = 25  # starts up to which a conflict of two sessions is said value by value
MOVED, STEP_AWAY = 10**8, 10**4


class Model:
    def __init__(
        self,
        frame: Frame,
        *,
        counted: bool = False,
        demands: bool = False,
        strict_themes: bool = False,
        wishes: bool = True,
    ) -> None:
        self.frame, self.problem, self.counted, self.demands = frame, frame.problem, counted, demands
        self.cp = cp_model.CpModel()
        self.guards: dict[Demand, Any] = {}
        self.start: dict[int, Any] = {}
        self.inside: dict[int, list[Window]] = {}  # first and last minute of a start
        self.rooms: dict[int, dict[Rooms, Any]] = {}
        self.span: dict[int, Any] = {}
        self.costs: list[Any] = []
        self._literals: dict[int, dict[int, Any]] = {}
        self.is_hopeless: set[int] = set()
        self.sessions = [frame.by_id[one] for one in frame.free]
        for session in self.sessions:
            self._add(session)
        self._people()
        self._halls() if not counted else self._counted()
        self._alone()
        self._orders()
        if wishes and not demands:
            self._wish(strict_themes=strict_themes)
            if self.costs:
                self.cp.minimize(sum(self.costs))
        elif strict_themes:
            self._themes(strict=True)

    # --- demands ------------------------------------------------------------------------------------------------------

    def guard(self, demand: Demand) -> Any:
        """The literal on which a demand hangs; None when it always holds."""
        if not self.demands:
            return None
        if demand not in self.guards:
            self.guards[demand] = self.cp.new_bool_var("/".join(str(part) for part in demand))
        return self.guards[demand]

    def _under(self, constraint: Any, *literals: Any) -> None:
        given = [one for one in literals if one is not None]
        if given:
            constraint.only_enforce_if(given)

    def _both(self, one: Any, other: Any) -> Any:
        if one is None or other is None:
            return one if other is None else other
        both = self.cp.new_bool_var("")
        self.cp.add_bool_and([one, other]).only_enforce_if(both)
        self.cp.add_bool_or([one.negated(), other.negated(), both])
        return both

    # --- time and room of one session ---------------------------------------------------------------------------------

    def _add(self, session: Session) -> None:
        frame, problem, there = self.frame, self.problem, self.guard((Kind.PLACE, session.id, 0))
        left = [problem.horizon] if self.demands else frame.windows(session)
        options = frame.options(session) if self.demands else frame.choices(session)
        by_room = {rooms: left if self.demands else frame.room_windows(session, rooms, left) for rooms in options}
        by_room = {rooms: windows for rooms, windows in by_room.items() if starts(windows, session.minutes)}
        possible = [one for windows in by_room.values() for one in starts(windows, session.minutes)]
        self._start(session, possible)
        if session.id in self.is_hopeless:
            return
        self.rooms[session.id] = {}
        self.span[session.id] = self._interval(session, 0, there)
        if self.demands:
            for demand, windows in frame.limits(session):
                if demand not in problem.relaxed:
                    self._within(session, windows, there, self.guard(demand))
            if session.pinned and session.before is not None:
                self._under(
                    self.cp.add(self.start[session.id] == session.before.start),
                    there,
                    self.guard((Kind.PIN, session.id, 0)),
                )
        if not self.counted:
            self._choose(session, by_room, left, there)

    def _start(self, session: Session, possible: list[Window]) -> None:
        step, before = self.problem.step, session.before
        merged_starts = _joined(possible)
        on_grid = [(-(-a // step), b // step) for a, b in merged_starts if -(-a // step) <= b // step]
        odd = before is not None and before.start % step and any(a <= before.start <= b for a, b in merged_starts)
        if odd and before is not None:
            values = [step * k for a, b in on_grid for k in range(a, b + 1)] + [before.start]
            self.start[session.id] = self.cp.new_int_var_from_domain(cp_model.Domain.from_values(values), "")
        elif on_grid:
            self.start[session.id] = step * self.cp.new_int_var_from_domain(cp_model.Domain.from_intervals(on_grid), "")
        else:
            self.is_hopeless.add(session.id)
            if not self.demands:
                self.cp.add_bool_or([])
            else:
                self.cp.add_bool_or([self.guard((Kind.PLACE, session.id, 0)).negated()])
            return
        self.inside[session.id] = merged_starts

    def _interval(self, session: Session, longer: int, literal: Any) -> Any:
        size, start = session.minutes + longer, self.start[session.id]
        if literal is None:
            return self.cp.new_fixed_size_interval_var(start, size, "")
        return self.cp.new_optional_fixed_size_interval_var(start, size, literal, "")

    def _within(self, session: Session, windows: list[Window], *literals: Any) -> None:
        domain = cp_model.Domain.from_intervals(starts(windows, session.minutes))
        self._under(self.cp.add_linear_expression_in_domain(self.start[session.id], domain), *literals)

    def _choose(self, session: Session, by_room: Mapping[Rooms, list[Window]], left: list[Window], there: Any) -> None:
        frame, literals = self.frame, self.rooms[session.id]
        for rooms, windows in by_room.items():
            literals[rooms] = literal = self.cp.new_bool_var("")
            if self.demands:
                for demand in frame.lacking(session, rooms):
                    self.cp.add_bool_or([literal.negated(), self.guard(demand).negated()])
                for demand, its in frame.room_limits(session, rooms):
                    if demand not in self.problem.relaxed:
                        self._within(session, its, literal, self.guard(demand))
                before = session.before
                if session.pinned and before is not None and rooms != before.rooms:
                    self.cp.add_bool_or([literal.negated(), self.guard((Kind.PIN, session.id, 0)).negated()])
            elif windows != left:
                self._within(session, windows, literal)
        if there is None:
            self.cp.add_exactly_one(literals.values())
        else:
            self.cp.add(sum(literals.values()) == 1).only_enforce_if(there)
            self.cp.add(sum(literals.values()) == 0).only_enforce_if(there.negated())

    # --- what several sessions need -----------------------------------------------------------------------------------

    def _people(self) -> None:
        users: dict[tuple[Kind, int], list[Session]] = {}
        for session in self.sessions:
            if session.id in self.span:
                for need in needs(session):
                    users.setdefault(need, []).append(session)
        for (kind, one), its in sorted(users.items()):
            demand = kind, one, 0
            if len(its) < 2 or demand in self.problem.relaxed:
                continue
            guard = self.guard(demand)
            if guard is None:
                self.cp.add_no_overlap(self.span[session.id] for session in its)
                continue
            self.cp.add_no_overlap(
                self._interval(session, 0, self._both(self.guard((Kind.PLACE, session.id, 0)), guard))
                for session in its
            )

    def _halls(self) -> None:
        users: dict[int, list[tuple[Session, Any]]] = {}
        for session in self.sessions:
            for rooms, literal in self.rooms.get(session.id, {}).items():
                for hall in {hall for room in rooms for hall in self.frame.halls[room]}:
                    users.setdefault(hall, []).append((session, literal))
        for hall, its in sorted(users.items()):
            guard = self.guard((Kind.ROOM, hall, 0))
            buffer = self.frame.buffers.get(hall, 0)
            if (Kind.ROOM, hall, 0) not in self.problem.relaxed:
                self.cp.add_no_overlap(
                    self._interval(one, 0 if one.background else buffer, self._both(literal, guard))
                    for one, literal in its
                )

    def _counted(self) -> None:
        """As many sessions at a time as there are halls, for each set of halls that some sessions must share."""
        frame = self.frame
        could: dict[int, tuple[frozenset[int], int, int]] = {}
        for session in self.sessions:
            options = [rooms for rooms in frame.choices(session) if rooms]
            if options and session.id in self.span:
                each = [frozenset(hall for room in rooms for hall in frame.halls[room]) for rooms in options]
                gap = 0 if session.background else min(max(frame.buffers[hall] for hall in one) for one in each)
                could[session.id] = frozenset().union(*each), min(len(one) for one in each), gap
        sets = Counter(one for one, _least, _gap in could.values())
        chosen = {one for one, _number in sets.most_common(MOST_SETS)} | {frozenset().union(*sets)}
        for its_halls in sorted(chosen, key=lambda one: (len(one), sorted(one))):
            its = [(one, least, gap) for one, (halls, least, gap) in sorted(could.items()) if halls <= its_halls]
            if sum(least for _one, least, _gap in its) <= 1:
                continue
            intervals = [self._interval(frame.by_id[one], gap, None) for one, _least, gap in its]
            amounts = [least for _one, least, _gap in its]
            for window, number in self._out_of_use(its_halls):
                intervals.append(self.cp.new_fixed_size_interval_var(window[0], window[1] - window[0], ""))
                amounts.append(number)
            self.cp.add_cumulative(intervals, amounts, len(its_halls))

    def _out_of_use(self, its_halls: Iterable[int]) -> list[tuple[Window, int]]:
        """When how many of these halls are closed or taken by what is kept."""
        steps: Counter[int] = Counter()
        for hall in its_halls:
            room, taken = self.frame.rooms[hall], [window for window, _turns in self.frame.taken.get(hall, ())]
            horizon = [self.problem.horizon]
            shut = minus(horizon, minus(room.open or horizon, room.shut))
            for begin, end in common(merged([*taken, *shut]), horizon):
                steps[begin] += 1
                steps[end] -= 1
        found, number, since = [], 0, 0
        for moment in sorted(steps):
            if number and moment > since:
                found.append(((since, moment), number))
            number, since = number + steps[moment], moment
        return found

    def _alone(self) -> None:
        heard = [one for one in self.sessions if not one.background and one.id in self.span]
        for session in heard:
            demand = Kind.ALONE, session.id, 0
            if not session.alone or demand in self.problem.relaxed:
                continue
            guard = self.guard(demand)
            for other in heard:
                if other.id == session.id or (other.alone and other.id < session.id):
                    continue
                if guard is None:
                    self.cp.add_no_overlap([self.span[session.id], self.span[other.id]])
                else:
                    mine = self._interval(session, 0, self._both(self.guard((Kind.PLACE, session.id, 0)), guard))
                    self.cp.add_no_overlap([mine, self.span[other.id]])

    def _orders(self) -> None:
        for first, then, minutes, is_rule in self.problem.orders:
            demand = Kind.ORDER, first, then
            if is_rule and first in self.span and then in self.span and demand not in self.problem.relaxed:
                end = self.start[first] + self.frame.by_id[first].minutes + minutes
                places = [self.guard((Kind.PLACE, one, 0)) for one in (first, then)]
                self._under(self.cp.add(end <= self.start[then]), self.guard(demand), *places)

    # --- wishes -------------------------------------------------------------------------------------------------------

    def _wish(self, *, strict_themes: bool) -> None:
        for session in self.sessions:
            for wish, windows in session.wished if session.id in self.span else ():
                self._cost(wish, partial(self._within, session, list(windows)))
        self._themes(strict=strict_themes)
        for one, other, people in self.problem.audience:
            if people and self.problem.weight(Wish.AUDIENCE):
                self._apart(one, other, people * self.problem.weight(Wish.AUDIENCE))
        for first, then, minutes, is_rule in self.problem.orders:
            if not is_rule and (first in self.span or then in self.span):
                ends, begins = self._end(first), self._begin(then)
                if ends is not None and begins is not None:
                    self._cost(Wish.ORDER, partial(self._require, ends + minutes <= begins))
        self._load()
        if not self.counted:
            self._room_wishes()
        if self.problem.keep:
            self._stay()

    def _begin(self, one: int) -> Any:
        kept = self.frame.kept.get(one)
        return self.start.get(one, kept.start if kept else None)

    def _end(self, one: int) -> Any:
        begin = self._begin(one)
        return None if begin is None else begin + self.frame.by_id[one].minutes

    def _cost(self, wish: Wish, require: Callable[[Any], object], times: int = 1) -> None:
        if weight := self.problem.weight(wish) * times:
            met = self.cp.new_bool_var("")
            require(met)
            self.costs.append(weight * met.negated())

    def _require(self, relation: Any, met: Any) -> None:
        self.cp.add(relation).only_enforce_if(met)

    def _themes(self, *, strict: bool) -> None:
        themes: dict[int, list[Session]] = {}
        for session in self.sessions:
            if session.theme is not None and not session.background and session.id in self.span:
                themes.setdefault(session.theme, []).append(session)
        kept: dict[int, list[Window]] = {}
        for one, place in self.frame.kept.items():
            session = self.frame.by_id[one]
            if session.theme in themes and not session.background and session.theme is not None:
                kept.setdefault(session.theme, []).append((place.start, place.start + session.minutes))
        weight = self.problem.weight(Wish.THEME)
        for theme, its in sorted(themes.items()):
            left = minus([self.problem.horizon], kept.get(theme, ()))
            intervals = []
            for session in its:
                met = None if strict else self.cp.new_bool_var("")
                if len(its) + len(kept.get(theme, ())) < 2 or not weight:
                    continue
                if theme in kept:
                    self._within(session, left, met)
                if met is not None:
                    self.costs.append(weight * met.negated())
                intervals.append(self._interval(session, 0, met) if met is not None else self.span[session.id])
            self.cp.add_no_overlap(intervals)

    def _apart(self, one: int, other: int, cost: int) -> None:
        if one not in self.span and other not in self.span:
            return
        by_id, kept = self.frame.by_id, self.frame.kept
        if one in kept or other in kept:
            free, there = (other, kept[one]) if one in kept else (one, kept[other])
            taken = there.start, there.start + by_id[one if one in kept else other].minutes
            if free in self.span:
                met = self.cp.new_bool_var("")
                self._within(by_id[free], minus([self.problem.horizon], [taken]), met)
                self.costs.append(cost * met.negated())
            return
        if one not in self.span or other not in self.span:
            return
        if not _could_meet(self.inside[one], by_id[one].minutes, self.inside[other], by_id[other].minutes):
            return
        met = self.cp.new_bool_var("")
        mine, its = self._values(one), self._values(other)
        if mine and its:
            for a, literal in mine.items():
                near = [its[b] for b in its if a < b + by_id[other].minutes and b < a + by_id[one].minutes]
                for its_literal in near:
                    self.cp.add_bool_or([met.negated(), literal.negated(), its_literal.negated()])
        else:
            first = self.cp.new_bool_var("")
            self.cp.add(self._end(one) <= self.start[other]).only_enforce_if(met, first)
            self.cp.add(self._end(other) <= self.start[one]).only_enforce_if(met, first.negated())
        self.costs.append(cost * met.negated())

    def _values(self, one: int) -> dict[int, Any]:
        """A literal for each start, where there are few."""
        if one not in self._literals:
            step = self.problem.step
            values = sorted({k * step for a, b in self.inside[one] for k in range(-(-a // step), b // step + 1)})
            before = self.frame.by_id[one].before
            odd = before is not None and before.start % step != 0
            self._literals[one] = {}
            if len(values) <= FEW and not odd:
                found = {value: self.cp.new_bool_var("") for value in values}
                self.cp.add_exactly_one(found.values())
                self.cp.add(self.start[one] == sum(value * literal for value, literal in found.items()))
                self._literals[one] = found
        return self._literals[one]

    def _load(self) -> None:
        """Days on which an interpreter would work longer than they should."""
        work: dict[int, list[Session]] = {}
        for session in self.sessions:
            for person in session.interpreters if session.id in self.span else ():
                work.setdefault(person, []).append(session)
        for person, its in sorted(work.items()):
            for begin, end in self.problem.days:
                there = sum(
                    self.frame.by_id[one].minutes
                    for one, place in self.frame.kept.items()
                    if person in self.frame.by_id[one].interpreters and begin <= place.start < end
                )
                if there + sum(one.minutes for one in its) <= self.problem.interpreter_minutes:
                    continue
                terms = []
                for session in its:
                    on_day = self.cp.new_bool_var("")
                    inside = cp_model.Domain.from_intervals([(begin, end - 1)])
                    outside = inside.complement()
                    start = self.start[session.id]
                    self.cp.add_linear_expression_in_domain(start, inside).only_enforce_if(on_day)
                    self.cp.add_linear_expression_in_domain(start, outside).only_enforce_if(on_day.negated())
                    terms.append(session.minutes * on_day)
                most = self.problem.interpreter_minutes - there
                self._cost(Wish.INTERPRETER, partial(self._require, sum(terms) <= most))

    def _room_wishes(self) -> None:
        frame, weight = self.frame, self.problem.weight(Wish.FIT)
        for session in self.sessions:
            for rooms, literal in self.rooms.get(session.id, {}).items():
                if steps := weight * waste(session, [frame.rooms[room] for room in rooms]):
                    self.costs.append(steps * literal)
        weight = self.problem.weight(Wish.CHANGES)
        everyone = [one for one in self.problem.sessions if one.id in self.rooms or one.id in frame.kept]
        for _person, its in sorted(of_people(everyone).items() if weight else ()):
            if not any(one.id in self.rooms for one in its):
                continue
            there = {room for one in its if one.id in frame.kept for room in frame.kept[one.id].rooms[:1]}
            used: dict[int, list[Any]] = {}
            for one in its:
                for rooms, literal in self.rooms.get(one.id, {}).items():
                    if rooms and rooms[0] not in there:
                        used.setdefault(rooms[0], []).append(literal)
            rooms_used = []
            for literals in used.values():
                is_used = self.cp.new_bool_var("")
                for literal in literals:
                    self.cp.add_implication(literal, is_used)
                rooms_used.append(is_used)
            beyond = self.cp.new_int_var(0, len(its), "")
            self.cp.add(beyond >= sum(rooms_used) + len(there) - 1)
            self.costs.append(weight * beyond)

    def _stay(self) -> None:
        """First the fewest sessions moved, then the smallest displacement; wishes come last."""
        for session in self.sessions:
            before = session.before
            if before is None or session.id not in self.span:
                continue
            start, same = self.start[session.id], self.cp.new_bool_var("")
            self.cp.add(start == before.start).only_enforce_if(same)
            if not self.counted:
                there = self.rooms[session.id].get(before.rooms)
                self.cp.add_implication(same, there) if there is not None else self.cp.add_bool_or([same.negated()])
            self.costs.append(MOVED * same.negated())
            away = self.cp.new_int_var(0, self.problem.horizon[1] - self.problem.horizon[0], "")
            self.cp.add_abs_equality(away, start - before.start)
            self.costs.append(STEP_AWAY // self.problem.step * away)

    # --- in and out ---------------------------------------------------------------------------------------------------

    def hint(self, places: Mapping[int, Place]) -> None:
        for one, place in sorted(places.items()):
            if one not in self.span:
                continue
            start = self.start[one]
            if isinstance(start, cp_model.IntVar):
                self.cp.add_hint(start, place.start)
            elif place.start % self.problem.step == 0:
                self.cp.add_hint(_variable(start), place.start // self.problem.step)
            for rooms, literal in self.rooms.get(one, {}).items():
                self.cp.add_hint(literal, rooms == place.rooms)

    def places(self, value: Callable[[Any], int]) -> dict[int, Place]:
        found = {}
        for one in self.span:
            rooms = next((rooms for rooms, literal in self.rooms.get(one, {}).items() if value(literal)), ())
            found[one] = Place(int(value(self.start[one])), rooms)
        return found


def _variable(expression: Any) -> Any:
    """The variable of step × variable."""
    return expression.expression


def _joined(possible: Iterable[Window]) -> list[Window]:
    """Starts with both ends in them, joined where they touch."""
    return [(begin, end - 1) for begin, end in merged((a, b + 1) for a, b in possible)]


def _could_meet(one: list[Window], length: int, other: list[Window], its_length: int) -> bool:
    return any(a < d + its_length and c < b + length for a, b in one for c, d in other)
