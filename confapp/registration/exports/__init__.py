"""What registrations give out: tables for spreadsheets and paper, and the conference for a calendar."""

from confapp.foundation.exporting import safe_cell
from confapp.registration.exports import answers  # noqa: F401 - adds its columns
from confapp.registration.exports.calendars import calendar
from confapp.registration.exports.figures import FIGURES
from confapp.registration.exports.lists import CATEGORIES, DELEGATIONS, PARTIES
from confapp.registration.exports.making import name_of, table
from confapp.registration.exports.registrations import REGISTRATIONS, more_columns

__all__ = [
    "CATEGORIES",
    "DELEGATIONS",
    "FIGURES",
    "PARTIES",
    "REGISTRATIONS",
    "calendar",
    "more_columns",
    "name_of",
    "safe_cell",
    "table",
]
