"""JSON Schemas of the advice: what ``AdviesJson`` holds, with the outcomes of a rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ggztriage.boek.stand import Stand

Schema = dict[str, Any]


def per_rulebook(schema: Mapping[str, Any], stand: Stand) -> Schema:
    """The schema of an advice of one rulebook: its outcomes are the only ones."""
    fields = schema["properties"]
    outcomes = {"type": "string", "enum": [uitkomst.id for uitkomst in stand.uitkomsten]}
    return {
        **schema,
        "title": f"Advies {stand.kop.id}",
        "properties": {**fields, "uitkomst": {**fields["uitkomst"], **outcomes}},
    }
