"""Names that mix scripts within a word: often a slip of a keyboard, sometimes an imitation of another name."""

import re
import unicodedata

# Scripts that are written together in one word by habit.
TOGETHER = ({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "BOPOMOFO"}, {"CJK", "HANGUL"})
WORD = re.compile(r"[^\W\d_]+")


def scripts_of(word: str) -> set[str]:
    """The scripts of the letters of a word, by the first part of their Unicode names."""
    letters = (c for c in word if c.isalpha() and unicodedata.category(c) != "Lm")
    return {unicodedata.name(c, "UNKNOWN").split()[0] for c in letters}


def is_mixed(word: str) -> bool:
    found = scripts_of(word)
    return len(found) > 1 and not any(found <= usual for usual in TOGETHER)


def mixed_words(*names: str) -> list[str]:
    """The words of some names in which scripts are mixed, each once."""
    return list(dict.fromkeys(word for name in names for word in WORD.findall(name) if is_mixed(word)))
