"""Names in the scripts of the world: each comes out of the PDF as it went in, set in fonts of ours."""

import io
import unicodedata
from datetime import UTC, datetime

import page
import pikepdf
import pytest

from confapp.foundation.pdf import fonts, render
from tests.foundation.reading import extracted

# Fictitious people. With stacked letters, vowels before their consonant, split vowels, tone marks and joined letters.
NAMES = {
    "en": "Ms. Zoë Håkansson-Łuczak, Türkiye ≤ “equal”",
    "vi": "Nguyễn Thị Hường",
    "ru": "Щербакова Ёлка Юрьевна",
    "el": "Ελένη Ψαρρού",
    "th": "นายสมชาย ใจดี กรุงเทพฯ น้ำผึ้ง",
    "lo": "ທ່ານ ສົມສັກ ນໍ້າໃຈ",
    "km": "ឯកឧត្តម សុខ ច័ន្ទរតនៈ ក្រសួងការបរទេស",
    "my": "ဒေါ်အောင်ဆန်းစု မြန်မာနိုင်ငံ ကြည်",
    "hi": "श्रीमती निर्मला कृष्णमूर्ति विदेश",
    "ko": "김철수 대한민국 뷁",
    "ja": "髙橋 直子 骨 ヴァイオリン々",
    "zh": "李娜 欧阳喆 珏 直 骨 “你好”——‘你’……",
}


@pytest.fixture(scope="module")
def made():
    lines = "".join(f'<p lang="{code}">{name}</p>' for code, name in NAMES.items())
    return printed(lines)


def printed(html: str) -> bytes:
    return render(html, language="en", title="Names", created=datetime(2027, 3, 11, tzinfo=UTC))


def test_names_come_out_again_character_by_character(made):
    lines = unicodedata.normalize("NFC", extracted(made)).replace("\n", "").replace(" ", "")
    for code, name in NAMES.items():
        assert unicodedata.normalize("NFC", name).replace(" ", "") in lines, code


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_standards_hold_with_all_of_them(made, profile):
    assert page.validate_pdf_bytes(made, profile=profile).failures == []


def test_a_document_is_the_same_whatever_was_printed_before(made):
    """The renderer opens further fonts when it needs them and keeps them open."""
    short = printed("<p>Plain → words</p>")
    printed("<p>直</p>")
    assert printed("<p>Plain → words</p>") == short
    assert printed("".join(f'<p lang="{code}">{name}</p>' for code, name in NAMES.items())) == made


def test_japanese_and_chinese_have_their_own_shapes():
    assert used(printed('<p lang="ja">直</p>')) == {"hina-mincho-japanese"}
    assert used(printed('<p lang="zh">直</p>')) == {"noto-serif-sc-chinese-simplified"}
    assert used(printed("<p>直</p>")) == {"noto-serif-sc-chinese-simplified"}


def test_chinese_headings_and_strong_words_are_of_a_heavier_cut():
    of_words = "noto-serif-sc-chinese-simplified"
    style = "<style>strong { font-weight: 600 }</style>"
    assert used(printed(f'{style}<p lang="zh">申<strong>明</strong></p>')) == {of_words, f"{of_words}-Semi-Bold"}


def used(content: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        names = {str(font.BaseFont) for leaf in opened.pages for font in leaf.Resources.Font.values()}
    return {name.partition("+")[2].replace(" ", "-") for name in names}


def test_only_what_is_missing_is_opened():
    assert fonts.needed("Zoë, Щербакова, Hường, إعلان, ≤") == []
    assert {face.alphabet for face in fonts.needed("สมชาย")} == {"thai"}
