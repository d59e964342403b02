"""Is anything ever lost? python evals/bench/crashes.py --trials 200 --seed 1

Each trial takes a copy of a small index and does one of these to it:

    kill     SIGKILL to whoever builds, adds, changes, removes, joins segments, compacts or syncs, at a random moment of the work
    damage   one bit of one file turned, or a file cut short, at a random place
    full     the same work on a disk of a random size that is too small (a tmpfs; needs the right to mount one)

and looks from another process: the index must read as it did before or as it does after the work, byte for byte verified, and take the
next change; or refuse with the name of a file and a cure. Anything else is a failure and is printed. One JSON object at the end.
--lists: the index has what only large ones have else, an inverted file and a file of its words, and is built in several parts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from qa.errors import QaError
from qa.index import engines, generation
from qa.index.segments import build_parts, joint_vectors
from qa.index.syncing import sync
from qa.language.text import correct
from qa.schema import Article
from qa.settings import load
from qa.testing import HashEncoder

NAME = "berita"
PLACES = ("Jakarta", "Bandung", "Medan", "Surabaya", "Makassar", "Denpasar", "Padang", "Manado")


def article(n: int, more: str = "") -> Article:
    """One of a kind."""
    place = PLACES[n % len(PLACES)]
    text = (
        f"Wali Kota {place} meresmikan jembatan nomor {n} pada hari Senin. Jembatan itu panjangnya {100 + n} meter. "
        f"Warga {place} menyambut peresmian ke-{n} dengan gembira. Anggaran jembatan mencapai {n + 2} miliar rupiah. {more}"
    )
    return Article(
        id=f"a{n}", text=text, source=f"a{n}.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), outlet=f"Harian {n % 3}"
    )


def _folder(root: Path) -> Path:
    folder = root / "folder"
    folder.mkdir(exist_ok=True)
    for n in range(60, 75):
        (folder / f"a{n}.txt").write_text(article(n).text, encoding="utf-8")
    return folder


_large: dict[str, int] = {}  # as generation.build takes it, to treat a small index as a large one


def _as_large() -> None:
    """What only large indexes have comes into small ones from now on."""
    _large["lists_above"] = 0
    engines.WORD_FILE_ABOVE, build_parts.PART = 0, 40
    joint_vectors.COMPARED, joint_vectors.PROBED = 0, 1  # so few rows have few lists: all are looked into


def _build(root: Path, *numbers: int) -> None:
    generation.build(root, NAME, map(article, numbers), HashEncoder(64), passage_chars=120, workers=0, **_large)


def _add(root: Path, *these: Article) -> None:
    generation.add(root, NAME, these, HashEncoder(64), workers=0)


WORK: dict[str, Callable[[Path], object]] = {
    "build": lambda root: _build(root, *range(40, 70)),
    "add": lambda root: _add(root, *map(article, range(100, 110))),
    "change": lambda root: _add(root, *(article(n, "Ralat: angka itu diperbarui.") for n in range(5))),
    "remove": lambda root: generation.remove(root, NAME, [f"a{n}" for n in (0, 6, 9, 20)]),
    "join": lambda root: generation.tidy(root, NAME),
    "compact": lambda root: generation.compact(root, NAME, **_large),
    "sync": lambda root: sync(load({"indexes": root}), NAME, _folder(root), HashEncoder(64), on_skip=lambda _: None),
}


def make(root: Path) -> None:
    """An index of several segments, with tombstones in them, that is due to be joined."""
    from qa.index.segments import joining

    at_most, joining.AT_ONCE = joining.AT_ONCE, 0  # so that nothing is joined yet
    _build(root, *range(20))
    for n in range(20, 27):
        _add(root, article(n))
    generation.remove(root, NAME, ["a3", "a21"])
    _add(root, article(7, "Ralat: jembatan ditutup."), article(30))
    joining.AT_ONCE = at_most
    _folder(root)


def read(root: Path) -> str:
    """A hash over everything that a reader sees, after every byte was verified."""
    opened = generation.open(root, NAME, HashEncoder(64))
    opened.verify()
    seen: list[object] = []
    for one, passages, first in opened.articles.rows():
        seen += [one.id, one.text, [passage.id for passage in passages]]
        rows = range(first, first + len(passages))
        seen += [opened.lexical.terms(row) for row in rows]
        seen.append(opened.vectors.vectors(first, first + len(passages)).tolist())
    words = opened.articles.vocabulary()
    seen.append(sorted(words.items()))
    seen.append([correct(word, words) for word in ("jembatn", "gembiira", "prsmn")])
    found = opened.vectors.search(HashEncoder(64).question("jembatan Medan"), 5)
    seen.append([(opened.articles.passage(row).id, round(score, 4)) for row, score in found])
    seen.append(sorted(opened.articles.passage(row).id for row, _ in opened.lexical.search(["jembatan"], 1000)))
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def apart(work: Callable[[], object], seconds: float | None = None) -> tuple[str, str]:
    """(outcome, what it said) of `work` in a process of its own: "done", "refused", "killed" after `seconds`, or "traceback"."""
    told, say = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(told)
        status = 0
        try:
            with os.fdopen(say, "w") as out:
                try:
                    out.write(str(work()))
                except QaError as error:
                    out.write(str(error))
                    status = 3
                except BaseException:  # noqa: BLE001 - this is what must never be
                    out.write(traceback.format_exc())
                    status = 4
        finally:
            os._exit(status)
    os.close(say)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(told) as out:
        said = out.read()
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return ("killed" if os.WTERMSIG(status) == signal.SIGKILL else f"signal {os.WTERMSIG(status)}"), said
    return {0: "done", 3: "refused"}.get(os.waitstatus_to_exitcode(status), "traceback"), said


class Trials:
    """The index that is copied, how it reads, and how it reads after each work."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.dice = folder, random.Random(seed)
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self.whole = folder / "whole"
        made = apart(lambda: make(self.whole))
        if made[0] != "done":
            raise RuntimeError(made[1])
        self.before = apart(lambda: read(self.whole))[1]
        self.after: dict[str, str] = {}
        self.seconds: dict[str, float] = {}
        for name, work in WORK.items():
            root = self._copy(self.folder / "copy")
            began = time.perf_counter()
            outcome = apart(lambda root=root, work=work: work(root))
            self.seconds[name] = time.perf_counter() - began
            if outcome[0] != "done":
                raise RuntimeError(f"{name}: {outcome[1]}")
            self.after[name] = apart(lambda root=root: read(root))[1]

    def kill(self) -> None:
        """One trial."""
        name = self.dice.choice(list(WORK))
        root = self._copy(self.folder / "copy")
        moment = self.dice.uniform(0, 1.1) * self.seconds[name]
        outcome, said = apart(lambda: WORK[name](root), moment)
        if outcome not in {"done", "killed"}:
            self._fail(f"kill {name}: {outcome} {said}")
        elif self._stands(f"kill {name} at {moment:.3f} s", root, {self.before, self.after[name]}):
            self.counts[f"kill {name}: {outcome}"] += 1

    def damage(self) -> None:
        """One trial."""
        root = self._copy(self.folder / "copy")
        served = root / NAME / (root / NAME / "current").read_text().strip()
        files = [root / NAME / "current", *sorted(path for path in served.rglob("*") if path.is_file() and path.stat().st_size)]
        path = self.dice.choice([path for path in files if path.suffix != ".lock"])
        data = bytearray(path.read_bytes())
        at = self.dice.randrange(len(data))
        if self.dice.random() < 0.5:
            data[at] ^= 1 << self.dice.randrange(8)
            what = "bit"
        else:
            del data[at:]
            what = "cut"
        path.unlink()
        path.write_bytes(data)
        outcome, said = apart(lambda: read(root))
        if outcome == "refused" and "Cure:" in said and str(root / NAME) in said:
            self.counts[f"damage {what}: refused"] += 1
        elif outcome == "done" and said == self.before:
            self.counts[f"damage {what}: harmless"] += 1
        else:
            self._fail(f"damage {what} of {path.relative_to(root)} at {at}: {outcome} {said[:2000]}")

    def full(self) -> None:
        """One trial; raises PermissionError where no disk can be mounted."""
        name = self.dice.choice([name for name in WORK if name != "join"])
        disk = self.folder / "disk"
        disk.mkdir(exist_ok=True)
        needed = sum(-(-path.stat().st_size // 4096) * 4096 for path in self.whole.rglob("*"))
        size = needed + self.dice.randrange(40_000, 400_000)  # the copy fits, the work mostly not
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], check=False, capture_output=True, text=True
        )
        if mounted.returncode:
            raise PermissionError(mounted.stderr.strip())
        try:
            root = self._copy(disk / "copy")
            outcome, said = apart(lambda: WORK[name](root))
            if outcome not in {"done", "refused"} or (outcome == "refused" and "Cure:" not in said):
                self._fail(f"full {name} with {size} bytes: {outcome} {said}")
                return
            now, seen = apart(lambda: read(root))
            if now != "done" or seen not in {self.before, self.after[name]} or (outcome == "refused" and seen != self.before):
                self._fail(f"full {name} with {size} bytes: {outcome} {said}; then {now} {seen}")
            else:
                self.counts[f"full {name}: {outcome}"] += 1
        finally:
            subprocess.run(["umount", disk], check=True)

    def _stands(self, what: str, root: Path, allowed: set[str]) -> bool:
        outcome, said = apart(lambda: read(root))
        if outcome != "done" or said not in allowed:
            self._fail(f"{what}: then {outcome} {said}")
            return False
        outcome, said = apart(lambda: (_add(root, article(500)), read(root), _clean(root)))
        if outcome != "done":
            self._fail(f"{what}: the next change {outcome} {said}")
            return False
        return True

    def _copy(self, root: Path) -> Path:
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.whole, root)
        return root

    def _fail(self, what: str) -> None:
        self.failures.append(what)
        print(what, file=sys.stderr, flush=True)


