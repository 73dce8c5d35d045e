"""Saying who really said it."""

from __future__ import annotations

from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from reader.model import Quote, Speaker, SpeakerType, Voice
from reader.text.clean import clean_line
from reader.tui.screens.dialog import Dialog, words

VOICES = [str(voice) for voice in Voice]


class Answer(NamedTuple):
    """Who said it; None: nobody is known."""

    speaker: Speaker | None


class CorrectScreen(Dialog[Answer]):
    """An empty name means that nobody is known."""

    def __init__(self, quote: Quote) -> None:
        super().__init__()
        self._quote = quote

    def compose(self) -> ComposeResult:
        who = self._quote.speaker
        with Vertical(id="dialog") as box:
            box.border_title = Content("Who said it")
            yield words(clean_line(self._quote.text, 300), classes="quiet")
            yield words("Name (empty: nobody is known)")
            yield Input(clean_line(who.name) if who else "", id="name", compact=True)
            yield words("Role")
            yield Input(clean_line(who.role or "") if who else "", id="role", compact=True)
            yield words("Organisation")
            yield Input(clean_line(who.organization or "") if who else "", id="organization", compact=True)
            yield words(f"Voice ({', '.join(VOICES)})")
            yield Input(
                str(who.voice) if who else str(Voice.OTHER), id="voice", compact=True, suggester=SuggestFromList(VOICES)
            )
            yield words("", id="wrong")
            yield words("enter keeps, tab goes on, esc leaves it as it was; u takes it back later", classes="quiet")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        name, typed = self.value("name"), self.value("voice").casefold()
        if not name:
            self.dismiss(Answer(None))
            return
        voice = next((voice for voice in Voice if typed and voice.value.startswith(typed)), None)
        if voice is None:
            self.query_one("#wrong", Static).update(Content(f"The voice must be one of {', '.join(VOICES)}."))
            self.query_one("#voice", Input).focus()
            return
        organization = self.value("organization") or None
        self.dismiss(
            Answer(Speaker(name, "", self.value("role") or None, organization, self._kind(name, organization), voice))
        )

    def _kind(self, name: str, organization: str | None) -> SpeakerType:
        """What kind of speaker has this name: as it was if the name is, else an organisation or a person."""
        who = self._quote.speaker
        if who is not None and name == clean_line(who.name):
            return who.type
        same = organization is not None and name.casefold() == organization.casefold()
        return SpeakerType.ORGANIZATION if same else SpeakerType.PERSON
