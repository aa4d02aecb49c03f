"""Builds the documentation site: the pages in ``docs/``, and the pages that are made from the rulebooks and the code."""
