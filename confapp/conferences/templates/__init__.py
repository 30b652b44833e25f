"""Templates: conferences described as data, a file for each. What is below `parts` is for the features to read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Template:
    key: str
    order: int
    name: Mapping[str, str]
    lead: Mapping[str, str]
    days: int
    format: str
    languages: tuple[str, ...]
    parts: Mapping[str, dict[str, Any]]


@cache
def all_templates() -> tuple[Template, ...]:
    """In the order in which they are offered."""
    return tuple(sorted((_read(path) for path in FOLDER.glob("*.toml")), key=lambda one: one.order))


def named(key: str) -> Template | None:
    return next((one for one in all_templates() if one.key == key), None)


def _read(path: Path) -> Template:
    with path.open("rb") as file:
        said = tomllib.load(file)
    return Template(path.stem, **said | {"languages": tuple(said["languages"])})
