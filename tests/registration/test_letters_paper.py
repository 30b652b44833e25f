"""The paper of letters: both PDF standards in every language, what it says, and that hostile words stay words."""

import io
from types import SimpleNamespace
from typing import Any

import page
import pikepdf
import pytest
from flask import Flask

from confapp.foundation import clock
from confapp.publishing import inspection
from confapp.registration.actions import issuing
from confapp.registration.pdfs import letters as pdfs
from confapp.registration.rules.letter_printing import printed
from confapp.registration.rules.letter_texts import starting
from confapp.registration.rules.letters import LetterKind
from tests.foundation.test_pdf import extracted
from tests.registration.letters import Scene

pytestmark = pytest.mark.once  # what is on paper is the same from both databases
CODE = "7K2M-X9QD-4TBW"
LANGUAGES = ["en", "id", "ar"]


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app, languages=LANGUAGES, city={"en": "Denpasar", "ar": "دينباسار"})


def words(scene: Scene, kind: LetterKind, languages: list[str] = LANGUAGES, **changes: Any) -> dict[str, Any]:
    addressee = changes.pop("addressee", {})
    text = SimpleNamespace(kind=kind, **(starting(kind, LANGUAGES) | changes))
    (delegation,) = scene.delegations("Alfa", formal_name={"en": "the Republic of Alfa"}, addressee=addressee)
    member = scene.member()
    with scene.looking():
        of_person = kind not in ("note_verbale", "invitation")
        about = issuing.sample(text, scene.here(scene.conference), scene.here(member if of_person else delegation))
        return printed(about, languages)


def paper(scene: Scene, kind: LetterKind, code: str = CODE, **changes: Any) -> bytes:
    made = words(scene, kind, **changes)
    with scene.app.test_request_context():
        return pdfs.letter(made, code, clock.now())


@pytest.mark.parametrize("kind", LetterKind)
def test_every_kind_keeps_both_standards_in_all_languages(scene, kind):
    made = paper(scene, kind)
    for profile in ("ua1", "3a"):
        assert [one.message for one in page.validate_pdf_bytes(made, profile=profile).failures] == []
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert len(opened.pages) == 3  # a page for each language
        assert opened.Root.Lang == "en"
    assert inspection.said(made).codes == (CODE,)


def test_a_note_goes_to_the_mission_that_is_named_and_else_to_the_authorities(scene):
    """In each language of the letter by itself."""
    english, indonesian, arabic = words(
        scene, LetterKind.NOTE_VERBALE, addressee={"en": "the Embassy of Alfa in Denpasar"}
    )["parts"]
    assert [part["to"] for part in (english, indonesian)] == [["Embassy of Alfa in Denpasar"], ["Alfa"]]
    for part, whom in ((english, "the Embassy of Alfa in Denpasar"), (indonesian, "pejabat yang berwenang Alfa")):
        named = [run[0] for paragraph in part["paragraphs"] for run in paragraph["runs"] if run[2]]
        assert named.count(whom) == 2
    assert arabic["to"] == ["Alfa"]


def test_the_paper_says_to_whom_and_how_it_is_verified(scene):
    said = " ".join(extracted(paper(scene, LetterKind.NOTE_VERBALE, languages=["en"])).split())
    assert "authorities of the Republic of Alfa" in said
    assert " the Republic of Alfa Invitation" not in said  # it stands at the head without its article
    assert "Republic of Alfa Invitation" in said
    assert "Conference on Testing" in said
    assert CODE in said
    assert f"localhost/verify/{CODE}" in said


def test_a_letter_in_arabic_alone_runs_from_right_to_left(scene):
    made = paper(scene, LetterKind.INVITATION, languages=["ar"])
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert opened.Root.Lang == "ar"
    assert page.is_pdf_compliant_bytes(made, profile="ua1")


def test_each_language_numbers_its_pages_in_its_own_words(scene):
    said = " ".join(extracted(paper(scene, LetterKind.INVITATION)).split())
    assert "Page 1 of 3" in said
    assert "Halaman 2 dari 3" in said
    assert "Page 3 of 3" not in said


def test_the_same_words_give_the_same_bytes(scene):
    made, at = words(scene, LetterKind.INVITATION), clock.now()
    with scene.app.test_request_context():
        assert pdfs.letter(made, CODE, at) == pdfs.letter(made, CODE, at)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="file:///etc/passwd">',
        "{{ 7 * 7 }}",
        "</style><style>@import url(x)",
        "\\0022",
    ],
)
def test_hostile_words_are_words(scene, hostile):
    body = {"en": f"{hostile} and **{hostile}** to {{delegation}}"}
    made = paper(
        scene, LetterKind.NOTE_VERBALE, languages=["en"], subject={"en": hostile}, body=body, signatory={"en": hostile}
    )
    plain = "".join(hostile.split())
    assert "".join(extracted(made).split()).count(plain) == 4


def test_a_preview_says_so_and_carries_no_code(scene):
    made = paper(scene, LetterKind.NOTE_VERBALE, code="", languages=["en"])
    assert "this letter has not been issued" in " ".join(extracted(made).split())
    assert inspection.said(made).codes == ()
    assert inspection.said(made).is_marked_draft
    assert page.is_pdf_compliant_bytes(made, profile="ua1")
