"""Places of a session."""

from typing import Any

import wtforms
from wtforms.validators import NumberRange, Optional

from confapp.foundation.languages import lazy
from confapp.foundation.places import Quota
from confapp.foundation.web.forms import Form
from confapp.programme.rules.sign_ups import MOST


class SignUpForm(Form):
    """Whether participants sign up for a session, and how many."""

    is_open = wtforms.BooleanField(lazy("Participants sign up for this session"))
    capacity = wtforms.IntegerField(
        lazy("Places"),
        [Optional(), NumberRange(0, MOST, lazy("Write a number from 0 to %(most)d.", most=MOST))],
        description=lazy("Left empty: no limit."),
    )

    @classmethod
    def of(cls, quota: Quota | None, *, sent: bool = True) -> "SignUpForm":
        kept: dict[str, Any] = {"is_open": quota is not None and quota.closed_at is None}
        kept["capacity"] = quota.capacity if quota is not None else None
        return cls(data=kept) if sent else cls(formdata=None, data=kept)
