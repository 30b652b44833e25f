"""Adoption, publication and withdrawal."""

import wtforms

from confapp.documents.rules import (
    MANNER_NAMES,
)
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import (
    DayField,
    Form,
    TextField,
    TranslatedField,
    labelled,
    required,
)


def _override() -> TextField:
    return TextField(
        lazy("Why the open remarks are left as they are"),
        longest=500,
        description=lazy("Needed only while serious remarks are open. It is kept in the record."),
    )


class AdoptionForm(Form):
    override = _override()
    manner = wtforms.RadioField(lazy("Manner"), [required()], choices=lambda: labelled(MANNER_NAMES))
    adopted_on = DayField(lazy("Date"), [required()], description=lazy("The day on which the meeting decided."))
    meeting = TranslatedField(lazy("Meeting"), description=lazy("Such as: closing session."))
    presiding = TranslatedField(lazy("Presiding officer"), description=lazy("By function."))


class WithdrawalForm(Form):
    reason = TranslatedField(lazy("Reason"), one_needed=True, long=True, longest=1000)


class VersionForm(Form):
    """A button that says what it will do, and a reason where serious remarks are open."""

    override = _override()
