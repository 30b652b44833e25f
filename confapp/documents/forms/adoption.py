"""How a text was adopted, silence procedures, and what delegations hand in about a text."""

from collections.abc import Mapping, Sequence
from typing import Any

import wtforms
from wtforms import validators
from wtforms.widgets import CheckboxInput, ListWidget

from confapp.documents.forms.publication import override_field
from confapp.documents.models import Adoption
from confapp.documents.rules import MANNER_NAMES
from confapp.documents.rules.adoption import LISTING_NAMES, SHOWING_NAMES
from confapp.documents.rules.beside import CAST_NAMES, STATEMENT_NAMES, Cast
from confapp.foundation.languages import best, lazy
from confapp.foundation.web.forms import (
    DayField,
    Form,
    LongTextField,
    MomentField,
    NameField,
    TextField,
    TranslatedField,
    labelled,
    required,
)
from confapp.registration.models import Delegation


class ParagraphsField(wtforms.SelectMultipleField):
    """Boxes for paragraphs of a text; what is not among them is refused."""

    data: Any
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _paragraphs() -> ParagraphsField:
    return ParagraphsField(lazy("Paragraphs"), description=lazy("None chosen means the whole text."), choices=[])


class AdoptionRecordForm(Form):
    manner = wtforms.RadioField(lazy("Manner"), [required()], choices=lambda: labelled(MANNER_NAMES))
    adopted_on = DayField(
        lazy("Date"),
        [required()],
        description=lazy("The day on which the meeting decided; past midnight, the new day."),
    )
    session = wtforms.SelectField(lazy("Session of the programme"), default="", choices=[("", "–")])
    meeting = TranslatedField(lazy("Meeting"), description=lazy("Such as: closing session. Empty: as the session."))
    meeting_number = TextField(lazy("Number of the meeting"), longest=40, description=lazy("Such as: 5th plenary."))
    presiding = TranslatedField(lazy("Presiding officer"), description=lazy("By function."))
    symbol_of_record = TextField(
        lazy("Symbol of the record"), longest=80, description=lazy("The summary record or report of the meeting.")
    )
    present = wtforms.IntegerField(
        lazy("States present"),
        [validators.Optional(), validators.NumberRange(0, 1000)],
        description=lazy("If counted."),
    )
    quorum = wtforms.IntegerField(
        lazy("Quorum"),
        [validators.Optional(), validators.NumberRange(0, 1000)],
        description=lazy("States that must be present under the rules of procedure. Printed only when it is entered."),
    )
    base = wtforms.HiddenField()

    @classmethod
    def of(cls, sessions: Sequence[tuple[str, Any]], adoption: Adoption | None = None) -> Any:
        form = cls(**_recorded(adoption)) if adoption is not None else cls()
        form.session.choices = [("", "–"), *((ref, best(title)) for ref, title in sessions)]
        return form


def _recorded(adoption: Adoption) -> dict[str, Any]:
    named = ("adopted_on", "meeting", "meeting_number", "presiding", "symbol_of_record", "present", "quorum")
    return {name: getattr(adoption, name) for name in named} | {
        "manner": adoption.manner.value,
        "base": adoption.revision,
    }


class AdoptionForm(AdoptionRecordForm):
    """With what may be announced at the adoption itself."""

    override = override_field()
    oral_revision = TranslatedField(
        lazy("Orally revised: what was announced"),
        long=True,
        longest=4000,
        description=lazy("The draft must carry the change already; this keeps that it was announced at the adoption."),
    )
    announced_by = TranslatedField(lazy("Announced by"))


class OralRevisionForm(Form):
    text = TranslatedField(lazy("What was announced"), long=True, longest=4000, one_needed=True)
    announced_by = TranslatedField(lazy("Announced by"), description=lazy("A delegation or a function."))
    blocks = _paragraphs()


class TermsForm(Form):
    showing = wtforms.RadioField(
        lazy("Statements of delegations are shown"), [required()], choices=lambda: labelled(SHOWING_NAMES)
    )
    listing = wtforms.RadioField(lazy("Endorsements are listed"), [required()], choices=lambda: labelled(LISTING_NAMES))
    statements_until = MomentField(
        lazy("Delegations hand in statements until"),
        [validators.Optional()],
        description=lazy("Empty: only the secretariat enters them."),
    )
    endorsements_until = MomentField(
        lazy("Delegations ask to endorse until"),
        [validators.Optional()],
        description=lazy("Empty: only the secretariat enters them."),
    )


