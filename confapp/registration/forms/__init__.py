"""What is typed for people, delegations and categories."""

from confapp.registration.forms.categories import (
    CategoryForm,
)
from confapp.registration.forms.delegations import (
    CredentialForm,
    DelegationNamesForm,
    InvitationForm,
    OwnDelegationForm,
    PlacesForm,
    upload_fault,
)
from confapp.registration.forms.people import (
    NAMES,
    ConsentsForm,
    CorrectionForm,
    CountryField,
    CountryList,
    MemberForm,
    NamesForm,
    OpenRadioField,
    OpenSelectField,
    ReasonForm,
    RegisterForm,
    SealedForm,
    countries,
    country_name,
    country_options,
    language_choices,
)

__all__ = [
    "NAMES",
    "CategoryForm",
    "ConsentsForm",
    "CorrectionForm",
    "CountryField",
    "CountryList",
    "CredentialForm",
    "DelegationNamesForm",
    "InvitationForm",
    "MemberForm",
    "NamesForm",
    "OpenRadioField",
    "OpenSelectField",
    "OwnDelegationForm",
    "PlacesForm",
    "ReasonForm",
    "RegisterForm",
    "SealedForm",
    "countries",
    "country_name",
    "country_options",
    "language_choices",
    "upload_fault",
]
