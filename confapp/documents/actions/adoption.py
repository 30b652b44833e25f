"""Around an adopted text: its record and the recorded vote, what delegations state, and who endorses it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from confapp.documents import queries
from confapp.documents.actions._common import Texts, cleaned
from confapp.documents.models import Adoption, Endorsement, OralRevision, Reservation, Vote
from confapp.documents.rules import PUBLISH, Manner
from confapp.documents.rules.adoption import (
    ENDORSEMENTS,
    LIVING,
    STANDING,
    STATEMENTS,
    EndorsementState,
    Listing,
    Showing,
    StatementState,
    is_open,
    totals,
    totals_fault,
    unknown_paragraphs,
    withdrawal_fault,
)
from confapp.documents.rules.beside import Cast, StatementKind
from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.files import StoredFile
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import ngettext
from confapp.foundation.lifecycle import Forbidden, Lifecycle, Move, Refused
from confapp.foundation.text import clean, clean_name
from confapp.registration.models import Delegation

# --- the record -------------------------------------------------------------------------------------------------------


def correct_adoption(
    adoption: Adoption,
    *,
    manner: Manner,
    meeting: Texts,
    meeting_number: str,
    adopted_on: date,
    presiding: Texts,
    symbol_of_record: str,
    base: int,
    by: Actor,
    present: int | None = None,
    quorum: int | None = None,
) -> None:
    """Until the text is issued with it; silence is a manner that its procedure gives and nobody writes."""
    _require(by, adoption)
    _require_not_issued(adoption)
    _hold(adoption)
    before = (adoption.manner, adoption.meeting_number, adoption.adopted_on, adoption.symbol_of_record)
    numbers_stay = (adoption.present, adoption.quorum) == (present, quorum)
    same = numbers_stay and before == (manner, meeting_number.strip(), adopted_on, symbol_of_record.strip())
    if same and (adoption.meeting, adoption.presiding) == (_filled(meeting), _filled(presiding)):
        return
    _require_unchanged(adoption, base)
    if Manner.SILENCE in (manner, adoption.manner) and manner != adoption.manner:
        raise Refused(
            _("A text is adopted by silence when its procedure has ended without an objection."), 422, "manner"
        )
    if adoption.votes and manner != Manner.RECORDED_VOTE:
        raise Refused(_("A vote is recorded for this text. Its manner stays the recorded vote."), 422, "manner")
    adoption.manner, adoption.adopted_on = manner, adopted_on
    adoption.meeting, adoption.presiding = _filled(meeting), _filled(presiding)
    adoption.meeting_number, adoption.symbol_of_record = clean(meeting_number), clean(symbol_of_record)
    adoption.present, adoption.quorum = present, quorum
    audit.record(by, "documents.correct_adoption", adoption.document, **audit.changes(adoption))


def add_oral_revision(
    adoption: Adoption, *, text: Texts, announced_by: Texts, blocks: Sequence[str], by: Actor
) -> OralRevision:
    """What was announced at the adoption: the adopted text carries it already, this says that it came then."""
    _require(by, adoption)
    _require_not_issued(adoption)
    said = _filled(text)
    if not said:
        raise Refused(_("Please write the text in at least one language."), 422, "text")
    _require_known(adoption, blocks)
    _hold(adoption)
    known = next((one for one in adoption.oral_revisions if one.text == said and one.blocks == list(blocks)), None)
    if known is not None:
        return known
    row = OralRevision(
        conference_id=adoption.conference_id,
        text=said,
        announced_by=_filled(announced_by),
        blocks=list(dict.fromkeys(blocks)),
        recorded_by=by.account_id,
    )
    adoption.oral_revisions.append(row)
    db.session.flush()
    audit.record(by, "documents.add_oral_revision", adoption.document, text=said, blocks=row.blocks)
    return row


def set_terms(
    adoption: Adoption,
    *,
    showing: Showing,
    listing: Listing,
    statements_until: datetime | None,
    endorsements_until: datetime | None,
    by: Actor,
) -> None:
    """What readers see of statements, and until when delegations hand in by themselves."""
    _require(by, adoption)
    if showing != adoption.showing:
        _require_not_issued(adoption)
    adoption.showing, adoption.listing = showing, listing
    adoption.statements_until, adoption.endorsements_until = statements_until, endorsements_until
    if changed := audit.changes(adoption):
        audit.record(by, "documents.set_terms", adoption.document, **changed)


def record_vote(
    adoption: Adoption,
    votes: Mapping[str, str],
    *,
    base: int,
    by: Actor,
    announced: Mapping[str, int | None] | None = None,
) -> None:
    """Votes by the reference of a state, all of them; `base` is the revision of the adoption that was on the page."""
    _require(by, adoption)
    if adoption.manner != Manner.RECORDED_VOTE:
        raise Refused(_("This text was not adopted by a recorded vote."))
    _require_not_issued(adoption)
    _hold(adoption)
    voters = queries.voters()
    if wanting := sum(not votes.get(one.ref) for one in voters):
        raise Refused(
            ngettext("Nothing is chosen yet for %(num)d state.", "Nothing is chosen yet for %(num)d states.", wanting),
            422,
        )
    casts = {one.id: Cast(votes[one.ref]) for one in voters}
    if why := totals_fault(announced or {}, totals(casts.values())):
        raise Refused(_("The vote differs from what was announced. %(where)s.", where=why), 422)
    before = {row.delegation_id: row.stance for row in adoption.votes}
    if before == casts:
        return
    _require_unchanged(adoption, base)
    rows = {row.delegation_id: row for row in adoption.votes}
    changed: dict[str, list[str]] = {}
    for one in voters:
        row, cast = rows.get(one.id), casts[one.id]
        if row is None:
            adoption.votes.append(
                Vote(conference_id=adoption.conference_id, delegation=one, name=dict(one.name), stance=cast)
            )
        elif row.stance != cast:
            changed[one.ref] = [row.stance, cast]
            row.stance = cast
    for row in [row for row in adoption.votes if row.delegation_id is not None and row.delegation_id not in casts]:
        adoption.votes.remove(row)
    adoption.recorded_at = clock.now()  # so that the revision moves on and whoever has an older page is told
    db.session.flush()
    verb = "documents.correct_vote" if before else "documents.record_vote"
    audit.record(by, verb, adoption.document, changed=changed, **totals(casts.values()))


# --- statements -------------------------------------------------------------------------------------------------------


def hand_in_statement(
    adoption: Adoption,
    delegation: Delegation,
    *,
    kind: StatementKind,
    text: Texts,
    blocks: Sequence[str],
    handed_in_by: str,
    by: Actor,
    replaces: Reservation | None = None,
) -> Reservation:
    """From the desk it is shown at once; from the delegation, in its window, when the secretariat shows it.

    Nobody edits it: a correction is another statement of the same delegation that takes its place when it is shown.
    """
    at_desk, said = _may_hand_in(adoption, delegation, adoption.statements_until, by, replaces), _as_given(text)
    if not said:
        raise Refused(_("Please write the text in at least one language."), 422, "text")
    _require_known(adoption, blocks)
    if kind == StatementKind.DISSOCIATION and not blocks and adoption.manner == Manner.CHAIR:
        raise Refused(_("Nobody dissociates from a text of the Chair: it is not agreed text."), 422, "kind")
    _hold(adoption)
    if replaces is not None:
        if replaces.delegation_id != delegation.id or replaces.adoption_id != adoption.id:
            raise Refused(_("A correction belongs to the same delegation and text."))
        db.session.refresh(replaces)
        if replaces.status not in LIVING:
            raise Refused(_("This statement was replaced or withdrawn already. Look at the page again."))
    row = Reservation(
        conference_id=adoption.conference_id,
        adoption=adoption,
        delegation=delegation,
        kind=kind,
        blocks=list(dict.fromkeys(blocks)),
        text=said,
        handed_in_by=clean_name(handed_in_by),
        received_by=by.account_id,
        replaces_id=replaces.id if replaces else None,
    )
    db.session.add(row)
    if at_desk:
        _show(row)
    elif replaces is not None and replaces.status != StatementState.SHOWN:
        replaces.status, replaces.ended_at = StatementState.REPLACED, clock.now()
    db.session.flush()
    about = {"kind": kind, "delegation": delegation.ref, "replaces": replaces.ref if replaces else ""}
    audit.record(by, "documents.hand_in_statement", adoption.document, statement=row.ref, **about)
    return row


def _show(row: Reservation) -> None:
    """What it corrects leaves the page in the same moment."""
    now = clock.now()
    row.status, row.shown_at = StatementState.SHOWN, now
    before = db.session.get(Reservation, row.replaces_id) if row.replaces_id else None
    if before is not None and before.status in LIVING:
        before.status, before.ended_at = StatementState.REPLACED, now


def follow_statement(row: Reservation, verb: str, *, by: Actor, question: str = "") -> None:
    """Shows it, asks its delegation, or notes that the delegation withdrew it. Its words are never touched."""
    was = _move(STATEMENTS, verb).apply(row, by=by, reason=question)
    if verb == "show":
        _show(row)
    elif verb == "return":
        row.question = clean(question, lines=True)
    else:
        row.ended_at = clock.now()
    audit.record(by, f"documents.{verb}_statement", row.adoption.document, statement=row.ref, was=was)


def withdraw_own_statement(row: Reservation, *, by: Actor) -> None:
    """By the delegation itself, at any time; what an issue printed stays in that issue."""
    if not queries.may_speak_for(by, row.delegation):
        raise Forbidden
    if row.status == StatementState.WITHDRAWN:
        return
    if row.status not in LIVING:
        raise Refused(_("This statement was replaced or withdrawn already. Look at the page again."))
    was, row.status, row.ended_at = row.status, StatementState.WITHDRAWN, clock.now()
    audit.record(by, "documents.withdraw_statement", row.adoption.document, statement=row.ref, was=was)


# --- endorsements -----------------------------------------------------------------------------------------------------


def endorse(
    adoption: Adoption,
    delegation: Delegation,
    *,
    authority: Texts,
    endorsed_on: date,
    by: Actor,
    file: StoredFile | None = None,
) -> Endorsement:
    """From the desk it counts at once; from the delegation, in its window, when the secretariat has confirmed it."""
    at_desk, said = _may_hand_in(adoption, delegation, adoption.endorsements_until, by), _filled(authority)
    if not said:
        raise Refused(_("Please write who signed, by function."), 422, "authority")
    if endorsed_on < adoption.adopted_on:
        raise Refused(_("A text is endorsed on the day of its adoption or later."), 422, "endorsed_on")
    if endorsed_on > _today(adoption):
        raise Refused(_("This day has not come yet."), 422, "endorsed_on")
    _hold(adoption)
    same = Endorsement.adoption_id == adoption.id, Endorsement.delegation_id == delegation.id
    if db.session.scalar(select(func.count(Endorsement.id)).where(*same, Endorsement.status.in_(STANDING))):
        raise Refused(_("This delegation endorses the text already, or has asked to."))
    row = Endorsement(
        conference_id=adoption.conference_id,
        adoption=adoption,
        delegation=delegation,
        authority=said,
        endorsed_on=endorsed_on,
        proposed_by=by.account_id,
        file=file,
    )
    if at_desk:
        row.status, row.confirmed_at = EndorsementState.CONFIRMED, clock.now()
    db.session.add(row)
    db.session.flush()
    audit.record(
        by,
        "documents.endorse",
        adoption.document,
        endorsement=row.ref,
        delegation=delegation.ref,
        status=row.status,
        on=endorsed_on,
    )
    return row


def confirm_endorsement(row: Endorsement, *, by: Actor) -> None:
    was = _move(ENDORSEMENTS, "confirm").apply(row, by=by)
    row.confirmed_at = clock.now()
    audit.record(by, "documents.confirm_endorsement", row.adoption.document, endorsement=row.ref, was=was)


def decline_endorsement(row: Endorsement, reason: Texts, *, by: Actor) -> None:
    said = _filled(reason)
    was = _move(ENDORSEMENTS, "decline").apply(row, by=by, reason=" ".join(said.values()))
    row.reason, row.ended_at = said, clock.now()
    audit.record(by, "documents.decline_endorsement", row.adoption.document, endorsement=row.ref, was=was)


def withdraw_endorsement(row: Endorsement, withdrawn_on: date, reason: Texts, *, by: Actor) -> None:
    """Noted by the secretariat with the day and the reason that the delegation gave; the row stays in the list."""
    if why := withdrawal_fault(row.endorsed_on, withdrawn_on, _today(row.adoption)):
        raise Refused(why, 422, "withdrawn_on")
    said = _filled(reason)
    was = _move(ENDORSEMENTS, "withdraw").apply(row, by=by, reason=" ".join(said.values()))
    row.withdrawn_on, row.reason, row.ended_at = withdrawn_on, said, clock.now()
    audit.record(by, "documents.withdraw_endorsement", row.adoption.document, endorsement=row.ref, was=was)


# --- what they share --------------------------------------------------------------------------------------------------


def _move(life: Lifecycle, verb: str) -> Move:
    move = life.named(verb)
    if move is None:
        raise LookupError(verb)
    return move


def _require(by: Actor, adoption: Adoption) -> None:
    if not PUBLISH.allows(by, adoption):
        raise Forbidden


def _require_not_issued(adoption: Adoption) -> None:
    if queries.is_issued(adoption):
        raise Refused(_("The text was issued with this record. What is wrong in it is mended by a corrigendum."))


def _require_unchanged(adoption: Adoption, base: int) -> None:
    if adoption.revision != base:
        raise Refused(_("Somebody changed the record while your page was open. Look at it again and decide anew."))


def _require_known(adoption: Adoption, blocks: Sequence[str]) -> None:
    if unknown_paragraphs(blocks, queries.named_blocks(adoption.version, adoption.document.original_language)):
        raise Refused(_("One of these paragraphs is not in the adopted text."), 422, "blocks")


def _may_hand_in(
    adoption: Adoption, delegation: Delegation, until: datetime | None, by: Actor, asked: Reservation | None = None
) -> bool:
    """True for the desk, False for the delegation while its window is open or when it was asked; else refused."""
    if PUBLISH.allows(by, adoption):
        return True
    if not queries.may_speak_for(by, delegation):
        raise Forbidden
    was_asked = asked is not None and asked.status == StatementState.RETURNED
    if not was_asked and not is_open(until, clock.now()):
        raise Refused(_("This can no longer be handed in here. Please write to the secretariat."))
    return False


def _today(adoption: Adoption) -> date:
    return clock.today(queries.conference_of(adoption.document).zone)


def _filled(words: Texts) -> dict[str, str]:
    return {code: said for code, said in cleaned(words).items() if said}


def _as_given(words: Texts) -> dict[str, str]:
    """Every language that was handed in, word by word and line by line; none that was not."""
    return {code: said for code, said in words.items() if said and said.strip()}


def _hold(adoption: Adoption) -> None:
    """Whoever records beside this adoption does so one after another, each on what the one before left."""
    wanted = select(Adoption).where(Adoption.id == adoption.id).with_for_update()
    db.session.execute(wanted.execution_options(populate_existing=True)).scalar_one()
