"""What is typed to put somebody in another's place: the form of a member, and what is taken over."""

from collections.abc import Sequence

import wtforms
from flask import g

from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import LongTextField, required
from confapp.registration import queries
from confapp.registration.actions.substitution import Offered
from confapp.registration.forms.people import MemberForm
from confapp.registration.models import Registration


class SubstitutionForm(MemberForm):
    """Category and capacity are those of the one who leaves; each of the other things can be left."""

    taken = wtforms.SelectMultipleField(
        lazy("Taken over"),
        validate_choice=False,
        option_widget=wtforms.widgets.CheckboxInput(),
        widget=wtforms.widgets.ListWidget(prefix_label=False),
    )
    reason = LongTextField(lazy("Reason"), [required(lazy("Please give a reason."))], longest=2000)

    @classmethod
    def of(cls, row: Registration, offered: Sequence[Offered], *, needs_reason: bool) -> "SubstitutionForm":
        form = cls(language=g.language, country="", taken=[one.key for one in offered])
        form.word(queries.consent_texts())
        form.taken.choices = [(one.key, f"{one.label}: {one.words}") for one in offered]
        for name in ("category", "capacity"):
            del form[name]
        if not offered:
            del form.taken
        if not needs_reason:
            del form.reason
        return form

    def chosen(self) -> set[str]:
        return set(self.taken.data or ()) if "taken" in self else set()

    def why(self) -> str:
        return str(self.reason.data or "") if "reason" in self else ""
