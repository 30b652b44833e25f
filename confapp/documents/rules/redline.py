"""What changed between two texts, word by word: for people who compare, not for machines that apply."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from confapp.documents.rules.inline import Inline, to_plain

# Words and spaces; signs one by one; scripts without spaces by character, or a whole clause would count as one word.
TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]|[^\W]+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Change:
    """A stretch of words that was kept ("same"), inserted ("ins") or deleted ("del")."""

    kind: str
    words: str


def _tokens(text: Inline) -> list[str]:
    return TOKEN.findall(to_plain(text, notes=True))


def changes(was: Inline, became: Inline) -> list[Change]:
    before, after = _tokens(was), _tokens(became)
    found: list[Change] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        removed, added = "".join(before[start:end]), "".join(after[new_start:new_end])
        if kind == "equal":
            found.append(Change("same", added))
            continue
        if removed:
            found.append(Change("del", removed))
        if added:
            found.append(Change("ins", added))
    return found
