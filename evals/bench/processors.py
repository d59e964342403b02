"""Does the reader say the same on another processor? The same pairs natively and on emulated ones, without VNNI and without AVX512.

    python evals/bench/processors.py [--cpu Haswell --cpu EPYC-Rome]     needs qemu-x86_64 (Debian: qemu-user); two minutes

Prints the largest distance of any logit from the native ones. Eight-bit products are exact integers where sums cannot saturate; what is
left is the rounding of float32 (some 1e-6). Exit status 1 where a distance is over 0.001.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

MOST = 1e-3
_READ = """
import sys
import numpy as np
from qa.retrieve.crossencoder import CrossEncoder
reader = CrossEncoder.open(sys.argv[1], threads=1)
random = np.random.default_rng(0)
found = []
for length in (24, 61, 40):
    ids, kinds = random.integers(10, reader.config["pieces"], (1, length)), random.integers(0, 24, (1, length))
    spans, verdicts = reader.logits(ids, kinds, np.ones((1, length), dtype=np.int64))
    found += [spans.ravel(), verdicts.ravel()]
np.save(sys.argv[2], np.concatenate(found))
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Compare; see the module's text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cpu", action="append", help="a processor that qemu-x86_64 -cpu help lists (default: Haswell)")
    parser.add_argument("--model", default=str(Path(__file__).resolve().parents[2] / "qa" / "models" / "reader"))
    chosen = parser.parse_args(argv)
    emulator = shutil.which("qemu-x86_64")
    if emulator is None:
        print("qemu-x86_64: not found. Cure: apt-get install qemu-user", file=sys.stderr)
        return 2
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        native = _logits([], chosen.model, Path(folder) / "native.npy")
        for cpu in chosen.cpu or ["Haswell"]:
            other = _logits([emulator, "-cpu", cpu], chosen.model, Path(folder) / "other.npy")
            distance = float(np.abs(native - other).max())
            worst = max(worst, distance)
            print(f"{cpu}: largest distance of {len(native)} logits {distance:.2e}")
    return int(worst > MOST)


def _logits(before: list[str], model: str, path: Path) -> np.ndarray:
    subprocess.run([*before, sys.executable, "-c", _READ, model, str(path)], check=True, stderr=subprocess.DEVNULL)
    return np.load(path)


if __name__ == "__main__":
    sys.exit(main())
