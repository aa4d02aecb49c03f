"""``python -m benchmarks``: measure everything, and write the report with its plot."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.growth import growth
from benchmarks.plot import draw
from benchmarks.report import markdown
from benchmarks.result import Group
from benchmarks.rows import rows
from benchmarks.single import single
from benchmarks.startup import startup
from benchmarks.web import web

_GROUPS = {"single": single, "growth": growth, "rows": rows, "startup": startup, "web": web}


def main() -> int:
    """Measure, write, and tell which goals were missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--snel", action="store_true", help="a short run: few rounds, small tables")
    parser.add_argument("--alleen", choices=_GROUPS, action="append", help="only this group; may be given more often")
    parser.add_argument(
        "--naar", type=Path, default=Path("docs"), metavar="MAP", help="where to write; docs by default"
    )
    chosen = parser.parse_args()
    groups: list[Group] = []
    for name in chosen.alleen or _GROUPS:
        print(f"{name} …", file=sys.stderr, flush=True)
        groups += _GROUPS[name](short=chosen.snel)
    chosen.naar.mkdir(parents=True, exist_ok=True)
    (chosen.naar / "benchmarks.svg").write_text(draw(groups), encoding="utf-8")
    (chosen.naar / "benchmarks.md").write_text(markdown(groups, short=chosen.snel), encoding="utf-8")
    missed = [goal.text for group in groups for goal in group.goals if not goal.met]
    print("Goals missed: " + ("; ".join(missed) or "none") + f". The report is {chosen.naar / 'benchmarks.md'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
