"""Forms of a debate: how it is held, what a delegation says of its statement, and what it hands in."""

from collections.abc import Sequence
from typing import Any

import wtforms
from flask import g
from wtforms.validators import NumberRange, Optional

from confapp.foundation import languages
from confapp.foundation.languages import gettext as _
from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import (
    Form,
    MomentField,
    NameField,
    SecondsField,
    TextField,
    TranslatedField,
    labelled,
    required,
)
from confapp.people.models import Person
from confapp.programme.actions.debate import Said, Wanted
from confapp.programme.forms.fields import MANY, NumberField, RevisionForm
from confapp.programme.models import Debate, DebateTopic, Statement
from confapp.programme.rules import Mode, Ordering
from confapp.programme.rules.debate import MODE_NAMES, ORDERING_NAMES
from confapp.registration.models import Delegation, Registration
from confapp.registration.rules import RANK_NAMES, RANKS

OTHER = "other"
MOST_MINUTES = 180


def minutes_field(label: Any, *validators: Any, **about: Any) -> NumberField:
    said = lazy("From 1 to %(most)d minutes.", most=MOST_MINUTES)
    return NumberField(label, [*validators, NumberRange(1, MOST_MINUTES, said)], **about)


class DebateForm(RevisionForm):
    opens_at = MomentField(lazy("The list opens at"), [Optional()])
    closes_at = MomentField(
        lazy("The list closes at"),
        [Optional()],
        description=lazy("Left empty: until the last statement. You can always add one."),
    )
    due_at = MomentField(
        lazy("Statements are to be handed in by"),
        [Optional()],
        description=lazy("Later ones are accepted and marked as late."),
    )
    minutes = minutes_field(lazy("Minutes for a statement"), required())
    reply_minutes = minutes_field(lazy("Minutes for a right of reply"), required())
    modes = wtforms.SelectMultipleField(lazy("How statements are given"), choices=lambda: labelled(MODE_NAMES), **MANY)
    ordering = wtforms.SelectField(lazy("Order of the list"), [required()], choices=lambda: labelled(ORDERING_NAMES))
    states_first = wtforms.BooleanField(lazy("Organizations and others speak after the states"))
    guidance = TranslatedField(
        lazy("Guidance for delegations"), long=True, description=lazy("Shown above the request for a place.")
    )

    @classmethod
    def of(cls, debate: Debate | None) -> "DebateForm":
        if debate is None:
            return cls(data={"minutes": 5, "reply_minutes": 3, "modes": list(Mode), "states_first": True})
        same = ("opens_at", "closes_at", "due_at", "minutes", "reply_minutes", "modes", "states_first", "guidance")
        known = {name: getattr(debate, name) for name in (*same, "revision")}
        return cls(data=known | {"ordering": debate.ordering.value})

    def wanted(self) -> Wanted:
        same = ("opens_at", "closes_at", "due_at", "states_first", "guidance")
        return Wanted(
            minutes=self.minutes.data or 0,
            reply_minutes=self.reply_minutes.data or 0,
            modes=tuple(self.modes.data or ()),
            ordering=Ordering(self.ordering.data),
            **{name: self[name].data for name in same},
        )


class TopicForm(Form):
    title = TranslatedField(lazy("Topic"), one_needed=True, longest=300)


