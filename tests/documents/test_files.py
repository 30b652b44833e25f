"""Every format of a text in every printed language: valid, complete, and the same bytes in every process."""

import hashlib
import io
import json
import os
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import docx
import page
import pikepdf
import pytest
from docx.oxml.ns import qn
from lxml import etree

from confapp.documents import printing
from confapp.documents.exports import akoma
from confapp.documents.rules import BlockKind, DocumentKind, Manner, Nature
from confapp.documents.rules.formats import FORMATS
from confapp.documents.rules.issuing import IssueKind
from confapp.foundation.languages import PRINTED
from tests.documents.readings import ADDRESS, TITLES, adopted_by_vote, reading, source_words
from tests.foundation.reading import extracted

pytestmark = pytest.mark.once
PROJECT = Path(__file__).resolve().parents[2]
AKN = {"a": akoma.AKN}


def make(file_format, text):
    return printing.content(file_format, text, reading("en"), ADDRESS)


@pytest.fixture(scope="module")
def app_once(whole_app):
    with whole_app.app_context():
        yield


PAPER = [("pdf", code) for code in PRINTED] + [("beside.pdf", code) for code in PRINTED if code != "en"]


@pytest.fixture(scope="module")
def pdfs(app_once):
    return {(form, language): make(form, reading(language)) for form, language in PAPER}


def flat(words):
    """For comparison: spaces, and the way a letter is put together, are the layout's business."""
    return "".join(unicodedata.normalize("NFKC", words).split())


# --- PDF --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_both_standards_in_every_language(pdfs, profile):
    for made in pdfs:
        found = page.validate_pdf_bytes(pdfs[made], profile=profile).failures
        assert [f"{one.rule_id}: {one.message}" for one in found] == [], made


@pytest.mark.parametrize(("form", "language"), PAPER)
def test_the_text_of_the_pdf_is_the_source(pdfs, form, language):
    printed = flat(extracted(pdfs[form, language]))
    sources = source_words(reading(language)) + (source_words(reading("en")) if form == "beside.pdf" else [])
    if language == "ar":
        # By the letters alone: a PDF holds a line as it is seen, and what is seen first is the reader's business.
        missing = Counter(flat("".join(sources))) - Counter(printed)
        assert missing == Counter()
    else:
        assert [words for words in sources if flat(words) not in printed] == []


def test_bookmarks_and_the_texts_inside(pdfs):
    with pikepdf.open(io.BytesIO(pdfs["beside.pdf", "fr"])) as opened, opened.open_outline() as outline:
        assert [entry.title for entry in outline.root] == [TITLES["en"]]
        assert [entry.title for entry in outline.root[0].children[:3]] == [
            "I. Principles",
            "Endorsed by",
            "Annex: Steps",
        ]
        assert sorted(opened.attachments) == ["CONF_2027_L.3_Rev.1.en.xml", "CONF_2027_L.3_Rev.1.fr.xml"]
        inside = opened.attachments["CONF_2027_L.3_Rev.1.fr.xml"].get_file().read_bytes()
        assert inside == make("xml", reading("fr"))


# --- Akoma Ntoso ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", PRINTED)
def test_every_kind_is_valid_as_akoma_ntoso(language):
    """The schema is asked once more here, apart from the maker."""
    kinds = [(DocumentKind.OUTCOME, nature) for nature in Nature] + [(kind, Nature.NONE) for kind in DocumentKind]
    for kind, nature in kinds:
        root = etree.fromstring(akoma.as_akoma(reading(language, kind=kind, nature=nature)))
        assert akoma.schema().validate(root), akoma.schema().error_log
        said = flat("".join(root.itertext()))
        assert all(flat(words) in said for words in source_words(reading(language)))


