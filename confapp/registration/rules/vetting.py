"""The vetting list: what goes out to an office, and how what comes back is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from confapp.foundation.languages import INTERFACE, N_, speaking
from confapp.foundation.languages import gettext as _
from confapp.registration.rules.accreditation import OUTCOME_NAMES, Outcome

MOST_ROWS, LONGEST_NOTE, LARGEST_FILE = 3000, 300, 1_500_000
RESULT_WORDS: dict[str, Outcome] = {
    "cleared": Outcome.CLEARED,
    "clear": Outcome.CLEARED,
    "ok": Outcome.CLEARED,
    "yes": Outcome.CLEARED,
    "objected": Outcome.OBJECTED,
    "objection": Outcome.OBJECTED,
    "no": Outcome.OBJECTED,
}
NUMBER, RESULT, NOTE, MARK = N_("Number"), N_("Result"), N_("Note"), N_("Mark (leave as it is)")


@dataclass(frozen=True)
class Row:
    """One row of a file that came back: its number in the file, and what stands in the columns that are read.

    The mark is that of what went out; a list that was written by hand has none.
    """

    position: int
    number: str
    result: str
    note: str
    mark: str = ""


@dataclass(frozen=True)
class Mark:
    """What a row of the list was taken from: the data, and what the office had said about it, mostly nothing yet."""

    data: str
    said: str = ""

    @property
    def written(self) -> str:
        return f"{self.data}.{self.said}" if self.said else self.data

    @classmethod
    def read(cls, text: str) -> "Mark":
        data, _dot, said = text.partition(".")
        return cls(data, said)


def outcome_of(word: str) -> Outcome | None:
    """A result as people write it: the words of the list in any language of the pages, or a plain one."""
    folded = word.strip().casefold()
    return RESULT_WORDS.get(folded) or _outcomes().get(folded)


@cache
def _outcomes() -> dict[str, Outcome]:
    """The list is taken in one language, and its results come back through the page in another."""
    found: dict[str, Outcome] = {}
    for code in INTERFACE:
        with speaking(code):
            found |= {_(name).casefold(): Outcome(one) for one, name in OUTCOME_NAMES.items()}
    return found


def columns_of(head: Sequence[str], labels: dict[str, set[str]]) -> dict[str, int]:
    """Which column holds which of number, result and note, by the heads of the list in any language."""
    found: dict[str, int] = {}
    for place, cell in enumerate(head):
        for name, words in labels.items():
            if cell.strip().casefold() in words:
                found.setdefault(name, place)
    return found


def row_fault(row: Row) -> str | None:
    """What is wrong with a row by itself; None when it can be looked up."""
    if not row.number:
        return _("The number of the registration is missing.")
    outcome = outcome_of(row.result)
    if outcome is None:
        return _("The result “%(word)s” is not known. Write Cleared or Objected.", word=row.result[:40])
    if outcome == Outcome.OBJECTED and not row.note:
        return _("An objection needs a note.")
    if len(row.note) > LONGEST_NOTE:
        return _("The note has more than %(number)d characters.", number=LONGEST_NOTE)
    return None
