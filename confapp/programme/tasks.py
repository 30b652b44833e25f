"""Jobs of the programme."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from confapp.conferences.models import Conference
from confapp.foundation import clock, files, jobs, known
from confapp.foundation.access import Actor
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.exporting import downloads
from confapp.foundation.exporting.downloads import Download
from confapp.foundation.files import StoredFile
from confapp.foundation.pdf import PangoMissing, RenderingFailed
from confapp.foundation.places import Place as HeldPlace
from confapp.foundation.transactions import reading, writing
from confapp.programme import exports, imports, printing, queries
from confapp.programme.actions import agendas, arranging, booklets, bringing_in, removed, side_events, sign_ups, telling
from confapp.programme.actions import debate as debates
from confapp.programme.models import Arrangement, Booklet, Debate
from confapp.programme.queries import affected, meeting_plans
from confapp.programme.queries import agendas as agenda_queries
from confapp.programme.queries import arranging as arranging_queries
from confapp.programme.queries import booklets as booklet_queries
from confapp.programme.queries import debate as debate_queries
from confapp.programme.queries import removed as removed_queries
from confapp.programme.queries import side_events as side_event_queries
from confapp.programme.rules import ArrangementState, PrintKind
from confapp.programme.rules.agendas import KEPT_AFTER
from confapp.programme.rules.commands import starts_of
from confapp.programme.rules.removed import restore_fault
from confapp.programme.rules.sign_ups import SESSION
from confapp.programme.scheduler.problem import Place
from confapp.registration.models import Delegation

LONGEST_GOING_ON = 15 * 60  # seconds

AT_ONCE = 50


def places_given(given: Sequence[HeldPlace]) -> None:
    """Those who waited for a session have a place now: their mails follow in a job."""
    mine = [row for row in given if row.quota.owner_kind == SESSION]
    if mine:
        bundles = sorted({row.bundle for row in mine})
        jobs.enqueue("programme.tell_given", {"bundles": bundles}, conference_id=mine[0].conference_id)


@jobs.task("programme.tell_released")
def tell_released(number: int) -> None:
    """In steps, so that nobody waits long for the lock."""
    with reading():
        readers = affected.affected(affected.of_release(number))
    for start in range(0, len(readers), AT_ONCE):
        with writing():
            release = queries.release(number)
            assert release is not None
            conference = db.session.get_one(Conference, release.conference_id)
            telling.tell(release, conference, affected.of_release(number), readers[start : start + AT_ONCE])


@jobs.task(booklets.TASK)
def print_booklets(number: int, job_id: int = 0) -> None:
    """One file after the other; what is printed is kept at once, and the same release gives the same pages."""
    with reading():
        release = queries.release(number)
        if release is None:
            return
        conference_id, slug = release.conference_id, db.session.get_one(Conference, release.conference_id).slug
        rows = [(row.id, row.kind, row.language) for row in booklet_queries.of_release(release)]
    for done, (booklet_id, kind, language) in enumerate(rows):
        if job_id:
            jobs.report(job_id, round(100 * done / len(rows)), language)
        content = _printed(conference_id, number, kind, language)
        sha256, name = files.keep(content), f"{slug}-{kind.value}-{number}.{language}.{kind.file_format}"
        with writing():
            row = db.session.get_one(Booklet, booklet_id)
            booklets.finish(row, sha256, len(content), exports.MEDIA_TYPES[kind.file_format], name)


@jobs.task(booklets.DRAFT_TASK)
def print_draft(download: str) -> None:
    with reading():
        row = db.session.scalars(select(Download).where(Download.ref == download)).one()
        kind, language = PrintKind(row.subject.removeprefix("programme-")), row.language
        conference_id, slug = row.conference_id, db.session.get_one(Conference, row.conference_id).slug
    content = _printed(conference_id, None, kind, language)
    name = f"{slug}-{kind.value}-draft.{language}.{kind.file_format}"
    media_type = exports.MEDIA_TYPES[kind.file_format]
    sha256 = files.keep(content)
    with writing():
        made, draft = known.File(sha256, len(content), language, kind.file_format), queries.draft()
        known.note(known.Kind.PROGRAMME_DRAFT, draft.id if draft else 0, [made], conference_id=conference_id)
    downloads.finish(download, sha256, len(content), media_type, name, 0)


def _printed(conference_id: int, number: int | None, kind: PrintKind, language: str) -> bytes:
    """Read inside a transaction, made outside of any; without a number of the draft."""
    with reading():
        release = queries.release(number) if number is not None else None
        make = printing.prepared(db.session.get_one(Conference, conference_id), release, kind, language)
    try:
        return make()
    except PangoMissing as missing:
        raise jobs.Later(str(missing)) from missing
    except RenderingFailed as failed:
        raise jobs.Failed(str(failed)) from failed


@jobs.task(debates.ANNOUNCE)
def announce_speakers(debate: int) -> None:
    with reading():
        rows = debate_queries.listing(db.session.get_one(Debate, debate)).statements
        ids = sorted({row.statement.delegation_id for row in rows if row.statement is not None})
    for start in range(0, len(ids), AT_ONCE):
        with writing():
            row = db.session.get_one(Debate, debate)
            conference = db.session.get_one(Conference, row.conference_id)
            some = [db.session.get_one(Delegation, one) for one in ids[start : start + AT_ONCE]]
            debates.tell_some_of_list(row, conference, some)


@jobs.task(debates.REMIND)
def remind_speakers(debate: int) -> None:
    while True:
        with writing():
            row = db.session.get_one(Debate, debate)
            if not debates.remind_some(row, db.session.get_one(Conference, row.conference_id), AT_ONCE):
                return


@jobs.task("programme.tell_given")
def tell_given(bundles: list[str]) -> None:
    for bundle in bundles:
        with writing():
            sign_ups.tell_given(bundle)


@jobs.task(arranging.TASK)
def arrange(arrangement_id: int, job_id: int = 0) -> None:
    """Runs the scheduler. The draft is read before and written by nobody here: the result is a proposal."""
    with reading():
        is_of_meetings = meeting_plans.is_of_meetings(arrangement_id)
    try:
        (_arrange_meetings if is_of_meetings else _arrange)(arrangement_id, job_id)
    except Exception:  # whoever waits is told; the same would not succeed the next time
        db.session.rollback()
        _note(arrangement_id, state=ArrangementState.FAILED, finished_at=clock.now())
        raise


def _arrange(arrangement_id: int, job_id: int) -> None:
    from confapp.programme.scheduler import explaining, solving, telling

    with reading():
        row = db.session.get(Arrangement, arrangement_id)
        if row is None or row.state not in arranging.WAITING:
            return
        asked = dict(row.asked)
        draft = arranging_queries.draft(db.session.get_one(Conference, row.conference_id), asked)
        earlier = _earlier_places(asked, draft)
    _note(arrangement_id, state=ArrangementState.RUNNING)
    watch = _Watch(arrangement_id, job_id)
    run = solving.Run(asked.get("effort", 10), asked.get("seed", 1), is_stopped=watch.is_stopped, report=watch.report)
    if earlier is None:
        found = solving.solve(draft.problem, run)
    else:
        until = time.monotonic() + LONGEST_GOING_ON
        found = solving.improve(draft.problem, earlier, run, lambda: watch.is_stopped() or time.monotonic() > until)
    values: dict[str, Any] = {"finished_at": clock.now(), "progress": 100, "message": ""}
    if found.impossible:
        watch.searches_reasons()
        values["conflict"] = [
            {"kind": kind, "one": one, "other": other} for kind, one, other in explaining.explain(draft.problem, run)
        ]
        values["state"] = ArrangementState.IMPOSSIBLE
    elif not found.places and draft.problem.free:
        values["state"] = ArrangementState.STOPPED if watch.is_stopped() else ArrangementState.FAILED
    else:
        with reading():
            figures = draft.figures(found.places)
        values |= {
            "state": ArrangementState.STOPPED if watch.is_stopped() and earlier is None else ArrangementState.READY,
            "moves": _with_reasons(draft, found.places, telling.Telling),
            "unmet": [
                {"wish": one.wish.value, "sessions": list(one.sessions), "about": one.about, "cost": one.cost}
                for one in found.unmet
            ],
            "figures": {**figures, "cost": found.objective, "bound": found.bound, "proven": found.proven},
        }
    _note(arrangement_id, **values)


def _arrange_meetings(arrangement_id: int, job_id: int) -> None:
    """As many meetings as fit: where not all do, one is left out after the other, of those that contradict each other
    the one that was asked for last."""
    from confapp.programme.scheduler import explaining, solving

    with reading():
        row = db.session.get(Arrangement, arrangement_id)
        if row is None or row.state not in arranging.WAITING:
            return
        asked = dict(row.asked)
        plan = meeting_plans.plan(db.session.get_one(Conference, row.conference_id), asked["in_rooms"])
    _note(arrangement_id, state=ArrangementState.RUNNING)
    watch, problem = _Watch(arrangement_id, job_id), plan.problem
    run = solving.Run(asked["effort"], asked["seed"], is_stopped=watch.is_stopped, report=watch.report)
    found = solving.solve(problem, run)
    while found.impossible and problem.free and not watch.is_stopped():
        run = replace(run, spent=0.0)
        against = {one for demand in explaining.explain(problem, run) for one in demand[1:]} & problem.free
        out = min(against or problem.free)  # ids are negative: the newest
        problem = replace(
            problem,
            free=problem.free - {out},
            sessions=tuple(one for one in problem.sessions if one.id != out),
        )
        found = solving.solve(problem, replace(run, spent=0.0))
    moves = plan.moves(found.places)
    placed = {move["meeting"] for move in moves}
    _note(
        arrangement_id,
        state=ArrangementState.READY if moves or not watch.is_stopped() else ArrangementState.STOPPED,
        moves=moves,
        unmet=[{"meeting": one} for one in plan.revisions if one not in placed],
        finished_at=clock.now(),
        progress=100,
        message="",
    )


def _with_reasons(draft: arranging_queries.Draft, places: Mapping[int, Place], telling: Any) -> list[dict[str, Any]]:
    """The moves, each with why it is proposed, in plain values."""
    kept = {one.id: one.before for one in draft.problem.sessions if one.before and one.id not in draft.problem.free}
    told = telling(draft.problem, {**kept, **places})
    return [{**move, "why": _plain(told.why(move["session"]))} for move in draft.changes(places)]


def _plain(why: Any) -> dict[str, Any]:
    demands = {
        name: [{"kind": kind, "one": one, "other": other} for kind, one, other in getattr(why, name)]
        for name in ("forced", "made_way")
    }
    return {**demands, "wishes": [[wish.value, was, now] for wish, was, now in why.wishes]}


def _earlier_places(asked: dict[str, Any], draft: arranging_queries.Draft) -> dict[int, Place] | None:
    """Where an earlier proposal puts the sessions, to go on from; None when there is none or it fits no more."""
    before = db.session.get(Arrangement, asked["from"]) if asked.get("from") else None
    if before is None:
        return None
    places = {one.id: one.before for one in draft.problem.sessions if one.id in draft.problem.free and one.before}
    for move in before.moves:
        if move["session"] in draft.problem.free:
            start = int((starts_of(move["after"]) - draft.origin).total_seconds() // 60)
            places[move["session"]] = Place(start, tuple(room for room, _overflow in move["after"]["rooms"]))
    return places if set(places) == set(draft.problem.free) else None


def _note(arrangement_id: int, **values: Any) -> None:
    with writing():
        db.session.execute(update(Arrangement).where(Arrangement.id == arrangement_id).values(**values))


class _Watch:
    """Asks once a second whether somebody stopped the run, and says once a second how far it is."""

    def __init__(self, arrangement_id: int, job_id: int) -> None:
        self.arrangement_id, self.job_id = arrangement_id, job_id
        self.asked_at = self.told_at = 0.0
        self.stopped, self.message = False, ""

    def searches_reasons(self) -> None:
        self.message, self.told_at = arranging.REASONS, 0.0
        self.report(0, 0)

    def is_stopped(self) -> bool:
        if not self.stopped and time.monotonic() - self.asked_at > 1:
            self.asked_at = time.monotonic()
            with reading():
                self.stopped = arranging_queries.is_stopped(self.arrangement_id)
        return self.stopped

    def report(self, percent: int, cost: int) -> None:
        if time.monotonic() - self.told_at > 1:
            self.told_at = time.monotonic()
            _note(self.arrangement_id, progress=percent, message=self.message or str(max(0, cost) or ""))
            if self.job_id:
                jobs.report(self.job_id, percent)


@jobs.task("programme.bring_in")
def bring_in(file_id: int, language: str, account_id: int | None, name: str) -> None:
    """Reads the file before the lock, and does what there is still to do."""
    with reading():
        row = db.session.get_one(StoredFile, file_id)
        conference_id, sha256 = row.conference_id, row.sha256
        content = files.read(row)
        zone = db.session.get_one(Conference, conference_id).zone
    exchange = imports.read(content, zone)
    with writing():
        conference = db.session.get_one(Conference, conference_id)
        actor = Actor(account_id=account_id, name=name)
        bringing_in.carry_out(actor, conference, bringing_in.plan(exchange, language), sha256=sha256)


@jobs.task("programme.purge_agendas")
def purge_agendas() -> None:
    """Agendas outlive their conference by some weeks; each conference in a transaction of its own."""
    with across_conferences("agendas of conferences that are over"), reading():
        over = agenda_queries.with_agendas(clock.now() - KEPT_AFTER)
    for conference_id in over:
        with in_conference(conference_id), writing():
            agendas.purge(db.session.get_one(Conference, conference_id))


jobs.every(timedelta(days=1), "programme.purge_agendas")


@jobs.task("programme.forget_removed")
def forget_removed() -> None:
    """Deletes what was removed long ago and nothing else needs, each in a transaction of its own."""
    with across_conferences("what was removed from any programme and cannot be brought back"), reading():
        due = removed_queries.due(clock.now())
    for conference_id, subject, number in due:
        with in_conference(conference_id), writing():
            row = db.session.get(removed_queries.SUBJECTS[subject], number)
            if row is not None and restore_fault(row.removed_at, clock.now()):
                removed.forget(row)


jobs.every(timedelta(days=1), "programme.forget_removed")


@jobs.task("programme.purge_side_event_drafts")
def purge_side_event_drafts() -> None:
    """What somebody began by a mailed link and never wrote."""
    with across_conferences("drafts of side events that were begun and never written"), reading():
        due = side_event_queries.never_written(clock.now())
    for conference_id, number in due:
        with in_conference(conference_id), writing():
            side_events.forget_unwritten(number)


jobs.every(timedelta(days=1), "programme.purge_side_event_drafts")
