"""The gate for regional files: only what was proved may be loaded. A proof is known by the fingerprint of the rulebook.

The proofs of the bundled files are kept in ``rules/regio/bewezen.json``; ``python -m scripts.bewezen`` writes it anew.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import chain, combinations
from threading import Lock
from typing import TYPE_CHECKING

from ggztriage.data import data_folder
from ggztriage.errors import OngeldigRegelboek
from ggztriage.proof import HOW_TO_GET_IT, solver_is_here

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ggztriage.boek.boek import Boek

_PROVED: set[str] = set()
_LOCK = Lock()
"""z3 is used by one thread at a time."""


def require_proof(boek: Boek) -> None:
    """Let a rulebook with regional files through when these only add doubt and shut nobody out.

    Raises:
        OngeldigRegelboek: when they do more, with a case that shows it; or when it cannot be proved here.
    """
    if not boek.regiodelen or boek.vingerafdruk in _PROVED or boek.vingerafdruk in _proved_before():
        return
    if len(boek.regiodelen) > 1:
        for alone in boek.per_regio():  # by itself first, so that a message names the file that is to blame
            require_proof(alone)
    _prove(boek)
    _PROVED.add(boek.vingerafdruk)


def _prove(boek: Boek) -> None:
    place = ", ".join(source.where(("regio",)) for _, source in boek.regiodelen)
    if not solver_is_here():
        message = f"Of deze regio alleen twijfel toevoegt, is nog niet bewezen. {HOW_TO_GET_IT}"
        raise OngeldigRegelboek([(place, message)])
    from ggztriage.proof.cases import in_one_line
    from ggztriage.proof.checker import prove

    with _LOCK:
        findings = list(prove(boek, only_regions=True))
    wrong = [
        (place, f"Zo mag een regio niet worden gebruikt. {vondst.melding} {in_one_line(vondst)}".rstrip())
        for bevinding in findings
        for vondst in bevinding.vondsten
    ]
    if wrong:
        raise OngeldigRegelboek(wrong)


def proof_file() -> Path:
    """Where the proofs of the bundled regional files are kept."""
    return data_folder("rules") / "regio" / "bewezen.json"


@cache
def _proved_before() -> frozenset[str]:
    try:
        return frozenset(json.loads(proof_file().read_text(encoding="utf-8"))["bewezen"])
    except FileNotFoundError:
        return frozenset()


def prove_bundled(boeken: Iterable[Boek]) -> str:
    """Prove every combination of the regional files of these rulebooks; the content of the file with proofs.

    Raises:
        OngeldigRegelboek: when one cannot be proved.
    """
    proved = {}
    for boek in boeken:
        names = boek.regios()
        for chosen in chain.from_iterable(combinations(names, size) for size in range(1, len(names) + 1)):
            together = boek.met_regio(chosen)
            _prove(together)
            proved[together.vingerafdruk] = [boek.id, *chosen]
    content = {"bewezen": dict(sorted(proved.items(), key=lambda item: item[1]))}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
