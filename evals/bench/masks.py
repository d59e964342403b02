"""What repeats over the articles of an outlet: python evals/bench/masks.py --data FOLDER [--lines]

Over text_news.jsonl.xz: how many lines are masked as repeated, their share of the characters, seconds of the processor; with --lines every
line that is masked, to be read. Then lines of our own are planted in six outlets, each in a share of the articles (0.2 to 90 %, five at
least, most of them at the end): how many are found, and whether any other line is masked because of them.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import time
from collections import Counter, defaultdict
from pathlib import Path

from qa.corpus.lines import lines
from qa.corpus.repeated_lines import repeated
from qa.language.text.words import fold

OUTLETS = ("Kompas.com", "sindonews.com", "tribunnews.com", "fimela.com", "merdeka", "antaranews")
PLANTED = {
    "Ikuti kabar terbaru kami lewat kanal resmi setiap pagi": 0.002,
    "Laporan ini disiarkan juga oleh jaringan radio mitra kami di dua puluh kota.": 0.005,
    "PENULIS TAMU": 0.01,
    "Kirim kritik dan saran kepada redaksi melalui surat pembaca": 0.02,
    "(red/ptr)": 0.05,
    "Pembaca dapat berlangganan edisi cetak kami di seluruh agen koran yang ada di Indonesia.": 0.1,
    "Simak berita lain di halaman depan": 0.2,
    "Hak siar ada pada penerbit dan tulisan ini tidak boleh disalin tanpa izin tertulis.": 0.3,
    "Foto utama oleh tim dokumentasi": 0.5,
    "Tim redaksi": 0.9,
}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--lines", action="store_true", help="print every line that is masked, with how often")
    arguments = parser.parse_args()
    outlets: dict[str, list[str]] = defaultdict(list)
    with lzma.open(arguments.data / "text_news.jsonl.xz", "rt", encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            outlets[row["outlet"]].append(row["text"])
    began = time.process_time()
    found = {outlet: repeated(texts) for outlet, texts in outlets.items()}
    seconds = time.process_time() - began
    masked: dict[str, Counter[str]] = {
        outlet: Counter(row.text for text in texts for row in lines(text) if fold(row.text) in found[outlet])
        for outlet, texts in outlets.items()
    }
    taken = sum(len(line) * count for counted in masked.values() for line, count in counted.items())
    whole = sum(len(text) for texts in outlets.values() for text in texts)
    print(
        f"{sum(map(len, outlets.values()))} articles: {sum(each.total() for each in masked.values())} lines masked as repeated, "
        f"{sum(map(len, found.values()))} different ones, {taken / whole:.3%} of the characters, {seconds:.1f} s"
    )
    for outlet, counted in masked.items():
        if counted:
            share = sum(len(line) * count for line, count in counted.items()) / sum(map(len, outlets[outlet]))
            print(f"  {outlet}: {counted.total()} lines, {share:.3%}")
        for line, count in counted.most_common() if arguments.lines else ():
            print(f"    {count} × {line}")
    planted(outlets, found)


def planted(outlets: dict[str, list[str]], before: dict[str, frozenset[str]]) -> None:
    """Plant lines of our own and look for them."""
    hits, total, others = 0, 0, []
    for outlet in OUTLETS:
        dice = random.Random(outlet)
        texts = list(outlets[outlet])
        for line, share in PLANTED.items():
            for place in dice.sample(range(len(texts)), max(5, round(share * len(texts)))):
                rows = texts[place].split("\n")
                rows.insert(len(rows) if dice.random() < 0.7 else dice.randrange(len(rows) + 1), line)
                texts[place] = "\n".join(rows)
        wanted = {fold(line) for line in PLANTED}
        found = repeated(texts)
        hits, total = hits + len(wanted & found), total + len(wanted)
        others += [(outlet, line) for line in found - wanted - before[outlet]]
    print(f"planted: {hits} of {total} found; other lines masked because of them: {others or 'none'}")


if __name__ == "__main__":
    main()
