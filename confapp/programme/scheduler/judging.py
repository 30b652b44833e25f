"""What a set of places leaves unmet, wish by wish: exact, and without the solver."""

from collections.abc import Iterator, Mapping

from confapp.programme.scheduler.problem import Place, Problem, Session, Unmet, Window, Wish, waste


def unmet(problem: Problem, places: Mapping[int, Place]) -> tuple[Unmet, ...]:
    """`places` of all sessions that have one, the kept ones too; what concerns kept sessions only is not counted."""
    at = {one.id: one for one in problem.sessions if one.id in places}
    looks = (_windows, _themes, _audience, _orders, _changes, _fit, _interpreters)
    found = [one for look in looks for one in look(problem, at, places)]
    return tuple(one for one in found if one.cost)


def _free(problem: Problem, at: Mapping[int, Session]) -> Iterator[Session]:
    return (one for key, one in sorted(at.items()) if key in problem.free)


def span(session: Session, place: Place) -> Window:
    return place.start, place.start + session.minutes


def beside(one: Window, other: Window) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _windows(problem: Problem, at: Mapping[int, Session], places: Mapping[int, Place]) -> Iterator[Unmet]:
    for session in _free(problem, at):
        begin, end = span(session, places[session.id])
        for wish, windows in session.wished:
            if not any(first <= begin and end <= last for first, last in windows):
                yield Unmet(wish, (session.id,), 0, problem.weight(wish))


def _themes(problem: Problem, at: Mapping[int, Session], places: Mapping[int, Place]) -> Iterator[Unmet]:
    """As few sessions as would have to go so that none of a theme run in parallel, kept ones staying."""
    themes: dict[int, list[Session]] = {}
    for session in at.values():
        if session.theme is not None and not session.background:
            themes.setdefault(session.theme, []).append(session)
    for theme, its in sorted(themes.items()):
        there = [(span(one, places[one.id]), one.id) for one in its if one.id not in problem.free]
        for session in sorted(its, key=lambda one: (places[one.id].start + one.minutes, one.id)):
            if session.id not in problem.free:
                continue
            window = span(session, places[session.id])
            other = next((one for taken, one in there if beside(taken, window)), None)
            if other is None:
                there.append((window, session.id))
            else:
                yield Unmet(Wish.THEME, (session.id, other), theme, problem.weight(Wish.THEME))


def _audience(problem: Problem, at: Mapping[int, Session], places: Mapping[int, Place]) -> Iterator[Unmet]:
    for one, other, people in problem.audience:
        if one not in at or other not in at or problem.free.isdisjoint((one, other)):
            continue
        if beside(span(at[one], places[one]), span(at[other], places[other])):
            yield Unmet(Wish.AUDIENCE, (one, other), people, people * problem.weight(Wish.AUDIENCE))


def _orders(problem: Problem, at: Mapping[int, Session], places: Mapping[int, Place]) -> Iterator[Unmet]:
    for first, then, minutes, is_rule in problem.orders:
        if is_rule or first not in at or then not in at or problem.free.isdisjoint((first, then)):
            continue
        if places[first].start + at[first].minutes + minutes > places[then].start:
            yield Unmet(Wish.ORDER, (first, then), minutes, problem.weight(Wish.ORDER))


def _changes(problem: Problem, at: Mapping[int, Session], places: Mapping[int, Place]) -> Iterator[Unmet]:
    for person, its in sorted(of_people(at.values()).items()):
        rooms: dict[int, int] = {}
        for session in its:
            for room in places[session.id].rooms[:1]:
                rooms.setdefault(room, session.id)
        if len(rooms) > 1 and any(one.id in problem.free for one in its):
            cost = (len(rooms) - 1) * problem.weight(Wish.CHANGES)
            yield Unmet(Wish.CHANGES, tuple(rooms.values()), person, cost)


def of_people(sessions: object) -> dict[int, list[Session]]:
    """Who is in several sessions, and in which."""
    found: dict[int, list[Session]] = {}
    for session in sessions:  # type: ignore[attr-defined]
        for person in session.people | session.interpreters:
            found.setdefault(person, []).append(session)
    return {person: its for person, its in found.items() if len(its) > 1}


def _fit(problem: Problem, at: Mapping[int, Session], places: Mapping[int, Place]) -> Iterator[Unmet]:
    rooms = {room.id: room for room in problem.rooms}
    for session in _free(problem, at):
        its = [rooms[one] for one in places[session.id].rooms if one in rooms]
        if steps := waste(session, its):
            yield Unmet(Wish.FIT, (session.id,), its[0].id, steps * problem.weight(Wish.FIT))


def _interpreters(problem: Problem, at: Mapping[int, Session], places: Mapping[int, Place]) -> Iterator[Unmet]:
    """The sum of what they interpret on a day."""
    work: dict[tuple[int, int], list[Session]] = {}
    for session in at.values():
        for person in session.interpreters:
            for number, (begin, end) in enumerate(problem.days):
                if begin <= places[session.id].start < end:
                    work.setdefault((person, number), []).append(session)
    for (person, _day), its in sorted(work.items()):
        over = sum(one.minutes for one in its) > problem.interpreter_minutes
        if over and any(one.id in problem.free for one in its):
            yield Unmet(Wish.INTERPRETER, tuple(one.id for one in its), person, problem.weight(Wish.INTERPRETER))
