"""Contrast of two colours (WCAG 2.2), and the lighter twin of an accent for dark screens. Pure."""

PAPER, NIGHT = "#fcfbf8", "#161512"  # the backgrounds in static/css/tokens.css
READABLE = 4.5


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def at_night(colour: str) -> str:
    """The colour mixed with white until it reads well on the dark background."""
    parts = _parts(colour)
    for step in range(20):
        share = step / 20
        mixed = "#" + "".join(f"{round(part * (1 - share) + 255 * share):02x}" for part in parts)
        if contrast(mixed, NIGHT) >= READABLE + 1.5:
            return mixed
    return "#ffffff"


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    shares = [part / 255 for part in _parts(colour)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
