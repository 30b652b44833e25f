"""Telephone numbers: checked, kept as typed and as machines dial them. They are never published."""

from dataclasses import dataclass

from confapp.foundation.languages import gettext as _


@dataclass(frozen=True)
class Phone:
    typed: str = ""
    e164: str = ""


class BadPhone(ValueError):
    """Why a number cannot be dialled, in words."""


def phone(typed: str, region: str = "") -> Phone:
    """A number as typed and in E.164. Without its country code it is one of `region` (ISO 3166, two letters)."""
    if not typed:
        return Phone()
    import phonenumbers  # its tables are large, and most forms leave the number out

    try:
        number = phonenumbers.parse(typed, region or None)
    except phonenumbers.NumberParseException as error:
        if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
            raise BadPhone(_("Write the number with its country code, such as +62 812 3456 7890.")) from None
        raise BadPhone(_("This is not a telephone number.")) from None
    if not phonenumbers.is_possible_number(number):
        raise BadPhone(_("This number is too long or too short. Write it as +62 812 3456 7890."))
    return Phone(typed, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
