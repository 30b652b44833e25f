"""Terms of the sample conference, and a paper whose languages were given to a translator to write or to check."""

from datetime import timedelta
from typing import Any

from confapp.conferences.models import Conference
from confapp.demo import translation2027
from confapp.documents import actions, queries
from confapp.documents.rules import WorkState
from confapp.documents.rules.languages import CheckState
from confapp.foundation import clock
from confapp.foundation.access import Actor

TIME = timedelta(days=9)


def load(conference: Conference, editor: Actor, organizer: Actor, translator: Actor) -> None:
    """The organizer checked some of what the editor wrote; the translator writes Arabic and checks the rest."""
    for words, forbidden, note in translation2027.TERMS:
        actions.add_term(conference, words=words, forbidden=forbidden, note=note, by=editor)
    document = queries.with_symbol(translation2027.GUIDE.symbol)
    if document is None:
        raise LookupError(translation2027.GUIDE.symbol)
    rows = queries.draft(document).rows[: translation2027.CHECKED]
    actions.mark(document, [row.texts["id"].ref for row in rows], CheckState.CHECKED, by=organizer)
    about: dict[str, Any] = {"due_at": clock.now() + TIME, "note": translation2027.NOTE, "by": editor}
    mine, theirs = editor.account_id, translator.account_id
    actions.set_work(document, "id", state=WorkState.IN_HAND, assignee_id=mine, reviser_id=theirs, **about)
    actions.set_work(document, "ar", state=WorkState.IN_HAND, assignee_id=theirs, **about)
