"""A letter on paper, from what was frozen in it alone: the same letter gives the same bytes."""

from datetime import datetime
from typing import Any

from flask import current_app, render_template

from confapp.foundation import pdf
from confapp.foundation.addresses import absolute
from confapp.foundation.codes import CODE_MARK, DRAFT_MARK
from confapp.foundation.languages import gettext as _
from confapp.foundation.pdf.drawing import css_string, square_code


def letter(printed: dict[str, Any], code: str, created: datetime) -> bytes:
    """PDF/A-3a and PDF/UA-1. Without a code it is a preview, and says so. Raises pdf.RenderingFailed."""
    first = printed["parts"][0]
    address = absolute(f"/verify/{code}") if code else ""
    page = render_template("registration/letters/pdf.html", parts=printed["parts"], code=code, address=_shown(address))
    return pdf.render(
        page,
        css=_style(printed["parts"], code, _shown(address)),
        assets={"qr.svg": square_code(address)} if code else {},
        language=first["language"],
        title=printed["title"],
        created=created,
        author=first["host"] or first["conference"],
        keywords=(first["number"], CODE_MARK + code) if code else (DRAFT_MARK,),
    )


def _style(parts: list[dict[str, Any]], code: str, address: str) -> str:
    """The sheet, and the foot of the pages of each language in its own words."""
    sheet: str = current_app.jinja_env.get_template("registration/letters/pdf.css").render()
    return sheet + "".join(_foot(part, code, address) for part in parts)


def _foot(part: dict[str, Any], code: str, address: str) -> str:
    language = part["language"]
    before, between = (css_string(words) for words in part["page"].split("\0")[:2])
    printed = (part["number"], address) if code else (_("Preview: this letter has not been issued."),)
    foot = css_string("  ·  ".join(one for one in printed if one))
    return (
        f"section:lang({language}) {{ page: letter-{language} }}"
        f"@page letter-{language} {{ @bottom-left {{ content: {foot} }}"
        f" @bottom-right {{ content: {before} counter(page) {between} counter(pages) }} }}"
    )


def _shown(address: str) -> str:
    """An address as people type it."""
    return address.partition("://")[2]
