"""One way to advise on a file, in a process of its own: prints the seconds and the memory at its highest, as JSON."""

import importlib
import json
import sys
from pathlib import Path
from time import perf_counter

_KIB = 1024


def main(module: str, function: str, source: str, target: str) -> None:
    """Run ``function`` of ``module`` on a file."""
    run = getattr(importlib.import_module(f"benchmarks.tables.{module}"), function)
    start = perf_counter()
    run(Path(source), Path(target))
    seconds = perf_counter() - start
    print(json.dumps({"seconds": seconds, "mebibytes": _highest()}))


def _highest() -> float:
    """The memory at its highest. Not getrusage: that counts what the process was before it became this program."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / _KIB
    return 0.0


if __name__ == "__main__":
    main(*sys.argv[1:])
