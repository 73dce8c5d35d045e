"""Our light and dark theme for long reading, one without colours, and the colours of the voices in every theme."""

from __future__ import annotations

from collections.abc import Mapping

from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES, Theme

READABLE = 4.5  # contrast of text (WCAG 2.2, 1.4.3, level AA)
DARK, LIGHT, PLAIN = "secnews-dark", "secnews-light", "secnews-plain"

_OURS = (
    Theme(
        name=DARK,
        primary="#7aa2d6",
        secondary="#9aa7b8",
        accent="#e0b46c",
        foreground="#d5d8dc",
        background="#16191d",
        surface="#1c2025",
        panel="#242a31",
        success="#83c08a",
        warning="#e0b46c",
        error="#e58a8a",
        dark=True,
        variables={
            "border": "#7aa2d6",
            "border-blurred": "#3a424c",
            "block-cursor-foreground": "#0f1216",
            "block-cursor-background": "#8fb4e3",
            "block-cursor-text-style": "none",
            "block-cursor-blurred-foreground": "#e3e6ea",
            "block-cursor-blurred-background": "#2d3641",
            "input-selection-background": "#7aa2d6 35%",
        },
    ),
    Theme(
        name=LIGHT,
        primary="#1f5c99",
        secondary="#5b6470",
        accent="#8a5a00",
        foreground="#23272d",
        background="#faf8f3",
        surface="#f3f0e8",
        panel="#e9e5da",
        success="#2e6b36",
        warning="#8a5a00",
        error="#a32f2f",
        dark=False,
        variables={
            "border": "#1f5c99",
            "border-blurred": "#cfc9ba",
            "block-cursor-foreground": "#ffffff",
            "block-cursor-background": "#1f5c99",
            "block-cursor-text-style": "none",
            "block-cursor-blurred-foreground": "#23272d",
            "block-cursor-blurred-background": "#dcd6c6",
            "input-selection-background": "#1f5c99 25%",
        },
    ),
    # NO_COLOR: only the terminal's own colours, so that not one colour sequence is sent.
    Theme(
        name=PLAIN,
        primary="ansi_default",
        secondary="ansi_default",
        warning="ansi_default",
        error="ansi_default",
        success="ansi_default",
        accent="ansi_default",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        ansi=True,
        variables={
            **dict.fromkeys(BUILTIN_THEMES["ansi-dark"].variables, "ansi_default"),
            "border": "ansi_default",
            "border-blurred": "ansi_default",
            "block-cursor-foreground": "ansi_default",
            "block-cursor-background": "ansi_default",
            "block-cursor-text-style": "reverse",
            "block-cursor-blurred-foreground": "ansi_default",
            "block-cursor-blurred-background": "ansi_default",
            "block-cursor-blurred-text-style": "bold",
            "scrollbar": "ansi_default",
            "scrollbar-background": "ansi_default",
        },
    ),
)

THEMES = {theme.name: theme for theme in _OURS}

# Which of a theme's colours each voice takes.
VOICES = {
    "expert": "success",
    "official": "primary",
    "company": "warning",
    "adversary": "error",
    "other": "secondary",
}


def room_variables(variables: Mapping[str, str], *, ansi: bool) -> dict[str, str]:
    """The room's own CSS variables for a theme's `variables`: readable on its ground, whatever the theme.

    `voice-X` is for letters on the ground; `voice-X-ground` and `voice-X-current` lie under quoted words (the latter
    under the current quote), whose colour is `voice-X-text`; `quiet` is for what matters less, `link` for links.
    """
    ground, ink = _colour(variables.get("background")), _colour(variables.get("foreground"))
    if ansi or ground is None or ink is None:
        return _ansi_variables(variables)
    room = {"quiet": legible(ground.blend(ink, 0.62), ground).hex}
    room["link"] = legible(_colour(variables.get("primary")) or ink, ground).hex
    text = legible(ink, ground, 7.0)
    for voice, name in VOICES.items():
        colour = _colour(variables.get(name)) or ink
        room[f"voice-{voice}"] = legible(colour, ground).hex
        under = ground.blend(colour, 0.16)
        room[f"voice-{voice}-ground"] = under.hex
        room[f"voice-{voice}-text"] = legible(text, under).hex
        strong = ground.blend(colour, 0.42)
        room[f"voice-{voice}-current"] = strong.hex
        room[f"voice-{voice}-current-text"] = legible(text, strong).hex
    return room


def legible(colour: Color, ground: Color, ratio: float = READABLE) -> Color:
    """`colour`, moved towards white or black until it can be read on `ground`."""
    end = max((Color(255, 255, 255), Color(0, 0, 0)), key=lambda extreme: contrast(extreme, ground))
    for step in range(21):
        found = colour.blend(end, step / 20)
        if contrast(found, ground) >= ratio:
            return found
    return end


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two opaque colours (WCAG 2.2): 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    def linear(part: int) -> float:
        value = part / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return float(0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b))


def _colour(text: str | None) -> Color | None:
    try:
        colour = Color.parse(text) if text else None
    except ColorParseError:
        return None
    return None if colour is None or colour.ansi is not None else colour


def _ansi_variables(variables: Mapping[str, str]) -> dict[str, str]:
    """For themes of the terminal's own colours: the ground stays, the letters take the theme's colours."""
    room = {"quiet": "ansi_default", "link": variables.get("primary", "ansi_default")}
    for voice, name in VOICES.items():
        room[f"voice-{voice}"] = variables.get(name, "ansi_default")
        for part in ("ground", "current", "text", "current-text"):
            room[f"voice-{voice}-{part}"] = "ansi_default"
    return room
