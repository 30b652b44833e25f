"""The gate before an adoption or an issue: what is serious is settled, or overridden with a reason that is kept."""

from dataclasses import replace

from confapp.documents import queries
from confapp.documents.models import Document, Silence, Version
from confapp.documents.rules import Manner, names
from confapp.documents.rules.adoption import SilenceState
from confapp.documents.rules.lint import Finding
from confapp.documents.rules.reading import said_in
from confapp.foundation import audit, dates
from confapp.foundation.access import Actor
from confapp.foundation.languages import current, joined, ngettext
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.text import clean


def serious(document: Document) -> list[Finding]:
    """What needs a reason; a text with holes is refused by adoption and publication themselves, whatever the reason."""
    return [one for one in queries.findings(document) if one.is_serious and one.can_be_left]


def require_complete(document: Document) -> None:
    """A text with holes in one of its languages is neither adopted nor issued, whatever the reason."""
    wanting = queries.draft(document).missing
    if wanting:
        listed = names.languages(sorted({code for row in wanting for code in row.missing}))
        raise Refused(
            _("%(count)d paragraphs have no text yet in: %(languages)s.", count=len(wanting), languages=listed)
        )
    if lost := [one for one in queries.findings(document) if one.is_lost]:
        where = ", ".join(dict.fromkeys(one.label or names.block(one.kind) for one in lost[:8]))
        raise Refused(_("The text refers to paragraphs that are not there, in: %(where)s.", where=where))


def require_printable(document: Document, version: Version) -> None:
    """Letters that no font of the files has are never printed as something else: it is neither adopted nor issued.

    Looked for in the text and in all that is printed around it: masthead, votes, statements, endorsements.
    """
    for code in document.languages:
        reading = queries.reading(document, version, code)
        found = {p.number or names.block(p.kind): queries.unprintable(said_in(p)) for p in reading.paragraphs}
        found[_("what is printed around the text")] = queries.unprintable(said_in(replace(reading, paragraphs=())))
        if signs := list(dict.fromkeys(sign for several in found.values() for sign in several)):
            listed = " ".join(f"{sign} (U+{ord(sign):04X})" for sign in signs[:8])
            where = joined(where for where, several in found.items() if several)
            raise Refused(
                _("No font of the files can print: %(signs)s. They stand in: %(where)s.", signs=listed, where=where)
            )


def pass_gate(document: Document, reason: str | None, *, by: Actor) -> None:
    found, reason = serious(document), clean(reason)
    if not found:
        return
    if not reason:
        raise Refused(
            ngettext(
                "%(num)d serious remark is open. Settle it, or say why the text is taken as it is.",
                "%(num)d serious remarks are open. Settle them, or say why the text is taken as it is.",
                len(found),
            ),
            422,
            "override",
        )
    remarks = [f"{one.rule} {one.block} {one.language}" for one in found[:50]]
    audit.record(by, "documents.override", document, reason=reason, count=len(found), remarks=remarks)


def fault_of_silence(document: Document, manner: str) -> str | None:
    """Why a text cannot be adopted in this manner now, as far as silence is concerned."""
    newest = next(iter(queries.silences(document)), None)
    if newest is not None and newest.state == SilenceState.OPEN:
        return _("Silence runs until %(moment)s. Wait for its end, or stop it.", moment=expiry_of(newest))
    if manner != Manner.SILENCE:
        return None
    if newest is None or newest.state != SilenceState.HELD:
        return _("A text is adopted by silence when its procedure has ended without an objection.")
    if newest.version.sha256 != queries.draft(document).sha256:
        return _("The draft is not the text that was under silence.")
    return None


def expiry_of(silence: Silence) -> str:
    return dates.moment(silence.expires_at, current(), queries.conference_of(silence.document).zone)
