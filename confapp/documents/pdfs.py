"""The document on paper: tagged and archivable, with the same text for programs attached."""

from collections.abc import Iterator

from flask import current_app, render_template

from confapp.documents.rules import after
from confapp.documents.rules.composition import Paragraph
from confapp.documents.rules.reading import Reading, Sheet, beside_line, sheet
from confapp.foundation import languages, pdf
from confapp.foundation.codes import CODE_MARK
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import printing
from confapp.foundation.pdf.drawing import css_string, square_code

# A hundred pages take about four seconds of computing, and a busy machine gives them late.
LIMITS = pdf.Limits(cpu=60, wall=240)


def document(reading: Reading, data: bytes, address: str) -> bytes:
    """PDF/A-3a and PDF/UA-1 with `data`, its Akoma Ntoso, inside. Slow, and raises pdf.RenderingFailed."""
    with printing(reading.language):
        words = sheet(reading, address)
        html = render_template("documents/published/pdf.html", reading=reading, sheet=words)
        return _render(reading, words, html, _style("pdf.css", reading, words), address, [_attached(reading, data)])


def beside(text: Reading, original: Reading, data: tuple[bytes, bytes], address: str) -> bytes:
    """The same of two languages: the original on the left, the other beside it, block by block."""
    with printing(text.language):
        second, line = sheet(text, address), beside_line(text)
        parts, endorsed = after.parts(text), after.endorsements(text)
    with printing(original.language):
        words = sheet(original, address)
        html = render_template(
            "documents/published/beside.html",
            pair=[(original, words, beside_line(original)), (text, second, line)],
            rows=list(_rows(original, text)),
            endorsements=after.side_by_side(after.endorsements(original), endorsed),
            after=[
                (one.heading, other.heading, after.side_by_side(one.entries, other.entries))
                for one, other in zip(after.parts(original), parts, strict=True)
            ],
        )
        style = _style("pdf.css", original, words) + _style("beside.css", original, words)
        attached = [_attached(original, data[0]), _attached(text, data[1])]
        return _render(original, words, html, style, address, attached, f" / {text.title}")


def _rows(original: Reading, text: Reading) -> Iterator[tuple[Paragraph, Paragraph | None]]:
    """By block: both languages have the same ones, whatever their order in memory."""
    other = {paragraph.block: paragraph for paragraph in text.paragraphs}
    for paragraph in original.paragraphs:
        yield paragraph, other.get(paragraph.block)


def _render(
    reading: Reading,
    words: Sheet,
    html: str,
    style: str,
    address: str,
    attachments: list[pdf.PdfAttachment],
    more_title: str = "",
) -> bytes:
    issue, emblem = reading.issue, reading.emblem
    if issue is None:
        raise ValueError("only an issue is printed")
    return pdf.render(
        html,
        css=style,
        assets={"qr.svg": square_code(address)} | ({emblem.name: emblem.data} if emblem else {}),
        language=reading.language,
        title=f"{reading.symbol} {reading.title}{more_title}",
        created=issue.issued_at,
        author=words.conference,
        keywords=(reading.symbol, CODE_MARK + issue.code),
        attachments=attachments,
        limits=LIMITS,
    )


def _attached(reading: Reading, data: bytes) -> pdf.PdfAttachment:
    name = f"{reading.symbol.replace('/', '_')}.{reading.language}.xml"
    return pdf.PdfAttachment(name, data, _("The same text for programs"))


def _style(name: str, reading: Reading, words: Sheet) -> str:
    """With what stands in the margins, on the sides where the language begins and ends."""
    before, between, after = (css_string(part) for part in words.pages)
    direction = languages.language(reading.language).direction
    begin, end = ("right", "left") if direction == "rtl" else ("left", "right")
    return (
        current_app.jinja_env.get_template(f"documents/published/{name}").render(
            begin=begin, end=end, direction=direction, watermark=css_string(words.watermark) if words.watermark else ""
        )
        + f"@page {{ @bottom-{begin} {{ content: {css_string(words.foot)} }}"
        + f" @bottom-{end} {{ content: {before} counter(page) {between} counter(pages) {after} }} }}"
    )
