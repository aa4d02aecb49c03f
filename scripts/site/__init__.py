"""Builds the documentation site: the pages in ``docs/``, and what is made from the rulebooks and the code."""
