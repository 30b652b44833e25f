"""The text of a PDF as any reader finds it."""

import io

import pikepdf


def extracted(content: bytes) -> str:
    """By the ToUnicode tables of its fonts, or by the letters that a line carries beside its glyphs."""
    text: list[str] = []
    with pikepdf.open(io.BytesIO(content)) as opened:
        for leaf in opened.pages:
            text += _of_page(leaf, {name: unicode_table(font) for name, font in leaf.Resources.Font.items()})
    return "".join(text)


def _of_page(leaf: pikepdf.Page, tables: dict[str, dict[str, str]]) -> list[str]:
    text: list[str] = []
    table: dict[str, str] = {}
    marks: list[bool] = []  # of each open mark, whether it carries its letters
    for operands, operator in pikepdf.parse_content_stream(leaf):
        match str(operator):
            case "BDC" | "BMC":
                letters = operands[1].get("/ActualText") if str(operator) == "BDC" else None
                marks.append(letters is not None)
                text += [str(letters)] if letters is not None else []
            case "EMC":
                marks.pop()
            case "Tf":
                table = tables[str(operands[0])]
            case "TJ" if not any(marks):
                shown = "".join(bytes(part).hex() for part in operands[0] if isinstance(part, pikepdf.String))
                text += [table.get(shown[at : at + 4].lower(), "\ufffd") for at in range(0, len(shown), 4)]
            case "ET":
                text.append("\n")
    return text


def placed(leaf: pikepdf.Page) -> list[tuple[float, str]]:
    """The runs of a page in their order, each with its height on it."""
    tables = {name: unicode_table(font) for name, font in leaf.Resources.Font.items()}
    runs: list[tuple[float, str]] = []
    table, height = dict[str, str](), 0.0
    for operands, operator in pikepdf.parse_content_stream(leaf):
        match str(operator):
            case "Tm":
                height = float(operands[5])
            case "Tf":
                table = tables[str(operands[0])]
            case "TJ":
                shown = "".join(bytes(part).hex() for part in operands[0] if isinstance(part, pikepdf.String))
                runs.append((height, "".join(table.get(shown[at : at + 4], "?") for at in range(0, len(shown), 4))))
    return runs


def unicode_table(font: pikepdf.Object) -> dict[str, str]:
    table = {}
    for line in font.ToUnicode.read_bytes().decode().splitlines():
        match line.replace("<", " ").replace(">", " ").split():
            case [code, target] if len(code) == 4 and not line.startswith("<0000> <ffff>"):
                table[code.lower()] = bytes.fromhex(target).decode("utf-16-be")
    return table
