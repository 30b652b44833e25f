"""The long kill test, on both databases: tests/faults with many kills."""

import os
import tempfile
from collections import Counter
from pathlib import Path

from tests.faults.harness import Installation, Report
from tests.faults.harness import run as run_kills
from tests.faults.test_kill import database_on
from tests.sink import listening


def run(kills: int) -> tuple[str, bool]:
    """(what to write, whether all is well)."""
    lines = [
        f"`python3 manage.py bench --faults --kills {kills}`: web (two processes) and worker are killed with SIGKILL in "
        "the middle of registrations and mails, while six clients repeat each form under its key until it is answered.",
        "",
        "| database | kills | acknowledged | of them lost | there twice | forms repeated | refused: full | mails sent "
        "| in doubt, flagged | silently lost |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    good = True
    for name, server in (("SQLite", ""), ("PostgreSQL", os.environ.get("CONFAPP_TEST_POSTGRES", ""))):
        if name == "PostgreSQL" and not server:
            continue
        report = _one(server, kills)
        good = good and not report.faults
        lines.append(_line(name, report))
        lines += [f"\n{fault}" for fault in report.faults]
    return "\n".join(lines), good


def _one(server: str, kills: int) -> Report:
    with tempfile.TemporaryDirectory(prefix="confapp-kill-") as folder, listening() as sink, database_on(server) as url:
        installation = Installation(Path(folder), sink, url)
        try:
            return run_kills(installation, kills)
        finally:
            installation.kill()


def _line(name: str, report: Report) -> str:
    rows: list[str] = report.found["rows"]  # type: ignore[assignment]
    states = Counter(mail["state"] for mail in report.found["mails"])  # type: ignore[attr-defined]
    lost = len(set(report.acknowledged) - set(rows))
    others = sum(states.values()) - states["sent"] - states["in_doubt"]
    return (
        f"| {name} | {report.kills} | {len(report.acknowledged)} | {lost} | {len(rows) - len(set(rows))} "
        f"| {report.repeated} | {report.refused} | {states['sent']} | {states['in_doubt']} | {others} |"
    )
