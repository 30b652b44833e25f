"""Publication and withdrawal."""

from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import (
    Form,
    TextField,
    TranslatedField,
)


def override_field() -> TextField:
    return TextField(
        lazy("Why the open remarks are left as they are"),
        longest=500,
        description=lazy("Needed only while serious remarks are open. It is kept in the record."),
    )


class WithdrawalForm(Form):
    reason = TranslatedField(lazy("Reason"), one_needed=True, long=True, longest=1000)


class VersionForm(Form):
    """A button that says what it will do, and a reason where serious remarks are open."""

    override = override_field()
