"""Tables of people out and in: the time of the work itself, without the web around it; of two tries the better one,
as in a process that has run for a while."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bench import people
from bench.processes import ROOT, free_port
from confapp import create_app, demo
from confapp.conferences.models import Conference
from confapp.foundation import exporting, migrating
from confapp.foundation.db import across_conferences, db, in_conference
from confapp.foundation.places import Quota
from confapp.foundation.transactions import reading, writing
from confapp.people import queries
from confapp.people.models import Account
from confapp.people.rules import Role
from confapp.registration import exports
from confapp.registration.imports import reading as tables
from confapp.registration.imports import working
from confapp.registration.imports.columns import offered
from confapp.registration.models import Import, Registration
from tests import build
from tests.faults.test_kill import database_on

ROWS = 10_000
GOALS = {"csv": 0.3, "xlsx": 1.0, "import": 30.0, "demo": 20.0}


@dataclass(frozen=True)
class Timed:
    database: str
    what: str
    seconds: float
    goal: float

    def line(self) -> str:
        met = "yes" if self.seconds <= self.goal else "**no**"
        return f"| {self.what} | {self.database} | {self.seconds:.2f} | ≤ {self.goal:g} s | {met} |"


def lines(timed: list[Timed]) -> list[str]:
    head = ["| tables of people | database | seconds | goal | met |", "|---|---|---|---|---|"]
    return head + [one.line() for one in timed]


def measure() -> list[Timed]:
    found = []
    for name, server in (("SQLite", ""), ("PostgreSQL", os.environ.get("CONFAPP_TEST_POSTGRES", ""))):
        if name == "SQLite" or server:
            with database_on(server) as url, tempfile.TemporaryDirectory(prefix="confapp-tables-") as folder:
                env = {key: value for key, value in os.environ.items() if not key.startswith("CONFAPP_")} | {
                    "CONFAPP_DATA": folder,
                    "CONFAPP_BASE_URL": "http://127.0.0.1:8000",
                    "CONFAPP_SMTP_URL": f"smtp://127.0.0.1:{free_port()}",
                    "PYTHONPATH": str(ROOT),
                }
                env |= {"CONFAPP_DATABASE_URL": url} if url else {}
                command = [sys.executable, "-m", "bench.tables"]
                ran = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True)
                spent = json.loads(ran.stdout.splitlines()[-1])
                found += [
                    Timed(name, "CSV of 2,000", spent["csv"], GOALS["csv"]),
                    Timed(name, "XLSX of 2,000", spent["xlsx"], GOALS["xlsx"]),
                    Timed(name, f"import of {ROWS:,} rows, tried and brought in", spent["import"], GOALS["import"]),
                    Timed(name, "the demonstration, loaded, CPU", spent["demo"], GOALS["demo"]),
                ]
    return found


def main() -> None:
    app = create_app()
    migrating.upgrade(app)
    with app.app_context():
        holder = build.account("organizer@bench.example", name="Organizer")
        with across_conferences("the benchmark fills a conference"), writing():
            conference = people.fill(people.GLOBAL)
        build.mandate(holder, Role.ORGANIZER, conference)
        with across_conferences("who measures"):
            actor = queries.actor_of(db.session.get_one(Account, holder.id))
        spent = {name: min(_out(actor, conference, name) for _ in range(2)) for name in ("csv", "xlsx")}
        spent["import"] = _in(actor, conference.id)
        begun = time.process_time()
        demo.load(app, echo=lambda _: None)
        spent["demo"] = time.process_time() - begun
    print(json.dumps(spent))


def _out(actor: Any, conference: Any, file_format: str) -> float:
    begun = time.perf_counter()
    with in_conference(conference.id), reading():
        found = exports.table(exports.REGISTRATIONS, actor, db.session.merge(conference), {}, "en")
    assert sum(map(len, exporting.WRITERS[file_format](found))) > 50_000
    return time.perf_counter() - begun


def _in(actor: Any, conference_id: int) -> float:
    """As the worker does it: read, tried row by row, then brought in by one transaction."""
    heads = "Given name,Family name,Delegation,E-mail,Country,Functional title"
    rows = [f"Given {n},Contoh,State {1 + n % 164:03d},new{n}@mail.example,IDN,Adviser" for n in range(ROWS)]
    content = "\n".join([heads, *rows]).encode()
    begun = time.perf_counter()
    with in_conference(conference_id):
        with writing():
            for quota in db.session.scalars(select(Quota)):
                quota.capacity = None
        with writing():
            conference = db.session.get_one(Conference, conference_id)
            table = tables.table(content)
            kept = working.keep(table, conference_id)
            batch = working.begin(actor, conference, table, kept, offered=list(offered(for_office=True)))
            ref = batch.ref
        working.run_check(ref, lambda percent: None)
        with writing():
            batch = working.hold(ref)
            batch.mapping = batch.mapping | {"only_sound": False, "links": False}
        working.run_apply(ref, lambda percent: None)
        spent = time.perf_counter() - begun
        with reading():
            batch = db.session.scalars(select(Import).where(Import.ref == ref)).one()
            assert batch.added == ROWS, batch.fault
            assert (db.session.scalar(select(func.count(Registration.id))) or 0) > ROWS
    return spent


if __name__ == "__main__":
    main()
