"""A very large programme from a frab XML file into an empty conference, and the same file once more."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from time import monotonic, process_time

from sqlalchemy import func, select

from bench.big_programme import big
from bench.processes import ROOT
from confapp import create_app
from confapp.conferences.models import Conference
from confapp.conferences.rules import Status
from confapp.foundation import clock, migrating
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import writing
from confapp.programme import imports
from confapp.programme.actions import bringing_in
from confapp.programme.exports import written
from confapp.programme.models import Placement, Session
from confapp.programme.rules.exchange import Exchange, Talk, Who, guid_of
from confapp.programme.scheduler.solving import Run, kept_places, solve

ZONE, FIRST = "Asia/Makassar", date(2027, 1, 12)
GOAL = 5.0  # seconds


@dataclass(frozen=True)
class Brought:
    name: str
    wall: float
    cpu: float
    said: str
    is_met: bool


def file() -> bytes:
    """The problem of the scheduler's measure, as placed, with the persons, themes and rooms as words."""
    problem = big()
    places = {**kept_places(problem), **solve(problem, Run(effort=0.2)).places}
    found = Exchange("Very large", "LARGE", ZONE, "1", starts_on=FIRST, ends_on=FIRST + timedelta(days=1))
    found.rooms = {f"Hall {room.id}": guid_of(f"hall {room.id}") for room in problem.rooms}
    found.themes = [f"Theme {number}" for number in range(71)]
    start = clock.start_of(FIRST, ZONE)
    for one in problem.sessions:
        place = places[one.id]
        found.talks.append(
            Talk(
                guid_of(f"talk {one.id}"),
                f"Reducing risk together, part {one.id}",
                start + timedelta(minutes=place.start),
                one.minutes,
                f"Hall {place.rooms[0]}",
                one.id,
                kind="Panel",
                theme=f"Theme {one.theme}",
                language="en",
                abstract="How early warnings reach everyone. " * 12,
                people=tuple(Who(f"Person {person}", guid_of(f"person {person}")) for person in sorted(one.people)),
            )
        )
    return written(found, "xml")


def measure() -> list[Brought]:
    """In a process with a database of its own."""
    with tempfile.TemporaryDirectory(prefix="confapp-import-") as folder:
        env = {name: value for name, value in os.environ.items() if not name.startswith("CONFAPP_")}
        env |= {"CONFAPP_DATA": folder, "CONFAPP_BASE_URL": "http://127.0.0.1:1", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "bench.importing"]
        ran = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True)
    return [Brought(*row) for row in json.loads(ran.stdout.splitlines()[-1])]


def bring_in(name: str, content: bytes, conference_id: int, new: int) -> Brought:
    began, worked = monotonic(), process_time()
    exchange = imports.read(content, ZONE)
    with in_conference(conference_id), writing():
        conference = db.session.get_one(Conference, conference_id)
        plan = bringing_in.carry_out(SYSTEM, conference, bringing_in.plan(exchange, "en"))
        figures = plan.figures
    wall, cpu = monotonic() - began, process_time() - worked
    with in_conference(conference_id):
        there = [db.session.scalar(select(func.count()).select_from(model)) for model in (Session, Placement)]
    right = there == [len(exchange.talks)] * 2 and figures["new"] == new
    return Brought(name, wall, cpu, f"{figures['new']:,} new, {figures['same']:,} the same", right and wall <= GOAL)


def conference(status: Status = Status.DRAFT) -> Conference:
    last = FIRST + timedelta(days=1)
    made = Conference(slug="large-2027", name={"en": "Large"}, starts_on=FIRST, ends_on=last, zone=ZONE, status=status)
    with writing():
        db.session.add(made)
    return made


def main() -> None:
    content, app = file(), create_app()
    migrating.upgrade(app)
    with app.app_context():
        number = conference().id
        megabytes = len(content) / 1e6
        first = bring_in(f"frab XML of 1,079 sessions ({megabytes:.1f} MB)", content, number, 1079)
        rows = [first, bring_in("the same file again", content, number, 0)]
    print(json.dumps([[row.name, row.wall, row.cpu, row.said, row.is_met] for row in rows]))


def lines(brought: list[Brought]) -> list[str]:
    return [
        f"| import (load {os.getloadavg()[0]:.1f}) | s | CPU s | found | goal | met |",
        "|---|---|---|---|---|---|",
        *(
            f"| {one.name} | {one.wall:.1f} | {one.cpu:.1f} | {one.said} | ≤ {GOAL:g} s "
            f"| {'yes' if one.is_met else '**no**'} |"
            for one in brought
        ),
    ]


if __name__ == "__main__":
    main()
