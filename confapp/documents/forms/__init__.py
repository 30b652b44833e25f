from confapp.documents.forms.drafting import JournalForm, RecordForm
from confapp.documents.forms.emblem import EmblemForm
from confapp.documents.forms.languages import (
    GlossaryTableForm,
    GlossaryTermForm,
    TranslationFileForm,
    TranslationRulesForm,
)
from confapp.documents.forms.publication import AdoptionForm, VersionForm, WithdrawalForm
from confapp.documents.forms.register import (
    DetailsForm,
    ExtendForm,
    NewDocumentForm,
    RegisterForm,
    SeriesForm,
    WorkForm,
    known_symbol,
)
from confapp.documents.forms.text import block_form, text_form

__all__ = [
    "AdoptionForm",
    "DetailsForm",
    "EmblemForm",
    "ExtendForm",
    "GlossaryTableForm",
    "GlossaryTermForm",
    "JournalForm",
    "NewDocumentForm",
    "RecordForm",
    "RegisterForm",
    "SeriesForm",
    "TranslationFileForm",
    "TranslationRulesForm",
    "VersionForm",
    "WithdrawalForm",
    "WorkForm",
    "block_form",
    "known_symbol",
    "text_form",
]
