"""The vetting list as it comes back: four of its columns are read, by their heads in any language of the pages."""

from confapp.foundation.languages import INTERFACE, speaking
from confapp.foundation.languages import gettext as _
from confapp.registration.imports.reading import BadTable, table
from confapp.registration.rules.vetting import MARK, MOST_ROWS, NOTE, NUMBER, RESULT, Row, columns_of


def rows(content: bytes) -> list[Row]:
    """The rows that say something, with their numbers in the file; raises BadTable."""
    head, *lines = table(content)
    places = columns_of(head, _labels())
    if "number" not in places or "result" not in places:
        raise BadTable(_("The columns Number and Result are not there. Use the list as it was taken out."))
    found = []
    for position, line in enumerate(lines, 2):
        cells = {name: line[place].strip() if place < len(line) else "" for name, place in places.items()}
        if cells["result"] or cells.get("note"):
            said = (cells["number"], cells["result"], cells.get("note", ""), cells.get("mark", ""))
            found.append(Row(position, *said))
    if len(found) > MOST_ROWS:
        raise BadTable(_("At most %(most)d rows are brought in at once. Divide the file.", most=MOST_ROWS))
    return found


def _labels() -> dict[str, set[str]]:
    """How each column may be headed: in English and in every language of the pages."""
    found: dict[str, set[str]] = {}
    for name, label in (("number", NUMBER), ("result", RESULT), ("note", NOTE), ("mark", MARK)):
        found[name] = {label.casefold()}
        for code in INTERFACE:
            with speaking(code):
                found[name].add(_(label).casefold())
    return found
