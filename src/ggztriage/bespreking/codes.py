"""Codes that people can read out and type over, and that cannot be guessed."""

from __future__ import annotations

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without characters that look like another one."""

_LENGTH, _GROUP = 8, 4


def new_code(length: int = _LENGTH) -> str:
    """A random code; eight characters make some 850 billion of them."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def read_code(typed: str) -> str:
    """A code as it was typed, with or without capitals, spaces and dashes; empty when it can be none."""
    code = "".join(character for character in typed.lower() if character.isalnum())
    return code if len(code) <= 4 * _LENGTH and set(code) <= set(ALPHABET) else ""


def show_code(code: str) -> str:
    """A code as people read it, in groups of four."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))
