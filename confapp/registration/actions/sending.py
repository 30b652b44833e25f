"""Letters that were issued without an address: mailed once there is one, or noted as sent another way."""

from collections.abc import Sequence

from confapp.foundation import audit, clock
from confapp.foundation.access import Actor
from confapp.foundation.lifecycle import Forbidden
from confapp.registration.actions.issuing import mail_letter
from confapp.registration.models import Letter
from confapp.registration.rules.letters import ISSUE_LETTERS


def mail_unsent(actor: Actor, letters: Sequence[Letter]) -> int:
    """Mails those that have an address by now; returns how many went out."""
    return sum(_mailed(actor, letter) for letter in letters)


def _mailed(actor: Actor, letter: Letter) -> bool:
    if not ISSUE_LETTERS.allows(actor, letter):
        raise Forbidden
    if not mail_letter(letter):
        return False
    audit.record(actor, "send_letter", letter, number=letter.number)
    return True


def note_sent(actor: Actor, letters: Sequence[Letter]) -> int:
    """They went by courier, say, or were handed over: with it a delegation counts as invited."""
    for letter in letters:
        if not ISSUE_LETTERS.allows(actor, letter):
            raise Forbidden
        letter.sent_at = clock.now()
        if letter.delegation is not None and letter.delegation.invited_at is None:
            letter.delegation.invited_at, letter.delegation.invited_by = clock.now(), actor.account_id
        audit.record(actor, "note_letter_sent", letter, number=letter.number)
    return len(letters)