def _clean(root: Path) -> None:
    """Raises RuntimeError where something half made was left behind."""
    left = [path.name for path in (root / NAME).iterdir() if path.name.startswith((".building", ".current"))]
    if left or len(list((root / NAME).glob("gen-*"))) > 2:
        raise RuntimeError(f"left behind: {sorted(path.name for path in (root / NAME).iterdir())}")


def main() -> int:
    """Run the trials; status 1 when one failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=200, help="of each kind (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments and places (default: %(default)s)")
    parser.add_argument("--minutes", type=float, default=30.0, help="no trial begins after so many (default: %(default)s)")
    parser.add_argument("--kinds", nargs="+", default=["kill", "damage", "full"], choices=["kill", "damage", "full"])
    parser.add_argument("--lists", action="store_true", help="over an index with the files of large ones")
    chosen = parser.parse_args()
    if chosen.lists:
        _as_large()
    began = time.monotonic()
    done: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="sitasi-crashes-") as folder:
        trials = Trials(Path(folder), chosen.seed)
        for _ in range(chosen.trials):
            for kind in list(chosen.kinds):
                if time.monotonic() - began > 60 * chosen.minutes:
                    break
                try:
                    getattr(trials, kind)()
                    done[kind] += 1
                except PermissionError as error:
                    print(f"no disk can be mounted here: {error}", file=sys.stderr)
                    chosen.kinds.remove(kind)
    seconds = {name: round(taken, 3) for name, taken in trials.seconds.items()}
    print(
        json.dumps(
            {
                "trials": done,
                "failures": len(trials.failures),
                "outcomes": dict(sorted(trials.counts.items())),
                "work_s": seconds,
            },
            indent=1,
        )
    )
    return 1 if trials.failures else 0


if __name__ == "__main__":
    sys.exit(main())
