"""Addresses of missions as a spreadsheet has them: each line has the name or code of a delegation, and an address."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from confapp.foundation import text
from confapp.foundation.languages import gettext as _
from confapp.registration.rules.order import without_article

ADDRESS = re.compile(r"<?([^\s<>;,|]+@[^\s<>;,|]+)>?")
BETWEEN = re.compile(r"[\t;,|]")
LONGEST_LIST = 60_000


@dataclass(frozen=True)
class Fault:
    number: int
    line: str
    why: str


@dataclass
class Read:
    """What a list says: addresses by the reference of the delegation, and the lines that say nothing."""

    addresses: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def known_names(delegations: Iterable[Any]) -> dict[str, set[str]]:
    """References by what a line may call a delegation: code, names in every language, formal names."""
    known: dict[str, set[str]] = {}
    for row in delegations:
        for code, name in (*row.name.items(), *row.formal_name.items(), ("", row.code)):
            for shape in {_shape(name), _shape(without_article(name, code or "en"))} - {""}:
                known.setdefault(shape, set()).add(row.ref)
    return known


def read(pasted: str, known: Mapping[str, set[str]], checked: Callable[[str], str | None]) -> Read:
    """`checked` gives an address in its normal form, or None. A first line without an address is a heading."""
    found = Read()
    for number, line in enumerate(pasted.splitlines(), 1):
        if not line.strip() or (number == 1 and "@" not in line):
            continue
        why = _take(line, known, checked, found)
        if why:
            found.faults.append(Fault(number, line.strip()[:200], why))
    return found


def _take(line: str, known: Mapping[str, set[str]], checked: Callable[[str], str | None], found: Read) -> str:
    """Notes the address of one line, or says why not."""
    written = ADDRESS.findall(line)
    if not written:
        return _("There is no e-mail address in this line.")
    if len({one.casefold() for one in written}) > 1:
        return _("A delegation has one address for letters; this line has several.")
    address = checked(written[0])
    if address is None:
        return _("Write an e-mail address such as name@ministry.example.")
    refs = _named(ADDRESS.sub("", line), known)
    if len(refs) != 1:
        return _("Several delegations are called so.") if refs else _("No delegation of this conference is called so.")
    (ref,) = refs
    if found.addresses.get(ref, address).casefold() != address.casefold():
        return _("A line above gives this delegation another address.")
    found.addresses[ref] = address
    return ""


def _named(words: str, known: Mapping[str, set[str]]) -> set[str]:
    """The delegations that the rest of a line names: as a whole, or by its first cell that is a name."""
    for candidate in (words, *BETWEEN.split(words)):
        shape = _shape(candidate)
        if refs := known.get(shape) or known.get(without_article(shape)):
            return refs
    return set()


def _shape(name: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text.fold(name)).split())
