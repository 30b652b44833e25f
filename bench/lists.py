"""The organizers' pages over thousands of people, in the shapes of real conferences."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from bench import data, people, texts
from bench.processes import ROOT, Measured, Server, free_port, measure, serving
from confapp import create_app
from confapp.foundation import migrating
from confapp.foundation.access import SYSTEM
from confapp.foundation.db import across_conferences, db
from confapp.foundation.transactions import writing
from confapp.people.actions.sign_in import sign_in_link
from confapp.people.models import Account
from confapp.people.rules import Role
from tests import build
from tests.faults.harness import Browser
from tests.faults.test_kill import database_on

BOARD = "board-2027"
OFFSET = "page=150"  # of the 200 pages of the longest list
PAGES = {
    "list of 2,000 registrations": f"/desk/{people.GLOBAL.slug}/registrations",
    "list of 10,000 registrations": f"/desk/{people.LARGE.slug}/registrations",
    "the same, far down, by name": f"/desk/{people.LARGE.slug}/registrations?sort=name&{OFFSET}",
    "the same, searched": f"/desk/{people.LARGE.slug}/registrations?q=contoh+7",
    "list of 164 delegations": f"/desk/{people.GLOBAL.slug}/delegations",
    "a delegation of 4,400": f"/desk/{people.HOST.slug}/delegations/{{host}}",
    "Today, 10,000 registrations": f"/desk/{people.LARGE.slug}/",
    "the timetable's editor, 205 sessions in 20 rooms": f"/desk/{BOARD}/programme",
    "the editor of a text, 300 paragraphs in 2 languages": f"/desk/{BOARD}/documents/{{text}}/",
}
GOALS = {
    "list of 2,000 registrations": (3.0, 80_000),
    "list of 10,000 registrations": (3.0, 80_000),
    "the editor of a text, 300 paragraphs in 2 languages": (5.0, 300_000),
}


@contextmanager
def installation(database_url: str = "") -> Iterator[tuple[Server, str, dict[str, str]]]:
    """A server over all shapes, the cookie of an organizer, and what the preparation printed."""
    with tempfile.TemporaryDirectory(prefix="confapp-lists-") as folder:
        port = free_port()
        env = {name: value for name, value in os.environ.items() if not name.startswith("CONFAPP_")} | {
            "CONFAPP_DATA": folder,
            "CONFAPP_BASE_URL": f"http://127.0.0.1:{port}",
            "CONFAPP_SMTP_URL": f"smtp://127.0.0.1:{free_port()}",
            "PYTHONPATH": str(ROOT),
        }
        if database_url:
            env["CONFAPP_DATABASE_URL"] = database_url
        command = [sys.executable, "-m", "bench.lists"]
        ran = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True)
        prepared = dict(json.loads(ran.stdout.splitlines()[-1]))
        with serving("wsgi:app", env, port) as server:
            browser = Browser(port)
            browser.sign_in(prepared["link"])
            cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
            yield server, cookie, prepared


def measured(seconds: float) -> dict[str, dict[str, Measured]]:
    """By database, what each page cost; of two rounds the one counts in which it cost less."""
    found = {}
    for name, url in (("SQLite", ""), ("PostgreSQL", os.environ.get("CONFAPP_TEST_POSTGRES", ""))):
        if name == "SQLite" or url:
            with database_on(url) as database, installation(database) as (server, cookie, prepared):
                rounds = [
                    {
                        words: measure(server, path.format(**prepared), seconds, {"Cookie": cookie})
                        for words, path in PAGES.items()
                    }
                    for _ in range(2)
                ]
                found[name] = {words: min((one[words] for one in rounds), key=lambda m: m.cpu_ms) for words in PAGES}
    return found


def lines(found: dict[str, dict[str, Measured]], table: Measured) -> list[str]:
    """The database's own work is not in the processor time of the page where PostgreSQL does it."""
    written = [
        "| the organizers' side, signed in | database | per second | CPU ms | xT | p95 ms | bytes of body | goal | met |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for database, pages in found.items():
        for words, one in pages.items():
            times, size = GOALS.get(words, (0.0, 0))
            goal = f"≤ {times:.0f} xT, ≤ {size // 1000} KB" if times else ""
            met = ("yes" if one.times(table) <= times and one.bytes <= size else "**no**") if times else ""
            written.append(
                f"| {words} | {database} | {one.rate:,.0f} | {one.cpu_ms:.1f} | {one.times(table):.2f} | {one.p95_ms:.0f} "
                f"| {one.bytes:,.0f} | {goal} | {met} |"
            )
    return written


def main() -> None:
    app = create_app()
    migrating.upgrade(app)
    with app.app_context():
        holder = build.account("organizer@bench.example", name="Organizer")
        with across_conferences("the benchmark fills several conferences"):
            for shape in people.SHAPES:
                with writing():
                    conference = people.fill(shape)
                build.mandate(holder, Role.ORGANIZER, conference)
            conference = build.conference(BOARD)
            with writing():
                data.fill(db.session.merge(conference), sessions=205, rooms=20)
            text = texts.fill(conference, SYSTEM)
            build.mandate(holder, Role.ORGANIZER, conference)
            host = db.session.execute(
                db.text("SELECT ref FROM delegation WHERE code = 'S001' ORDER BY id DESC LIMIT 2")
            )
            refs = [row[0] for row in host]
        with writing():
            link = sign_in_link(db.session.get_one(Account, holder.id))
    print(json.dumps({"link": link, "host": refs[1], "text": text}))


if __name__ == "__main__":
    main()
