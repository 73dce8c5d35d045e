"""What each source said at the last refresh of this session, failures first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reader.model import Outcome, Source, SourceResult
from reader.text.addresses import mask
from reader.tui.screens.window import ListWindow
from reader.tui.widgets.text_list import Cell, Row

_BAD = (Outcome.ERROR, Outcome.GONE)


class ResultsScreen(ListWindow[None]):
    title_text = "The last refresh"
    empty = "Nothing was refreshed since the start; R fetches everything."

    def __init__(self, sources: Sequence[Source], results: Mapping[int, SourceResult]) -> None:
        super().__init__()
        self._names = {source.id: source.title or mask(source.url) for source in sources}
        order = sorted(results.values(), key=lambda result: (result.outcome not in _BAD, -result.new))
        self._results = order
        self._shown: list[SourceResult] = []
        failed = sum(result.outcome in _BAD for result in order)
        self.list.say_title(self.title_text, f"{len(order)} sources, {failed} failed" if order else "")

    def detail_for(self, index: int) -> str:
        if index >= len(self._shown):
            return ""
        result = self._shown[index]
        return f"{mask(result.url)}  {result.outcome} in {result.seconds:.1f} s  {result.message}"

    def rows_for(self, words: str) -> Sequence[Row]:
        wanted = words.casefold().split()
        rows: list[Row] = []
        self._shown = []
        for result in self._results:
            name = self._names.get(result.source_id) or mask(result.url)
            said = result.message or ", ".join(
                f"{count} {what}" for count, what in ((result.new, "new"), (result.updated, "changed")) if count
            )
            if all(word in f"{name} {result.outcome} {said}".casefold() for word in wanted):
                colour = "bad" if result.outcome in _BAD else "good" if result.new else "quiet"
                self._shown.append(result)
                rows.append([Cell(name, 28), Cell(result.outcome, 10, colour), Cell(said)])
        return rows
