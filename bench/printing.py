"""Milliseconds per page of the PDF engine, at about 2, 10 and 100 pages."""

import io
import time
from datetime import UTC, datetime

import pikepdf

from confapp.foundation import pdf

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
