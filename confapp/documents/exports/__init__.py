"""A published text for programs (JSON) and as one file for a browser (HTML): the same text gives the same bytes."""

import json
from base64 import b64encode
from hashlib import sha256
from typing import Any

from flask import render_template

from confapp.documents.rules import inline
from confapp.documents.rules.reading import Emblem, Reading, sheet
from confapp.foundation.codes import CODE_MARK
from confapp.foundation.languages import printing

SCHEMA = "confapp-document/1"


def as_json(reading: Reading) -> bytes:
    """UTF-8, keys in order. `text` is the closed inline schema: spans of "t", "em", "strong", "ref" or "note".

    A "ref" is the id of a block; what it is called in this language stands in `references`. Notes are spelled out with
    their numbers in `notes`.
    """
    issue, adoption = reading.issue, reading.adoption
    with printing(reading.language):
        words = sheet(reading, "")
    content = {
        "schema": SCHEMA,
        "symbol": reading.symbol,
        "title": reading.title,
        "kind": reading.kind,
        "nature": reading.nature,
        "language": reading.language,
        "languages": list(reading.languages),
        "original_language": reading.original_language,
        "is_authentic": reading.is_authentic,
        "conference": {
            "name": reading.said(reading.conference),
            "address": reading.conference_slug,
            "city": reading.said(reading.city),
            "from": reading.held[0].isoformat(),
            "to": reading.held[1].isoformat(),
        },
        "masthead": {
            "distribution": reading.masthead.access,
            "body": reading.said(reading.masthead.body) or None,
            "session": reading.said(reading.masthead.session) or None,
            "agenda_item": reading.masthead.agenda_item or None,
            "job_number": reading.masthead.job_number or None,
            "held": words.held,
            "lines": [
                {"name": name, "label": label, "text": value}
                for name, (label, value) in zip(words.fact_names, words.facts, strict=True)
            ],
            "dated": words.issued or None,
            "over": words.over or None,
            "under": words.under or None,
            "mark": words.mark or None,
            "emblem": reading.emblem and {"alt": words.emblem_alt, "src": as_data(reading.emblem)},
        },
        "submitted_by": reading.said(reading.submitted_by) or None,
        "version": reading.version,
        "adoption": adoption
        and {
            "manner": adoption.manner,
            "date": adoption.adopted_on.isoformat(),
            "meeting": reading.said(adoption.meeting),
            "presiding": reading.said(adoption.presiding),
            "meeting_number": adoption.number or None,
            "symbol_of_record": adoption.symbol_of_record or None,
            "states_present": adoption.present,
            "quorum": adoption.quorum,
            "oral_revisions": [
                {"text": one.text, "announced_by": reading.said(one.announced_by) or None, "blocks": list(one.blocks)}
                for one in reading.beside.oral_revisions
            ],
        },
        "vote": _vote(reading) if reading.beside.votes else None,
        "statements": [
            {
                "id": one.ref,
                "kind": one.kind,
                "delegation": reading.said(one.delegation),
                "blocks": list(one.blocks),
                "received": one.received_at.isoformat(timespec="seconds"),
                "text": one.text or None,
            }
            for one in reading.beside.statements
        ],
        "endorsements": [
            {
                "name": reading.said(one.name),
                "code": one.code or None,
                "is_state": one.is_state,
                "authority": reading.said(one.authority),
                "date": one.endorsed_on.isoformat(),
                "withdrawn": one.withdrawn_on and one.withdrawn_on.isoformat(),
                "reason": reading.said(one.reason) or None,
            }
            for one in reading.beside.endorsements
        ],
        "issue": issue
        and {
            "number": issue.number,
            "kind": issue.kind,
            "issued": issue.issued_at.isoformat(timespec="seconds"),
            "verification": CODE_MARK + issue.code,
            "text_fingerprint": issue.fingerprint,
        },
        "blocks": [
            {
                "id": p.block,
                "kind": p.kind,
                "level": p.level,
                "label": p.label,
                "in_annex": p.is_in_annex,
                "text": p.inline,
                "plain": p.plain,
                "references": dict(p.shown),
                "notes": [
                    {"number": number, "text": words, "plain": inline.to_plain(words)} for number, words in p.notes
                ],
            }
            for p in reading.paragraphs
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _vote(reading: Reading) -> dict[str, Any]:
    beside = reading.beside
    votes = [{"name": reading.said(name), "code": code or None, "vote": cast} for name, code, cast in beside.votes]
    return {"totals": beside.totals, "votes": votes}


def as_html(reading: Reading, address: str) -> bytes:
    """One file without anything outside it; its style is inside, and `style_policy` lets a browser use it."""
    with printing(reading.language):
        words = sheet(reading, address)
        page = render_template(
            "documents/published/file.html", reading=reading, sheet=words, address=address, mark=CODE_MARK
        )
    return page.encode()


def as_data(emblem: Emblem) -> str:
    """A picture as an address that holds it."""
    kind = "svg+xml" if emblem.name.endswith(".svg") else "png"
    return f"data:image/{kind};base64,{b64encode(emblem.data).decode()}"


def style_policy(page: bytes) -> str:
    """The Content-Security-Policy of a published HTML file: nothing but the one style that stands in it."""
    pictures = " img-src data:;" if b' src="data:image/' in page else ""
    style = page.partition(b"<style>")[2].partition(b"</style>")[0]
    allowed = f"'sha256-{b64encode(sha256(style).digest()).decode()}'" if style else "'none'"
    shut = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    return f"default-src 'none'; style-src {allowed};{pictures} {shut}"
