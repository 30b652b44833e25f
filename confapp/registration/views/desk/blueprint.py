from typing import Any

from flask import Blueprint, Response, g, request
from werkzeug.wrappers import Response as Redirection

from confapp.foundation import text
from confapp.registration import rules
from confapp.registration.rules.privacy import ERASE
from confapp.registration.views.marks import words

registration_desk = Blueprint("registration_desk", __name__, url_prefix="/desk/<conference>")
registration_desk.context_processor(words)

Page = Redirection | str | tuple[str, int]


@registration_desk.context_processor
def rights() -> dict[str, Any]:
    """What the asker may do here, so that a page shows the buttons that work."""
    return {
        "may_invite": rules.INVITE.allows(g.actor, g.conference),
        "may_review": rules.REVIEW.allows(g.actor, g.conference),
        "own_offices": rules.offices_of(g.actor, g.conference),
        "may_accredit": rules.ACCREDIT.allows(g.actor, g.conference),
        "may_open_passports": rules.OPEN_PASSPORTS.allows(g.actor, g.conference),
        "may_open_access_needs": rules.OPEN_ACCESS_NEEDS.allows(g.actor, g.conference),
        "may_export": rules.EXPORT.allows(g.actor, g.conference),
        "may_erase": ERASE.allows(g.actor, g.conference),
        "may_manage": rules.MANAGE_CATEGORIES.allows(g.actor, g.conference),
    }


def asked(name: str) -> str:
    """Words of the address, cleaned as typed text is."""
    return text.clean_name(request.args.get(name, ""))[:100]


def looked_at_again(page: str, is_waiting: bool) -> Response:
    """A page that shows work going on by itself asks for itself again after some seconds, also without a script."""
    return Response(page, headers={"Refresh": "4"} if is_waiting else None)
