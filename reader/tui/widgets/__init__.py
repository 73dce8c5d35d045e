"""What the room is built of: panes on Textual's line API, which draw only the lines that are seen."""
