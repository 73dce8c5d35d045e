"""Vulnerabilities, indicators and actors named in a text (floor 3, pure). Empty until its own edition."""
