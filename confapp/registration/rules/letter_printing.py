"""What a letter prints, as plain values: composed once, kept with the letter, and set as a PDF from that alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from confapp.foundation import dates
from confapp.foundation.languages import best, joined, language, speaking
from confapp.foundation.languages import gettext as _
from confapp.registration.rules import CAPACITY_NAMES
from confapp.registration.rules.letter_texts import authorities
from confapp.registration.rules.letters import LETTER_KIND_NAMES, LetterKind, filled, paragraphs, used
from confapp.registration.rules.order import without_article

IN_THE_HEAD = ("conference", "city", "host")


@dataclass(frozen=True)
class About:
    """What a letter is about: its kind and text, its number and date, and the one it is written to or for."""

    kind: LetterKind
    text: Any
    conference: Any
    number: str
    dated_on: date
    delegation: Any = None
    registration: Any = None
    purpose: str | None = ""  # None where it is still to be typed: its place is marked
    country: Mapping[str, str] = field(default_factory=dict)  # its names, for they stand elsewhere


def values(about: About, code: str) -> dict[str, str]:
    """The placeholders of a text in one language."""
    conference = about.conference
    closes = conference.registration_closes_at
    known = {
        "conference": best(conference.name, code),
        "dates": dates.days(conference.starts_on, conference.ends_on, code),
        "city": best(conference.city, code),
        "venue": best(conference.venue, code),
        "host": best(conference.host, code),
        "contact": conference.contact_email,
        "deadline": dates.moment(closes, code, conference.zone) if closes else "",
        "number": about.number,
        "date": dates.day(about.dated_on, code),
    }
    if about.delegation is not None:
        known |= _of_delegation(about.delegation, code)
    if about.registration is not None:
        known |= _of_person(about, code)
    return known


def borrowed(about: About, code: str) -> list[str]:
    """Placeholders whose value is not written in this language, so that another one would stand in the letter."""
    conference, delegation = about.conference, about.delegation
    named = {name: getattr(conference, name if name != "conference" else "name") for name in (*IN_THE_HEAD, "venue")}
    if delegation is not None:
        named["delegation"] = delegation.name
    text = about.text
    wanted = {*IN_THE_HEAD, *used(part.get(code, "") for part in (text.subject, text.body, text.signatory))}
    is_addressed = delegation is not None and bool(delegation.addressee.get(code))
    if "delegation_formal" in wanted or ("addressee" in wanted and not is_addressed):
        wanted.add("delegation")
    return [name for name, value in named.items() if name in wanted and value and not value.get(code)]


def _of_delegation(delegation: Any, code: str) -> dict[str, str]:
    name = best(delegation.name, code)
    formal = delegation.formal_name.get(code) or name
    return {
        "delegation": name,
        "delegation_formal": formal,
        "addressee": delegation.addressee.get(code) or authorities(formal, code),
    }


def _of_person(about: About, code: str) -> dict[str, str]:
    registration = about.registration
    person = registration.person
    with speaking(code):
        capacity = _(CAPACITY_NAMES[registration.capacity]) if registration.delegation is not None else ""
        open_purpose = _("[consulate and days of travel]")
    return {
        "person": person.full_name,
        "name": f"{person.given_name} {person.family_name}".strip(),
        "given_name": person.given_name,
        "family_name": person.family_name,
        "function": registration.functional_title,
        "capacity": capacity,
        "body": best(registration.body, code),
        "category": best(registration.category.name, code),
        "reference": registration.number,
        "country": best(about.country, code),
        "purpose": open_purpose if about.purpose is None else about.purpose,
    }


def printed(about: About, codes: list[str]) -> dict[str, Any]:
    """Everything that stands on paper, one part for each language in their order."""
    return {"title": _title(about, codes[0]), "parts": [_part(about, code) for code in codes]}


def _title(about: About, code: str) -> str:
    with speaking(code):
        return f"{_(LETTER_KIND_NAMES[about.kind])} {about.number}".strip()


def _part(about: About, code: str) -> dict[str, Any]:
    known = values(about, code)
    with speaking(code):
        return {
            "language": code,
            "direction": language(code).direction,
            "conference": known["conference"],
            "host": known["host"],
            "held": joined(filter(None, (known["city"], known["dates"])), code),
            "kind": _(LETTER_KIND_NAMES[about.kind]),
            "number_label": _("Number"),
            "number": about.number,
            "date_label": _("Date"),
            "date": known["date"],
            "to": _addressee(about, known, code),
            "subject": filled(about.text.subject.get(code, ""), known),
            "paragraphs": paragraphs(about.text.body.get(code, ""), known),
            "signatory": filled(about.text.signatory.get(code, ""), known).splitlines(),
            "check_heading": _("Is this letter genuine?"),
            "check_text": _(
                "Scan the square, or type the code at the address below. Nobody needs an account for that."
            ),
            "square_alt": _("Square code that opens the verification of this letter"),
            "page": _("Page %(page)s of %(pages)s", page="\0", pages="\0"),
        }


def _addressee(about: About, known: Mapping[str, str], code: str) -> list[str]:
    """Whom it is written to. A visa letter and a confirmation are for whoever reads them."""
    if about.registration is None:  # at the head of a letter "the Embassy of …" stands without its article
        name = about.delegation.addressee.get(code) or known["delegation_formal"]
        return [name if code == "ar" else without_article(name, code)]
    if about.kind == LetterKind.PERSONAL_INVITATION:
        return [line for line in (known["person"], known["function"], known["body"]) if line]
    return []
