"""Cleaning, folding and Markdown of text that people type. Pure."""

import re
import unicodedata
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufeff\ud800-\udfff]")
BIDI_CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST_TERM = 200
TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "a", "hr", "code"}

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False})


def clean(text: str | None, *, lines: bool = False) -> str:
    """NFC, without control characters, lone surrogates and outer space; one line unless `lines`."""
    text = unicodedata.normalize("NFC", CONTROLS.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n")))
    if not lines:
        text = " ".join(text.split())
    return text.strip()


def clean_name(text: str | None) -> str:
    """A person's or body's name as typed: never split or re-cased, but without hidden direction marks."""
    return clean(BIDI_CONTROLS.sub("", text or ""))


def fold(*texts: str | None) -> str:
    """One lower-case string without accents, for searching by LIKE."""
    joined = " ".join(text for text in texts if text)
    plain = "".join(c for c in unicodedata.normalize("NFKD", joined) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def like(term: str) -> str:
    """A folded search term as a LIKE pattern with backslash as its escape; SQLite refuses very long patterns."""
    escaped = fold(term[:LONGEST_TERM]).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def slug(text: str, longest: int = 60) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:longest].strip("-")


@lru_cache(maxsize=512)
def html(markdown: str) -> str:
    """Markdown to HTML that is safe to show; headings begin at h2."""
    rendered = _markdown.render(markdown)
    deeper = 2 - min((int(level) for level in re.findall(r"<h([1-6])>", rendered)), default=2)
    shown = re.sub(r"(</?h)([1-6])>", lambda m: f"{m[1]}{min(int(m[2]) + deeper, 4)}>", rendered)
    return sanitized(shown)


def sanitized(markup: str) -> str:
    return nh3.clean(
        markup,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )
