"""The forms in which an advice is written out. Each only says how its form differs; the words are in ``sheet``."""
