"""The worker is killed while it publishes: all of an issue or nothing, and nothing twice."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from confapp.documents.models import Issue, IssuePicture, Publication, Subscriber
from confapp.documents.queries.subscribers import subscriptions
from confapp.documents.rules import IssueState
from confapp.documents.rules.formats import wanted
from confapp.foundation import audit, clock, files
from confapp.foundation.audit import AuditEntry
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.jobs import Job, JobState
from confapp.foundation.known import KnownFile
from confapp.foundation.mail import Mail
from confapp.foundation.transactions import writing
from tests.documents import making
from tests.sink import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90


@pytest.fixture
def worker(app):
    """Starts the worker of an installation as a process group of its own, on the database of the test."""
    settings = app.extensions["confapp"]
    env = {name: value for name, value in os.environ.items() if not name.startswith("CONFAPP_")} | {
        "CONFAPP_DATA": str(settings.data),
        "CONFAPP_DATABASE_URL": settings.database_url,
        "CONFAPP_BASE_URL": settings.base_url,
        "CONFAPP_SMTP_URL": f"smtp://127.0.0.1:{free_port()}",  # nobody listens: mails stay in the outbox
        "PYTHONPATH": str(ROOT),
    }
    running = []

    def start():
        command = [sys.executable, "-m", "confapp.cli", "worker"]
        running.append(subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True, stderr=subprocess.DEVNULL))

    def kill():
        for process in running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)
        running.clear()
        with writing():  # nobody wants to wait for the lease of the dead
            gone = Job.state == JobState.RUNNING
            db.session.execute(update(Job).where(gone).values(leased_until=clock.now() - timedelta(seconds=1)))

    start.kill = kill
    yield start
    kill()


def until(is_so):
    """Looks anew each time, for another process writes."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        db.session.rollback()
        if found := is_so():
            return found
        time.sleep(0.02)
    raise AssertionError("the worker did not come so far")


def test_a_worker_killed_while_it_publishes_leaves_all_or_nothing(app, client, conference, by, worker):
    ref = making.document(conference, by)
    making.adopt(conference, ref, by)
    number = making.prepare(conference, ref, by)
    page = "/en/test-2027/documents/TEST/1/L.1"

    def count(model, *where):
        with across_conferences("a test looks at everything"):
            return db.session.scalar(select(func.count()).select_from(model).where(*where))

    def state():
        with across_conferences("a test looks at everything"):
            return db.session.scalar(select(Issue.state).where(Issue.id == number))

    job = select(Job.progress).where(Job.task == "documents.publish")
    worker()
    until(lambda: db.session.scalar(job) >= 40)  # while files are made
    worker.kill()
    assert state() == IssueState.PREPARING
    assert (count(Publication), count(KnownFile)) == (0, 0)
    assert client.get(page).status_code == 404
    worker()
    until(lambda: state() == IssueState.PREPARED)
    plan = set(wanted(["en", "id"], "en"))
    with across_conferences("a test looks at everything"):
        made = db.session.execute(select(Publication.language, Publication.format, Publication.sha256)).all()
    assert len(made) == len(plan)
    assert {(one.language, one.format) for one in made} == plan
    assert all(files.is_whole(one.sha256) for one in made)
    assert count(KnownFile) == len(plan)
    assert client.get(page).status_code == 404

    with making.writing_in(conference):
        for name in ("one", "two", "three"):
            email = f"{name}@press.example"
            digest = subscriptions.mailbox_hash(conference.id, email)
            db.session.add(Subscriber(email=email, email_hash=digest, language="en", confirmed_at=clock.now()))
    making.release(conference, ref)
    told = Mail.dedupe_key.startswith("issue:")
    later = Job.task.in_(("documents.tell_issue", "documents.draw_issue"))
    until(lambda: count(Mail, told))
    worker.kill()  # while it draws
    with writing():  # and all of it once more, although it is done
        db.session.execute(update(Job).where(later).values(state=JobState.QUEUED, run_at=clock.now(), attempts=0))
    worker()
    until(lambda: not count(Job, later, Job.state != JobState.DONE))
    worker.kill()
    assert (count(Mail, told), count(IssuePicture)) == (3, 2)
    assert count(AuditEntry, AuditEntry.verb == "documents.publish") == 1
    assert count(AuditEntry, AuditEntry.verb == "documents.prepared") == 1
    with across_conferences("a test looks at everything"):
        assert not list(audit.verify())
    assert client.get(page).status_code == 200
    with in_conference(conference.id):
        assert making.issues(ref)[0].told_to == 3
