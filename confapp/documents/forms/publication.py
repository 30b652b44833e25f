"""Publication and withdrawal."""

from collections.abc import Sequence

import wtforms

from confapp.documents.rules import names
from confapp.documents.rules.issuing import ISSUE_KIND_NAMES
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import (
    DayField,
    Form,
    SecondsField,
    TextField,
    TranslatedField,
    required,
)


def override_field() -> TextField:
    return TextField(
        lazy("Why the open remarks are left as they are"),
        longest=500,
        description=lazy("Needed only while serious remarks are open. It is kept in the record."),
    )


class WithdrawalForm(Form):
    reason = TranslatedField(lazy("Reason"), one_needed=True, long=True, longest=1000)


class PrepareForm(Form):
    """What the issue is, and a reason where serious remarks are open."""

    override = override_field()
    kind = wtforms.RadioField(lazy("This issue is"), [required()])
    dated_on = DayField(
        lazy("Date that the files bear"),
        [wtforms.validators.Optional()],
        description=lazy("The day of publication. Left empty: today."),
    )
    languages = wtforms.SelectMultipleField(
        lazy("Languages of an advance copy"),
        description=lazy("None chosen: all. The original is always among them."),
        option_widget=wtforms.widgets.CheckboxInput(),
    )

    def offer(self, kinds: Sequence[str], languages: Sequence[str]) -> None:
        self.kind.choices = [(str(one), _(ISSUE_KIND_NAMES[one])) for one in kinds]
        self.languages.choices = [(code, names.language(code)) for code in languages]


class ReleaseForm(Form):
    seen = wtforms.HiddenField()
    when = wtforms.RadioField(
        lazy("When"), [required()], choices=lambda: [("now", _("Now")), ("at", _("At a moment to come"))], default="now"
    )
    at = SecondsField(
        lazy("Moment"),
        [wtforms.validators.Optional()],
        description=lazy("To the second, in the time zone of the conference. Before it nothing can be read."),
    )


class IssuingRulesForm(Form):
    """Who releases, and who is told beside those who asked for it."""

    needs_two = wtforms.RadioField(
        lazy("Who releases"),
        [required()],
        choices=lambda: [
            ("yes", _("Another person than the one who prepared the issue")),
            ("no", _("The same person may do both: our secretariat has one person only")),
        ],
    )
    tells_press = wtforms.BooleanField(
        lazy("Tell accredited media of each new document"),
        description=lazy(
            "Everybody whose category the press desk clears and who is accredited gets one mail at the moment of "
            "publication, and can end it by one click. Whoever asked for it on the site is told anyway."
        ),
    )
