"""Does the reader say the same on another processor? The same pairs natively and on emulated ones, without VNNI and without AVX512.

    python evals/bench/processors.py [--cpu Haswell --cpu EPYC-Rome]     needs qemu-x86_64 (Debian: qemu-user); two minutes

Eight-bit products are exact integers where sums cannot saturate. What is left is float32 (1e-6), which may flip a step of an activation's
rounding here and there. Exit status 1 where log-odds differ by more than 0.25 or a best span differs.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

MOST = 0.25  # log-odds: a rounding of float32 may flip a step of an activation's eight bits
_READ = """
import json, sys
from qa.retrieve.crossencoder import CrossEncoder
reader = CrossEncoder.open(sys.argv[1], threads=1)
found = []
for question, text in json.loads(sys.argv[2]):
    reading = reader.score(question, [text], spans=2)[0]
    found.append([reading.relevance, reading.answerable, reading.polar, *((span.start, span.end, span.score) for span in reading.spans)])
print(json.dumps(found))
"""
PAIRS = [
    (
        "Kapan peluncuran pertama dari Vostochny terjadi?",
        "Peluncuran pertama dari Vostochny terjadi pada 28 April 2016 ketika roket Soyuz-2.1a mengorbitkan tiga satelit.",
    ),
    (
        "Satelit apa yang diorbitkan roket Soyuz-2.1a?",
        "Roket Soyuz-2.1a mengorbitkan satelit penelitian Lomonosov dan Aist-2D, serta satelit nano SamSat-218.",
    ),
    (
        "Apakah Kim datang dengan pesawat?",
        "Kim tiba di sana menggunakan limosin pribadi, setelah menaiki kereta kenegaraan dari Pyongyang.",
    ),
    (
        "Who ordered the cosmodrome?",
        "Putin memerintahkan pembangunan kosmodrom itu untuk mengurangi ketergantungan pada Baikonur di Kazakhstan.",
    ),
    (
        "Siapa wali kota Palembang?",
        "Banjir merendam tiga kecamatan di Kota Semarang pada Senin malam, kata Wali Kota Hendra Wijaya.",
    ),
]


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
    native = _readings([], chosen.model)
    failed = False
    for cpu in chosen.cpu or ["Haswell"]:
        other = _readings([emulator, "-cpu", cpu], chosen.model)
        odds = max(
            abs(one - two)
            for mine, theirs in zip(native, other, strict=True)
            for one, two in zip(mine[:3], theirs[:3], strict=True)
        )
        places = sum(mine[3][:2] == theirs[3][:2] for mine, theirs in zip(native, other, strict=True))
        failed |= odds > MOST or places < len(PAIRS)
        print(f"{cpu}: log-odds differ by at most {odds:.4f}; the best span is the same in {places} of {len(PAIRS)}")
    return int(failed)


def _readings(before: list[str], model: str) -> list[list[float | list[float]]]:
    ran = subprocess.run(
        [*before, sys.executable, "-c", _READ, model, json.dumps(PAIRS)], check=True, capture_output=True, text=True
    )
    return json.loads(ran.stdout)


if __name__ == "__main__":
    sys.exit(main())
