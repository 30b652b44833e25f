"""The glossary of a conference."""

from collections.abc import Sequence

from sqlalchemy import select

from confapp.documents.models import GlossaryChange, GlossaryTerm
from confapp.documents.rules.glossary import Glossary, Term, folded
from confapp.foundation.db import db
from confapp.foundation.text import fold


def term(ref: str) -> GlossaryTerm | None:
    return db.session.scalar(select(GlossaryTerm).where(GlossaryTerm.ref == ref))


def term_rows(languages: Sequence[str], words: str = "") -> list[GlossaryTerm]:
    """By their first language, all or those that hold some words anywhere; a glossary has hundreds of terms at most."""
    rows = db.session.scalars(select(GlossaryTerm).order_by(GlossaryTerm.id))
    wanted = fold(words)
    kept = [row for row in rows if wanted in fold(*row.words.values(), *row.forbidden.values(), row.note)]
    return sorted(kept, key=lambda row: next((fold(row.words[one]) for one in languages if one in row.words), ""))


def changes_of_terms(ref: str = "", *, most: int = 100) -> list[GlossaryChange]:
    """What was done to the glossary, or to one term of it, newest first."""
    statement = select(GlossaryChange).order_by(GlossaryChange.id.desc())
    rows = db.session.scalars(statement if ref else statement.limit(most))
    return [row for row in rows if not ref or any(one["ref"] == ref for one in row.terms)][:most]


def change_of_terms(ref: str) -> GlossaryChange | None:
    return db.session.scalar(select(GlossaryChange).where(GlossaryChange.ref == ref))


def terms() -> Glossary:
    rows = db.session.scalars(select(GlossaryTerm).order_by(GlossaryTerm.id))
    return Glossary(Term(row.words, row.forbidden, row.note) for row in rows)


def terms_by_key(language: str) -> dict[str, GlossaryTerm]:
    """By what a table knows them by: their words in one language, folded."""
    return {folded(row.words.get(language, "")): row for row in db.session.scalars(select(GlossaryTerm))}
