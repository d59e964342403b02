"""Articles in PostgreSQL beside what else several machines have: words and vectors in Milvus, several answering processes, killed builds."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
import uuid

import httpx
import pytest

from qa.answer.verify.verify import check
from qa.assistant import Assistant
from qa.index import generation
from qa.indexing import article_store
from qa.settings import load

pytestmark = [
    pytest.mark.extra("psycopg"),
    pytest.mark.integration,
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
]

QUESTION = "Berapa biaya pembangunan jembatan Kenanga?"
KILLED = 12  # builds


@pytest.fixture
def articles(tmp_path, make_article, make_records):
    """Writes articles with these numbers into a file."""

    def made(numbers, name="articles"):
        return make_records(tmp_path / f"{name}.jsonl", [make_article(number) for number in numbers])

    return made


def qa(postgres, *arguments, **how):
    """A command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "qa.cli", *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, "QA_ARTICLES__PASSWORD": postgres.password}, **how,
    )  # fmt: skip


@pytest.mark.extra("pymilvus", "milvus_lite")
@pytest.mark.filterwarnings("ignore")
def test_text_in_postgresql_and_words_and_vectors_in_milvus_answer_as_files_do(stored, milvus, tmp_path, articles):
    common = {"indexes": tmp_path / "indexes", "corpus.passage_chars": 150}
    path = articles(range(24))
    files = Assistant.build([path], "files", settings=load(common | {"index": "files"}))
    name = f"b{uuid.uuid4().hex[:8]}"
    both = Assistant.build([path], name, settings=load(common | stored | {"index": name, "store.url": milvus}))
    expected, answer = files.ask(QUESTION), both.ask(QUESTION)
    assert answer.text == expected.text
    assert answer.citations
    assert answer.citations == expected.citations
    assert not check(answer, both.article)
    both.add([articles([100], "more")])
    both.remove(["a5"])
    again = Assistant.open(settings=both.settings)
    found = {
        hit.passage.article_id
        for place in ("Kenanga", "Teratai", "Melati")
        for hit in again.search(f"museum {place}", read=False)
    }
    assert "a5" not in found
    assert "a100" in {hit.passage.article_id for hit in again.search("museum Melati ke-100", read=False)}
    assert {each.id for each in again.articles()} == {*(f"a{number}" for number in range(24) if number != 5), "a100"}


def test_two_processes_of_one_server_answer_from_one_database(stored, postgres, tmp_path, articles):
    place = ["--index", "n", "--indexes", tmp_path / "indexes", "--articles", stored["articles.url"]]
    built = qa(postgres, "build", articles(range(24)), *place)
    assert built.wait(120) == 0, built.stdout.read()
    served = qa(
        postgres,
        "serve",
        *place,
        "--port",
        "0",
        "--workers",
        "2",
        "--set",
        "web.history=",
        "--set",
        "web.feedback=",
        "--set",
        "web.cache=0",
    )
    try:
        found = None
        while found is None and (line := served.stdout.readline()):
            found = re.search(r"http://\S+/", line)
        url = found[0]
        with httpx.Client(timeout=120) as client:
            first = client.post(f"{url}ask", json={"question": QUESTION}).json()
            assert first["citations"]
            others = [client.post(f"{url}ask", json={"question": QUESTION}).json() for _ in range(5)]
        assert all(other["citations"] == first["citations"] for other in others)
        with postgres.connect(stored["articles.url"].rpartition("/")[2]) as connection:
            holders = connection.execute(
                "SELECT count(DISTINCT pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            ).fetchone()[0]
        assert holders == 3  # the two and the one that starts them
        served.send_signal(signal.SIGTERM)
        assert served.wait(60) in {0, -signal.SIGTERM}
    finally:
        served.kill()
        served.communicate()


def test_a_build_that_is_killed_at_any_moment_leaves_the_old_answers_and_no_row_for_good(stored, postgres, tmp_path, articles):
    place = [
        "--index",
        "n",
        "--indexes",
        tmp_path / "indexes",
        "--articles",
        stored["articles.url"],
        "--set",
        "corpus.passage_chars=150",
    ]
    first, second = articles(range(8), "first"), articles(range(40), "second")
    settings = load({"indexes": tmp_path / "indexes", "index": "n", "corpus.passage_chars": 150} | stored)

    def run(path):
        begun = time.monotonic()
        process = qa(postgres, "build", path, *place)
        assert process.wait(120) == 0, process.stdout.read()
        return time.monotonic() - begun

    seconds = run(first)
    dice, seen = random.Random(18), set()
    for _ in range(KILLED):
        process = qa(postgres, "build", second, *place)
        time.sleep(dice.uniform(0.3, 1.1) * seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        served = Assistant.open(settings=settings)
        served.generation.verify()
        seen.add(served.generation.n_articles)
        answer = served.ask(QUESTION)
        assert answer.citations
        assert not check(answer, served.article)
    assert seen <= {8, 40}
    del served  # whose rows are kept for it
    for _ in range(3):  # what is served, what was before, and what the next writer frees
        run(second)
    whole = generation.open(settings.indexes, "n", store=article_store(settings))
    whole.verify()
    assert whole.n_articles == 40
    with postgres.connect(stored["articles.url"].rpartition("/")[2]) as connection:
        for table in ("segments", "articles", "passages", "named", "words"):
            column = "id" if table == "segments" else "segment"
            assert connection.execute(f"SELECT count(DISTINCT {column}) FROM sitasi.{table}").fetchone()[0] <= 3, table