def test_akoma_ntoso_names_and_structure():
    root = etree.fromstring(akoma.as_akoma(reading("fr", nature=Nature.RESOLUTION)))
    assert root.xpath("string(//a:FRBRWork/a:FRBRuri/@value)", namespaces=AKN) == (
        "/akn/un/statement/deliberation/sample-2027/2027-04-22/conf-2027-l.3-rev.1"
    )
    assert root.xpath("string(//a:FRBRExpression/a:FRBRuri/@value)", namespaces=AKN).endswith("/fra@2027-04-23")
    assert root.xpath("string(a:statement/@name)", namespaces=AKN) == "resolution"
    assert root.xpath("string(//a:voting/@outcome)", namespaces=AKN) == "#adoptedByConsensus"
    assert root.xpath("//a:preamble/a:container/@name", namespaces=AKN) == ["organ", "preambular"]
    assert root.xpath("//a:point/a:num/text()", namespaces=AKN) == ["a)", "i)", "b)"]
    assert root.xpath("string(//a:section/a:paragraph[2]/a:num)", namespaces=AKN) == "2."
    assert root.xpath("//a:attachment/a:heading/text()", namespaces=AKN) == ["Annexe : étapes"]
    assert len(root.xpath("//@GUID")) == len(set(root.xpath("//@GUID"))) == len(reading("fr").paragraphs)


def test_a_text_of_one_heading_or_of_nothing_is_valid():
    for kept in (slice(0, 0), slice(3, 4), slice(9, 10), slice(11, 12)):
        assert akoma.as_akoma(reading(paragraphs=reading().paragraphs[kept]))


# --- DOCX -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", PRINTED)
def test_word_files_hold_the_text_with_its_language(language):
    made = docx.Document(io.BytesIO(make("docx", reading(language))))
    said = flat("".join(paragraph.text for paragraph in made.paragraphs))
    assert all(flat(words) in said for words in source_words(reading(language)))
    tags = {run.get(qn("w:val")) for run in made.element.body.iter(qn("w:lang"))}
    assert {tag[:2] for tag in tags} == {language}
    is_rtl = [paragraph._p.pPr.find(qn("w:bidi")) is not None for paragraph in made.paragraphs]
    assert set(is_rtl) == {language == "ar"}
    assert [paragraph.style.name for paragraph in made.paragraphs if paragraph.style.name.startswith("Heading")] == [
        "Heading 1",
        "Heading 1",
        "Heading 1",
    ]


def test_word_files_carry_page_numbers_and_the_mark_in_the_open():
    made = make("docx", reading())
    assert b"confapp-verify:7K3M-XH2P-9QRT" in made
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        footers = [opened.read(name).decode() for name in opened.namelist() if "/footer" in name]
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert len(footers) == 2
    assert all('"PAGE"' in footer and '"NUMPAGES"' in footer for footer in footers)


# --- how it was adopted -----------------------------------------------------------------------------------------------

TOLD = (
    "Adopted by a recorded vote on 22 April 2027, closing session, meeting 5, as orally revised",
    "H.E. the Chair",
    "CONF/SR.5",
    "Recorded vote",
    "In favour (2): Westland, Northland",
    "Against (1): Eastland",
    "Abstaining (0): –",
    "add “soon”",
    "Eastland dissociated itself from paragraph 2.",
    "Placeholder, first line.",
    "Second line.",
    "1 endorsement",
    "Northland, Minister, 24 April 2027",
    "A Body, Secretary, 24 April 2027, withdrawn on 24 April 2027 (As it wished)",
)


def words_of(file_format, made):
    if file_format in ("pdf", "beside.pdf"):
        return extracted(made)
    if file_format == "docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs)
    return "".join(etree.fromstring(made, etree.HTMLParser() if file_format == "html" else None).itertext())


@pytest.mark.parametrize("file_format", ["pdf", "docx", "html", "xml"])
@pytest.mark.parametrize("has_place", [True, False])
def test_every_file_says_how_the_text_was_adopted(app_once, file_format, has_place):
    """With the list of endorsements at the place that the text has for it, and after it where there is none."""
    text = adopted_by_vote()
    if not has_place:
        text = replace(text, paragraphs=tuple(p for p in text.paragraphs if p.kind != BlockKind.SIGNATURES))
    said = flat(words_of(file_format, make(file_format, text)))
    assert [words for words in TOLD if flat(words) not in said] == []
    assert (flat("Endorsements") in said) is not has_place


