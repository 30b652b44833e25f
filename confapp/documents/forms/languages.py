"""What a conference wants of its translations."""

import wtforms

from confapp.foundation.languages import lazy
from confapp.foundation.web.forms import Form


class TranslationRulesForm(Form):
    wants_checks = wtforms.BooleanField(
        lazy("Translations are checked before a text is adopted or issued"),
        description=lazy("What nobody has checked is then a serious remark: it is settled, or left with a reason."),
    )
    four_eyes = wtforms.BooleanField(
        lazy("Another person checks what one person wrote"),
        description=lazy("Whoever wrote a text cannot call it checked."),
    )
    revision = wtforms.HiddenField()
