"""What was answered to the questions of the catalogue, as columns of the table of registrations.

Only answers that are kept in plain, and only for whom the question names as readers; sealed ones are opened one by one
with a reason and never leave in a table.
"""

from collections.abc import Callable, Sequence
from typing import Any

from confapp.conferences.models import Conference
from confapp.foundation.access import Actor
from confapp.foundation.exporting import Column
from confapp.foundation.languages import best
from confapp.registration.exports.registrations import more_columns
from confapp.registration.queries import questions as queries
from confapp.registration.rules.answers import in_words
from confapp.registration.rules.questions import DataClass

IN_ONE_QUERY = 500


def columns(actor: Actor, conference: Conference, ids: Sequence[int]) -> list[Column]:
    """One for each question that any of these registrations answered, in the catalogue's order."""
    words: dict[int, dict[int, str]] = {}
    for start in range(0, len(ids), IN_ONE_QUERY):
        for registration_id, answers in queries.answers_of_all(ids[start : start + IN_ONE_QUERY]).items():
            for one in queries.readable(answers, actor):
                if one.question.data_class == DataClass.PERSONAL:
                    name = one.file.name if one.file is not None else ""
                    said = in_words(one.question.kind, one.version, one.plain, zone=conference.zone, file_name=name)
                    words.setdefault(one.question_id, {})[registration_id] = said
    return [
        Column(f"question_{one.code}", best(one.newest.label), _of(words[one.id]), 24)
        for one in queries.catalogue()
        if one.id in words
    ]


def _of(said: dict[int, str]) -> Callable[[Any], str]:
    return lambda row: said.get(row.id, "")


more_columns.append(columns)
