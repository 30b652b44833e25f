"""An invitation declined although members are registered: who declines says that they are withdrawn with it."""

from datetime import date

from confapp.foundation.access import Actor
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.registration import queries
from confapp.registration.actions.accreditation import change_status
from confapp.registration.actions.delegations import decline
from confapp.registration.models import Delegation
from confapp.registration.rules import ACCREDITATION
from confapp.registration.rules.invitations import MOST_WITH_ONE_ANSWER


def decline_with_members(
    actor: Actor, delegation: Delegation, number: int, *, reason: str = "", on: date | None = None
) -> None:
    """`number` is how many members the page named: when somebody came or left since, it is looked at again.

    Everybody is told. Whoever was withdrawn stays so when the answer changes again; the office can take them up.
    """
    if number > MOST_WITH_ONE_ANSWER:
        raise Refused(
            _(
                "More than %(most)d members are registered. Withdraw some of them first, or ask the office.",
                most=MOST_WITH_ONE_ANSWER,
            )
        )
    queries.hold(delegation)
    leaving = queries.living_of(actor, queries.conference_of(delegation), delegation)
    if len(leaving) != number:
        raise Refused(_("The members have changed in the meantime. Look at them again before you decline."))
    withdraw = ACCREDITATION.named("withdraw")
    assert withdraw is not None
    for one in leaving:
        change_status(one, withdraw, by=actor, reason=reason)
    decline(actor, delegation, on)