class VoteForm(Form):
    """The grid itself is one group of four buttons for each state; these stand around it."""

    pasted = LongTextField(
        lazy("Paste a table"),
        longest=40_000,
        description=lazy(
            "One state in a line: name or code, then the vote, with a tab, a comma or a semicolon between."
        ),
    )
    file = wtforms.FileField(lazy("Or a CSV file"))
    rest = wtforms.SelectField(lazy("All without a vote are"), default="", choices=lambda: _rest())
    said_for = wtforms.IntegerField(lazy("In favour"), [validators.Optional(), validators.NumberRange(0, 1000)])
    said_against = wtforms.IntegerField(lazy("Against"), [validators.Optional(), validators.NumberRange(0, 1000)])
    said_abstaining = wtforms.IntegerField(lazy("Abstaining"), [validators.Optional(), validators.NumberRange(0, 1000)])
    base = wtforms.HiddenField()

    @property
    def announced(self) -> dict[str, int | None]:
        return {
            Cast.FOR: self.said_for.data,
            Cast.AGAINST: self.said_against.data,
            Cast.ABSTAINING: self.said_abstaining.data,
        }


def _rest() -> list[tuple[str, str]]:
    return [("", "–"), *labelled(CAST_NAMES)]


class StatementForm(Form):
    kind = wtforms.RadioField(lazy("What it is"), [required()], choices=lambda: labelled(STATEMENT_NAMES))
    blocks = _paragraphs()
    text = TranslatedField(
        lazy("Text"),
        long=True,
        longest=20_000,
        one_needed=True,
        description=lazy("In the languages in which the delegation gives it. The secretariat changes no word of it."),
    )
    handed_in_by = NameField(lazy("Signed by"), description=lazy("Name or function. Not shown to readers."))
    replaces = wtforms.HiddenField()


class EndorsementForm(Form):
    authority = TranslatedField(
        lazy("Who signed"), one_needed=True, description=lazy("By function, such as: Minister of Foreign Affairs.")
    )
    endorsed_on = DayField(lazy("Date of the endorsement"), [required()])
    file = wtforms.FileField(
        lazy("The paper with the signature"), description=lazy("PDF, JPEG or PNG, at most 2 MB. Readers do not see it.")
    )


class ObjectionForm(Form):
    blocks = _paragraphs()
    reason = LongTextField(lazy("Reason"), longest=4000)


class _ForDelegation:
    """Entered by the secretariat: which delegation it is of."""

    delegation: Any

    def offer(self, delegations: Sequence[Delegation]) -> None:
        self.delegation.choices = [("", "–"), *((one.ref, best(one.name)) for one in delegations)]


class DeskStatementForm(_ForDelegation, StatementForm):
    delegation = wtforms.SelectField(lazy("Delegation"), [required()])


class DeskEndorsementForm(_ForDelegation, EndorsementForm):
    delegation = wtforms.SelectField(lazy("Delegation"), [required()])


class DeskObjectionForm(_ForDelegation, ObjectionForm):
    delegation = wtforms.SelectField(lazy("Delegation"), [required()])


class SilenceForm(Form):
    expires_at = MomentField(
        lazy("Silence runs until"),
        [required()],
        description=lazy("An objection received before this moment breaks silence; one received at it comes too late."),
    )
    note = TranslatedField(lazy("What is said to the delegations"), long=True, longest=2000)
    tells_names = wtforms.BooleanField(lazy("Tell all delegations who objected"))


class SilenceExtensionForm(Form):
    expires_at = MomentField(
        lazy("Silence runs until"),
        [required()],
        description=lazy("Later than now set. An objection received before the new moment breaks silence."),
    )
    reason = TranslatedField(lazy("Reason"), long=True, longest=1000, one_needed=True)
    base = wtforms.HiddenField()


class ReasonForm(Form):
    reason = LongTextField(lazy("Reason"), [required()], longest=1000)


class TranslatedReasonForm(Form):
    reason = TranslatedField(lazy("Reason"), long=True, longest=1000, one_needed=True)


class EndorsementWithdrawalForm(TranslatedReasonForm):
    withdrawn_on = DayField(lazy("Date of the withdrawal"), [required()])


def offer_paragraphs(form: Any, named: Mapping[str, str]) -> Any:
    form.blocks.choices = list(named.items())
    return form
