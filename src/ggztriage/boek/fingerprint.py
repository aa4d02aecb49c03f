"""Fingerprints of rulebooks and regional files, and which of them come with ggztriage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from ggztriage.boek.loading import read_folder, read_regio
from ggztriage.data import data_folder


def fingerprint(values: Mapping[str, Any]) -> str:
    """``sha256:`` and the SHA-256 of the canonical JSON of ``values``: layout and comments do not count."""
    canonical = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


@cache
def bundled() -> frozenset[str]:
    """The fingerprints of the rulebooks, each without regional files, and of the regional files that come with it."""
    rules = data_folder("rules")
    folders = [path.parent for path in rules.glob("*/regelboek.yaml")]
    sources = [*map(read_folder, folders), *map(read_regio, (rules / "regio").glob("*.yaml"))]
    return frozenset(fingerprint(source.values) for source in sources)
