"""Which rows are likely one person: the same names in any order, or one address and similar names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import combinations
from typing import Any

from confapp.foundation import text
from confapp.foundation.languages import N_
from confapp.registration.rules import Status

SIMILAR = 0.8
LARGEST_GROUP = 60  # of one mailbox: beyond, only equal names are compared
MOST = 200


class Likeness(StrEnum):
    SAME_NAMES = "same_names"
    SAME_ADDRESS = "same_address"


LIKENESS_NAMES: dict[str, str] = {
    Likeness.SAME_NAMES: N_("The same names"),
    Likeness.SAME_ADDRESS: N_("The same address and similar names"),
}
OF_PERSON = (
    "honorific",
    "given_name",
    "family_name",
    "printed_name",
    "badge_name",
    "email",
    "phone",
    "country",
    "language",
)
OF_REGISTRATION = ("organization", "functional_title", "capacity", "rank")
LEFT = (Status.WITHDRAWN, Status.REFUSED, Status.REVOKED)


@dataclass(frozen=True)
class Pair:
    one: Any
    other: Any
    likeness: Likeness


def name_key(person: Any) -> tuple[str, ...]:
    """The words of a name without accents, in one order: "Dewi Contoh" is "CONTOH, Dewi"."""
    return tuple(sorted(text.fold(person.printed_name).replace(",", " ").replace(".", " ").split()))


def likeness(one: Any, other: Any) -> Likeness | None:
    mine, theirs = name_key(one), name_key(other)
    if mine and mine == theirs and len(mine) > 1:
        return Likeness.SAME_NAMES
    same_address = bool(one.email) and one.email.casefold() == other.email.casefold()
    if same_address and SequenceMatcher(None, " ".join(mine), " ".join(theirs)).ratio() >= SIMILAR:
        return Likeness.SAME_ADDRESS
    return None


def likely_pairs(people: Iterable[Any]) -> list[Pair]:
    """Pairs of one name first, then those of one address; nobody is compared with everybody."""
    by_name: dict[Any, list[Any]] = {}
    by_address: dict[str, list[Any]] = {}
    for person in people:
        by_name.setdefault(name_key(person), []).append(person)
        if person.email:
            by_address.setdefault(person.email.casefold(), []).append(person)
    mailboxes = [group for group in by_address.values() if len(group) <= LARGEST_GROUP]
    found: dict[tuple[int, int], Pair] = {}
    for group in (*by_name.values(), *mailboxes):
        for one, other in combinations(group[:LARGEST_GROUP], 2):
            if (alike := likeness(one, other)) is not None:
                found.setdefault((one.id, other.id), Pair(one, other, alike))
        if len(found) >= MOST:
            break
    return list(found.values())


def differing(one: Any, other: Any, names: Sequence[str]) -> list[str]:
    """The fields in which two rows say different things, where both say something or one does."""
    return [name for name in names if getattr(one, name) != getattr(other, name)]
