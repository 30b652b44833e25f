"""The order of delegations: a rule gives it once, it is stored, and hands change it; no list sorts where it is shown.

The usual rule is alphabetical by the printed names in one language, beginning with a seat that was drawn and wrapping
around. Leading articles do not count ("the Gambia", "Philippines (the)", "La …"); nameplates leave them out.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from confapp.foundation import text
from confapp.foundation.access import Permit
from confapp.foundation.languages import N_, best
from confapp.registration.rules import INVITE, HostPlace, PartyKind

ORDER: Permit = INVITE

HOST_PLACE_NAMES: dict[str, str] = {
    HostPlace.IN_ORDER: N_("In its place in the alphabet"),
    HostPlace.FIRST: N_("First"),
    HostPlace.LAST: N_("Last"),
}

ARTICLES: dict[str, str] = {
    "en": r"the ",
    "fr": r"l['’]|la |le |les ",
    "es": r"el |la |los |las ",
    "pt": r"o |a |os |as ",
    "ar": r"ال",
}
_TRAILING = re.compile(r"\s*\(\s*(?:the|la|le|les|l['’]|el|los|las)\s*\)\s*$", re.IGNORECASE)


class Row(Protocol):
    """What is put in order: a delegation, or anything else of this shape."""

    id: Any
    name: Any
    kind: Any
    code: Any


Some = TypeVar("Some", bound=Row)
Same = TypeVar("Same", int, str)


def without_article(name: str, language: str = "en") -> str:
    """As on a nameplate: "the Gambia" and "Gambia (the)" are Gambia."""
    bare = _TRAILING.sub("", name)
    article = ARTICLES.get(language)
    shorter = re.sub(rf"^(?:{article})", "", bare, count=1, flags=re.IGNORECASE) if article else bare
    return shorter.strip() or name


def sort_key(name: str, language: str) -> str:
    """Without article, accents, case and punctuation, so that Côte d’Ivoire stands after Costa Rica."""
    return " ".join(re.sub(r"[\W_]+", " ", text.fold(without_article(name, language))).split())


@dataclass(frozen=True)
class Rule:
    """How delegations are put in order. `host` and `first` are ids."""

    language: str
    host_place: HostPlace = HostPlace.IN_ORDER
    host: int | None = None
    first: int | None = None
    kinds_apart: bool = True


def arranged(rows: Iterable[Some], rule: Rule) -> list[Some]:
    """The rows in the order of a rule. Each kind wraps around and has its host first or last by itself."""
    ordered = sorted(rows, key=lambda row: (sort_key(best(row.name, rule.language), rule.language), row.code, row.id))
    if not rule.kinds_apart:
        return _arranged(ordered, rule)
    return [row for kind in PartyKind for row in _arranged([one for one in ordered if one.kind == kind], rule)]


def _arranged(ordered: list[Some], rule: Rule) -> list[Some]:
    host = next((row for row in ordered if row.id == rule.host), None)
    if host is not None and rule.host_place != HostPlace.IN_ORDER:
        others = _beginning(rule.first, [row for row in ordered if row is not host])
        return [host, *others] if rule.host_place == HostPlace.FIRST else [*others, host]
    return _beginning(rule.first, ordered)


def _beginning(first: int | None, ordered: list[Some]) -> list[Some]:
    at = next((index for index, row in enumerate(ordered) if row.id == first), 0)
    return ordered[at:] + ordered[:at]


def moved(ids: Sequence[int], one: int, to: int) -> list[int]:
    """The ids with one of them at a position counted from 1; beyond the ends is at the end."""
    others = [other for other in ids if other != one]
    to = min(max(to, 1), len(ids))
    return [*others[: to - 1], one, *others[to - 1 :]]


def restored(now: Sequence[Same], before: Sequence[Same]) -> list[Same]:
    """An earlier order: without those who have gone since, and with those who came since at the end."""
    present = set(now)
    kept = [one for one in before if one in present]
    return kept + [one for one in now if one not in set(kept)]


def fingerprint(ids: Iterable[int]) -> str:
    """Two orders have the same fingerprint when they are the same: what was looked at is what is applied."""
    return hashlib.sha256(",".join(str(one) for one in ids).encode()).hexdigest()[:24]


def drawn(seed: str, refs: Iterable[str]) -> str:
    """Which one a draw gives: anybody can check it from the seed and the list that stand in the record.

    The references are sorted; the SHA-256 hash of the seed and of them, a line each, as a number, modulo how many there
    are, is the place of the one drawn, counted from 0.
    """
    among = sorted(refs)
    number = int.from_bytes(hashlib.sha256("\n".join([seed, *among]).encode()).digest())
    return among[number % len(among)]
