"""Telephone numbers, the ways into a category, time that is left, crops and likenesses: plain values, no database."""

import io
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from confapp.foundation import images
from confapp.foundation.images import BadImage, Crop
from confapp.registration.rules import duplicates, ways
from confapp.registration.rules.deadlines import time_left
from confapp.registration.rules.duplicates import Likeness
from confapp.registration.rules.phones import BadPhone, Phone, phone
from tests.registration.people.conftest import picture

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "region", "e164"),
    [
        ("+62 812 3456 7890", "", "+6281234567890"),
        ("0812-3456-7890", "ID", "+6281234567890"),
        ("(02) 9876 5432", "AU", "+61298765432"),
        ("+٦٢٨١٢٣٤٥٦٧٨٩٠", "", "+6281234567890"),
    ],
)
def test_a_number_is_kept_as_typed_and_as_dialled(typed: str, region: str, e164: str) -> None:
    assert phone(typed, region) == Phone(typed, e164)


def test_no_number_is_no_number() -> None:
    assert phone("") == Phone("", "")


@pytest.mark.parametrize("typed", ["0812 3456 7890", "call me", "+62 1", "+999 12345678", "1" * 40, "=1+1"])
def test_what_cannot_be_dialled_is_refused_in_words(typed: str) -> None:
    with pytest.raises(BadPhone, match=r"number"):
        phone(typed)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=5, hours=3, minutes=59), "5 days 3 hours left"),
        (timedelta(days=1), "1 day left"),
        (timedelta(hours=23, minutes=1), "23 hours 1 minute left"),
        (timedelta(minutes=59), "59 minutes left"),
        (timedelta(seconds=30), "0 minutes left"),
        (timedelta(seconds=-5), "0 minutes left"),
    ],
)
def test_what_is_left_is_never_more_than_there_is(left: timedelta, said: str) -> None:
    assert time_left(NOW + left, NOW) == said


@pytest.mark.parametrize(
    ("groups", "of", "is_open"), [([], [], True), (["ASEAN"], [], False), (["ASEAN", "PIF"], ["PIF"], True)]
)
def test_a_category_is_open_to_all_or_to_its_groups(groups: list[str], of: list[str], is_open: bool) -> None:
    assert ways.is_open_to(SimpleNamespace(groups=groups), SimpleNamespace(groups=of)) is is_open


@pytest.mark.parametrize(
    ("closed", "ends", "left", "is_spent"),
    [
        (None, None, None, False),
        (None, None, 1, False),
        (None, NOW + timedelta(hours=1), 1, False),
        (NOW, None, None, True),
        (None, NOW, None, True),
        (None, None, 0, True),
    ],
)
def test_a_link_is_spent_when_closed_over_or_used_up(closed: Any, ends: Any, left: Any, is_spent: bool) -> None:
    link = SimpleNamespace(closed_at=closed, ends_at=ends)
    assert bool(ways.link_fault(link, left, NOW)) is is_spent


# --- photographs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "crop", "expected"),
    [
        ((900, 1200), None, (0, 0, 900, 1200)),
        ((1600, 800), None, (500, 0, 1100, 800)),
        ((600, 2000), None, (0, 600, 600, 1400)),
        ((1000, 1000), Crop(10, 0, 30), (100, 0, 400, 400)),
        ((1000, 1000), Crop(90, 90, 30), (700, 600, 1000, 1000)),
        ((1000, 1000), Crop(0, 0, 100), (0, 0, 750, 1000)),
    ],
)
def test_a_crop_lies_inside_the_picture(size: tuple[int, int], crop: Crop | None, expected: tuple[float, ...]) -> None:
    assert images.box(*size, crop) == pytest.approx(expected)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_is_written_anew_in_one_size(kind: str) -> None:
    kept = Image.open(io.BytesIO(images.portrait(picture(1500, 1100, kind))))
    assert (kept.format, kept.size, kept.mode) == ("JPEG", (600, 800), "RGB")


