"""Bringing in tables of people: the state of an import."""

from enum import StrEnum


class ImportState(StrEnum):
    UPLOADED = "uploaded"
    CHECKED = "checked"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"
