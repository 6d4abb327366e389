"""How fast t-SNE goes in the page, beside a textbook's loop and a peer's file, for `make bench`.

The peer is the script of the article of 2016, ``tsne.js`` in the folder that PEERS names.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUDGETS = {200: "12", 1000: "30"}


def steps_a_second(line: Callable[[str, str, str], None]) -> None:
    """t-SNE of 200 and 1,000 points in seconds of the processor, and what 500 steps reach."""
    peer = Path(os.environ.get("PEERS", "peers")) / "tsne.js"
    node = Path(sys.executable).with_name("node")
    command = [str(node), str(ROOT / "tests/js/reduce-bench.mjs")]
    done = subprocess.run(
        [*command, *([str(peer)] if peer.is_file() else [])],
        capture_output=True,
        text=True,
        check=True,
    )
    for one in json.loads(done.stdout):
        ours, textbook, theirs = one["ours"], one["textbook"], one["peer"]
        name = f"t-SNE of {one['count']:,} points"
        line(f"{name}, steps a second", f"{ours['pace']:,.0f}", "none")
        ratio = f"{ours['pace'] / theirs['pace']:.1f}" if theirs else "no peer"
        line("  times the article's of 2016", ratio, BUDGETS[one["count"]])
        line("  times a textbook's loop", f"{ours['pace'] / textbook['pace']:.1f}", "none")
        for other, what in ((textbook, "a textbook's"), (theirs, "the article's")):
            if other:
                off = ours["divergence"] / other["divergence"] - 1
                line(f"  KL divergence beside {what}", f"{off:+.2%}", "0.5 %")
        line("  first step after", f"{one['first']:.0f} ms", "300 ms")


if __name__ == "__main__":
    steps_a_second(lambda what, figure, budget: print(f"{what:<50} {figure:>10}   {budget}"))
