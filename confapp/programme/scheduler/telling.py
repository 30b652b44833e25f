"""Why a proposal moves a session: what kept it from staying, or which wishes are met better where it is now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from confapp.programme.scheduler.frame import Frame, needs
from confapp.programme.scheduler.judging import beside, span, unmet
from confapp.programme.scheduler.problem import Demand, Place, Problem, Session, Wish

Places = Mapping[int, Place]


@dataclass(frozen=True)
class Why:
    """`forced` are demands that kept it from where it stood, `made_way` those that would do so only since others have
    moved; `wishes` what it would cost to put it back and what it costs now, by wish, where the two differ."""

    forced: tuple[Demand, ...] = ()
    made_way: tuple[Demand, ...] = ()
    wishes: tuple[tuple[Wish, int, int], ...] = ()


class Telling:
    """`after` are the places of all sessions as proposed, the kept ones too."""

    def __init__(self, problem: Problem, after: Places) -> None:
        self.problem, self.after = problem, after
        self.by_id = {one.id: one for one in problem.sessions}
        self.before = {one.id: one.before for one in problem.sessions if one.before is not None}
        self.together: dict[object, set[int]] = {}
        for session in problem.sessions:
            for key in _ties(session):
                self.together.setdefault(key, set()).add(session.id)
        for order in problem.orders:
            self._tie(order.first, order.then)
        for one, other, _people in problem.audience:
            self._tie(one, other)

    def _tie(self, one: int, other: int) -> None:
        for pair in ((one, other), (other, one)):
            self.together.setdefault(("pair", pair[0]), set(pair)).update(pair)

    def why(self, one: int) -> Why:
        """Nothing for what had no place: it is enough that it has one."""
        session = self.by_id[one]
        if session.before is None:
            return Why()
        forced = tuple(self._against(session, session.before, self.before))
        if forced:
            return Why(forced)
        made_way = tuple(self._against(session, session.before, self.after))
        return Why((), made_way, () if made_way else self._wishes(session, session.before))

    def _against(self, session: Session, place: Place, others: Places) -> Iterator[Demand]:
        """The demands that a session would break at a place while the others stand where they do."""
        problem, window = self.problem, span(session, place)
        longest = max((room.buffer for room in problem.rooms), default=0)
        wide = window[0] - longest, window[1] + longest
        ordered = self.together.get(("pair", session.id), set())
        near = {
            key: its
            for key, its in others.items()
            if key != session.id and key in self.by_id and (key in ordered or beside(span(self.by_id[key], its), wide))
        }
        sessions = tuple(self.by_id[key] for key in sorted({*near, session.id}))
        frame = Frame(replace(problem, sessions=sessions), frozenset({session.id}), near)
        if any(room not in frame.rooms for room in place.rooms):
            return
        limits = [*frame.limits(session), *frame.room_limits(session, place.rooms)]
        broken = [
            demand
            for demand, windows in limits
            if not any(begin <= window[0] and window[1] <= end for begin, end in windows)
        ]
        for demand in dict.fromkeys([*frame.lacking(session, place.rooms), *broken]):
            if demand not in problem.relaxed:
                yield demand

    def _wishes(self, session: Session, place: Place) -> tuple[tuple[Wish, int, int], ...]:
        related = {session.id}.union(
            *(self.together[key] for key in (*_ties(session), ("pair", session.id)) if key in self.together)
        )
        part = replace(
            self.problem,
            sessions=tuple(self.by_id[key] for key in sorted(related)),
            free=frozenset({session.id}),
        )
        now = {key: its for key, its in self.after.items() if key in related}
        was, costs = _costs(part, {**now, session.id: place}), _costs(part, now)
        return tuple(
            (wish, was.get(wish, 0), costs.get(wish, 0)) for wish in Wish if was.get(wish, 0) != costs.get(wish, 0)
        )


def _ties(session: Session) -> Iterator[tuple[str, int]]:
    """What makes the wishes of two sessions depend on each other."""
    if session.theme is not None:
        yield "theme", session.theme
    for _kind, person in needs(session):
        yield "person", person


def _costs(problem: Problem, places: Places) -> dict[Wish, int]:
    found: dict[Wish, int] = {}
    for one in unmet(problem, places):
        found[one.wish] = found.get(one.wish, 0) + one.cost
    return found
