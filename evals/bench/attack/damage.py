"""Damage every file of an index and ask: python evals/bench/attack/damage.py [--store faiss] [--flips 3] [--seed 7]

Each file is cut, emptied, deleted, flipped in one bit, and replaced by the other generation's; `qa ask --json` runs in a process of
its own over the copy. Right: the answer it gave before, or a refusal that names the file and a cure. Wrong: another answer, a
traceback, more than a minute. Prints a count of each and exits 1 at any wrong one; says whether `qa doctor` sees the damage.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from common import NEW, OLD, QUESTION, built, marker, news, run

HOWS = ("cut", "emptied", "deleted", "swapped", "flipped")


def damaged(path: Path, how: str, other: Path | None, chance: random.Random) -> None:
    """Do it."""
    data = bytearray(path.read_bytes())
    if how == "deleted":
        path.unlink()
    elif how == "swapped" and other is not None:
        shutil.copy(other, path)
    elif how == "flipped" and data:
        bit = chance.randrange(len(data) * 8)
        data[bit // 8] ^= 1 << bit % 8
        path.write_bytes(data)
    elif how in ("cut", "emptied"):
        path.write_bytes(data[: chance.randrange(len(data)) if how == "cut" and data else 0])


def judged(home: Path, name: str) -> tuple[str, str]:
    """(state, what was said)."""
    done = run("ask", QUESTION, "--index", "k", "--json", indexes=home)
    last = (done.stderr.strip().splitlines() or [""])[-1]
    if done.returncode == 124:
        return "HANG", ""
    if "Traceback" in done.stderr or done.returncode < 0:
        return "TRACEBACK", last
    if done.returncode:
        return ("refused" if "Cure" in last and (name in last or "gen-" in last) else "REFUSED WITHOUT A NAME OR CURE"), last
    answer = json.loads(done.stdout)
    text = marker(OLD)["text"]
    lawful = all(text[one["start"] : one["end"]] == one["quote"] for one in answer["citations"] if one["article_id"] == "marker")
    if answer["short"] == OLD and lawful:
        return "right", ""
    return ("abstained" if answer["abstained"] else "WRONG"), f"{answer['short']!r}"


def counterpart(path: Path, other: Path) -> Path | None:
    """The other generation's file of the same part."""
    same = [
        one
        for one in other.rglob("*")
        if one.is_file() and (one.name == path.name or (len(one.stem) == 32 and one.suffix == path.suffix))
    ]
    return same[0] if same else None


def main() -> int:
    """Damage, ask, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", choices=["exact", "faiss"], default="exact")
    parser.add_argument("--flips", type=int, default=1, help="bits flipped in each file, one a trial")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    more = ["--set", f"retrieve.exact_below={0 if asked.store == 'faiss' else 50_000}"]
    more += ["--set", f"retrieve.lists_above={0 if asked.store == 'faiss' else 200_000}"]
    tally: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        home, other, copy = (Path(scratch) / name for name in ("a", "b", "x"))
        built(home, [marker(OLD), *news(300)], *more)
        built(other, [*reversed(news(300)), marker(NEW)], *more)
        files = [path.relative_to(home) for path in sorted(home.rglob("*")) if path.is_file() and not path.name.startswith(".")]
        for file in files:
            for how in (*HOWS, *["flipped"] * (asked.flips - 1)):
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(home, copy)
                damaged(copy / file, how, counterpart(copy / file, other), chance)
                state, said = judged(copy, file.name)
                tally[state] += 1
                if state not in ("right", "refused"):
                    seen = "sees it" if run("doctor", indexes=copy).returncode else "is blind"
                    print(f"{state}: {file.name} {how}: {said} (doctor {seen})", flush=True)
    print(f"{tally.total()} trials, {asked.store}, seed {asked.seed}: {dict(tally)}")
    return 1 if any(state.isupper() for state in tally) else 0


if __name__ == "__main__":
    sys.exit(main())
