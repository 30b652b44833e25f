"""Milliseconds per page of the PDF engine, at about 2, 10 and 100 pages, and of the files of a release."""

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pikepdf
from sqlalchemy import select

from bench.processes import ROOT
from confapp import create_app
from confapp.conferences.models import Conference
from confapp.foundation import pdf
from confapp.foundation.db import db, in_conference
from confapp.foundation.transactions import reading
from confapp.programme import printing, queries
from confapp.programme.rules import PrintKind

PARAGRAPH = (
    "<p>{n}. <em>Affirm</em> that trust in public communication grows where figures are measured in the open, where the "
    "method is written beside them, and where everybody can repeat the measurement with the same means and time;</p>"
)


def pages(paragraphs: int) -> tuple[int, float]:
    """(pages, milliseconds) of a document with so many paragraphs."""
    html = "<h1>Message on Measuring</h1>" + "".join(PARAGRAPH.format(n=n) for n in range(1, paragraphs + 1))
    limits = pdf.Limits(cpu=120, wall=180)
    begun = time.perf_counter()
    content = pdf.render(
        html, language="en", title="Message on Measuring", created=datetime(2027, 3, 9, tzinfo=UTC), limits=limits
    )
    spent = (time.perf_counter() - begun) * 1000
    with pikepdf.open(io.BytesIO(content)) as made:
        return len(made.pages), spent


def measure() -> list[tuple[int, float]]:
    pages(1)  # starts the renderer
    per_page = 400 / pages(400)[0]
    found = []
    for wanted, times in ((2, 5), (10, 3), (100, 1)):
        runs = [pages(round(per_page * wanted * 0.97)) for _ in range(times)]
        found.append(sorted(runs, key=lambda run: run[1])[len(runs) // 2])
    return found


NAMES = {
    PrintKind.BOOKLET: "booklet of 200 sessions",
    PrintKind.PLAN: "plan for the wall, 3 days",
    PrintKind.TABLE: "workbook of 200 sessions",
}


def files(env: dict[str, str]) -> list[tuple[str, int, float]]:
    """(name, pages, milliseconds) of each file of the release that bench.prepare made, as the worker makes it."""
    command = [sys.executable, "-m", "bench.printing"]
    ran = subprocess.run(command, cwd=ROOT, env=env | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, check=True)
    return [(name, number, spent) for name, number, spent in json.loads(ran.stdout.splitlines()[-1])]


def _timed(make: Callable[[], bytes]) -> tuple[bytes, float]:
    begun = time.perf_counter()
    return make(), (time.perf_counter() - begun) * 1000


def main() -> None:
    app = create_app()
    pages(1)  # starts the renderer
    found = []
    with app.app_context():
        conference = db.session.scalars(select(Conference).where(Conference.slug == os.environ["BENCH_SLUG"])).one()
        for kind, name in NAMES.items():
            with in_conference(conference.id), reading():
                conference = db.session.merge(conference)
                make = printing.prepared(conference, queries.newest_release(), kind, "en")
            content, spent = _timed(make)
            number = 0
            if kind.file_format == "pdf":
                with pikepdf.open(io.BytesIO(content)) as made:
                    number = len(made.pages)
            found.append((name, number, spent))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
