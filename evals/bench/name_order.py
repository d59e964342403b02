"""Who did it to whom: how often rules, and an entailment head, prefer the true order of two names to the exchanged one.

    python evals/bench/name_order.py --data DIR [--model FOLDER]

Over the entailed pairs of IndoNLI's validation file whose hypothesis has two names of its premise. The rules are the swap test of
qa/answer/verify/argument_order.py, with its margins; the head compares the log-odds of the claim with those of the claim with the two exchanged.
Many of the exchanged ones are still true ("berbatasan dengan"), so no share can be expected to reach 0 or 1.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path

from qa.answer.verify.argument_order import AGAINST, MARGIN, pairs
from qa.errors import QaError
from qa.retrieve.crossencoder import CrossEncoder, Entailment
from qa.retrieve.reading import SHIPPED
from qa.training import data
from qa.training.examples.mixture import NLI_VALID

SHARPEST = 1e-4  # probabilities nearer to 0 and 1 say no more


def odds(verdict: Entailment) -> float:
    """Log-odds of being entailed."""
    held = min(1 - SHARPEST, max(SHARPEST, verdict.entailed))
    return math.log(held / (1 - held))


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask both, print shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder that holds nli_indonli.val.jsonl.xz")
    parser.add_argument("--model", type=Path, default=SHIPPED, metavar="DIR", help="reader (default: the shipped one)")
    chosen = parser.parse_args(arguments)
    try:
        entailed = [record for record in data.records(chosen.data, NLI_VALID) if record["label"] == "e"]
        found = [pair for record in entailed for pair in pairs(record["hypothesis"], record["premise"])]
        reader = CrossEncoder.open(chosen.model)
        true = reader.entail_all([(pair.quote, pair.claim) for pair in found])
        false = reader.entail_all([(pair.quote, pair.other) for pair in found])
    except QaError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    if not found:
        print("no pair has two names", file=sys.stderr)
        return 1
    preferred = [odds(one) > odds(other) for one, other in zip(true, false, strict=True)]
    print(f"pairs of two names: {len(found)}")
    print(f"rules affirm the true order: {sum(pair.odds >= MARGIN for pair in found) / len(found):.1%}")
    print(f"rules refuse the true order: {sum(pair.odds <= AGAINST for pair in found) / len(found):.1%}")
    print(f"rules affirm the exchanged order: {sum(pair.odds <= -MARGIN for pair in found) / len(found):.1%}")
    print(f"the head prefers the true order: {sum(preferred) / len(found):.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
