"""What a careful reader would mark in a draft before it is adopted or issued. Pure; nothing here refuses anything."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from confapp.documents.rules import BlockKind, beginnings, inline
from confapp.documents.rules.composition import Paragraph
from confapp.documents.rules.glossary import Glossary
from confapp.foundation.languages import gettext as _


class Rule(StrEnum):
    MISSING = "missing"
    BEHIND = "behind"
    UNCHECKED = "unchecked"
    TO_FILL = "to_fill"
    REFERENCE = "reference"
    BRACKET = "bracket"
    LETTERS = "letters"
    NUMBERING = "numbering"
    HEADING = "heading"
    LEAD = "lead"
    CHAIN = "chain"
    NOTES = "notes"
    TYPED = "typed"
    TERM = "term"


# These are settled, or overridden with a reason, before a text is adopted or issued; the others are hints.
SERIOUS = frozenset(
    {
        Rule.MISSING,
        Rule.BEHIND,
        Rule.UNCHECKED,
        Rule.TO_FILL,
        Rule.REFERENCE,
        Rule.BRACKET,
        Rule.LETTERS,
        Rule.NUMBERING,
        Rule.HEADING,
    }
)


@dataclass(frozen=True)
class Finding:
    rule: Rule
    block: str
    label: str
    kind: BlockKind
    language: str
    said: str

    is_lost: bool = False  # it refers to what is not there

    @property
    def is_serious(self) -> bool:
        return self.rule in SERIOUS

    @property
    def can_be_left(self) -> bool:
        """With a reason; what has no words, a hole in them or letters without a font is neither adopted nor issued."""
        return self.rule not in (Rule.MISSING, Rule.LETTERS) and not self.is_lost

    @property
    def anchor(self) -> str:
        return f"p-{self.block[:8]}"


@dataclass(frozen=True)
class Checked:
    """A draft in one language as the rules read it."""

    language: str
    paragraphs: Sequence[Paragraph]


def findings(
    texts: Sequence[Checked],
    missing: Mapping[str, Sequence[str]],
    behind: Mapping[str, Sequence[str]],
    unchecked: Mapping[str, Sequence[str]] | None = None,
) -> list[Finding]:
    """Everything found, serious first and then in reading order; `missing` and the others name languages by block."""
    found: list[Finding] = []
    order = {p.block: number for number, p in enumerate(texts[0].paragraphs)} if texts else {}
    for text in texts:
        for p in text.paragraphs:
            if text.language in missing.get(p.block, ()):
                found.append(_finding(Rule.MISSING, p, text, _("There is no text in this language.")))
            if text.language in behind.get(p.block, ()):
                found.append(_finding(Rule.BEHIND, p, text, _("The original changed after this was translated.")))
            if text.language in (unchecked or {}).get(p.block, ()):
                found.append(_finding(Rule.UNCHECKED, p, text, _("Nobody has checked this translation.")))
            if beginnings.is_to_be_filled(p.inline) and p.language == text.language:
                found.append(_finding(Rule.TO_FILL, p, text, _("Something is to be filled in: “[…”.")))
        written = [p for p in text.paragraphs if p.inline and p.language == text.language]
        found += [_finding(rule, p, text, said) for rule, p, said in _of_words(text.language, written)]
        found += [replace(_finding(Rule.REFERENCE, p, text, said), is_lost=True) for p, said in _lost(written)]
        found += [_finding(Rule.NOTES, p, text, said) for p, said in _notes(written, texts[0].paragraphs)]
    if texts:
        found += [_finding(rule, p, texts[0], said) for rule, p, said in _of_structure(texts[0].paragraphs)]
    return sorted(found, key=lambda one: (not one.is_serious, order[one.block], list(Rule).index(one.rule)))


def of_letters(texts: Sequence[Checked], unprintable: Callable[[str], Sequence[str]]) -> list[Finding]:
    """Where a text has signs that none of the fonts of its files can print."""
    found = []
    for text in texts:
        for p in text.paragraphs:
            words = p.plain + "".join(inline.to_plain(one) for _number, one in p.notes)
            if p.language == text.language and (signs := unprintable(words)):
                said = _("No font of the files can print: %(signs)s", signs=" ".join(signs[:10]))
                found.append(_finding(Rule.LETTERS, p, text, said))
    return found


def of_terms(texts: Sequence[Checked], glossary: Glossary, original: str) -> list[Finding]:
    """Hints where a text does not write a term of the glossary as the conference does, in reading order."""
    if not glossary.terms:
        return []
    sources = {p.block: p.plain for text in texts if text.language == original for p in text.paragraphs}
    return [
        _finding(Rule.TERM, p, text, warned.said)
        for text in texts
        for p in text.paragraphs
        if p.inline and p.language == text.language
        for warned in glossary.warnings(sources.get(p.block, ""), original, p.plain, text.language)
    ]


def _finding(rule: Rule, p: Paragraph, text: Checked, said: str) -> Finding:
    return Finding(rule, p.block, p.number or p.label, p.kind, text.language, said)


Marks = Iterator[tuple[Rule, Paragraph, str]]


def _of_words(language: str, written: Sequence[Paragraph]) -> Marks:
    yield from _leads(language, written)
    yield from _chain(written)
    yield from _references(language, written)
    yield from _brackets(written)
    yield from _typed_numbers(written)


# --- first words ------------------------------------------------------------------------------------------------------

ENGLISH_PREAMBULAR = re.compile(
    r"^(?:(?:deeply|also|further|fully|gravely|strongly|once again|having|again|\w+ly)\b\s*)*"
    r"(?:\w+ing|\w+ed|aware|mindful|conscious|convinced|desirous|cognizant|alarmed|keen|appreciative|"
    r"grateful|confident|determined|inspired|guided|having|taking|being|borne|seen|met|taken|held)\b",
    re.I,
)
ENGLISH_OPERATIVE = re.compile(
    r"^(?:(?:also|further|strongly|again|hereby|once|warmly|firmly|\w+ly)\b,?\s*)*+"
    r"(?!\w+(?:ing|ed)\b)(?!(?:aware|mindful|conscious|desirous|cognizant|keen|appreciative|grateful|confident)\b)(?!(?:the|a|an|this|that|these|those|it|there|in|on|for|with|by|to|and|or|of|at|as)\b)\w+",
    re.I,
)
INDONESIAN_PREAMBULAR = re.compile(
    r"^(?:(?:juga|lebih lanjut|kembali|sekali lagi|sangat|telah|dengan|sepenuhnya)\s+)*"
    r"(?:me\w+|ber\w+|ter\w+|di\w+|sadar|yakin|prihatin|ingat|bertekad)\b",
    re.I,
)
INDONESIAN_OPERATIVE = re.compile(
    r"^(?:(?:juga|lebih lanjut|kembali|sekali lagi|dengan ini|sangat)\s+)*"
    r"(?!(?:bahwa|yang|dan|atau|para|di|ke|dari|untuk|dengan|pada|ini|itu|suatu|sebuah)\b)\w+",
    re.I,
)
# Participles and adjectives with which French preambles begin, beside the forms in -ant.
FRENCH_MOODS = (
    r"(?:(?:conscient|résolu|convaincu|persuad[ée]|préoccup[ée]|alarm[ée]|inquiet|troubl[ée]|constern[ée]|guid[ée]|anim[ée]|"
    r"inspir[ée]|encourag[ée]|rassur[ée]|détermin[ée]|attach[ée]|saisi|ému|reconnaissant)e?s?|inquiètes?|"
    r"désireu(?:x|se|ses)|soucieu(?:x|se|ses))\b"
)
FRENCH_PREAMBULAR = re.compile(
    r"^(?:(?:profondément|vivement|pleinement|également|aussi|à nouveau|de nouveau|en outre|\w+ment),?\s+)*"
    r"(?!(?:(?:ce)?pend|av|dev|dur|mainten|aut|qu|t|enf|mont|inst|rest|né)ants?\b)"
    rf"(?:(?:s[’']|se\s|n[’']|ne\s)?\w+ant\b|{FRENCH_MOODS}|vue?s?\b|eu égard|compte tenu)",
    re.I,
)
FRENCH_OPERATIVE = re.compile(
    r"^(?:(?:également|aussi|en outre|à nouveau|de nouveau|vivement|instamment|\w+(?:é|am|em)ment|"
    r"solennellement|pleinement),?\s+)*+"
    r"(?!(?:les?|la|l|une?|des?|d|du|cet?|cette|ces|ils?|elles?|on|nous|dans|en|sur|sous|pour|par|avec|sans|et|ou|mais|que?|"
    r"qui|à|aux?|chaque|tout|toutes?|tous|aucune?|leurs?|notre|tel|telle|dont|lorsque|afin)\b)"
    rf"(?!(?:s[’']|se\s|n[’']|ne\s)?\w+ant\b)(?!{FRENCH_MOODS})(?:s[’']|se\s|n[’']|ne\s|y\s)?\w+(?:e|t|d|c|ons)\b",
    re.I,
)
SPANISH_MOODS = (
    r"(?:consciente|(?:convencid|preocupad|alarmad|decidid|resuelt|guiad|inspirad|animad|alentad|persuadid|deseos|"
    r"inquiet|comprometid|consternad|perturbad|determinad|agradecid|dispuest)[oa])s?\b"
)
SPANISH_PREAMBULAR = re.compile(
    r"^(?:(?:también|además|nuevamente|asimismo|una vez más|muy|\w+mente),?\s+)*"
    rf"(?!(?:cu|m|b)ando\b)(?:\w+(?:ando|iendo|yendo|ándo(?:se|lo|la|les?)|éndo(?:se|lo|la|les?))\b|{SPANISH_MOODS}|vistos?\b)",
    re.I,
)
SPANISH_OPERATIVE = re.compile(
    r"^(?:(?:también|además|nuevamente|asimismo|una vez más|\w+mente),?\s+)*+"
    r"(?!(?:el|la|lo|los|las|un|una|unos|unas|este|esta|ese|esa|eso|en|del?|por|para|con|sin|sobre|y|o|u|e|que|al?|cada|"
    r"tod[oa]s?|sus?|ningun[oa]|ningún|cuando|como|si|donde|entre|desde|hasta)\b)"
    rf"(?!\w+(?:ando|iendo|yendo|ándo\w+|éndo\w+)\b)(?!{SPANISH_MOODS})(?:se\s|no\s)?\w+(?:a|e|mos)\b",
    re.I,
)
# "with satisfaction", "with deep concern" and other words before the verb.
RUSSIAN_BEFORE = (
    r"(?:(?:также|вновь|далее|глубоко|серь[её]зно|полностью|крайне|весьма|тв[её]рдо|особо|настоятельно|решительно|самым|"
    r"единогласно|торжественно|вместе с тем|с\s+(?:\w+(?:ой|им|ым)\s+)?\w+(?:ем|ью|ой|ом))\s+)*"
)
RUSSIAN_PREAMBULAR = re.compile(
    rf"^{RUSSIAN_BEFORE}(?:будучи\s+{RUSSIAN_BEFORE})?"
    r"(?:(?:преисполнен|убежд[её]н|озабочен|встревожен|обеспокоен|воодушевл[её]н|потряс[её]н|заинтересован)\w*|"
    r"(?!(?:хотя|для|вся|статья|судья|(?:у|со)став|нрав|архив|актив|коллектив|мотив)\b)"
    r"(?!\w+(?:ия|ская|цкая|льная|ьная)\b)\w+(?:[аяуею]я|[дтлршчжщвнзс]я|[аяуюеди]сь|ясь|вшись|[аеияу]в|вши))\b",
    re.I,
)
RUSSIAN_OPERATIVE = re.compile(
    rf"^{RUSSIAN_BEFORE}(?:не\s+)?"
    r"(?!(?:комитет|совет|приоритет|авторитет|бюджет|университет|кредит|дефицит|визит|аудит|мандат|результат|секретариат|"
    r"аппарат|институт|статут|маршрут|этим|всем|нет)\b)\w+(?:[еёи]т(?:ся)?|[юуая]т(?:ся)?|[аеиоуыя]?[еи]м(?:ся)?)\b",
    re.I,
)
# Arabic says "while recalling", or names the mood: convinced, wishing, having considered.
ARABIC_PREAMBULAR = re.compile(
    r"^و?(?:إذ\b|قد\b|بعد أن\b|بعد النظر|اقتناع|إيمان|رغبة|إدراك|حرص|تصميم|عزم|استناد|استرشاد|وعي|تقدير|انطلاق|بالنظر)"
)
ARABIC_OPERATIVE = re.compile(r"^(?!و?إذ\b)(?!(?:أن|أي|أو|نحن|تلك|أما|أية|أيضا)\b)[تينأ][\w\u064b-\u0652]+")
CHINESE_BEFORE = (
    r"(?:并|还|又|也|再次|再度|一再|深为|深感|深切|严重|充分|极为|特别|强烈|进一步|一致|郑重|[^，。；]{1,4}地)*"
)
CHINESE_PREAMBULAR = re.compile(
    rf"^{CHINESE_BEFORE}(?:回顾|忆及|追忆|铭记|牢记|深信|确信|坚信|相信|认识|意识|注意|关切|关注|重申|考虑|顾及|欢迎|赞赏|赞扬|强调|"
    r"承认|确认|肯定|遵循|遵照|依照|根据|本着|鉴于|感到|表示|申明|声明|决心|希望|期望|期待|愿|渴望|念及|审议|审查|听取|收到|欣见|"
    r"震惊|痛惜|不安|惊悉|满意|着眼|基于|为了)"
)
CHINESE_OPERATIVE = re.compile(
    rf"^{CHINESE_BEFORE}(?!(?:本|这|该|各|所有|一切|任何|每|在|对|为|关于|由|从|其|他|她|它|我|和|或|的|是|如果|虽然|因为|当))"
    r"[\u4e00-\u9fff]{2,}|^请"
)
LEADS: dict[str, dict[BlockKind, re.Pattern[str]]] = {
    "en": {BlockKind.PREAMBULAR: ENGLISH_PREAMBULAR, BlockKind.OPERATIVE: ENGLISH_OPERATIVE},
    "id": {BlockKind.PREAMBULAR: INDONESIAN_PREAMBULAR, BlockKind.OPERATIVE: INDONESIAN_OPERATIVE},
    "fr": {BlockKind.PREAMBULAR: FRENCH_PREAMBULAR, BlockKind.OPERATIVE: FRENCH_OPERATIVE},
    "es": {BlockKind.PREAMBULAR: SPANISH_PREAMBULAR, BlockKind.OPERATIVE: SPANISH_OPERATIVE},
    "ru": {BlockKind.PREAMBULAR: RUSSIAN_PREAMBULAR, BlockKind.OPERATIVE: RUSSIAN_OPERATIVE},
    "ar": {BlockKind.PREAMBULAR: ARABIC_PREAMBULAR, BlockKind.OPERATIVE: ARABIC_OPERATIVE},
    "zh": {BlockKind.PREAMBULAR: CHINESE_PREAMBULAR, BlockKind.OPERATIVE: CHINESE_OPERATIVE},
}


def _leads(language: str, written: Sequence[Paragraph]) -> Marks:
    """Only where the text has preambular paragraphs: a report or a declaration "We, …" is written otherwise."""
    known = LEADS.get(language)
    if not known or not any(p.kind == BlockKind.PREAMBULAR for p in written):
        return
    for p in written:
        pattern = known.get(p.kind)
        if pattern is None or p.is_in_annex:
            continue
        if not pattern.match(p.plain):
            yield Rule.LEAD, p, _wanted(p.kind)
        elif "em" not in p.inline[0]:
            yield Rule.LEAD, p, _("The first words are usually in italics.")


def _wanted(kind: BlockKind) -> str:
    if kind == BlockKind.PREAMBULAR:
        return _("A preambular paragraph usually begins with a participle, such as “Recalling”.")
    return _("A numbered paragraph usually begins with a verb, such as “Affirms”.")


# --- punctuation ------------------------------------------------------------------------------------------------------

COMMAS, SEMICOLONS, STOPS, COLONS = ",،，", ";؛；", ".。", ":："


def _chain(written: Sequence[Paragraph]) -> Marks:
    """Preambular paragraphs end with commas, numbered ones with semicolons and the last with a full stop.

    Read only where the text follows that form at all: it has preambular paragraphs.
    """
    if not any(p.kind == BlockKind.PREAMBULAR for p in written):
        return
    body = [p for p in written if not p.is_in_annex]
    chained = [p for p in body if p.kind in (BlockKind.OPERATIVE, BlockKind.LIST_ITEM) and p.label]
    # Where a text has several parts, each may be closed by itself.
    closing = {one.block for one, following in pairwise(body) if following.kind in OPENS}
    deeper = {one.block for one, following in pairwise(body) if following.level > one.level}
    for p in body:
        end = _end(p)
        if p.kind == BlockKind.PREAMBULAR and end not in COMMAS + COLONS:
            yield Rule.CHAIN, p, _("A preambular paragraph ends with a comma.")
        elif p in chained and (p is chained[-1] or (p.block in closing and end in STOPS)):
            if end not in STOPS:
                yield Rule.CHAIN, p, _("The last paragraph ends with a full stop.")
        elif p in chained and p.block in deeper:
            if end not in COLONS + COMMAS:
                yield Rule.CHAIN, p, _("What introduces a list ends with a colon.")
        elif p in chained and end not in SEMICOLONS and not ENDS_WITH_AND.search(p.plain.strip()):
            yield Rule.CHAIN, p, _("It ends with a semicolon; only the last one ends with a full stop.")


OPENS = (BlockKind.HEADING, BlockKind.ORGAN, BlockKind.PREAMBULAR)
ENDS_WITH_AND = re.compile(r"[;؛；]\s*(?:and|or|dan|atau|et|ou|y|e|o|u|и|или|و|أو|和|或)$")


def _end(p: Paragraph) -> str:
    """The last sign, within quotation marks where it stands in them."""
    return p.plain.rstrip().rstrip("”»’\"')）")[-1:]


# --- references and structure -----------------------------------------------------------------------------------------

REFERENCES = {
    "en": re.compile(r"\bparagraphs?\s+(\d+)(?:\s*(\([a-z]+\)))?(?:\s+(?:above|below))?(?!\s*(?:of|\d|,\s*of))", re.I),
    "id": re.compile(r"\bparagraf\s+(\d+)(?:\s*([a-z])\.)?(?!\s*(?:dari|\d))", re.I),
    "ar": re.compile(r"الفقر(?:ة|ات)\s+(\d+)"),
    "fr": re.compile(r"\bparagraphes?\s+(\d+)(?!\s*(?:d[eu’']|\d|,\s*d))", re.I),
    "es": re.compile(r"\bpárrafos?\s+(\d+)(?!\s*(?:del?\b|\d|,\s*de))", re.I),
    "ru": re.compile(r"\bпункт(?:а|е|у|ом|ы|ах|ов)?\s+(\d+)(?!\s*(?:\d|[а-я]+и\b))", re.I),
    "zh": re.compile(r"第\s*(\d+)\s*段"),
}


def _references(language: str, written: Sequence[Paragraph]) -> Marks:
    pattern = REFERENCES.get(language)
    numbers = {p.number.split(" ")[0] for p in written if p.number}
    for p in written if pattern else ():
        for found in pattern.finditer(p.plain):  # type: ignore[union-attr]
            if found[1] not in numbers:
                yield Rule.REFERENCE, p, _("This text has no paragraph %(number)s.", number=found[1])


def _lost(written: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    for p in written:
        for target in inline.references(p.inline):
            if target not in p.shown and inline.is_typed(target):
                yield p, _("It refers to a paragraph that is not there: %(typed)s", typed=target)
            elif target not in p.shown:
                yield p, _("It refers to a paragraph that was deleted.")


def _notes(written: Sequence[Paragraph], original: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    counts = {p.block: len(inline.notes(p.inline)) for p in original}
    for p in written:
        if len(inline.notes(p.inline)) != counts.get(p.block, 0):
            yield p, _("The original has another number of notes here.")


FORMAL = (BlockKind.PREAMBULAR, BlockKind.OPERATIVE, BlockKind.LIST_ITEM)
HARMLESS = re.compile(r"\[(?:…|\.\.\.)[^\]]*\]|\[sic\]")  # what is to be filled in has a remark of its own
TYPED = re.compile(r"(?:(?:OP|PP)\s?)?(?:\d{1,3}|[٠-٩]{1,3})[.)]\s|\([a-zа-яأ-ي]{1,4}\)\s|[a-zа-я]\)\s", re.I)


def _brackets(written: Sequence[Paragraph]) -> Marks:
    for p in written:
        if p.kind in FORMAL and not {"[", "]"}.isdisjoint(HARMLESS.sub("", p.plain)):
            yield Rule.BRACKET, p, _("Square brackets mark words that are not agreed.")


def _typed_numbers(written: Sequence[Paragraph]) -> Marks:
    for p in written:
        if p.kind in FORMAL and TYPED.match(p.plain):
            yield Rule.TYPED, p, _("It begins with a number that was typed; the program gives one as well.")


def _of_structure(paragraphs: Sequence[Paragraph]) -> Marks:
    last: Paragraph | None = None
    has_number = False
    for p in paragraphs:
        if re.search(r"\b(?:bis|ter|quater)\b", p.label):
            yield Rule.NUMBERING, p, _("It still carries the number of an alternative, such as bis.")
        if last is not None and last.kind == BlockKind.HEADING and p.kind in (BlockKind.HEADING, BlockKind.ANNEX):
            yield Rule.HEADING, last, _("Nothing stands between this heading and the next.")
        if p.kind == BlockKind.PREAMBULAR and has_number and last is not None and last.kind == BlockKind.OPERATIVE:
            yield Rule.LEAD, p, _("A preambular paragraph follows a numbered one without a heading between them.")
        has_number = has_number or p.kind == BlockKind.OPERATIVE
        if p.kind == BlockKind.LIST_ITEM and p.level == 1 and (last is None or last.kind == BlockKind.TITLE):
            yield Rule.NUMBERING, p, _("A list begins here without a paragraph above it.")
        last = p
    if last is not None and last.kind in (BlockKind.HEADING, BlockKind.ANNEX):
        yield Rule.HEADING, last, _("Nothing stands below this heading.")
