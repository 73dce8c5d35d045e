"""Pure text (floor 2): cleaning, HTML to blocks, dates, addresses. No clock, no disk, no network."""
