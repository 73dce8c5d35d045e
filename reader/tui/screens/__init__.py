"""The room itself and what opens over it."""
