"""What a page of the desk shows of a programme, in words of the page's language: plain values for the templates."""

from confapp.programme.pages.board import Board, names_of, others_of
from confapp.programme.pages.changes import ShownChange, changes, version, where_and_when
from confapp.programme.pages.clashes import ShownClash, Words, worst_first
from confapp.programme.pages.history import acts, said
from confapp.programme.pages.timetable import Laid, Link, Shown, ShownCell, ShownRow, Timetable

__all__ = [
    "Board",
    "Laid",
    "Link",
    "Shown",
    "ShownCell",
    "ShownChange",
    "ShownClash",
    "ShownRow",
    "Timetable",
    "Words",
    "acts",
    "changes",
    "names_of",
    "others_of",
    "said",
    "version",
    "where_and_when",
    "worst_first",
]
