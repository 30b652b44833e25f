"""CPU seconds of the files of one statement, as the worker makes them: the PDF at about 10 and 100 pages, and the rest."""

import io
import os
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf

from bench.tables import Timed
from confapp import create_app
from confapp.config import from_environment
from confapp.documents import exports, pdfs
from confapp.documents.exports.akoma import as_akoma
from confapp.documents.exports.word import as_docx
from confapp.documents.rules import BlockKind, DocumentKind, Nature
from confapp.documents.rules.composition import Paragraph
from confapp.documents.rules.reading import IssueFacts, Reading
from confapp.foundation import pdf

ADDRESS = "https://confapp.example/verify/7K3M-XH2P-9QRT"
GOALS = {10: 0.8, 100: 7.0}
WORDS = (
    " that trust in public communication grows where figures are measured in the open, where the method is written beside "
    "them, and where everybody can repeat the measurement with the same means and in the same time;"
)
PER_PAGE = 11.4  # paragraphs, with a heading before every ninth


def statement(paragraphs: int) -> Reading:
    blocks = []
    for number in range(1, paragraphs + 1):
        if number % 9 == 1:
            words = [{"t": f"Part {number // 9 + 1}"}]
            blocks.append(Paragraph(f"head{number:06d}", BlockKind.HEADING, 0, "", words, "en"))
        words = [{"em": "Affirm"}, {"t": WORDS}]
        blocks.append(Paragraph(f"para{number:06d}", BlockKind.OPERATIVE, 0, f"{number}.", words, "en"))
    return Reading(
        symbol="CONF/2027/L.1",
        kind=DocumentKind.OUTCOME,
        nature=Nature.DECLARATION,
        title="Declaration on Measuring in the Open",
        language="en",
        languages=("en",),
        original_language="en",
        authentic_languages=("en",),
        paragraphs=tuple(blocks),
        conference={"en": "Conference on Measuring"},
        conference_slug="measuring",
        city={"en": "Makassar"},
        held=(date(2027, 3, 8), date(2027, 3, 9)),
        zone="Asia/Makassar",
        issue=IssueFacts(1, "7K3M-XH2P-9QRT", "5f0c2b7a91d4e386", datetime(2027, 3, 9, tzinfo=UTC)),
    )


def measure() -> list[Timed]:
    with tempfile.TemporaryDirectory(prefix="confapp-statements-") as folder:
        app = create_app(from_environment({**os.environ, "CONFAPP_DATA": folder}))
        with app.app_context():
            return [*(_printed(pages) for pages in GOALS), *_others()]


def _printed(pages: int) -> Timed:
    text = statement(round(pages * PER_PAGE))
    made, spent = b"", []
    for _round in range(3):
        begun = _cpu()
        made = pdfs.document(text, as_akoma(text), ADDRESS)
        spent.append(_cpu() - begun)
    with pikepdf.open(io.BytesIO(made)) as opened:
        number = len(opened.pages)
    return Timed("none", f"PDF of a statement of {number} pages, CPU", min(spent), GOALS[pages])


def _others() -> list[Timed]:
    text, found = statement(round(10 * PER_PAGE)), []
    makers = {
        "DOCX": lambda: as_docx(text, ADDRESS),
        "Akoma Ntoso, checked against its schema,": lambda: as_akoma(text),
        "HTML": lambda: exports.as_html(text, ADDRESS),
        "JSON": lambda: exports.as_json(text),
    }
    for name, make in makers.items():
        make()
        begun = time.process_time()
        make()
        found.append(Timed("none", f"{name} of a statement of 10 pages, CPU", time.process_time() - begun, 0.8))
    return found


def _cpu() -> float:
    """Of this process and of the renderer with its children, who did what it was asked."""
    process = pdf._renderer().process
    theirs = 0.0
    if process is not None:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        theirs = sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    return time.process_time() + theirs


if __name__ == "__main__":
    for one in measure():
        print(one.line())
