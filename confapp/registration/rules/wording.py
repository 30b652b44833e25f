"""Conditions in words, and words as conditions: what an organizer reads and types instead of codes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from confapp.foundation import languages, text
from confapp.foundation.languages import N_, best
from confapp.foundation.languages import gettext as _
from confapp.registration import states
from confapp.registration.rules import CAPACITY_NAMES, RANK_NAMES
from confapp.registration.rules.answers import YES, labels_of, language_names
from confapp.registration.rules.conditions import (
    BUILT_IN,
    DAY,
    DAYS_ONLY,
    NUMBER,
    OPERATOR_NAMES,
    WITHOUT_VALUE,
    Condition,
)
from confapp.registration.rules.questions import WITH_FILE, QuestionKind

DELEGATION_KINDS: dict[str, str] = {
    "state": N_("A state"),
    "organization": N_("An organization"),
    "other": N_("Another party"),
    "none": N_("No delegation"),
}


class Unclear(ValueError):
    """What was typed for a row is no condition; the message is for who typed it."""


@dataclass(frozen=True)
class Lexicon:
    """The names of fields and of their values."""

    questions: Mapping[str, Any] = field(default_factory=dict)
    categories: Mapping[str, dict[str, str]] = field(default_factory=dict)
    sessions: Mapping[str, dict[str, str]] = field(default_factory=dict)

    def name(self, code: str) -> str:
        if code in BUILT_IN:
            return _(BUILT_IN[code])
        found = self.questions.get(code)
        return best(found.newest.label) if found is not None else code

    def choice(self, code: str) -> str:
        """The name of a question as an organizer chooses it."""
        name = self.name(code)
        return name if self.questions[code].retired_at is None else _("%(question)s (out of use)", question=name)

    def options(self, code: str) -> dict[str, dict[str, str]]:
        """What a field can be, by the value that conditions compare; empty where it can be anything."""
        if code == "category":
            return dict(self.categories)
        if code in ENUMS:
            return {value: {languages.current(): _(name)} for value, name in ENUMS[code].items()}
        if code == "language":
            return {one: languages_by_code()[one] for one in languages.INTERFACE}
        found = self.questions.get(code)
        kind = found.kind if found is not None else code
        if kind == QuestionKind.COUNTRY:
            return {one.code: one.printed_names for one in states.catalogue() if one.alpha2}
        if kind == QuestionKind.LANGUAGE:
            return languages_by_code()
        if kind == QuestionKind.SESSION_CHOICE:
            return dict(self.sessions)
        if kind == QuestionKind.CONSENT:
            return {YES: {languages.current(): _("Agreed")}}
        return {option["code"]: option["label"] for option in found.newest.options} if found is not None else {}

    def suggestions(self) -> list[str]:
        """Words that can be typed as a value: names of categories, and options of all questions."""
        listed = [
            *self.categories.values(),
            *(option["label"] for one in self.questions.values() for option in one.newest.options),
        ]
        listed += [*self.options("language").values(), *self.sessions.values()]
        listed += [{languages.current(): _(name)} for names in ENUMS.values() for name in names.values()]
        return list(dict.fromkeys(best(names) for names in listed if names))

    def value(self, code: str, value: str) -> str:
        return best(self.options(code).get(value) or self._was(code, value)) or value

    def _was(self, code: str, value: str) -> dict[str, str]:
        """What an option said that is offered no more."""
        found = self.questions.get(code)
        return labels_of(found.newest).get(value, {}) if found is not None else {}

    def words(self, condition: Condition) -> str:
        """“Visa needed” is Yes and Category is one of Media, Observer."""
        for key, joint in (("all", _(" and ")), ("any", _(" or "))):
            if condition.get(key):
                parts = [self.words(one) for one in condition[key]]
                inner = [
                    f"({one})" if self._is_group(row) else one for row, one in zip(condition[key], parts, strict=True)
                ]
                return joint.join(inner)
        if "field" not in condition:
            return ""
        code, operator = condition["field"], condition["operator"]
        name = self.name(code) if code in BUILT_IN else _("“%(question)s”", question=self.name(code))
        return f"{name} {_(OPERATOR_NAMES[operator])} {self.typed(condition)}".strip()

    def typed(self, row: Condition) -> str:
        """The value of a row as an organizer types it."""
        value, code = row.get("value", ""), row["field"]
        if isinstance(value, list):
            return languages.joined(self.value(code, one) for one in value)
        return self.value(code, value)

    def fault(self, name: str, row: Condition, asked: Collection[str]) -> str:
        """Why a row of the condition of something cannot be met by a new answer; empty when it can."""
        code, value = row["field"], row.get("value", "")
        by = self.name(code)
        if code not in BUILT_IN and code not in asked:
            return _("“%(name)s” depends on “%(by)s”, which is not asked now.", name=name, by=by)
        options = self.options(code)
        gone = [one for one in (value if isinstance(value, list) else [value]) if one and one not in options]
        if options and gone and (isinstance(value, str) or len(gone) == len(value)):
            said = languages.joined(self.value(code, one) for one in gone)
            return _("“%(name)s” waits for “%(value)s”, which “%(by)s” does not offer.", name=name, value=said, by=by)
        return ""

    def _is_group(self, row: Condition) -> bool:
        return len(row.get("all") or row.get("any") or ()) > 1

    def read(self, code: str, operator: str, typed: str) -> dict[str, Any]:
        """A row from what was typed; raises Unclear with what to type instead."""
        if code not in BUILT_IN and code not in self.questions:
            raise Unclear(_("Choose what the condition looks at."))
        if operator not in OPERATOR_NAMES:
            raise Unclear(_("Choose how it is compared."))
        if operator in WITHOUT_VALUE:
            return {"field": code, "operator": operator}
        kind = self.questions[code].kind if code in self.questions else code
        if kind in WITH_FILE:
            raise Unclear(_("Of a file one can only say whether it is there: choose “is filled in” or “is empty”."))
        if not typed:
            raise Unclear(_("Type what it is compared with."))
        if operator == "one_of":
            words = [one.strip() for one in typed.replace("،", ",").replace(";", ",").split(",") if one.strip()]
            values = [self._known(code, one) for one in words]
            for value in values:
                _refuse_what_it_never_is(kind, value)
            return {"field": code, "operator": operator, "value": values}
        value = self._known(code, typed) if operator != "contains" or self._is_chosen(code) else typed
        if operator == "equals":
            _refuse_what_it_never_is(kind, value)
        if operator not in ("equals", "contains"):
            _refuse_what_cannot_be_compared(operator, value)
        return {"field": code, "operator": operator, "value": value}

    def _is_chosen(self, code: str) -> bool:
        """Whether a field has a list of what it can be, however short."""
        is_of_sessions = code in self.questions and self.questions[code].kind == QuestionKind.SESSION_CHOICE
        return is_of_sessions or bool(self.options(code))

    def _known(self, code: str, typed: str) -> str:
        options = self.options(code)
        if typed in options or not self._is_chosen(code):
            return typed
        if not options:
            raise Unclear(_("No session can be chosen at present."))
        folded = text.fold(typed)
        for value, names in options.items():
            if folded in {text.fold(name) for name in names.values()}:
                return value
        shown = languages.joined(best(names) for names in list(options.values())[:12])
        raise Unclear(_("“%(typed)s” is none of: %(options)s.", typed=typed, options=shown))


def _refuse_what_cannot_be_compared(operator: str, value: str) -> None:
    if DAY.fullmatch(value) and _is_day(value):
        return
    if operator in DAYS_ONLY:
        raise Unclear(_("Write the day as 2027-03-09."))
    if not NUMBER.fullmatch(value):
        raise Unclear(_("Write a number such as 12, or a day as 2027-03-09."))


def _refuse_what_it_never_is(kind: str, value: str) -> None:
    """A comparison that no answer can meet would hide a question for ever, and nobody would see why."""
    if kind == QuestionKind.NUMBER and not NUMBER.fullmatch(value):
        raise Unclear(_("Write a number in digits, such as 12."))
    if kind in (QuestionKind.DATE, QuestionKind.TRAVEL_LEG) and not (DAY.fullmatch(value) and _is_day(value)):
        raise Unclear(_("Write the day as 2027-03-09."))


@lru_cache(maxsize=1)
def languages_by_code() -> dict[str, dict[str, str]]:
    """Names of languages in each language of the pages."""
    names = {shown: language_names(shown) for shown in languages.INTERFACE}
    return {code: {shown: names[shown].get(code, code) for shown in names} for code in names["en"]}


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


ENUMS: dict[str, dict[str, str]] = {
    "capacity": CAPACITY_NAMES,
    "rank": RANK_NAMES,
    "delegation_kind": DELEGATION_KINDS,
}
