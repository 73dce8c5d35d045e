"""One article in each form that `show` knows: plain text, Markdown, HTML. All of them read offsets, never HTML."""
