"""A process for one contestant: reads orders as lines of JSON, and answers in the same way.

It needs nothing but the standard library, so that it runs in any environment.
"""

import gc
import importlib
import json
import os
import sys
from importlib.metadata import version
from time import perf_counter


def main() -> None:
    """Make the contestant that the first line asks for, then measure until the orders end."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints goes elsewhere

    def say(**content: object) -> None:
        out.write(json.dumps(content) + "\n")
        out.flush()

    order = json.loads(sys.stdin.readline())
    try:
        advise, in_words = importlib.import_module(order["module"]).make(order["payload"])
        cases = order["cases"]
        found = [in_words(advise(case)) for case in cases]
        say(found=found, version=version(order["package"]) if order["package"] else "")
    except Exception as problem:  # noqa: BLE001 - whatever it is, the report names it
        say(problem=f"{type(problem).__name__}: {problem}")
        return
    for line in sys.stdin:
        repeats = int(line)
        gc.collect()
        start = perf_counter()
        for _ in range(repeats):
            for case in cases:
                advise(case)
        say(seconds=(perf_counter() - start) / (repeats * len(cases)))


if __name__ == "__main__":
    main()
