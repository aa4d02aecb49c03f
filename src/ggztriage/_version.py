"""The version of the software, in this one place (the rulebooks carry versions of their own)."""

__version__ = "0.1.0"
