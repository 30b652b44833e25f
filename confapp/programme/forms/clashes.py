"""How clashes are judged, and accepted."""

from collections.abc import Mapping

import wtforms
from wtforms.validators import NumberRange

from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import Form, LongTextField, labelled, required
from confapp.programme.forms.fields import NumberField
from confapp.programme.rules import SEVERITY_NAMES, Severity
from confapp.programme.rules.clashes import AMOUNTS, RULE_NAMES, Rule, Setting


class AcceptClashForm(Form):
    reason = LongTextField(
        lazy("Why it may stay"),
        [required(lazy("Please give a reason."))],
        longest=500,
        description=lazy("For the record, such as: they have agreed to leave early."),
    )


class ClashSettingsForm(Form):
    """A choice for each rule by the rule's id, and `amount_…` where it has a number."""

    @classmethod
    def of(cls, chosen: Mapping[Rule, Setting]) -> "ClashSettingsForm":
        amounts = {f"amount_{rule.value}": one.amount for rule, one in chosen.items() if rule in AMOUNTS}
        return cls(data={rule.value: one.severity for rule, one in chosen.items()} | amounts)

    def values(self) -> dict[Rule, Setting]:
        return {
            rule: Setting(
                Severity(self[rule.value].data), self[f"amount_{rule.value}"].data if rule in AMOUNTS else None
            )
            for rule in Rule
        }


for _rule in Rule:
    setattr(
        ClashSettingsForm,
        _rule.value,
        wtforms.SelectField(lazy(RULE_NAMES[_rule]), [required()], choices=lambda: labelled(SEVERITY_NAMES)),
    )


for _rule, (_label, _least, _most) in AMOUNTS.items():
    _said = lazy("From %(least)d to %(most)d.", least=_least, most=_most)
    setattr(
        ClashSettingsForm,
        f"amount_{_rule.value}",
        NumberField(lazy(_label), [required(_said), NumberRange(_least, _most, _said)]),
    )
