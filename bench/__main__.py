"""`manage.py bench`: one run, written to docs/benchmarks.md; `--faults` is the long kill test, `--quick` a look.

`--only` measures one part beside the bare table and replaces it in the file.
"""

import argparse
import http.client
import json
import os
import platform
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import (
    clashes,
    faults,
    importing,
    lists,
    printing,
    promises,
    registering,
    scheduling,
    statements,
    tables,
    verifying,
    visits,
)
from bench.processes import ROOT, Measured, Server, free_port, measure, measuring_bare, serving, tool, working
from confapp.publishing.rules import ALL_DAYS

FILE = ROOT / "docs" / "benchmarks.md"
HELLO, TABLE = "bare Flask page", "bare Flask, table of 200 rows (1 xT)"
LARGE_DAY, LARGE = "one of two days of 1,079 sessions, drawn anew", "1,079 sessions on one page, drawn anew"
STATIC, PUBLISHED = "a PDF among the static files", "the same PDF as a published file"
ROUNDS = 2
NOT_KEPT = "x=" + "0" * 120  # the page cache leaves long queries alone


@dataclass(frozen=True)
class Row:
    name: str
    measured: Measured
    goal: str = ""
    is_met: bool | None = None


def main() -> int:
    parser = argparse.ArgumentParser(prog="manage.py bench", description=__doc__)
    parser.add_argument("--faults", action="store_true", help="the long kill test")
    parser.add_argument("--quick", action="store_true", help="short, and nothing is written")
    parser.add_argument("--only", choices=PARTS, help="one part, beside the bare table")
    parser.add_argument("--kills", type=int, default=20)
    options = parser.parse_args()
    if options.faults:
        text, good = faults.run(options.kills)
        kept, still_good = promises.run()
        text, good = f"{text}\n\n{kept}", good and still_good
        print(text)
        _write(faults_text=text)
        return 0 if good else 1
    seconds = 1.0 if options.quick else 4.0
    if options.only:
        part = _alone(options.only, seconds)
        print(part)
        if not options.quick:
            FILE.write_text(_with_part(FILE.read_text(), part))
        return 0
    report = run(seconds)
    print(report)
    if not options.quick:
        _write(report)
    return 0


def run(seconds: float) -> str:
    with tempfile.TemporaryDirectory(prefix="confapp-bench-") as folder:
        data, port = Path(folder), free_port()
        env = {name: value for name, value in os.environ.items() if not name.startswith("CONFAPP_")} | {
            "CONFAPP_DATA": str(data),
            "CONFAPP_BASE_URL": f"http://127.0.0.1:{port}",
            "CONFAPP_SMTP_URL": f"smtp://127.0.0.1:{free_port()}",
        }
        paths = _prepare(env)
        with serving("bench.reference:app", env, free_port()) as bare, serving("wsgi:app", env, port) as server:
            measure(server, "/healthz", 1.0)
            idle = server.memory_mb()
            rounds = [_round(bare, server, paths, seconds) for _ in range(ROUNDS)]
            loaded = server.memory_mb()
            seen = visits.first_visits(f"http://127.0.0.1:{port}", paths)
        printed = printing.files(env | {"BENCH_SLUG": paths["title"].strip("/")})
        with working(env) as worker:
            memory = [("web, 1 master and 2 workers, at rest", idle, ""), ("the same under load", loaded, "≤ 200")]
            memory.append(("worker", worker.memory_mb(), ""))
    registered = registering.measure(seconds)
    desk = lists.measured(seconds)
    timed = [*tables.measure(), *verifying.measure(), *statements.measure()]
    measured = {name: min((one[name] for one in rounds), key=lambda m: m.cpu_ms) for name in rounds[0]}
    table = measured[TABLE]
    return _text(_rows(measured), table, seen, printing.measure(), printed, memory, registered, desk, timed)


def _prepare(env: dict[str, str]) -> dict[str, str]:
    command = [sys.executable, "-m", "bench.prepare"]
    ran = subprocess.run(command, cwd=ROOT, env=env | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(ran.stdout.splitlines()[-1]))


