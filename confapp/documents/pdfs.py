"""The document on paper: tagged and archivable, with the same text for programs attached."""

from flask import current_app, render_template

from confapp.documents.rules.reading import Reading, Sheet, sheet
from confapp.foundation import pdf
from confapp.foundation.codes import CODE_MARK
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import printing
from confapp.foundation.pdf.drawing import css_string, square_code


def document(reading: Reading, data: bytes, address: str) -> bytes:
    """PDF/A-3a and PDF/UA-1 with `data`, its Akoma Ntoso, inside. Slow, and raises pdf.RenderingFailed."""
    if reading.issue is None:
        raise ValueError("only an issue is printed")
    with printing(reading.language):
        words = sheet(reading, address)
        attached = pdf.PdfAttachment(
            f"{reading.symbol.replace('/', '_')}.{reading.language}.xml", data, _("The same text for programs")
        )
        return pdf.render(
            render_template("documents/published/pdf.html", reading=reading, sheet=words),
            css=_style(words),
            assets={"qr.svg": square_code(address)},
            language=reading.language,
            title=f"{reading.symbol} {reading.title}",
            created=reading.issue.issued_at,
            author=words.conference,
            keywords=(reading.symbol, CODE_MARK + reading.issue.code),
            attachments=[attached],
        )


def _style(words: Sheet) -> str:
    before, between, after = (css_string(part) for part in words.pages)
    return (
        current_app.jinja_env.get_template("documents/published/pdf.css").render()
        + f"@page {{ @bottom-left {{ content: {css_string(words.foot)} }}"
        + f" @bottom-right {{ content: {before} counter(page) {between} counter(pages) {after} }} }}"
    )