def test_nothing_but_pixels_stays() -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x8825] = "taken at home", {1: "S", 2: (8.0, 40.0, 0.0)}
    hidden = picture(exif=exif, comment=b"a comment") + b"PK\x03\x04<script>alert(1)</script>"
    kept = images.portrait(hidden)
    assert not Image.open(io.BytesIO(kept)).getexif()
    assert not [word for word in (b"home", b"comment", b"script", b"PK\x03\x04", b"Exif") if word in kept]


def test_a_picture_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = Image.new("RGB", (1200, 900), "red")
    lying.paste("blue", (0, 0, 1200, 450))
    out = io.BytesIO()
    lying.save(out, "JPEG", exif=exif)
    upright = Image.open(io.BytesIO(images.portrait(out.getvalue())))
    assert upright.getpixel((100, 400))[0] > 200  # type: ignore[index] - what lay below stands at the left
    assert upright.getpixel((500, 400))[2] > 200  # type: ignore[index]


def test_a_see_through_picture_is_put_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (600, 800), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(images.portrait(out.getvalue()))).getpixel((300, 400)) == (255, 255, 255)


def bomb(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


HOSTILE = {
    "empty": b"",
    "a drawing called a picture": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a page called a picture": b"<!doctype html><script>alert(1)</script>",
    "truncated": picture()[:3000],
    "only a head": b"\xff\xd8\xff\xe0" + b"\x00" * 200,
    "a paper that begins as a picture": b"\x89PNG\r\n\x1a\n%PDF-1.7",
    "another format": picture(kind="WEBP"),
    "moving pictures": picture(kind="GIF"),
    "too small": picture(100, 100),
    "144 million pixels": bomb(12_000, 12_000),
    "60 million pixels": bomb(10_000, 6_000),
    "too large a file": b"\xff\xd8\xff" + b"\x00" * (images.LARGEST_FILE + 1),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_photograph_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(BadImage, match=r"(?i)picture|file"):
        images.portrait(content)


# --- likeness ---------------------------------------------------------------------------------------------------------


def somebody(number: int, name: str, email: str = "") -> Any:
    return SimpleNamespace(id=number, printed_name=name, email=email)


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        (("Dewi Contoh", ""), ("CONTOH, Dewi", ""), Likeness.SAME_NAMES),
        (("José Ejemplo", "a@x.example"), ("Jose Ejemplo", "b@x.example"), Likeness.SAME_NAMES),
        (("Dewi Contoh", "d@x.example"), ("Dewy Contoh", "D@x.example"), Likeness.SAME_ADDRESS),
        (("Dewi Contoh", "embassy@x.example"), ("Budi Misal", "embassy@x.example"), None),
        (("Sukarno", ""), ("Sukarno", ""), None),
        (("Dewi Contoh", ""), ("Dewi Misal", ""), None),
    ],
)
def test_alike_are_the_same_names_or_one_address_with_similar_names(
    one: tuple[str, str], other: tuple[str, str], likeness: Likeness | None
) -> None:
    assert duplicates.likeness(somebody(1, *one), somebody(2, *other)) == likeness


def test_pairs_are_found_in_a_crowd_without_comparing_everybody() -> None:
    crowd = [somebody(n, f"Given{n} Family{n}", "embassy@x.example") for n in range(5_000)]
    crowd += [somebody(6_000, "Family7 Given7"), somebody(6_001, "Given8 Family8", "other@x.example")]
    pairs = duplicates.likely_pairs(crowd)
    same_names = {(pair.one.id, pair.other.id) for pair in pairs if pair.likeness == Likeness.SAME_NAMES}
    assert same_names == {(7, 6_000), (8, 6_001)}


@pytest.mark.parametrize("word", ["Independent", " independen ", "مستقل", "مستقلة", "", "Independent Media"])
def test_who_belongs_to_no_organization_says_so_in_any_language_of_the_form(word: str) -> None:
    assert ways.is_nobody(word) == (word != "Independent Media")