def _round(bare: Server, server: Server, paths: dict[str, str], seconds: float) -> dict[str, Measured]:
    """Each page once, the bare ones first; of the rounds the one counts in which a page cost least."""
    title, programme, form = paths["title"], f"{paths['programme']}?day={ALL_DAYS}", paths["form"]
    etag = {"If-None-Match": _etag(server, programme)}
    return {
        HELLO: measure(bare, "/hello", seconds),
        TABLE: measure(bare, "/table", seconds),
        "title page, drawn anew": measure(server, f"{title}?{NOT_KEPT}", seconds),
        "title page, kept": measure(server, title, seconds),
        "programme of all days, drawn anew": measure(server, f"{programme}&{NOT_KEPT}", seconds),
        "programme of all days, kept": measure(server, programme, seconds),
        "programme of all days, not modified (304)": measure(server, programme, seconds, etag, 304),
        "programme of one day, drawn anew": measure(server, f"{paths['programme']}?{NOT_KEPT}", seconds),
        "registration form": measure(server, form, seconds),
        LARGE_DAY: measure(server, f"{paths['large']}?{NOT_KEPT}", seconds),
        LARGE: measure(server, f"{paths['large']}?day={ALL_DAYS}&{NOT_KEPT}", seconds),
        STATIC: measure(server, paths["static"], seconds),
        PUBLISHED: measure(server, paths["file"], seconds),
    }


