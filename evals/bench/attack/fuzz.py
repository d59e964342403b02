"""Fuzz the borders: python evals/bench/attack/fuzz.py --inputs 1000000   (make fuzz)

Readers of every format, masks, spans, passages, dates, questions, the page's text, the endpoints' bodies. Each input is drawn from
--seed; a failing one is printed with its law and can be made again. Prints counts for every law and exits 1 at any crash, any
broken law, or any input that took over two seconds of processor time.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import time
import traceback
import warnings
from collections import Counter

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from laws import LAWS, Inputs, kept

SLOW = 2.0  # seconds of processor time
DRAWN = {
    "sentences": st.tuples(st.text()),
    "dates": st.tuples(st.text(), st.none() | st.dates()),
    "orders to machines": st.tuples(st.text()),
    "print": st.tuples(st.text()),
    "markdown": st.tuples(st.text()),
    "encodings": st.tuples(st.binary()),
    "endpoint": st.tuples(st.binary()),
    ".jsonl": st.tuples(st.binary()),
    ".csv": st.tuples(st.binary()),
}
"""What hypothesis draws by its own idea of text and bytes, beside the mutations."""


class Tally:
    """How many inputs each law took, and what went wrong."""

    def __init__(self) -> None:
        self.inputs: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.faults: dict[tuple[str, str], str] = {}

    def run(self, name: str, args: tuple[object, ...]) -> None:
        """One input; a fault is kept once for each place that it comes from."""
        self.inputs[name] += 1
        began = time.process_time()
        try:
            self.refused[name] += not kept(LAWS[name][1], args)
        except Exception as error:  # noqa: BLE001 - every exception is what we are looking for
            where = traceback.extract_tb(error.__traceback__)[-1]
            self.faults.setdefault((name, f"{type(error).__name__} {where.filename}:{where.lineno}"), f"{error} | {args!r:.400}")
        if time.process_time() - began > SLOW:
            self.faults.setdefault((name, "slow"), f"{time.process_time() - began:.1f} s | {args!r:.400}")


def _drawn(tally: Tally, name: str, strategy: st.SearchStrategy[tuple[object, ...]], asked: argparse.Namespace) -> None:
    @seed(asked.seed)
    @settings(
        max_examples=asked.drawn, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(strategy)
    def run(args: tuple[object, ...]) -> None:
        tally.run(name, args)

    run()


def main() -> int:
    """Draw until `--inputs` are tried or `--seconds` have passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--drawn", type=int, default=2000, help="inputs of each law that hypothesis draws first")
    parser.add_argument("--only", choices=sorted(LAWS), action="append", help="these laws alone")
    asked = parser.parse_args()
    chosen = {name: law for name, law in LAWS.items() if name in (asked.only or LAWS)}
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)  # pypdf tells of every damage it mends
    tally, began = Tally(), time.monotonic()
    for name, strategy in DRAWN.items():
        if name in chosen:
            _drawn(tally, name, strategy, asked)
    made = Inputs(random.Random(asked.seed))
    told = 0.0
    while tally.inputs.total() < asked.inputs and time.monotonic() - began < asked.seconds:
        for name, (often, _, draw) in chosen.items():
            for _ in range(often):
                tally.run(name, draw(made))
        if time.monotonic() - told > 30:
            told = time.monotonic()
            print(
                f"{tally.inputs.total():,} inputs in {told - began:.0f} s, {len(tally.faults)} faults",
                file=sys.stderr,
                flush=True,
            )
    for (name, where), what in tally.faults.items():
        print(f"FAULT {name}: {where}: {what}")
    for name, count in tally.inputs.items():
        print(f"{count:>9,}  {name} ({tally.refused[name]:,} refused)")
    print(f"{tally.inputs.total():,} inputs in {time.monotonic() - began:.0f} s, seed {asked.seed}: {len(tally.faults)} faults")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
