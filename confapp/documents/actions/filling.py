"""The series of documents: what a template begins in them, with empty drafts, and what a copy takes of them."""

from typing import Any

from confapp.conferences import actions as conferences
from confapp.conferences.models import Conference
from confapp.documents.actions.register import add_series, add_usual_series, create_in_series
from confapp.documents.models import Document, GlossaryTerm, IssuingRules, SymbolSeries, TranslationRules
from confapp.documents.rules import DocumentKind, Nature, symbols
from confapp.foundation.db import in_conference
from confapp.foundation.languages import N_

NEVER = {
    **dict.fromkeys(
        ("document", "block", "block_place", "block_text", "version", "version_text", "language_work"),
        "a text, and the symbol under which it is known, belong to one conference",
    ),
    "given_symbol": "a symbol was given to a paper of one conference",
    "text_check": "what was checked is a text of one conference",
    **dict.fromkeys(
        ("adoption", "oral_revision", "vote", "issue", "issue_picture", "publication"),
        "what was adopted and published is part of the record",
    ),
    **dict.fromkeys(("silence", "silence_extension", "objection"), "a silence procedure runs on one text"),
    **dict.fromkeys(("reservation", "endorsement"), "what a delegation said about a text is of its conference"),
    "block_claim": "who is writing a paragraph at this moment",
    "block_draft": "what somebody was typing",
    "text_import": "a file that somebody is looking through",
    "replacement": "what was done to a text",
    "glossary_change": "what was done to a glossary is told where it was done",
    "emblem": "a picture is of its conference, and is put there anew",
    "subscriber": "nobody asked to be told of another conference",
}


def install() -> None:
    conferences.parts["documents"] = conferences.Part(
        N_("Series of documents, and how they are issued, without any document"),
        65,
        (IssuingRules,),
        then=_take_over_series,
        by_hand=(SymbolSeries,),
        fill=fill,
        filled_label=N_("Series of documents, with empty drafts"),
    )
    conferences.parts["glossary"] = conferences.Part(
        N_("Glossary, and what is wanted of translations"), 66, (GlossaryTerm, TranslationRules)
    )
    conferences.counted["glossary"] = conferences.Counted(
        N_("Terms of the glossary"), 67, GlossaryTerm, "documents_desk.glossary_list"
    )
    conferences.counted["series"] = conferences.Counted(
        N_("Series of documents"), 65, SymbolSeries, "documents_desk.index"
    )
    conferences.counted["documents"] = conferences.Counted(N_("Documents"), 66, Document, "documents_desk.index")
    conferences.never_copied.update(NEVER)


def fill(filling: conferences.Filling, data: dict[str, Any]) -> None:
    target = filling.target
    first = _beginning(target)
    made = {one.template.removeprefix(first): one for one in add_usual_series(target, by=filling.actor)}
    for one in data["documents"]:
        create_in_series(
            target,
            made[one["series"]],
            kind=DocumentKind(one["kind"]),
            nature=Nature(one.get("nature", Nature.NONE)),
            title=filling.words(one["title"]),
            languages=target.languages,
            by=filling.actor,
        )


def _beginning(conference: Conference) -> str:
    return symbols.beginning(conference.acronym, conference.slug, conference.starts_on.year)


def _take_over_series(copy: conferences.Copy) -> int:
    """The same patterns under the name and the year of the new conference; numbers begin anew."""
    old, new = _beginning(copy.source), _beginning(copy.target)
    rows = copy.rows(SymbolSeries)
    with in_conference(copy.target.id):
        for row in rows:
            add_series(
                copy.target,
                template=new + row.template.removeprefix(old) if row.template.startswith(old) else row.template,
                name=row.name,
                kind=row.kind,
                access=row.access,
                days_before=row.days_before,
                by=copy.actor,
            )
    return len(rows)
