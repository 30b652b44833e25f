"""The text of a block: a closed schema of spans, written as plain text with *emphasis* and **strong** words.

A text is a list of spans: {"t": words}, {"em": words} or {"strong": words}. There is no HTML in it, so nothing has to
be sanitised and nothing can be fetched. An asterisk that is meant is written \\*.
"""

import hashlib
import html
import json
import re
from collections.abc import Iterable
from typing import Any

from confapp.foundation.text import clean

Inline = list[dict[str, str]]

KINDS = {"t": ("", ""), "em": ("*", "*"), "strong": ("**", "**")}
ELEMENTS = {"em": "em", "strong": "strong"}
SPAN = re.compile(
    r"\\(?P<escaped>[*\\])"
    r"|\*\*(?P<strong>(?:\\[*\\]|[^*\\\s])(?:(?:\\[*\\]|[^*\\])*(?:\\[*\\]|[^*\\\s]))?)\*\*"
    r"|\*(?P<em>(?:\\[*\\]|[^*\\\s])(?:(?:\\[*\\]|[^*\\])*(?:\\[*\\]|[^*\\\s]))?)\*"
)


def parse(markup: str) -> Inline:
    """Spans of what was typed; an asterisk that marks nothing stays an asterisk."""
    markup, spans, at = clean(markup), [], 0
    for found in SPAN.finditer(markup):
        spans.append(("t", markup[at : found.start()]))
        kind = found.lastgroup or "t"
        spans.append(("t", found["escaped"]) if kind == "escaped" else (kind, _unescaped(found[kind])))
        at = found.end()
    spans.append(("t", markup[at:]))
    return of_spans(spans)


def to_markup(inline: Inline) -> str:
    """What a person types to get this text."""
    return "".join(
        f"{KINDS[kind][0]}{_escaped(words)}{KINDS[kind][1]}" for span in inline for kind, words in span.items()
    )


def to_plain(inline: Inline) -> str:
    return "".join(words for span in inline for words in span.values())


def to_html(inline: Inline) -> str:
    """Markup made of our own three cases; every word is escaped."""
    return "".join(_element(kind, words) for span in inline for kind, words in span.items())


def joined(texts: Iterable[Inline]) -> Inline:
    """Several texts as one, a space between them."""
    spans: list[tuple[str, str]] = []
    for text in texts:
        spans += [("t", " ")] if spans else []
        spans += [(kind, words) for span in text for kind, words in span.items()]
    return of_spans(spans)


def cut(text: Inline, letters: int) -> Inline:
    """The text without its first letters."""
    spans: list[tuple[str, str]] = []
    for span in text:
        for kind, words in span.items():
            spans.append((kind, words[letters:]))
            letters = max(0, letters - len(words))
    return of_spans(spans)


def is_valid(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(span, dict)
        and len(span) == 1
        and next(iter(span)) in KINDS
        and isinstance(next(iter(span.values())), str)
        for span in value
    )


def digest(inline: Inline) -> str:
    """SHA-256 of a text, over its one canonical form."""
    canonical = json.dumps(inline, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def of_spans(spans: list[tuple[str, str]]) -> Inline:
    """The one form of a text: neighbours of one kind together, none of them empty."""
    joined: Inline = []
    for kind, words in spans:
        if not words:
            continue
        if joined and kind in joined[-1]:
            joined[-1] = {kind: joined[-1][kind] + words}
        else:
            joined.append({kind: words})
    return joined


def _element(kind: str, words: str) -> str:
    escaped = html.escape(words, quote=False)
    name = ELEMENTS.get(kind)
    return f"<{name}>{escaped}</{name}>" if name else escaped


def _escaped(words: str) -> str:
    return re.sub(r"([*\\])", r"\\\1", words)


def _unescaped(words: str) -> str:
    return re.sub(r"\\([*\\])", r"\1", words)
