"""How an issue is cited: as words, and for programs that keep literature (BibTeX, RIS).

The body that issued it stands where an author would, for the author of an outcome is the conference. The address is the
lasting one of this issue; what is cited does not change when another issue follows.
"""

import re
from dataclasses import dataclass
from datetime import date

FORMATS = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems", "txt": "text/plain"}
ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True)
class Cited:
    """What a citation says, in one language; `held` is where and when the conference met."""

    conference: str
    held: str
    city: str
    title: str
    symbol: str
    kind: str
    adopted: str
    issued: str
    issued_on: date
    language: str
    code: str
    address: str

    @property
    def key(self) -> str:
        return re.sub(r"[^A-Za-z0-9]+", "-", f"{self.symbol}-{self.issued_on.year}").strip("-")


def in_words(one: Cited) -> str:
    parts = (one.conference, f"{one.title}, {one.symbol}", one.adopted, one.issued, one.address)
    return ". ".join(part.rstrip(".") for part in parts if part)


def bibtex(one: Cited) -> str:
    fields = {
        "author": f"{{{_tex(one.conference)}}}",
        "title": f"{{{_tex(one.title)}}}",
        "year": str(one.issued_on.year),
        "month": one.issued_on.strftime("%m").lstrip("0"),
        "number": _tex(one.symbol),
        "type": _tex(one.kind),
        "institution": _tex(one.conference),
        "address": _tex(one.city),
        "language": one.language,
        "url": one.address,
        "note": _tex("; ".join(part for part in (one.held, one.adopted, one.code) if part)),
    }
    said = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@techreport{{{one.key},\n{said}\n}}\n"


def ris(one: Cited) -> str:
    """RPRT; corporate authors end with a comma, so that no program takes them apart."""
    fields = (
        ("TY", "RPRT"),
        ("AU", one.conference.replace(",", " ") + ","),
        ("TI", one.title),
        ("PY", str(one.issued_on.year)),
        ("DA", one.issued_on.strftime("%Y/%m/%d")),
        ("M1", one.symbol),
        ("M3", one.kind),
        ("CY", one.city),
        ("PB", one.conference),
        ("LA", one.language),
        ("N1", "; ".join(part for part in (one.held, one.adopted, one.code) if part)),
        ("UR", one.address),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in fields if value or tag == "ER")


def written(one: Cited, file_format: str) -> str:
    if file_format == "bib":
        return bibtex(one)
    return ris(one) if file_format == "ris" else in_words(one) + "\n"


def _tex(words: str) -> str:
    return "".join(ESCAPED.get(char, "\\" + char if char in "{}&%$#_" else char) for char in words)
