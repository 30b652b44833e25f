"""What stands above a text is the same in every file: PDF, HTML, Word, Akoma Ntoso and JSON."""

import io
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from lxml import etree

from confapp.documents.exports import akoma
from confapp.documents.rules import Access, DocumentKind, Nature
from confapp.documents.rules.issuing import IssueKind
from confapp.documents.rules.reading import Masthead, sheet
from confapp.foundation.languages import printing as speaking
from tests.documents.readings import reading
from tests.documents.test_emblem import EMBLEMS, make
from tests.documents.test_files import AKN, flat, words_of

pytestmark = pytest.mark.once
KINDS = {"resolution": (DocumentKind.OUTCOME, Nature.RESOLUTION), "paper": (DocumentKind.WORKING_PAPER, Nature.NONE)}
MIDNIGHT = datetime(2027, 4, 22, 16, tzinfo=UTC)  # in Makassar, where the next day begins
PRINTED_IN_ENGLISH = (
    "Sample Conference on Open Practice",
    "Makassar, 20–22 April 2027",
    "CONF/2027/L.3/Rev.1",
    "Distribution: Limited",
    "Body: Committee of the Whole",
    "Session: Second session",
    "Item of the agenda: 7 (b)",
    "Issued: 23 April 2027",
    "Original: English",
    "Submitted by: Westland",
    "Job number: 27-00317",
)


@pytest.fixture(scope="module", autouse=True)
def app_once(whole_app):
    with whole_app.app_context():
        yield


def paper(language, kind, nature, **changes):
    """With all that a masthead can say."""
    text = reading(
        language,
        kind=kind,
        nature=nature,
        masthead=Masthead(
            Access.PARTICIPANTS,
            {"en": "Committee of the Whole", "id": "Komite Pleno", "ar": "اللجنة الجامعة", "zh": "全体委员会"},
            {"en": "Second session", "id": "Sesi kedua", "ar": "الدورة الثانية", "zh": "第二届会议"},
            "7 (b)",
            "27-00317",
        ),
        submitted_by={"en": "Westland", "ar": "الغربية"},
        emblem=replace(EMBLEMS[0], alt={"en": "A ring", "id": "Cincin", "ar": "حلقة", "zh": "圆环"}),
        **changes,
    )
    return replace(text, issue=replace(text.issue, issued_at=MIDNIGHT, kind=IssueKind.ADVANCE))


def lines_of(text):
    """As they are printed, one after the other."""
    with speaking(text.language):
        words = sheet(text, "")
    lines = [words.conference, words.held, text.symbol]
    for label, value in words.facts:
        lines += [label, value]
    return [line for line in (*lines, words.over, text.title, words.under, words.mark) if line], words


def pictures(file_format, made):
    """What is read out in the place of the emblem."""
    if file_format == "docx":
        return [shape._inline.docPr.get("descr") for shape in docx.Document(io.BytesIO(made)).inline_shapes]
    if file_format == "html":
        return etree.fromstring(made, etree.HTMLParser()).xpath("//header//img/@alt")
    return etree.fromstring(made).xpath(
        "//a:preface//a:img[starts-with(@src, 'data:image/svg+xml;')]/@alt", namespaces=AKN
    )


@pytest.mark.parametrize("language", ["en", "id", "ar", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_masthead_is_the_same_in_every_file(kind, language):
    text = paper(language, *KINDS[kind])
    lines, words = lines_of(text)
    for file_format in ("pdf", "html", "docx", "xml"):
        made = make(file_format, text)
        said = flat(words_of(file_format, made))
        if file_format == "pdf" and language == "ar":  # a PDF holds a line as it is seen, so by the letters alone
            assert Counter(flat("".join(lines))) - Counter(said) == Counter()
        else:
            assert [line for line in lines if flat(line) not in said] == [], file_format
        if file_format != "pdf":
            assert pictures(file_format, made) == [words.emblem_alt]
    told = json.loads(make("json", text))
    known = told["masthead"]
    assert (told["conference"]["name"], known["held"], told["symbol"]) == (words.conference, words.held, text.symbol)
    assert [(one["label"], one["text"]) for one in known["lines"]] == list(words.facts)
    assert (known["over"] or "", known["under"] or "", known["mark"]) == (words.over, words.under, words.mark)
    assert (
        known["emblem"]["alt"]
        == words.emblem_alt
        == {"en": "A ring", "id": "Cincin", "ar": "حلقة", "zh": "圆环"}[language]
    )
    assert known["emblem"]["src"].startswith("data:image/svg+xml;base64,")
    if language == "en":
        spoken = flat("".join(f"{one['label']}: {one['text']}" for one in known["lines"]) + "".join(lines))
        assert [line for line in PRINTED_IN_ENGLISH if flat(line) not in spoken] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_akoma_ntoso_calls_the_lines_what_the_standard_calls_them(language):
    text = paper(language, DocumentKind.WORKING_PAPER, Nature.NONE)
    root = etree.fromstring(akoma.as_akoma(text))
    assert akoma.schema().validate(root), akoma.schema().error_log
    (preface,) = root.iterfind(".//a:preface", AKN)
    said = {name: preface.xpath(f".//a:{name}", namespaces=AKN) for name in (
        "docAuthority", "docNumber", "docCommittee", "session", "docType", "docDate", "docProponent", "docTitle"
    )}  # fmt: skip
    assert {name: len(found) for name, found in said.items()} == dict.fromkeys(said, 1)
    assert said["docDate"][0].get("date") == "2027-04-23"
    assert said["docNumber"][0].text == text.symbol
    assert said["docProponent"][0].text == text.said(text.submitted_by)
    others = preface.xpath(".//a:inline/@name", namespaces=AKN)
    assert others == ["held", "distribution", "agendaItem", "text", "original", "languages", "presiding", "jobNumber"]
    assert root.xpath("string(//a:FRBRExpression/a:FRBRdate/@date)", namespaces=AKN) == "2027-04-23"


def test_a_letter_has_its_date_and_nothing_else():
    text = paper("en", DocumentKind.CIRCULAR, Nature.NONE)
    root = etree.fromstring(akoma.as_akoma(text))
    assert root.xpath("string(//a:preface//a:docDate)", namespaces=AKN) == "23 April 2027"
    assert root.xpath("//a:preface//a:docCommittee", namespaces=AKN) == []
    known = json.loads(make("json", text))["masthead"]
    assert (known["lines"], known["dated"]) == ([], "23 April 2027")
    bare = etree.fromstring(akoma.as_akoma(replace(text, emblem=None)))
    assert bare.find(".//a:img", AKN) is None
