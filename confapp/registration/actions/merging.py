"""Two registrations, or a speaker and a registration, were one person: one lives on with what was chosen of both."""

from collections.abc import Collection
from functools import partial
from typing import Any

from confapp.foundation import audit, places, text
from confapp.foundation.access import Actor
from confapp.foundation.db import db
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Forbidden, Refused
from confapp.foundation.places import Quota
from confapp.foundation.sealing import Unreadable
from confapp.people import actions as people
from confapp.people.models import Person
from confapp.registration import queries
from confapp.registration.actions.accreditation import drop_prepared, note_move, refuse_second_head
from confapp.registration.actions.letters import move_letters
from confapp.registration.actions.places import hold_places, settle
from confapp.registration.actions.registrations import address_changed, folded, look_again
from confapp.registration.actions.telling import readers, tell
from confapp.registration.actions.waiting import admit_when_due
from confapp.registration.mails import Reader
from confapp.registration.mails import people as mails
from confapp.registration.models import Registration
from confapp.registration.queries.places import quotas_over
from confapp.registration.rules import ACCREDIT, ACCREDITATION, LIVING, Status
from confapp.registration.rules.duplicates import OF_PERSON, OF_REGISTRATION
from confapp.registration.rules.places import OVER, ZONE
from confapp.registration.rules.privacy import OF_PERSON as OF_PERSON_SEALED


def merge(living: Person, ended: Person, from_ended: Collection[str], *, by: Actor, version: str) -> None:
    """`from_ended` names the fields whose value is taken from the row that ends; nothing of it is deleted.

    Its registration is withdrawn with a note; what the other lacks of sealed data, photograph, answers, consents and
    papers is taken over. The conversation, letters and what other features keep of the person follow, and all who had
    a link to the one that ends are told.
    """
    if not ACCREDIT.allows(by, living):
        raise Forbidden
    kept, left = _registration(living), ended.registration
    if living.id == ended.id or living.merged_into_id or ended.merged_into_id:
        raise Refused(_("These were merged already."))
    if version != versions(living, ended):
        raise Refused(_("Somebody changed one of them while this page was open. Compare them again."))
    reached, told = None, []
    if left is not None:
        told = _who_reads(left)
        hold_places([left, kept])
        if left.confirmed_at is not None and ("email" in from_ended or _is_same_address(left, kept)):
            reached = left.confirmed_at
            kept.confirmed_at = kept.confirmed_at or reached
        _bring_places_together(left, kept)
        _leave(left, kept, by)
    was_address = living.email
    changed = _take(kept, ended, left, from_ended) | _take_sealed(living, ended, from_ended)
    if left is not None:
        _take_belongings(kept, left)
    people.merge_into(by, ended, living)
    living.folded = folded(kept)
    db.session.flush()
    note_move(kept, "merge", kept.status, by=by, reason=left.number if left is not None else "")
    audit.record(by, "merge", kept, ended=ended.ref, fields=sorted(changed))
    look_again(kept, changed, by)
    if was_address.casefold() != living.email.casefold():
        address_changed(kept, by)
        if reached is not None and kept.delegation_id is None:
            kept.confirmed_at = reached  # this mailbox was reached already
    admit_when_due(kept)
    if left is not None:
        _tell(kept, left, told)


def versions(living: Person, ended: Person) -> str:
    """The revisions of both, in one order, as the form carries them."""
    rows = sorted((living, ended), key=lambda row: row.id)
    return ".".join(row.registration.version if row.registration else str(row.revision) for row in rows)


def _registration(living: Person) -> Registration:
    row = living.registration
    if row is None:
        raise Refused(_("The one that lives on needs a registration: choose the other one."), 422, "living")
    found: Registration = row
    return found


def _bring_places_together(left: Registration, kept: Registration) -> None:
    """What one of the two has, the one person has: a seat must not go to the queue because two rows became one.

    Sessions and zones follow where the other has none of them: of two choices in a group only one can stay.
    """
    if kept.status not in LIVING or left.status not in LIVING:
        return
    if not kept.is_confirmed:
        return
    own = {quota.id for quota in quotas_over(kept)}
    has = {one.place.quota.owner_kind for one in places.of_holder(kept)}
    beside = [one.place.quota for one in places.of_holder(left) if one.place.quota.owner_kind not in OVER]
    may_follow = {quota.id for quota in beside if quota.owner_kind not in has and _fits(quota, kept)}
    places.bring_together(left, kept, own | may_follow)


