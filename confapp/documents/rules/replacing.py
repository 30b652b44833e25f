"""Words found and replaced in a text, also where part of them is emphasized; what is around keeps its look. Pure."""

import re
from dataclasses import dataclass

from confapp.documents.rules.inline import MARKS, Inline, of_spans, of_words, to_markup, to_plain
from confapp.foundation.text import clean

LONGEST = 200


@dataclass(frozen=True)
class Search:
    """What is looked for. Spaces in it stand for any space; letters are compared as they stand in the text (NFC)."""

    find: str
    replacement: str
    matches_case: bool = False
    whole_words: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        words = r"\s+".join(re.escape(part) for part in clean(self.find).split())
        if self.whole_words:
            words = rf"(?<!\w){words}(?!\w)"
        return re.compile(words, 0 if self.matches_case else re.IGNORECASE)


def count(search: Search, text: Inline) -> int:
    if not clean(search.find):
        return 0
    return sum(
        count(search, of_words(part[0]["note"]))
        if "note" in part[0]
        else sum(1 for _found in search.pattern.finditer(to_plain(part)))
        for part in _parts(text)
        if "ref" not in part[0]
    )


def replaced(search: Search, text: Inline) -> Inline:
    """Notes are searched as well; what a reference shows is no word of the text, and nothing is found across it."""
    spans: list[tuple[str, str]] = []
    for part in _parts(text):
        if "note" in part[0]:
            part = [{"note": to_markup(replaced(search, of_words(part[0]["note"])))}]
        elif "ref" not in part[0]:
            part = _replaced(search, part)
        spans += [(kind, words) for span in part for kind, words in span.items()]
    return of_spans(spans)


def _parts(text: Inline) -> list[Inline]:
    """Stretches of words; each note and each reference is a part of its own."""
    parts: list[Inline] = []
    for span in text:
        is_words = span.keys() <= MARKS.keys()
        if parts and is_words and parts[-1][-1].keys() <= MARKS.keys():
            parts[-1].append(span)
        else:
            parts.append([span])
    return parts


def _replaced(search: Search, text: Inline) -> Inline:
    """The new words look as the first letter of those they replace."""
    kinds = [kind for span in text for kind, words in span.items() for _letter in words]
    plain, spans, at = to_plain(text), [], 0
    for found in search.pattern.finditer(plain) if clean(search.find) else ():
        spans += list(zip(kinds[at : found.start()], plain[at : found.start()], strict=True))
        spans.append((kinds[found.start()], clean(search.replacement)))
        at = found.end()
    spans += list(zip(kinds[at:], plain[at:], strict=True))
    return of_spans(spans)
