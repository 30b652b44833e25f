"""The words around a document's text, in the language of the document: what its masthead and its foot say."""

from collections.abc import Iterable, Sequence
from datetime import date

from babel.lists import format_list

from confapp.documents.rules import KIND_NAMES, NATURE_NAMES, Manner
from confapp.foundation.dates import day, days, locale
from confapp.foundation.languages import gettext as _

__all__ = ["adoption", "bound", "day", "days", "kind_and_nature", "language_name", "language_names", "standing"]


def kind_and_nature(kind: str, nature: str) -> str:
    """What it is, in one or two words: the nature where it has one."""
    return _(NATURE_NAMES.get(nature) or KIND_NAMES[kind])


def language_name(code: str, language: str) -> str:
    name = locale(language).languages.get(code) or code
    return name[:1].upper() + name[1:]


def language_names(codes: Iterable[str], language: str) -> str:
    return format_list([language_name(code, language) for code in codes], locale=locale(language))


def adoption(manner: str, adopted_on: date, language: str) -> str:
    """How and when a text was adopted, as the line under its title."""
    when = day(adopted_on, language).replace(" ", "\u00a0")
    return {
        Manner.CONSENSUS: _("Adopted by consensus on %(date)s", date=when),
        Manner.ACCLAMATION: _("Adopted by acclamation on %(date)s", date=when),
        Manner.WITHOUT_VOTE: _("Adopted without a vote on %(date)s", date=when),
        Manner.SILENCE: _("Adopted by silence procedure on %(date)s", date=when),
        Manner.RECORDED_VOTE: _("Adopted by a recorded vote on %(date)s", date=when),
        Manner.NOTED: _("Taken note of on %(date)s", date=when),
        Manner.CHAIR: _("Issued under the responsibility of the Chair on %(date)s", date=when),
    }[Manner(manner)]


def standing(authentic: Sequence[str], original: str, language: str, spoken: str = "") -> str:
    """Whether a language version is authentic, the original or a translation, and of what; said in that language."""
    spoken = spoken or language
    if language in authentic:
        return _("Authentic text")
    if authentic:
        return _("Translation; authentic: %(languages)s", languages=language_names(authentic, spoken))
    if language == original:
        return _("Original text")
    return _("Translation; the original is in %(language)s", language=language_name(original, spoken))


LONGEST_PAIR = 20


def bound(words: str) -> str:
    """The same with its last two words kept on one line, so that no title ends with a line of one short word."""
    rest, _space, last = words.rpartition(" ")
    is_short = len(rest.rpartition(" ")[2]) + len(last) < LONGEST_PAIR
    return f"{rest}\u00a0{last}" if words.count(" ") > 2 and is_short else words