def _is_same_address(one: Registration, other: Registration) -> bool:
    return bool(one.person.email) and one.person.email.casefold() == other.person.email.casefold()


def _fits(quota: Quota, kept: Registration) -> bool:
    return quota.owner_kind != ZONE or kept.status == Status.ACCREDITED


def _leave(left: Registration, kept: Registration, by: Actor) -> None:
    """Without the mail of a withdrawal: the person takes part, only under the other number."""
    withdraw = ACCREDITATION.named("withdraw")
    assert withdraw is not None
    was = left.status
    if was in LIVING:
        withdraw.apply(left, by=by)
        drop_prepared(left)
        db.session.flush()
        settle(left)
        move_letters(left, kept, by=by)
    note_move(left, "merge", was, by=by, reason=_("Merged into %(number)s", number=kept.number))
    audit.record(by, "merge_away", left, into=kept.number)


def _take(kept: Registration, ended: Person, left: Registration | None, names: Collection[str]) -> set[str]:
    changed = set()
    for source, target, fields in ((ended, kept.person, OF_PERSON), (left, kept, OF_REGISTRATION)):
        for name in [name for name in fields if name in names and source is not None]:
            if getattr(target, name) != getattr(source, name):
                _set(kept, target, name, getattr(source, name))
                changed.add(name)
    if "phone" in changed:
        kept.person.phone_e164 = ended.phone_e164
    return changed


def _set(kept: Registration, target: Any, name: str, value: Any) -> None:
    if name == "capacity" and kept.delegation is not None:
        refuse_second_head(kept.delegation, value, kept)
    if name == "printed_name":
        value = value or text.clean_name(f"{kept.person.given_name} {kept.person.family_name}")
    setattr(target, name, value)


def _take_sealed(living: Person, ended: Person, names: Collection[str]) -> set[str]:
    """Sealed values and the photograph that were chosen of the other row, or that it alone has."""
    taken = set()
    for name in OF_PERSON_SEALED:
        wanted = name in names or getattr(living, f"{name}_sealed") is None
        if wanted and getattr(ended, f"{name}_sealed") is not None:
            try:
                setattr(living, name, getattr(ended, name))
            except Unreadable:
                continue  # its class was deleted for good
            taken.add(name)
    if (living.photo_id is None or "photo" in names) and ended.photo_id is not None:
        living.photo_id, ended.photo_id = ended.photo_id, living.photo_id
        taken.add("photo")
    return taken


def _take_belongings(kept: Registration, left: Registration) -> None:
    """Answers to questions that the other has not answered, consents and papers it has not given, who accompanies it.

    The conversation goes on under the number that lives on: a question that waits for its answer would wait for ever.
    """
    answered = {answer.question_id for answer in kept.answers}
    for answer in list(left.answers):
        if answer.question_id not in answered:
            answer.registration = kept
    in_force = queries.consents_in_force(kept.person)
    for kind, (_wording, consent) in queries.consents_in_force(left.person).items():
        if kind not in in_force:
            consent.person_id = kept.person_id
    for companion in queries.companions(left):
        companion.accompanies = kept
    for remark in list(left.remarks):
        remark.registration = kept
    if kept.delegation_id is None and not kept.credentials:
        for paper in list(left.credentials):
            paper.registration = kept
    db.session.flush()


def _who_reads(left: Registration) -> list[Reader]:
    """Who followed the registration that ends; without a link, for it leads nowhere any more."""
    found = [Reader(left.person.email, "", left.person.language, "", is_private=True)] if left.person.email else []
    if left.delegation is not None:
        found += [Reader(*one, "", is_private=False) for one in queries.focal_points(left.delegation)]
    return found


def _tell(kept: Registration, left: Registration, told: list[Reader]) -> None:
    """Once to each mailbox; those that reach the one that lives on get a link to it."""
    to = {one.email.casefold(): one for one in told}
    to |= {one.email.casefold(): one for one in readers(kept, queries.conference_of(kept))}
    tell(kept, partial(mails.merged, ended=left.number), list(to.values()))
