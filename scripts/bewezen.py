"""Proves the bundled regional files anew and writes ``rules/regio/bewezen.json``: ``python -m scripts.bewezen``."""

from ggztriage.boek.boek import Boek, rulebooks_in
from ggztriage.data import data_folder
from ggztriage.files import write_atomically
from ggztriage.proof.gate import proof_file, prove_bundled


def main() -> None:
    """Prove every bundled regional file and write the fingerprints down."""
    folder = data_folder("rules")
    names = rulebooks_in(folder)
    write_atomically(proof_file(), prove_bundled(Boek.laad(folder, naam) for naam in names))


if __name__ == "__main__":
    main()