class StatementForm(RevisionForm):
    """Who speaks, on what and how. A speaker is a member of the delegation or somebody whose name is written."""

    who = wtforms.SelectField(lazy("Speaker"))
    name = NameField(
        lazy("Name of another speaker"), description=lazy("As it is to be printed and called, such as H.E. Ms …")
    )
    title = TextField(lazy("Title or function"), longest=300)
    rank = wtforms.SelectField(
        lazy("Rank"), [required()], choices=lambda: labelled(RANK_NAMES), default=RANKS[-1].value
    )
    on_behalf_of = TextField(
        lazy("Also on behalf of"), longest=300, description=lazy("Such as a group of states; left empty: nobody else.")
    )
    topic = wtforms.SelectField(lazy("Topic"))
    mode = wtforms.SelectField(lazy("How it is given"), [required()])
    language = wtforms.SelectField(lazy("Language"))
    check_against_delivery = wtforms.BooleanField(
        lazy("Check against delivery"),
        description=lazy("Printed on the text until somebody has compared it with what was said."),
    )
    embargo_until = SecondsField(
        lazy("Embargo until"), [Optional()], description=lazy("To the second, in the conference's zone.")
    )
    may_publish = wtforms.BooleanField(
        lazy("The text may be published"), description=lazy("After it was delivered, and after the embargo.")
    )

    @classmethod
    def of(cls, debate: Debate, statement: Statement | None, members: Sequence[Registration]) -> "StatementForm":
        form = cls(data=cls._known(statement))
        form.offer(debate, statement, members)
        return form

    @classmethod
    def drawn(cls, debate: Debate, statement: Statement | None, members: Sequence[Registration]) -> "StatementForm":
        """As it is known, whatever another form of the page was sent with."""
        form = cls(formdata=None, data=cls._known(statement))
        form.offer(debate, statement, members)
        return form

    def offer(self, debate: Debate, statement: Statement | None, members: Sequence[Registration]) -> None:
        """Whoever speaks already stays among the choices, also when the accreditation has ended."""
        self.members = {one.person.ref: one for one in members}
        self.persons = {ref: one.person for ref, one in self.members.items()}
        if statement is not None and statement.person is not None:
            self.persons.setdefault(statement.person.ref, statement.person)
        people: list[tuple[str, str]] = [(ref, one.full_name) for ref, one in self.persons.items()]
        self.who.choices = [("", _("Not known yet")), *people, (OTHER, _("Somebody else, as written below"))]
        topics = [(one.ref, languages.best(one.title)) for one in debate.topics]
        self.topic.choices = [("", _("Not chosen yet")), *topics]
        self.topics = {one.ref: one for one in debate.topics}
        self.mode.choices = [(code, _(MODE_NAMES[Mode(code)])) for code in debate.modes]
        self.language.choices = [("", _("Not known yet")), *self._languages()]

    members: dict[str, Registration]
    persons: dict[str, Person]
    topics: dict[str, DebateTopic]

    @staticmethod
    def _languages() -> list[tuple[str, str]]:
        codes = dict.fromkeys([*g.conference.languages, "en", "fr", "es", "ar", "ru", "zh", "id", "pt"])
        return [(code, languages.language(code).name) for code in codes]

    @staticmethod
    def _known(statement: Statement | None) -> dict[str, Any]:
        if statement is None:
            return {"check_against_delivery": True, "language": g.language, "topic": "", "who": ""}
        same = ("on_behalf_of", "check_against_delivery", "embargo_until", "may_publish", "revision")
        return {name: getattr(statement, name) for name in same} | {
            "who": statement.person.ref if statement.person else OTHER if statement.speaker_name else "",
            "name": "" if statement.person else statement.speaker_name,
            "title": statement.speaker_title,
            "rank": statement.rank or RANKS[-1].value,
            "topic": statement.topic.ref if statement.topic else "",
            "mode": statement.mode.value,
            "language": statement.language or ("" if statement.requested_at else g.language),
        }

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and self.who.data == OTHER and not self.name.data:
            self.name.errors = [_("Write the name of the speaker.")]
            return False
        return good

    def said(self) -> Said:
        member = self.members.get(self.who.data)
        return Said(
            person=self.persons.get(self.who.data),
            name=self.name.data if self.who.data == OTHER else "",
            title=self.title.data or (member.functional_title if member else ""),
            rank=self.rank.data,
            on_behalf_of=self.on_behalf_of.data,
            topic=self.topics.get(self.topic.data),
            mode=Mode(self.mode.data),
            language=self.language.data,
            check_against_delivery=self.check_against_delivery.data,
            embargo_until=self.embargo_until.data,
            may_publish=self.may_publish.data,
        )


class TermsForm(RevisionForm):
    """What the secretariat grants to one delegation."""

    minutes = minutes_field(lazy("Minutes for this statement"), Optional(), description=lazy("Left empty: as for all."))
    due_at = MomentField(lazy("To be handed in by"), [Optional()], description=lazy("Left empty: as for all."))


class EntryForm(Form):
    """Which delegation the secretariat puts into the list, and of which rank."""

    delegation = wtforms.SelectField(lazy("Delegation"), [required()])
    rank = wtforms.SelectField(
        lazy("Rank"), [required()], choices=lambda: labelled(RANK_NAMES), default=RANKS[-1].value
    )

    @classmethod
    def of(cls, delegations: Sequence[Delegation]) -> "EntryForm":
        form = cls()
        form.delegation.choices = [("", _("Choose")), *((one.ref, languages.best(one.name)) for one in delegations)]
        return form


class HandInForm(Form):
    file = wtforms.FileField(lazy("Text of the statement"), description=lazy("PDF or Word (DOCX), at most 5 MB."))
    recording_url = TextField(
        lazy("Address of the recording"),
        longest=1000,
        description=lazy("A private link that begins with https://, for statements that are recorded."),
    )
