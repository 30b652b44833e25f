"""docs/access-matrix.md, who may use which address, is written by `python -m tests.access.matrix`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask

from confapp.foundation.access import Actor, Grant
from confapp.people.rules import PARTICIPANTS, STAFF, Role

FILE = Path(__file__).resolve().parents[2] / "docs" / "access-matrix.md"
ROLES = (Role.ADMINISTRATOR, *STAFF, *PARTICIPANTS)
LETTERS = {
    Role.ADMINISTRATOR: "Adm",
    Role.ORGANIZER: "Org",
    Role.ACCREDITATION_OFFICER: "Acc",
    Role.PROGRAMME_OFFICER: "Pro",
    Role.SECRETARIAT_EDITOR: "Edi",
    Role.TRANSLATOR: "Tra",
    Role.PROTOCOL_OFFICER: "Ptc",
    Role.SECURITY_OFFICER: "Sec",
    Role.GATE_STAFF: "Gat",
    Role.PRESS_DESK: "Prs",
    Role.VIEWER: "Vie",
    Role.FOCAL_POINT: "Foc",
    Role.DELEGATE: "Del",
    Role.SPEAKER: "Spk",
}
HEAD = """# Who may use which address

Generated from the declarations of the views by `python -m tests.access.matrix`; a test compares this file with the
program, and another uses every address as every role. ● may, · may not; "public" is everybody; "inside" is everybody
who is signed in, for the records that a query gives them. Whoever holds no role in a conference gets 404 for
everything under its desk; expired and removed roles count as none, and a disabled account is not signed in.

"""


class Subject:
    id = conference_id = 1


def rules(app: Flask) -> Iterator[tuple[Any, str, Any]]:
    """Each address with its method and its declaration, in the order of addresses."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda r: (r.rule, sorted(r.methods or ()))):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, app.view_functions[rule.endpoint].declaration  # type: ignore[attr-defined]


def actor(role: Role) -> Actor:
    return Actor(1, grants=(Grant(role.value, None if role == Role.ADMINISTRATOR else 1),))


def written(app: Flask) -> str:
    names = " | ".join(LETTERS[role] for role in ROLES)
    lines = [f"| Method | Address | Permit | {names} |", "|---" * (len(ROLES) + 3) + "|"]
    for rule, method, declaration in rules(app):
        cells = " | ".join(_cell(declaration, role) for role in ROLES)
        address = rule.rule.replace("|", "\\|")
        lines.append(f"| {method} | `{address}` | {declaration.name} | {cells} |")
    legend = ", ".join(f"{LETTERS[role]} {role.value.replace('_', ' ')}" for role in ROLES)
    return HEAD + "\n".join(lines) + f"\n\n{legend}.\n"


def _cell(declaration: Any, role: Role) -> str:
    if declaration.kind != "requires":
        return "●" if declaration.kind == "public" else "◌"
    return "●" if declaration.permit.allows(actor(role), Subject()) else "·"


if __name__ == "__main__":
    import tempfile

    from confapp import create_app
    from tests.conftest import settings_in

    with tempfile.TemporaryDirectory() as folder:
        FILE.write_text(written(create_app(settings_in(Path(folder)))))
