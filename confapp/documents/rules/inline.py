"""The text of a block: a closed schema of spans, written as plain text with a few marks.

A text is a list of spans: {"t": words}, {"em": words}, {"strong": words}, {"ref": permanent id of a block} or
{"note": words of a footnote, in which *emphasis* and **strong** may stand}. There is no HTML in it, so nothing has to
be sanitised and nothing can be fetched. People type *emphasis*, **strong**, {5 (a)} for the number of another paragraph
and ^[words] for a note; \\* \\{ \\^ and \\\\ are those signs themselves. A reference that is not resolved yet holds
what was typed.
"""

import hashlib
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from confapp.foundation.text import clean

Inline = list[dict[str, str]]

MARKS = {"t": "", "em": "*", "strong": "**"}  # of words; they can be searched, joined and cut
KINDS = {*MARKS, "ref", "note"}
ELEMENTS = {"em": "em", "strong": "strong"}
LOST = "[…]"  # where the number of a paragraph would stand that is not there
ESCAPED = r"\\[*\\{^]"
MARKED = rf"(?:{ESCAPED}|[^*\\\s])(?:(?:{ESCAPED}|[^*\\])*(?:{ESCAPED}|[^*\\\s]))?"
REF = (
    r"\{[^{}#*\\\n]{0,80}#(?P<id>[A-Za-z0-9_-]{6,40})\s*\}"
    r"|\{\s*(?P<number>(?:(?:PP|OP)\s?)?\d{1,4}[^{}#*\\\n]{0,20}?)\s*\}"
)
PERMANENT = r"[A-Za-z0-9_-]{22}"  # an id as new_ref makes them; one in six begins with a digit, as numbers do
NOTE = r"\^\[(?P<note>(?:\\[*\\\[\]{^]|\\(?![*\\\[\]{^])|[^\\\[\]]|\[[^\[\]]*\])+)\]"
INSIDE = re.compile(rf"\\(?P<escaped>[*\\{{^])|{REF}|{NOTE}")
SPAN = re.compile(rf"{INSIDE.pattern}|\*\*(?P<strong>{MARKED})\*\*|\*(?P<em>{MARKED})\*")
LIVE = re.compile(rf"{REF}|{NOTE}")
WORDS_ONLY = re.compile(rf"\\(?P<escaped>[*\\{{^])|\*\*(?P<strong>{MARKED})\*\*|\*(?P<em>{MARKED})\*")


def parse(markup: str) -> Inline:
    """Spans of what was typed; a sign that marks nothing stays what it is."""
    markup = clean(markup)
    return of_spans([*_spans(SPAN, "t", markup)])


def _spans(pattern: re.Pattern[str], kind: str, words: str) -> Iterator[tuple[str, str]]:
    at = 0
    for found in pattern.finditer(words):
        yield kind, words[at : found.start()]
        at = found.end()
        name = found.lastgroup or ""
        if name == "escaped":
            yield kind, found[name]
        elif name == "note":
            yield "note", to_markup(of_words(re.sub(r"(\\\\)|\\([\[\]])", _bare, found[name])))
        elif name in ("em", "strong"):
            yield from _with_outer_space([*_spans(INSIDE, name, found[name])])
        else:
            yield "ref", " ".join((found["id"] or found["number"]).split())
    yield kind, words[at:]


def _bare(found: re.Match[str]) -> str:
    return found[1] or found[2]


