"""The linear reader (`--plain`): lines in, lines out, for screen readers, dumb terminals and very slow lines.

It never moves the cursor, colours nothing and draws nothing: what is read aloud is what is there.
"""
