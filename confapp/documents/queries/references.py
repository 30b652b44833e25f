"""What paragraphs are called, and which paragraph a typed number means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from confapp.documents.models import BlockText, Document
from confapp.documents.queries.text import place_rows, places, texts
from confapp.documents.rules import composition, inline
from confapp.documents.rules.composition import Paragraph, called, reference_key
from confapp.documents.rules.inline import Inline


@dataclass(frozen=True)
class Targets:
    """The shown paragraphs of a draft in each of its languages, and the ids of those deleted from it."""

    by_language: Mapping[str, Sequence[Paragraph]]
    hidden: Sequence[str]

    def find(self, typed: str, block: str = "") -> str | None:
        """The permanent id that the beginning of one or a number means, seen from the block in which it stands."""
        first = next(iter(self.by_language.values()), [])
        ids = [*(p.block for p in first), *self.hidden]
        if len(typed) >= 6 and (named := [one for one in ids if one.startswith(typed)]):
            return named[0] if len(named) == 1 or named[0] == typed else None
        in_annex = any(p.is_in_annex for p in first if p.block == block)
        key, found = reference_key(typed), list[Paragraph]()
        for composed in self.by_language.values():
            names = called(composed)
            found += [p for p in composed if p.kind in NUMBERED and reference_key(names[p.block]) == key]
        found.sort(key=lambda p: p.is_in_annex != in_annex)
        return found[0].block if found else None

    def shown(self, language: str) -> dict[str, str]:
        return called(self.by_language.get(language, ()))


NUMBERED = {
    composition.BlockKind.OPERATIVE,
    composition.BlockKind.LIST_ITEM,
    composition.BlockKind.PREAMBULAR,
}


def targets(document: Document) -> Targets:
    plain = places(place_rows(document.draft))
    words = plain_texts(texts(document.draft))
    found = {
        code: composition.paragraphs(plain, words, code, document.original_language) for code in document.languages
    }
    shown = {p.block for composed in found.values() for p in composed}
    return Targets(found, [place.block for place in plain if place.block not in shown])


def plain_texts(found: Mapping[str, Mapping[str, BlockText]]) -> dict[str, dict[str, Inline]]:
    return {ref: {code: row.inline for code, row in by_code.items()} for ref, by_code in found.items()}


def resolved(document: Document, text: Inline, block: str = "") -> Inline:
    """With permanent ids where numbers were typed; few texts have any."""
    if not inline.references(text):
        return text
    known = targets(document)
    return inline.resolved(text, lambda typed: known.find(typed, block))


def names_in(document: Document, found: Iterable[BlockText]) -> dict[str, dict[str, str]]:
    """What references are called in each language, where any of the texts has one."""
    if not any(inline.references(row.inline) for row in found):
        return {}
    known = targets(document)
    return {code: known.shown(code) for code in document.languages}


def offered(known: Targets, block: str) -> list[tuple[str, str, str]]:
    """To choose from: the id of each other paragraph, what a writer sees of it, and what is written."""
    composed = next(iter(known.by_language.values()), [])
    names = called(composed)
    found = []
    for p in composed:
        if p.block != block and p.kind != composition.BlockKind.TITLE:
            words = " ".join(p.plain.split()[:6])
            name = names[p.block]
            found.append(
                (p.block, f"{name} · {words}" if name[:1] != "“" else name, inline.to_markup([{"ref": p.block}], names))
            )
    return found
