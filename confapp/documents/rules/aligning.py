"""Which paragraph of a translation belongs to which of the original, by order and kind; people look first. Pure."""

from collections.abc import Sequence

from confapp.documents.rules.importing import BELOW_ITEM

Kinds = Sequence[tuple[str, int]]  # of each paragraph what it is and how many letters it has

SAME, NEAR, OTHER, LEFT = 8, 3, -3, -2
ALIKE = ({"list_item", BELOW_ITEM}, {"paragraph", "preambular", "organ", "note"}, {"operative", "paragraph"})


def aligned(original: Kinds, translation: Kinds) -> list[int | None]:
    """For each paragraph of the original the place of its translation, in order; None where nothing fits.

    The best way through the table of both: as many paragraphs of one kind together as can be, and few left over.
    """
    if len(original) == len(translation):
        return list(range(len(original)))
    best = [[LEFT * (row + column) for column in range(len(translation) + 1)] for row in range(len(original) + 1)]
    for row, one in enumerate(original, 1):
        above, here = best[row - 1], best[row]
        for column, other in enumerate(translation, 1):
            here[column] = max(above[column - 1] + _fit(one, other), above[column] + LEFT, here[column - 1] + LEFT)
    return _way_back(original, translation, best)


def _way_back(original: Kinds, translation: Kinds, best: list[list[int]]) -> list[int | None]:
    found: list[int | None] = [None] * len(original)
    row, column = len(original), len(translation)
    while row and column:
        if best[row][column] == best[row - 1][column - 1] + _fit(original[row - 1], translation[column - 1]):
            row, column = row - 1, column - 1
            found[row] = column
        elif best[row][column] == best[row - 1][column] + LEFT:
            row -= 1
        else:
            column -= 1
    return found


def _fit(one: tuple[str, int], other: tuple[str, int]) -> int:
    """Kinds that are alike, and lengths of which none is a multiple of the other."""
    kind = SAME if one[0] == other[0] else NEAR if any({one[0], other[0]} <= alike for alike in ALIKE) else OTHER
    shorter, longer = sorted((one[1] + 10, other[1] + 10))
    return kind + (2 if longer < 2 * shorter else -1 if longer < 4 * shorter else -4)
