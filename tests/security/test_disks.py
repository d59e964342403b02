"""Full and read-only disks: writing is an error with a cure and leaves what was served, questions are still answered."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.integration

AS_ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]  # as CI has it


@pytest.fixture
def index(qa, records, news, tmp_path):
    marker, others, _ = news
    made = qa("build", records("a.jsonl", [marker(), *others()]), "--index", "k", indexes=tmp_path / "i")
    assert made.returncode == 0, made.stderr
    return tmp_path / "i"


@pytest.fixture
def small(tmp_path):
    """A disk of three megabytes, where this machine lets us mount one."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run([*AS_ROOT, "mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield place
    subprocess.run([*AS_ROOT, "umount", str(place)])


def short(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["short"]


def said(done):
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert "Cure" in done.stderr
    return done.stderr


def test_a_full_disk_is_an_error_with_a_cure_and_the_old_index_is_served(qa, index, small, records, news):
    marker, others, question = news
    shutil.copytree(index, small / "i")
    much = records("much.jsonl", [marker("4 April 2020"), *others(20_000)])
    assert "cannot be written" in said(qa("build", much, "--index", "k", indexes=small / "i"))
    assert short(qa("ask", question, "--index", "k", "--json", indexes=small / "i")) == "3 Maret 2019"
    left = [path.name for path in (small / "i/k").iterdir()]
    assert not [name for name in left if name.startswith((".building", ".current"))]
    assert len([name for name in left if name.startswith("gen-")]) == 1


def test_an_index_on_a_read_only_disk_is_asked_and_not_written(qa, index, small, records, news):
    marker, _, question = news
    shutil.copytree(index, small / "i")
    for lock in small.rglob(".tantivy-*.lock"):
        lock.unlink()
    subprocess.run([*AS_ROOT, "mount", "-o", "remount,ro", str(small)], check=True)
    assert short(qa("ask", question, "--index", "k", "--json", indexes=small / "i")) == "3 Maret 2019"
    assert "read-only" in said(qa("build", records("b.jsonl", [marker()]), "--index", "k", indexes=small / "i")).lower()
    assert "read-only" in said(qa("build", records("b.jsonl", [marker()]), "--index", "new", indexes=small / "i")).lower()
    assert qa("doctor", indexes=small / "i").returncode == 0


PROGRAM = """
import os, shutil, sys, tempfile
from pathlib import Path
from qa.index import generation
home = Path(tempfile.mkdtemp(dir="/tmp"))
try:
    shutil.copytree(sys.argv[1], home / "i")
    generation.open(home / "i", "k").lexical.search(["zarqunda"], 3)  # everything that is imported late is imported now
    for lock in home.rglob(".tantivy-*.lock"):
        lock.unlink()
    root = os.getuid() == 0
    for path in [home, *home.rglob("*")]:  # root asks as somebody else; anybody else takes the right to write from himself
        path.chmod((0o755 if root else 0o555) if path.is_dir() else 0o444)
    child = os.fork()
    if not child:
        if root:
            os.setgroups([]); os.setgid(65534); os.setuid(65534)
        opened = generation.open(home / "i", "k")
        assert opened.lexical.search(["zarqunda"], 3) and not list(home.rglob(".tantivy*"))
        print("opened as", os.getuid(), flush=True)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
finally:
    for path in [home, *home.rglob("*")]:
        path.chmod(0o755)
    shutil.rmtree(home)
"""


def test_a_folder_that_only_its_owner_writes_is_asked_by_another(index, root):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(index)], env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True
    )
    assert done.stdout == f"opened as {os.getuid() or 65534}\n", done.stderr


@pytest.mark.parametrize("more", [[], ["--json"], ["--batch", "b.jsonl"]], ids=["prose", "json", "batch"])
def test_an_answer_that_cannot_be_written_is_an_error_with_a_cure(index, qa, news, tmp_path, more):
    (tmp_path / "b.jsonl").write_text('{"id": 1, "question": "Kapan?"}\n')
    asked = more if "--batch" in more else [news[2], *more]
    command = 'exec "$@" > /dev/full'
    done = qa("ask", *asked, "--index", "k", indexes=index, before=["bash", "-c", command, "bash"], cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "could not be written" in done.stderr
    assert "Cure" in done.stderr
