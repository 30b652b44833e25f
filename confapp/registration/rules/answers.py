"""What an answer says: as a condition compares it, and in words for pages and exports."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from confapp.foundation import clock, languages, text
from confapp.foundation.languages import N_, best
from confapp.foundation.languages import gettext as _
from confapp.registration import states
from confapp.registration.rules.conditions import Value
from confapp.registration.rules.questions import WITH_FILE, QuestionKind

YES, KEPT = "yes", "kept"
DIRECTION_NAMES: dict[str, str] = {"arrival": N_("Arrival"), "departure": N_("Departure")}


def compared(kind: str, value: Any, zone: str = "UTC") -> Value:
    """A value as a condition sees it, and as the browser has it in its form."""
    if value in (None, "", [], {}):
        return [] if kind in (QuestionKind.SEVERAL_OF, QuestionKind.SESSION_CHOICE) else ""
    if kind == QuestionKind.SEVERAL_OF:
        return [str(one) for one in value]
    if kind == QuestionKind.SESSION_CHOICE:
        return [str(one["code"]) for one in value]
    if kind in WITH_FILE:
        return KEPT
    if kind == QuestionKind.TRAVEL_LEG:
        return clock.local(datetime.fromisoformat(value["at"]), zone).date().isoformat() if value.get("at") else ""
    return str(value)


def in_words(kind: str, version: Any, value: Any, *, zone: str = "UTC", file_name: str = "") -> str:
    """A value in the page's language, with the words of the version that it was given under; of a file, its name."""
    if kind in WITH_FILE:
        return file_name
    if value in (None, "", [], {}):
        return ""
    write = WRITTEN.get(kind)
    return write(version, value, zone) if write else str(value)


def labels_of(version: Any) -> dict[str, dict[str, str]]:
    """What its options say, and what those said that it has no more: an answer kept from before stays readable."""
    every = [one for one in version.question.versions if one.number <= version.number]
    return {option["code"]: option["label"] for one in every for option in one.options}


def _one(version: Any, code: str, zone: str) -> str:
    return best(labels_of(version).get(code)) or code


def _several(version: Any, codes: list[str], zone: str) -> str:
    return languages.joined(_one(version, code, zone) for code in codes)


def _number(version: Any, value: str, zone: str) -> str:
    return format_decimal(Decimal(value), format="#,##0.##########", locale=_locale())


def _day(version: Any, value: str, zone: str) -> str:
    return format_date(date.fromisoformat(value), "long", locale=_locale())


def _country(version: Any, code: str, zone: str) -> str:
    found = next((party for party in states.catalogue() if party.code == code), None)
    return found.designation(languages.current()) if found else code


def _language(version: Any, code: str, zone: str) -> str:
    return language_names(languages.current()).get(code, code)


def _telephone(version: Any, value: str, zone: str) -> str:
    import phonenumbers

    return phonenumbers.format_number(phonenumbers.parse(value), phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _consent(version: Any, value: str, zone: str) -> str:
    return _("Agreed")


def _sessions(version: Any, value: list[dict[str, Any]], zone: str) -> str:
    return languages.joined(best(one["label"]) or one["code"] for one in value)


def _leg(version: Any, value: dict[str, str], zone: str) -> str:
    there = clock.local(datetime.fromisoformat(value["at"]), zone)
    when = f"{format_date(there.date(), 'long', locale=_locale())}, {there:%H:%M} {clock.zone_label(zone, there)}"
    return languages.joined(filter(None, [when, *(value.get(part, "") for part in ("number", "airport", "hotel"))]))


WRITTEN: dict[str, Callable[[Any, Any, str], str]] = {
    QuestionKind.ONE_OF: _one,
    QuestionKind.SEVERAL_OF: _several,
    QuestionKind.NUMBER: _number,
    QuestionKind.DATE: _day,
    QuestionKind.COUNTRY: _country,
    QuestionKind.LANGUAGE: _language,
    QuestionKind.TELEPHONE: _telephone,
    QuestionKind.CONSENT: _consent,
    QuestionKind.SESSION_CHOICE: _sessions,
    QuestionKind.TRAVEL_LEG: _leg,
}


@lru_cache(maxsize=8)
def language_names(code: str) -> dict[str, str]:
    """Names of languages by their two-letter code, in the order of one language."""
    names = [
        (name[:1].upper() + name[1:], code) for code, name in Locale.parse(code).languages.items() if len(code) == 2
    ]
    return {code: name for name, code in sorted(names, key=lambda one: text.fold(one[0]))}


def _locale() -> str:
    code = languages.current()
    return {"en": "en_GB", "ar": "ar_EG"}.get(code, code)
