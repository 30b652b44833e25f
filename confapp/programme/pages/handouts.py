"""Links and materials of a session in the words of the page: what can be opened, and what from when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from confapp.foundation.languages import best, language
from confapp.foundation.languages import gettext as _
from confapp.programme.models import Material, SessionLink
from confapp.programme.queries.handouts import Handouts, Timed
from confapp.programme.rules.handouts import ENDINGS, LINK_NAMES, MATERIAL_NAMES

Address = Callable[[str, str], str]  # "link" or "material", and its reference


@dataclass(frozen=True)
class ShownHandout:
    """`path` is empty as long as it is withheld."""

    label: str
    about: str
    path: str
    opens_at: datetime | None
    closes_at: datetime | None
    by: str = ""
    is_spoken: bool = False


def shown_links(found: Handouts | None, address: Address) -> list[ShownHandout]:
    return [_shown(one, _(LINK_NAMES[one.row.kind]), "link", address) for one in (found.links if found else ())]


def shown_materials(found: Handouts | None, address: Address) -> list[ShownHandout]:
    return [
        _shown(one, material_title(one.row), "material", address)
        for one in (found.materials if found else ())
        if one.window.opens_at is not None
    ]


def material_title(row: Material) -> str:
    return best(row.title) or _(MATERIAL_NAMES[row.kind])


def file_words(row: Material) -> str:
    """Such as “PDF, 1.4 MB”."""
    size, ending = row.file.size, ENDINGS.get(row.file.media_type, "").upper()
    amount = f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, size // 1000)} KB"
    return f"{ending}, {amount}"


def _shown(one: Timed, label: str, what: str, address: Address) -> ShownHandout:
    row: Any = one.row
    words = [language(row.language).name] if row.language else []
    if isinstance(row, SessionLink):
        return ShownHandout(
            label, ", ".join(words), _path(one, what, address), one.window.opens_at, one.window.closes_at
        )
    return ShownHandout(
        label,
        ", ".join([*words, file_words(row)]),
        _path(one, what, address),
        one.window.opens_at,
        None,
        row.person.full_name if row.person is not None and row.person.erased_at is None else "",
        row.check_against_delivery,
    )


def _path(one: Timed, what: str, address: Address) -> str:
    return address(what, one.row.ref) if one.is_open else ""
