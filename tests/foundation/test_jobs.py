"""Jobs are rows: they are run though a worker dies, not for ever, and not twice at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from confapp.foundation import clock, jobs
from confapp.foundation.db import db, scope
from confapp.foundation.jobs import Job, JobState
from confapp.foundation.transactions import writing
from tests import build

ran: list[object] = []


@pytest.fixture(autouse=True)
def tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_tasks", {"note": note, "fail": fail, "hopeless": hopeless, "wait": wait})
    monkeypatch.setattr(jobs, "_schedules", {})
    ran.clear()


def note(**arguments: object) -> None:
    ran.append(arguments or scope())


def fail() -> None:
    ran.append("fail")
    raise ZeroDivisionError


def hopeless() -> None:
    raise jobs.Failed("the file is not there")


def wait() -> None:
    raise jobs.Later("Pango is missing")


def enqueue(*names: str, **values: object) -> None:
    with writing():
        for name in names:
            jobs.enqueue(name, **values)  # type: ignore[arg-type]


def only() -> Job:
    db.session.rollback()
    return db.session.scalars(select(Job)).one()


def change(**values: object) -> None:
    with writing():
        db.session.execute(update(Job).values(**values))


def test_a_job_runs_once_with_its_arguments(app: Flask) -> None:
    enqueue("note", arguments={"issue": 7})
    assert (jobs.run_due(), jobs.run_due()) == (1, 0)
    assert ran == [{"issue": 7}]
    assert (only().state, only().progress) == (JobState.DONE, 100)


def test_a_job_of_a_conference_runs_in_its_scope(app: Flask) -> None:
    made = build.conference()
    enqueue("note", conference_id=made.id)
    jobs.run_due()
    assert ran == [made.id]


def test_a_job_belongs_to_its_transaction(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        jobs.enqueue("note")
        raise ZeroDivisionError
    assert jobs.run_due() == 0


def test_the_same_work_is_queued_once(app: Flask) -> None:
    enqueue("note", "note", key="issue 7")
    assert jobs.run_due() == 1


def test_what_a_dead_worker_had_is_taken_again_after_its_lease(app: Flask) -> None:
    enqueue("note")
    change(state=JobState.RUNNING, leased_until=clock.now() + timedelta(minutes=1), attempts=1)
    assert jobs.run_due() == 0
    change(leased_until=clock.now() - timedelta(seconds=1))
    assert jobs.run_due() == 1
    assert only().state == JobState.DONE


def test_a_failing_job_is_tried_five_times_with_growing_pauses(app: Flask) -> None:
    enqueue("fail")
    pauses = []
    for _ in range(jobs.ATTEMPTS + 2):
        jobs.run_due()
        if only().state == JobState.QUEUED:
            pauses.append((only().run_at - clock.now()).total_seconds())
        change(run_at=clock.now() - timedelta(seconds=1))
    assert ran == ["fail"] * 5
    assert only().state == JobState.FAILED
    assert pauses == sorted(pauses)
    assert len(pauses) == 4


def test_a_job_that_kills_its_worker_is_given_up_some_day(app: Flask) -> None:
    enqueue("note")
    change(state=JobState.RUNNING, leased_until=clock.now() - timedelta(seconds=1), attempts=jobs.ATTEMPTS)
    jobs.run_due()
    assert only().state == JobState.FAILED
    assert ran == []


@pytest.mark.parametrize(
    ("name", "state", "message"),
    [
        ("hopeless", JobState.FAILED, "the file is not there"),
        ("wait", JobState.QUEUED, "Pango is missing"),
        ("unknown", JobState.FAILED, "no task is called unknown"),
    ],
)
def test_what_a_task_says_reaches_who_waits_for_it(app: Flask, name: str, state: JobState, message: str) -> None:
    enqueue(name)
    jobs.run_due()
    assert (only().state, only().message) == (state, message)


def test_a_failing_job_leaves_nothing_behind_and_lets_the_next_run(app: Flask) -> None:
    enqueue("fail", "note")
    assert jobs.run_due() == 2
    assert ran == ["fail", None] or ran[0] == "fail"


def test_a_schedule_runs_once_in_each_interval_whoever_comes_first(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.every(timedelta(hours=24), "note")
    for _ in range(2):
        in_threads(app, 4, jobs.schedule_due)
    assert only().task == "note"
    later = clock.now() + timedelta(hours=24)
    monkeypatch.setattr(jobs.clock, "now", lambda: later)
    jobs.schedule_due()
    assert len(db.session.scalars(select(Job)).all()) == 2


def test_two_workers_run_each_job_once(app: Flask) -> None:
    with writing():
        for number in range(20):
            jobs.enqueue("note", {"number": number})

    def work() -> None:
        while jobs.run_due(limit=2):
            pass

    in_threads(app, 2, work)
    assert sorted(arguments["number"] for arguments in ran) == list(range(20))  # type: ignore[index]


def in_threads(app: Flask, number: int, work: object) -> None:
    def run() -> None:
        with app.app_context():
            work()  # type: ignore[operator]

    with ThreadPoolExecutor(number) as pool:
        for done in [pool.submit(run) for _ in range(number)]:
            done.result()


def test_the_same_work_is_queued_once_though_asked_at_once(app: Flask) -> None:
    def ask() -> int:
        with writing():
            return jobs.enqueue("note", key="one work").id

    assert len(set(build.at_once(app, ask))) == 1
