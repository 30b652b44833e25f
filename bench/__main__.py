"""`manage.py bench`: one run, written to docs/benchmarks.md; `--faults` is the long kill test, `--quick` a look."""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import faults, printing, registering, visits
from bench.processes import ROOT, Measured, free_port, measure, serving, tool, working
from confapp.publishing.rules import ALL_DAYS

FILE = ROOT / "docs" / "benchmarks.md"
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
    parser.add_argument("--kills", type=int, default=20)
    options = parser.parse_args()
    if options.faults:
        text, good = faults.run(options.kills)
        print(text)
        _write(faults_text=text)
        return 0 if good else 1
    report = run(1.0 if options.quick else 5.0)
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
        first = _reference(env, seconds)
        with serving("wsgi:app", env, port) as server:
            measure(server, "/healthz", 1.0)
            idle = server.memory_mb()
            measured = _measure(server, paths, seconds)
            loaded = server.memory_mb()
            seen = visits.first_visits(f"http://127.0.0.1:{port}", paths)
        second = _reference(env, seconds)
        with working(env) as worker:
            memory = [("web, 1 master and 2 workers, at rest", idle, ""), ("the same under load", loaded, "≤ 200")]
            memory.append(("worker", worker.memory_mb(), ""))
        registered = registering.measure(Path(folder) / "registering", seconds)
    hello, table = (_mean(a, b) for a, b in zip(first, second, strict=True))
    rows = _rows(hello, table, measured)
    return _text(rows, table, seen, printing.measure(), memory, registered)


def _prepare(env: dict[str, str]) -> dict[str, str]:
    command = [sys.executable, "-m", "bench.prepare"]
    ran = subprocess.run(command, cwd=ROOT, env=env | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(ran.stdout.splitlines()[-1]))


def _reference(env: dict[str, str], seconds: float) -> tuple[Measured, Measured]:
    with serving("bench.reference:app", env, free_port()) as server:
        return measure(server, "/hello", seconds), measure(server, "/table", seconds)


def _mean(one: Measured, other: Measured) -> Measured:
    """Before and after, because the machine may be busier at one time than at another."""
    pairs = zip(vars(one).values(), vars(other).values(), strict=True)
    return Measured(*(statistics.mean(pair) for pair in pairs))


def _measure(server: object, paths: dict[str, str], seconds: float) -> dict[str, Measured]:
    title, programme, form = paths["title"], f"{paths['programme']}?day={ALL_DAYS}", paths["form"]
    etag = _etag(server, programme)

    def one(path: str, **more: object) -> Measured:
        return measure(server, path, seconds, **more)  # type: ignore[arg-type]

    return {
        "title page, drawn anew": one(f"{title}?{NOT_KEPT}"),
        "title page, kept": one(title),
        "programme of all days, drawn anew": one(f"{programme}&{NOT_KEPT}"),
        "programme of all days, kept": one(programme),
        "programme of all days, not modified (304)": one(programme, headers={"If-None-Match": etag}, status=304),
        "programme of one day, drawn anew": one(f"{paths['programme']}?{NOT_KEPT}"),
        "registration form": one(form),
    }


def _etag(server: object, path: str) -> str:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", server.port)  # type: ignore[attr-defined]
    connection.request("GET", path)
    return connection.getresponse().headers["ETag"] or ""


GOALS = {
    "title page, drawn anew": ("≤ 1.0 xT", 1.0, 0.0),
    "title page, kept": ("≤ 0.15 xT", 0.15, 0.0),
    "programme of all days, drawn anew": ("≤ 2.0 xT", 2.0, 0.0),
    "programme of all days, kept": ("≤ 0.15 xT, ≥ 25 % of the bare page's rate", 0.15, 0.25),
    "programme of all days, not modified (304)": ("≤ 0.1 xT", 0.1, 0.0),
    "registration form": ("≤ 1.5 xT", 1.5, 0.0),
}


def _rows(hello: Measured, table: Measured, measured: dict[str, Measured]) -> list[Row]:
    rows = [Row("bare Flask page", hello), Row("bare Flask, table of 200 rows (1 xT)", table)]
    for name, one in measured.items():
        words, times, share = GOALS.get(name, ("", None, 0.0))
        met = None if times is None else one.times(table) <= times and one.rate >= share * hello.rate
        rows.append(Row(name, one, words, met))
    return rows


def _text(
    rows: list[Row],
    table: Measured,
    seen: dict[str, visits.Visit],
    printed: list[tuple[int, float]],
    memory: list[tuple[str, float, str]],
    registered: registering.Registered,
) -> str:
    lines = [
        f"Measured on {datetime.now(UTC):%Y-%m-%d} with `python3 manage.py bench`: {os.cpu_count()} processors "
        f"({_processor()}), Python {platform.python_version()}, gunicorn with two sync workers, SQLite, load by {tool()} "
        "over 8 connections from the same machine. CPU is that of the whole process tree for each answer; "
        "1 xT is the CPU of the bare table. Rates depend on what else the machine does, ratios hardly.",
        "",
        "| page | per second | CPU ms | xT | p95 ms | bytes, packed | goal | met |",
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
        met = visit.requests <= 5 and visit.kilobytes <= 50
        lines.append(
            f"| {name} | {visit.requests} | {visit.kilobytes:.1f} | {visit.nodes} | ≤ 5 requests, ≤ 50 KB | {_mark(met)} |"
        )
    lines += ["", "| PDF, archive profile | ms | ms per page |", "|---|---|---|"]
    lines += [f"| {pages} pages | {spent:,.0f} | {spent / pages:.0f} |" for pages, spent in printed]
    lines += ["", "| memory (PSS) | MB | goal | met |", "|---|---|---|---|"]
    lines += [f"| {name} | {mb:.0f} | {goal} | {_mark(mb <= 200 if goal else None)} |" for name, mb, goal in memory]
    lines += ["", *registered.lines()]
    return "\n".join(lines)


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
