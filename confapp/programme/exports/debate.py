"""The list of speakers as a table."""

from typing import Any

from confapp.foundation.exporting import Column
from confapp.foundation.languages import N_, best, joined
from confapp.foundation.languages import gettext as _
from confapp.programme.rules.debate import MISSING_NAMES, MODE_NAMES
from confapp.registration.rules import RANK_NAMES, Rank


def _rank(row: Any) -> str:
    rank = row.statement.rank
    return _(RANK_NAMES[Rank(rank)]) if rank in RANK_NAMES else ""


COLUMNS = (
    Column("number", N_("No."), lambda row: row.number, 6),
    Column("starts_at", N_("Estimated start"), lambda row: row.slot.starts_at, 18),
    Column("delegation", N_("Delegation"), lambda row: best(row.statement.delegation.name), 28),
    Column("speaker", N_("Speaker"), lambda row: row.statement.speaker, 30),
    Column("title", N_("Title or function"), lambda row: row.statement.speaker_title, 30),
    Column("rank", N_("Rank"), _rank, 22),
    Column("topic", N_("Topic"), lambda row: best(row.statement.topic_title), 30),
    Column("mode", N_("How it is given"), lambda row: _(MODE_NAMES[row.statement.mode]), 16),
    Column("language", N_("Language"), lambda row: row.statement.language, 10),
    Column("on_behalf_of", N_("Also on behalf of"), lambda row: row.statement.on_behalf_of, 20),
    Column("is_reply", N_("Right of reply"), lambda row: row.statement.is_reply, 12),
    Column("missing", N_("Missing"), lambda row: joined(_(MISSING_NAMES[one]) for one in row.missing), 30),
)
