"""The images of an article, when somebody asks for them: never by themselves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.tui.screens.comparing import Comparing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model import Article
    from reader.service.pictures import Listed


class Picturing(Comparing, inherit_bindings=False):
    def action_images(self) -> None:
        """Open the window with the images of the article that is shown."""
        article = self.article.article
        if article is None:
            self.app.tell("No article is open.")
            return

        def read() -> list[Listed]:
            from reader.service.pictures import listed, ready

            found = listed(self.library, article)
            if found:
                ready()
            return found

        self.run_job(read, partial(self.images_listed, article), group="images")

    def images_listed(self, article: Article, images: Sequence[Listed]) -> None:
        if not images:
            self.app.tell("This article has no images.")
            return
        from reader.tui.screens.images import ImagesScreen

        self.app.push_screen(ImagesScreen(self.library, article, images))
