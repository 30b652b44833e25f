"""What is done for many at once: the placeholders of a mail, and what a text may hold."""

import re
from collections.abc import Mapping

from confapp.foundation.languages import N_
from confapp.foundation.languages import gettext as _

PLACEHOLDERS: dict[str, str] = {
    "name": N_("The person's name with the style of address"),
    "number": N_("The reference of the registration"),
    "delegation": N_("The delegation or organization"),
    "category": N_("The category"),
    "status": N_("The status in words"),
    "conference": N_("The name of the conference"),
    "link": N_("The person's own link to the registration"),
}
SLOT = re.compile(r"\{([^{}]*)\}")
MOST_AT_ONCE = 50  # of one act, in one transaction


def text_fault(text: str) -> str | None:
    """Why a text cannot be sent: it names something in braces that is not filled in."""
    unknown = sorted({name for name in SLOT.findall(text) if name not in PLACEHOLDERS})
    if unknown:
        return _("“{%(name)s}” is not known here; see the list of what is filled in.", name=unknown[0][:40])
    return None


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders looked up in a fixed table: nothing that stands in braces is ever evaluated."""
    return SLOT.sub(lambda slot: values.get(slot[1], slot[0]), text)