def _etag(server: Server, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", path)
    return connection.getresponse().headers["ETag"] or ""


GOALS = {
    "title page, drawn anew": ("≤ 1.0 xT", 1.0, 0.0),
    "title page, kept": ("≤ 0.15 xT", 0.15, 0.0),
    "programme of all days, drawn anew": ("≤ 2.0 xT", 2.0, 0.0),
    "programme of all days, kept": ("≤ 0.15 xT, ≥ 25 % of the bare page's rate", 0.15, 0.25),
    "programme of all days, not modified (304)": ("≤ 0.1 xT", 0.1, 0.0),
    "registration form": ("≤ 1.5 xT", 1.5, 0.0),
    LARGE_DAY: ("≤ 5.4 xT, as 200 sessions", 5.4, 0.0),
    LARGE: ("≤ 10.8 xT, as 200 sessions", 10.8, 0.0),
}


def _rows(measured: dict[str, Measured]) -> list[Row]:
    rows = []
    for name, one in measured.items():
        words, times, share = GOALS.get(name, ("", None, 0.0))
        met = None
        if times is not None:
            met = one.times(measured[TABLE]) <= times and one.rate >= share * measured[HELLO].rate
        if name == PUBLISHED:
            share = measured[STATIC].cpu_ms / one.cpu_ms
            words, met = f"≥ 80 % of the static file: {share:.0%} by CPU", share >= 0.8
        rows.append(Row(name, one, words, met))
    return rows


def _text(
    rows: list[Row],
    table: Measured,
    seen: dict[str, visits.Visit],
    printed: list[tuple[int, float]],
    files: list[tuple[str, int, float]],
    memory: list[tuple[str, float, str]],
    registered: list[registering.Registered],
    desk: dict[str, dict[str, Measured]],
    timed: list[tables.Timed],
) -> str:
    lines = [
        f"Measured on {datetime.now(UTC):%Y-%m-%d} with `python3 manage.py bench`: {os.cpu_count()} processors "
        f"({_processor()}), Python {platform.python_version()}, gunicorn with two sync workers, SQLite, load by {tool()} "
        "over 8 connections from the same machine. CPU is that of the whole process tree for each answer; "
        "1 xT is the CPU of the bare table. All pages are measured in two rounds and the cheaper one counts. The load "
        f"average was {os.getloadavg()[0]:.1f} at the end: rates depend on what else the machine does, ratios hardly.",
        "",
        "| page | per second | CPU ms | xT | p95 ms | bytes of body | goal | met |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        m = row.measured
        lines.append(
            f"| {row.name} | {m.rate:,.0f} | {m.cpu_ms:.3f} | {m.times(table):.2f} | {m.p95_ms:.1f} | {m.bytes:,.0f} "
            f"| {row.goal} | {_mark(row.is_met)} |"
        )
    lines += [
        "",
        "| first visit, empty cache | requests | KB on the wire | elements | goal | met |",
        "|---|---|---|---|---|---|",
    ]
    for name, visit in seen.items():
        met = visit.requests <= 5 and visit.kilobytes <= 50  # the large one as well: a page shows one day
        lines.append(
            f"| {name} | {visit.requests} | {visit.kilobytes:.1f} | {visit.nodes} | ≤ 5 requests, ≤ 50 KB | {_mark(met)} |"
        )
    lines += ["", "| PDF, archive profile | ms | ms per page |", "|---|---|---|"]
    lines += [f"| {pages} pages | {spent:,.0f} | {spent / pages:.0f} |" for pages, spent in printed]
    for name, number, spent in files:
        lines.append(
            f"| {name}{f', {number} pages' if number else ''} | {spent:,.0f} | {round(spent / number) if number else ''} |"
        )
    lines += ["", "| memory (PSS) | MB | goal | met |", "|---|---|---|---|"]
    lines += [f"| {name} | {mb:.0f} | {goal} | {_mark(mb <= 200 if goal else None)} |" for name, mb, goal in memory]
    lines += ["", *clashes.lines(clashes.measure())]
    lines += ["", *scheduling.lines(scheduling.measure())]
    lines += ["", *importing.lines(importing.measure())]
    lines += ["", LISTS, "", *lists.lines(desk, table), "", TIMED, "", *tables.lines(timed)]
    lines += ["", REGISTRATIONS, "", *registering.lines(registered)]
    return "\n".join(lines)


LISTS, TIMED, REGISTRATIONS = "## The organizers' side", "## Tables, files and verification", "## Registrations"
PARTS = {"lists": LISTS, "registrations": REGISTRATIONS}


def _alone(name: str, seconds: float) -> str:
    """One part, measured by itself: its heading, when and beside what, and its table."""
    with measuring_bare(seconds) as bare:
        before = bare()
        measured = lists.measured(seconds) if name == "lists" else registering.measure(seconds)
        table = min(before, bare(), key=lambda one: one.cpu_ms)
    lines = lists.lines(measured, table) if name == "lists" else registering.lines(measured)
    said = (
        f"Measured by itself on {datetime.now(UTC):%Y-%m-%d} with `python3 manage.py bench --only {name}`: {_processor()}, "
        f"the bare table {table.rate:,.0f} times a second at {table.cpu_ms:.1f} ms of CPU (1 xT)."
    )
    return "\n".join([PARTS[name], "", said, "", *lines])


def _with_part(text: str, part: str) -> str:
    """The file with one part exchanged, from its heading to the next."""
    heading = part.partition("\n")[0]
    before, found, after = text.partition(f"{heading}\n")
    if not found:
        raise SystemExit(f"{FILE.name} has no part “{heading.removeprefix('## ')}”; run the whole `bench` once")
    _, following, rest = after.partition("\n## ")
    return f"{before}{part}\n{following}{rest}"


def _mark(is_met: bool | None) -> str:
    return "" if is_met is None else "yes" if is_met else "**no**"


def _processor() -> str:
    with suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line for line in lines if line.startswith("model name")).partition(":")[2].strip()
    return platform.machine()


FAULTS = "## The kill test"


def _write(report: str = "", faults_text: str = "") -> None:
    """Each command replaces its own half of the file."""
    before = FILE.read_text() if FILE.exists() else ""
    first, _, second = before.partition(FAULTS)
    head = f"# Benchmarks\n\n{report}\n" if report else first.rstrip() + "\n"
    second = faults_text or second.strip()
    FILE.write_text(head + (f"\n{FAULTS}\n\n{second}\n" if second else ""))


if __name__ == "__main__":
    sys.exit(main())
