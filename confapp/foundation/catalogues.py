"""Keeps the catalogues in step with the sources: `python -m confapp.foundation.catalogues update | check`.

Indonesian and Arabic are complete, for the public and at the desk. The other languages in which files are printed have
what stands in those files: the words around the texts of documents.
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from confapp.foundation.languages import CATALOGUES, PRINTED, SOURCE

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "plural": (1, 2),
    "N_": None,
    "lazy": None,
    "pgettext": ((1, "c"), 2),
}
METHODS = {"confapp": [("**.py", "python")], "templates": [("**.html", "jinja2"), ("**.txt", "jinja2")]}
OPTIONS = {"**.html": {"trimmed": "true", "silent": "false"}}
COMPLETE = ("id", "ar")
PRINTED_PLACES = (
    "confapp/documents/exports",
    "confapp/documents/pdfs",
    "confapp/documents/printing.py",
    "confapp/documents/rules/after.py",
    "confapp/documents/rules/beginnings.py",
    "confapp/documents/rules/beside.py",
    "confapp/documents/rules/issuing.py",
    "confapp/documents/rules/kinds.py",
    "confapp/documents/rules/layouts.py",
    "confapp/documents/rules/reading.py",
    "confapp/documents/rules/wording.py",
    "confapp/registration/rules/letter_printing.py",
    "templates/documents/published/",
)


def extracted(places: tuple[str, ...] = ("",)) -> Catalog:
    """Every marked string of the sources, or of those that begin so, with the files it stands in."""
    catalog = Catalog(project="confapp", charset="utf-8")
    for folder, methods in METHODS.items():
        for name, line, message, comments, context in extract_from_dir(ROOT / folder, methods, OPTIONS, KEYWORDS):
            place = f"{folder}/{name}"
            if place.startswith(places) and "translations/" not in place and "ui/_all.html" not in place:
                catalog.add(message, None, [(place, line)], auto_comments=comments, context=context)
    return catalog


def update() -> None:
    whole, printed = extracted(), extracted(PRINTED_PLACES)
    for folder in sorted(path for path in CATALOGUES.iterdir() if path.is_dir()):
        file = folder / "LC_MESSAGES" / "messages.po"
        with file.open("rb") as source:
            catalog = read_po(source, locale=folder.name)
        catalog.update(
            whole if folder.name in COMPLETE else printed, no_fuzzy_matching=True, update_creation_date=False
        )
        catalog.obsolete.clear()
        with file.open("wb") as out:
            write_po(out, catalog, width=110, no_location=True, sort_output=True, omit_header=False)


def faults() -> list[str]:
    """A line for each message that a catalogue lacks."""
    whole, printed = extracted(), extracted(PRINTED_PLACES)
    found = []
    for code in (*COMPLETE, *(code for code in PRINTED if code not in (SOURCE, *COMPLETE))):
        with (CATALOGUES / code / "LC_MESSAGES" / "messages.po").open("rb") as source:
            catalog = read_po(source, locale=code)
        for message in whole if code in COMPLETE else printed:
            if not message.id:
                continue
            translated = catalog.get(message.id[0] if isinstance(message.id, tuple) else message.id, message.context)
            if translated is None or translated.fuzzy or not _is_complete(translated.string):
                found.append(f"{code}: {message.id!r} ({message.locations[0][0]})")
            elif bad := list(translated.check()):
                found.append(f"{code}: {message.id!r}: {bad[0]}")
    return found


def _is_complete(string: object) -> bool:
    return all(string) if isinstance(string, (list, tuple)) else bool(string)


def main(arguments: list[str]) -> int:
    if arguments == ["update"]:
        update()
        return 0
    found = faults()
    print("\n".join(found) or "The catalogues are complete.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
