"""The guides lead somewhere: every file they link to, and every picture, is there and is made by the script."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent.parent
GUIDES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_links_of_a_guide_lead_to_files(guide: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", guide.read_text())
    missing = [link for link in links if not (guide.parent / link).exists()]
    assert not missing


def test_the_pictures_are_those_that_the_script_takes() -> None:
    script = (ROOT / "docs" / "screenshots.py").read_text()
    shown = {name for guide in GUIDES for name in re.findall(r"\(pictures/([\w-]+)\.png\)", guide.read_text())}
    kept = {picture.stem for picture in (ROOT / "docs" / "pictures").glob("*.png")}
    assert shown <= kept
    assert all(f'"{name}"' in script for name in kept)