def test_both_languages_side_by_side_say_how_the_text_was_adopted(app_once):
    made = printing.content("beside.pdf", adopted_by_vote("id"), adopted_by_vote(), ADDRESS)
    said = flat(extracted(made))
    assert [words for words in TOLD if flat(words) not in said] == []
    assert flat("Eastland melepaskan diri dari paragraf 2.") in said
    assert said.count(flat("Placeholder, first line.")) == 1
    for profile in ("ua1", "3a"):
        assert page.validate_pdf_bytes(made, profile=profile).failures == []


@pytest.mark.parametrize("language", PRINTED)
def test_the_vote_is_counted_in_akoma_ntoso_in_every_language(language):
    root = etree.fromstring(akoma.as_akoma(adopted_by_vote(language)))
    assert akoma.schema().validate(root), akoma.schema().error_log
    counts = {one.get("refersTo"): one.get("value") for one in root.iterfind(".//a:voting/a:count", AKN)}
    assert counts == {"#votesFor": "2", "#votesAgainst": "1", "#abstentions": "0", "#notParticipating": "0"}
    assert root.xpath("string(//a:voting/@outcome)", namespaces=AKN) == "#adoptedByRecordedVote"
    votes = [(one.get("by"), one.get("choice")) for one in root.iterfind(".//a:conclusions//a:vote", AKN)]
    assert votes == [("#state_1", "#votesFor"), ("#state_3", "#votesFor"), ("#state_2", "#votesAgainst")]
    known = set(root.xpath("//a:references/*/@eId", namespaces=AKN))
    assert {one[1:] for pair in votes for one in pair} | {name[1:] for name in counts} <= known
    (stated,) = root.iterfind(f".//{{{akoma.OURS}}}statement")
    assert stated.get("blocks") == "block008"


def test_a_vote_that_nobody_entered_yet_is_not_counted():
    facts = replace(reading().adoption, manner=Manner.RECORDED_VOTE)
    root = etree.fromstring(akoma.as_akoma(reading(adoption=facts)))
    assert root.find(".//a:voting", AKN) is None
    assert etree.fromstring(akoma.as_akoma(reading())).find(".//a:voting/a:count", AKN).get("value") == "0"


# --- all formats ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", PRINTED)
def test_html_and_json_hold_the_text(app_once, language):
    html = make("html", reading(language)).decode()
    data = json.loads(make("json", reading(language)))
    assert "src=" not in html
    assert "url(" not in html
    assert [block["plain"] for block in data["blocks"]] == source_words(reading(language))[1:]


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_file_says_its_code(app_once, file_format):
    assert b"confapp-verify:7K3M-XH2P-9QRT" in make(file_format, reading())


PROGRAM = """
import json, pathlib, sys
from confapp import create_app
from tests.conftest import settings_in
from tests.documents import test_files as t
with create_app(settings_in(pathlib.Path(sys.argv[1]))).app_context():
    print(json.dumps(t.hashes()))
"""


def hashes():
    return {
        file_format: [hashlib.sha256(make(file_format, reading(code))).hexdigest() for code in ("en", "ar")]
        for file_format in FORMATS
    }


def test_the_same_input_gives_the_same_bytes_in_another_process(app_once, tmp_path):
    environment = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "Asia/Makassar", "PYTHONPATH": str(PROJECT)}
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], env=environment, capture_output=True, check=True
    )
    assert json.loads(answer.stdout.splitlines()[-1]) == hashes()


def test_an_advance_copy_says_so_across_the_margin_of_every_page(app_once):
    whole = reading("en")
    made = make("pdf", replace(whole, issue=replace(whole.issue, kind=IssueKind.ADVANCE)))
    with pikepdf.open(io.BytesIO(made)) as opened:
        pages = len(opened.pages)
    assert extracted(made).count("Advance unedited copy") == 2 * pages + 1  # margin and foot, and once above the text
    assert [page.validate_pdf_bytes(made, profile=profile).failures for profile in ("ua1", "3a")] == [[], []]
