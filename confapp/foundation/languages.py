"""Languages, their direction, catalogues of interface strings and translated values. No Flask here."""

import gettext as gettext_module
import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy

CATALOGUES = Path(__file__).resolve().parent.parent / "translations"
INTERFACE = ("en", "id", "ar")
PRINTED = ("en", "id", "fr", "es", "ru", "ar", "zh")  # files have their own words in these
SOURCE = "en"
COMMAS = {"ar": "، ", "zh": "，", "ja": "、"}
UNCHECKED = {"ar"}  # not yet read by a native speaker; the page says so


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    direction: str


_current: ContextVar[str] = ContextVar("language", default=SOURCE)


@lru_cache(maxsize=64)
def language(code: str) -> Language:
    locale = Locale.parse(code)
    name = "Bahasa Indonesia" if code == "id" else locale.get_display_name(code) or code
    return Language(code, name[:1].upper() + name[1:], "rtl" if locale.text_direction == "rtl" else "ltr")


def known(code: str) -> bool:
    try:
        language(code)
    except Exception:
        return False
    return True


def current() -> str:
    return _current.get()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Interface strings come in this language inside the block."""
    token = _current.set(code if code in INTERFACE else SOURCE)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def printing(code: str) -> Iterator[None]:
    """The words of a file come in this language inside the block: only those that the smaller catalogues hold."""
    token = _current.set(code if code in PRINTED else SOURCE)
    try:
        yield
    finally:
        _current.reset(token)


def set_current(code: str) -> None:
    _current.set(code if code in INTERFACE else SOURCE)


@lru_cache(maxsize=16)
def catalogue(code: str) -> gettext_module.NullTranslations:
    po = CATALOGUES / code / "LC_MESSAGES" / "messages.po"
    if code == SOURCE or not po.exists():
        return gettext_module.NullTranslations()
    with po.open("rb") as source:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return gettext_module.GNUTranslations(compiled)


def gettext(message: str, **values: Any) -> str:
    text = catalogue(current()).gettext(message) if message else ""  # an empty message names the catalogue's header
    return text % values if values else text


def ngettext(one: str, many: str, number: int, **values: Any) -> str:
    return plural(one, many, number) % {"num": number, **values}


def plural(one: str, many: str, number: int) -> str:
    """The form for this number, its placeholders still open: for those who fill them in themselves."""
    return catalogue(current()).ngettext(one, many, number)


def pgettext(context: str, message: str, **values: Any) -> str:
    text = catalogue(current()).pgettext(context, message)
    return text % values if values else text


def comma(code: str = "") -> str:
    return COMMAS.get(code or current(), ", ")


def joined(words: Iterable[str], code: str = "") -> str:
    """Words in a row, with the comma of their language."""
    return comma(code).join(words)


def N_(message: str) -> str:
    """Marks a string for the catalogues; it is translated where it is shown."""
    return message


def in_all(message: str, codes: Iterable[str]) -> dict[str, str]:
    """A string of ours as a translated value, for those languages whose catalogue has it."""
    return {code: said for code in codes if (said := catalogue(code).gettext(message)) != message or code == SOURCE}


def lazy(message: str, **values: Any) -> Any:
    """A string that is translated each time it is shown (labels of form fields)."""
    return LazyProxy(gettext, message, enable_cache=False, **values)


def best(value: Mapping[str, str] | None, wanted: str | None = None, fallbacks: tuple[str, ...] = ()) -> str:
    """The text of a translated value in the wanted language, else in the first fallback that has one."""
    return pick(value, wanted, fallbacks)[0]


def pick(
    value: Mapping[str, str] | None, wanted: str | None = None, fallbacks: tuple[str, ...] = ()
) -> tuple[str, str]:
    """(text, its language code); ("", wanted) when there is none in any language."""
    wanted = wanted or current()
    for code in (wanted, *fallbacks, SOURCE, "id", *(value or {})):
        if text := (value or {}).get(code):
            return text, code
    return "", wanted


def missing(value: Mapping[str, str] | None, wanted: list[str]) -> list[str]:
    return [code for code in wanted if not (value or {}).get(code)]


def incomplete(code: str) -> list[str]:
    """Messages of a catalogue that have no translation or are marked fuzzy."""
    with (CATALOGUES / code / "LC_MESSAGES" / "messages.po").open("rb") as source:
        messages = read_po(source, locale=code)
    return [
        str(m.id)
        for m in messages
        if m.id and (m.fuzzy or not (all(m.string) if isinstance(m.string, (tuple, list)) else m.string))
    ]


if __name__ == "__main__":
    for name in sys.argv[1:] or ["id"]:
        for text in incomplete(name):
            print(f"{name}: {text}")
