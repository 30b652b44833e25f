"""The list of endorsements as a paper of its own: an addendum to the adopted text, drafted in standard words."""

from confapp.documents import queries
from confapp.documents.actions._common import index
from confapp.documents.actions.blocks import STEP, put
from confapp.documents.actions.register import extend
from confapp.documents.models import Adoption, Document
from confapp.documents.rules import BlockKind, DocumentKind, Modification, Nature, beside, inline
from confapp.foundation import audit
from confapp.foundation.access import Actor
from confapp.foundation.languages import best, printing
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused


def draft_endorsements(adoption: Adoption, *, by: Actor) -> Document:
    """As `CONF/2027/L.3/Add.1`, an information note; a line for each delegation in each language."""
    document, found = adoption.document, queries.beside_adoption(adoption)
    if not found.endorsements:
        raise Refused(_("Nobody has endorsed this text yet."))
    lines: dict[str, list[str]] = {}
    for code in document.languages:
        with printing(code):
            title = best(document.title, code, (document.original_language,))
            lines[code] = beside.endorsement_lines(found, document.symbol, title, code)
    made = extend(
        document,
        Modification.ADDENDUM,
        languages=document.languages,
        by=by,
        kind=DocumentKind.INFORMATION_NOTE,
        nature=Nature.NONE,
        authentic_languages=[],
        title={code: said[0] for code, said in lines.items()},
    )
    for number in range(1, len(lines[document.original_language])):
        said = {code: inline.to_markup([{"t": one[number]}]) for code, one in lines.items()}
        put(made, BlockKind.PARAGRAPH, said, (number + 1) * STEP, None, by)
    index(made)
    audit.record(by, "documents.draft_endorsements", made, extends=document.symbol, listed=len(found.endorsements))
    return made
