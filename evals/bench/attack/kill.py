"""Kill `qa build` at random moments: python evals/bench/attack/kill.py [--trials 60] [--seed 7]

After each kill the index must answer as the old archive or as the new one, whole; anything else is a fault. At the end one more
build must collect what the killed ones left. Prints the counts and exits 1 at any fault.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from common import ENV, NEW, OLD, QUESTION, built, command, marker, news, run

from qa.assistant import Assistant
from qa.settings import load


def state(home: Path) -> str:
    """Which archive answers; a fault in words otherwise."""
    try:
        short = Assistant.open("k", settings=load({"indexes": home})).ask(QUESTION).short
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we are looking for
        return f"FAULT {type(error).__name__}: {error}"
    return {OLD: "old", NEW: "new"}.get(short, f"FAULT answered {short!r}")


def main() -> int:
    """Kill, ask, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    tally: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        base, home, records = Path(scratch) / "base", Path(scratch) / "x", Path(scratch) / "new.jsonl"
        built(base, [marker(OLD), *news(300)])
        records.write_text("".join(json.dumps(row) + "\n" for row in [*news(2000), marker(NEW)]), encoding="utf-8")
        shutil.copytree(base, home)
        began = time.monotonic()
        run("build", records, "--index", "k", indexes=home, seconds=300)
        whole = time.monotonic() - began
        for trial in range(asked.trials):
            shutil.rmtree(home)
            shutil.copytree(base, home)
            writer = subprocess.Popen(
                command("build", records, "--index", "k", indexes=home),
                env=ENV,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(chance.uniform(0.3, whole * 1.1))
            writer.kill()
            writer.wait()
            tally[state(home)] += 1
            if trial % 10 == 9:
                print(f"{trial + 1} kills in {time.monotonic() - began:.0f} s: {dict(tally)}", file=sys.stderr, flush=True)
        (home / "k" / ".current-4711").write_text("gen-000000000000\n", encoding="ascii")
        run("build", records, "--index", "k", indexes=home, seconds=300)
        left = [path.name for path in (home / "k").iterdir() if path.name.startswith((".building", ".current"))]
    print(
        f"{asked.trials} kills over {whole:.1f} s, seed {asked.seed}: {dict(tally)}; left by them after one more build: {left or 'nothing'}"
    )
    return 1 if left or any(name.startswith("FAULT") for name in tally) else 0


if __name__ == "__main__":
    sys.exit(main())
