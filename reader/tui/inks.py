"""The styles of everything that is drawn line by line, for one theme.

Textual's component classes would do the same through CSS; with some forty of them every change of focus and every start
restyles each pane forty times over (a third of the time to the first row). The colours come from theme variables all
the same, so every theme works.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color, ColorParseError

from reader.tui.themes import VOICES, contrast, legible


class Inks:
    """`inks["quiet"]` is a style to lay over the ground of a pane; an unknown name changes nothing."""

    def __init__(self, variables: Mapping[str, str], *, ansi: bool) -> None:
        self._variables = variables
        self._ansi = ansi
        quiet, link = self._ink("quiet"), self._ink("link")
        self._styles = {
            "quiet": quiet,
            "strong": Style(bold=True),
            "unread": Style(bold=True),
            "read": quiet,
            "mark": link,
            "here": link + Style(bold=True),
            "saved": self._ink("voice-company"),
            "good": self._ink("voice-expert"),
            "bad": self._ink("voice-adversary"),
            "head": link + Style(bold=True),
            "title": Style(bold=True),
            "byline": quiet,
            "legend": quiet,
            "note": quiet + Style(italic=True),
            "gone": self._ink("voice-adversary") + Style(strike=True),
            "come": self._ink("voice-expert") + Style(bold=True),
            "highlight": Style(bold=True, underline=True),
            "noted": self._ink("voice-company") + Style(bold=True),
            "heading": link + Style(bold=True),
            "quote": Style(italic=True),
            "code": quiet,
            "links": quiet,
            "link": Style(underline=True),
            "number": link,
            "hint": Style(reverse=True, bold=True),
            "match-current": Style(reverse=True, bold=True),
            "frame": self._ink("border-blurred"),
            "frame-focus": self._ink("border"),
            "frame-title": quiet,
            "frame-title-focus": self._ink("border") + Style(bold=True),
            "cursor": self._cursor(""),
            "cursor-blurred": self._cursor("blurred-"),
        }
        for voice in VOICES:
            self._voice(voice)
        self._styles["match"] = Style(bold=True, underline=True) if ansi else self._styles["current-company"]

    def __getitem__(self, name: str) -> Style:
        return self._styles.get(name, _NONE)

    def _voice(self, voice: str) -> None:
        """A letter, quoted words, and the current quote; without colours of ours by underlining and reversing."""
        self._styles[f"voice-{voice}"] = self._ink(f"voice-{voice}") + Style(bold=True)
        if self._ansi:
            self._styles[f"quote-{voice}"] = Style(underline=True)
            self._styles[f"current-{voice}"] = Style(reverse=True)
        else:
            quoted = self._ink(f"voice-{voice}-text", f"voice-{voice}-ground")
            current = self._ink(f"voice-{voice}-current-text", f"voice-{voice}-current")
            self._styles[f"quote-{voice}"] = quoted
            self._styles[f"current-{voice}"] = current + Style(bold=True)

    def _ink(self, name: str, under: str = "") -> Style:
        colour, ground = self._colour(name), self._colour(under)
        return Style(color=colour.rich_color if colour else None, bgcolor=ground.rich_color if ground else None)

    def _cursor(self, blurred: str) -> Style:
        """The row under the cursor; the text can be read whatever the theme says its colour should be."""
        ground = self._colour(f"block-cursor-{blurred}background")
        ink = self._colour(f"block-cursor-{blurred}foreground")
        if self._ansi or ground is None:
            return Style(bold=True) if blurred else Style(reverse=True)
        below = self._colour("background") or Color(0, 0, 0)
        ground = below.blend(ground, ground.a, 1) if ground.a < 1 else ground
        if ink is None or contrast(ink, ground) < 4.5:
            ink = legible(self._colour("foreground") or ground.get_contrast_text(1), ground)
        return Style(color=ink.rich_color, bgcolor=ground.rich_color)

    def _colour(self, name: str) -> Color | None:
        """A variable that is one opaque or translucent colour; None for what depends on its ground (`auto 87%`)."""
        value = self._variables.get(name, "")
        try:
            return Color.parse(value) if value and not value.startswith("auto") else None
        except ColorParseError:
            return None


_NONE = Style.null()