def _with_outer_space(spans: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Spaces beside a reference or a note that stood inside an emphasis are no part of the emphasis."""
    for kind, words in ((k, w) for span in of_spans(spans) for k, w in span.items()):
        inner = words.strip()
        if kind not in ELEMENTS or not inner:
            yield ("t" if kind in ELEMENTS else kind), words
        else:
            start = words.index(inner[0])
            yield from (("t", words[:start]), (kind, inner), ("t", words[start + len(inner) :]))


def of_words(markup: str) -> Inline:
    """Spans of words alone: what stands in a note."""
    spans, at, markup = [], 0, clean(markup)
    for found in WORDS_ONLY.finditer(markup):
        kind = found.lastgroup or ""
        spans.append(("t", markup[at : found.start()]))
        words = found[kind] if kind == "escaped" else re.sub(r"\\([*\\{^])", r"\1", found[kind])
        spans.append(("t" if kind == "escaped" else kind, words))
        at = found.end()
    return of_spans([*spans, ("t", markup[at:])])


def to_markup(inline: Inline, shown: Mapping[str, str] | None = None) -> str:
    """What a person types to get this text; `shown` says what is called how, for people to read beside the ids."""
    return "".join(_typed(kind, words, shown) for span in inline for kind, words in span.items())


def _typed(kind: str, words: str, shown: Mapping[str, str] | None) -> str:
    if kind in MARKS:
        return MARKS[kind] + _escaped(words) + MARKS[kind]
    if kind == "note":
        return "^[" + re.sub(r"([\[\]])", r"\\\1", words) + "]"
    if shown is None or words not in shown:
        is_number = not re.fullmatch(PERMANENT, words) and re.fullmatch(REF, f"{{{words}}}")
        return f"{{{words}}}" if is_number else f"{{#{words}}}"
    name = " ".join(re.sub(r"[{}#*\\]", " ", shown[words]).split())[:60]
    return f"{{{name} #{words[:SHORT]}}}"


SHORT = 8  # letters of a permanent id that name a paragraph within its document


def to_plain(inline: Inline, shown: Mapping[str, str] | None = None, *, notes: bool = False) -> str:
    """The words; with `notes` also those of notes, in brackets."""
    return "".join(_plain(kind, words, shown, notes) for span in inline for kind, words in span.items())


def _plain(kind: str, words: str, shown: Mapping[str, str] | None, notes: bool) -> str:
    if kind == "ref":
        return f"{{{words[:SHORT]}}}" if shown is None else shown.get(words) or lost(words)
    if kind == "note":
        return f" [{to_plain(of_words(words))}]" if notes else ""
    return words


def to_html(inline: Inline, shown: Mapping[str, str] | None = None, first_note: int = 1, style: str = "") -> str:
    """Markup made of our own few cases; every word is escaped.

    `style` says how references and notes are drawn: "page" links to the paragraph and to the notes at the end, "paper"
    puts notes at the foot of the page, "cell" numbers them, each on the line of the word before it, and
    without one a note stands in brackets where it is.
    """
    drawn, number = list[str](), first_note
    for kind, words in ((kind, words) for span in inline for kind, words in span.items()):
        if kind == "ref":
            drawn.append(_reference(words, shown, style))
        elif kind == "note":
            sign = _note(words, number, style)
            number += 1
            drawn += _held(drawn.pop() if drawn else "", sign) if style == "cell" else [sign]
        else:
            drawn.append(_element(kind, words))
    return "".join(drawn)


def is_typed(target: str) -> bool:
    """Whether it is what somebody typed and no permanent id."""
    return len(target) < 16 and re.fullmatch(REF, f"{{{target}}}") is not None


def lost(target: str) -> str:
    return f"{{{target}}}" if is_typed(target) else LOST


def _reference(target: str, shown: Mapping[str, str] | None, style: str) -> str:
    name = html.escape((shown or {}).get(target) or lost(target), quote=False)
    if style in ("page", "paper") and target in (shown or {}):
        return f'<a class="text-ref" href="#p-{html.escape(target[:SHORT])}">{name}</a>'
    return f'<span class="text-ref">{name}</span>'


def _note(words: str, number: int, style: str) -> str:
    if style == "page":
        link = f'<a id="note-{number}-call" href="#note-{number}" role="doc-noteref">{number}</a>'
        return f'<sup class="note-call">{link}</sup>'
    if style == "cell":
        return f'<sup class="note-call">{number}</sup>'
    said = to_html(of_words(words))
    return f'<span class="footnote">{said}</span>' if style == "paper" else f'<small class="text-note">[{said}]</small>'


# The last word of a text; where words have no spaces between them, its last letter with the signs behind it.
_WIDE = r"\u3041-\ua4cf\uf900-\ufaff"
_LAST = re.compile(rf"(?:[{_WIDE}][^\s{_WIDE}]{{0,8}}|[^\s{_WIDE}]+)\s*$")
_DRAWN = re.compile(r"(<(?:em|strong)>)?([^<]+)(</(?:em|strong)>)?")
_LONGEST = 120  # signs that stay together


def _held(before: str, sign: str) -> list[str]:
    """The sign of a note with the word before it: a line is never broken between the two."""
    found = _DRAWN.fullmatch(before)
    if found is None:  # a reference, or the sign of another note
        return [f'<span class="note-held">{before}{sign}</span>'] if len(before) <= _LONGEST else [before, sign]
    begins, words, ends = (one or "" for one in found.groups())
    last = _LAST.search(words)
    at = last.start() if last else len(words)
    rest = f"{begins}{words[:at]}{ends}" if at else ""
    return [rest, f'<span class="note-held">{begins}{words[at:]}{ends}{sign}</span>']


def notes(inline: Inline) -> list[Inline]:
    """The notes of a text in their order."""
    return [of_words(span["note"]) for span in inline if "note" in span]


def references(inline: Inline) -> list[str]:
    return [span["ref"] for span in inline if "ref" in span]


def resolved(inline: Inline, find: Callable[[str], str | None]) -> Inline:
    """With the permanent ids of what is referred to; what is not found stays as it was typed."""
    return [{"ref": find(span["ref"]) or span["ref"]} if "ref" in span else span for span in inline]


def without_looks(inline: Inline) -> Inline:
    """Without emphasis, as titles and headings stand."""
    return of_spans([("t" if kind in MARKS else kind, words) for span in inline for kind, words in span.items()])


def live(words: str) -> str:
    """Markup of words in which references and notes are marks, and asterisks outside them are asterisks."""
    parts, at = [], 0
    for found in re.finditer(rf"\\[{{^]|{LIVE.pattern}", words):
        parts += [re.sub(r"([*\\])", r"\\\1", words[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*parts, re.sub(r"([*\\])", r"\\\1", words[at:])])


def shielded(words: str) -> str:
    """The opposite: words in which nothing is mistaken for a reference or a note."""
    return re.sub(rf"\{{(?={_BODY})|\^(?=\[)", r"\\\g<0>", words)


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
            spans.append((kind, words[letters:] if kind in MARKS else words))
            letters = max(0, letters - len(words) * (kind in MARKS))
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
        if joined and kind in joined[-1] and kind in MARKS:
            joined[-1] = {kind: joined[-1][kind] + words}
        else:
            joined.append({kind: words})
    return joined


def _element(kind: str, words: str) -> str:
    escaped = html.escape(words, quote=False)
    name = ELEMENTS.get(kind)
    return f"<{name}>{escaped}</{name}>" if name else escaped


_BODY = re.sub(r"\?P<\w+>", "", REF).replace(r"\{", "", 1).replace(r"|\{", "|", 1)


def _escaped(words: str) -> str:
    return re.sub(rf"[*\\]|\{{(?={_BODY})|\^(?=\[)", r"\\\g<0>", words)
