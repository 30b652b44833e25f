"""Words replaced in many paragraphs as one act, which can be taken back."""

from collections.abc import Sequence

from confapp.documents import queries
from confapp.documents.actions._common import index, require_open
from confapp.documents.actions.blocks import append, retitle
from confapp.documents.models import BlockText, Document, Replacement
from confapp.documents.rules.replacing import Search, replaced
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Refused

Chosen = Sequence[tuple[str, str, str]]  # block, language, hash of the text that was shown


class ChangedMeanwhile(Refused):
    """Some of the chosen paragraphs read otherwise now; nothing was replaced."""

    def __init__(self, places: set[tuple[str, str]]) -> None:
        super().__init__(
            ngettext(
                "%(num)d paragraph was changed by somebody meanwhile. Nothing was replaced: look at it again.",
                "%(num)d paragraphs were changed by somebody meanwhile. Nothing was replaced: look at them again.",
                len(places),
            )
        )
        self.places = places


def replace(document: Document, search: Search, chosen: Chosen, *, by: Actor) -> Replacement:
    """In the chosen texts, each as it was shown. A translation stays level with its original where both change."""
    require_open(document)
    found = {(hit.block, hit.language): hit for hit in queries.occurrences(document, search)}
    stale = {
        (ref, code) for ref, code, sha in chosen if (ref, code) not in found or found[ref, code].text.sha256 != sha
    }
    if stale:
        raise ChangedMeanwhile(stale)
    if not chosen:
        raise Refused(_("Choose at least one paragraph."), 422)
    hits = [found[ref, code] for ref, code, _sha in dict.fromkeys(chosen)]
    pairs = []
    for hit in sorted(hits, key=lambda hit: hit.language != document.original_language):
        block, was = hit.text.block, hit.text
        written = replaced(search, was.inline)
        became = append(document, block, hit.language, written, by, is_behind=hit.is_behind)
        retitle(document, block, became)
        pairs.append([was.id, became.id])
    made = Replacement(
        conference_id=document.conference_id,
        document_id=document.id,
        find=search.find,
        replacement=search.replacement,
        matches_case=search.matches_case,
        whole_words=search.whole_words,
        changes=pairs,
        made_by=by.account_id,
        acting_name=by.name,
    )
    db.session.add(made)
    db.session.flush()
    about = {"find": search.find, "replacement": search.replacement, "texts": len(pairs)}
    audit.record(by, "documents.replace", document, **about, replacement_ref=made.ref)
    index(document)
    return made


def take_back(document: Document, made: Replacement, *, by: Actor) -> int:
    """Writes the texts from before again wherever nobody wrote since; returns how many were left as they are."""
    require_open(document)
    if made.taken_back_at is not None:
        raise Refused(_("This was taken back already."))
    texts = queries.texts_with({number for pair in made.changes for number in pair})
    left = 0
    for was, became in ((texts[before], texts[after]) for before, after in made.changes):
        newest = queries.newest_text(was.block, was.language)
        if newest is None or newest.id != became.id:
            left += 1
            continue
        retitle(document, was.block, _again(was, by))
    made.taken_back_at = clock.now()
    audit.record(by, "documents.take_back", document, replacement_ref=made.ref, left=left)
    index(document)
    return left


def _again(was: BlockText, by: Actor) -> BlockText:
    """The same text once more, following the original that it followed."""
    text = BlockText(
        conference_id=was.conference_id,
        block=was.block,
        language=was.language,
        inline=was.inline,
        sha256=was.sha256,
        source_sha256=was.source_sha256,
        written_by=by.account_id,
        acting_name=by.name,
    )
    db.session.add(text)
    db.session.flush()
    return text
