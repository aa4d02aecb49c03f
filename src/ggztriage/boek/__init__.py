"""A rulebook as data: read, checked and composed for a day. Whoever advises or proves reads it from here."""
