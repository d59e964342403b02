"""One body of tests over both stores of articles, then what only a database that several share can be asked."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time

import pytest

from qa.assistant import Assistant
from qa.cli import main
from qa.errors import IndexBrokenError, StoreError
from qa.index import generation
from qa.index.store.article_tables import FILE, REFERENCE
from qa.indexing import article_store
from qa.settings import load

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")

QUESTION = "Berapa biaya pembangunan jembatan Kenanga?"


@pytest.fixture
def build(tmp_path, make_article, make_records):
    """Builds an index of some articles in either store."""

    def made(places, numbers, name="n"):
        settings = load({"indexes": tmp_path / "indexes", "index": name, "corpus.passage_chars": 150} | places)
        path = make_records(tmp_path / f"{name}.jsonl", [make_article(number) for number in numbers])
        return Assistant.build([path], name, settings=settings)

    return made


def number_of(connection, what="segments"):
    return connection.execute(f"SELECT count(*) FROM sitasi.{what}").fetchone()[0]


@pytest.fixture
def tables(postgres, database):
    """A connection to the same database."""
    with postgres.connect(database.rpartition("/")[2]) as connection:
        yield connection


def test_an_archive_is_asked_changed_joined_and_compacted(places, build, tmp_path, make_article, make_records):
    assistant = build(places, range(12))
    kept = REFERENCE if places else FILE
    assert (assistant.generation.folder / "s0" / kept).exists()
    answer = assistant.ask(QUESTION)
    assert answer.citations
    news = make_article(3, more="Penjaga pintu bernama Zulkarnain Hadiputra.")
    assistant.add([make_records(tmp_path / "new.jsonl", [make_article(100), news])])
    assistant.remove(["a5"])
    for number in range(200, 210):
        assistant.add([make_records(tmp_path / "more.jsonl", [make_article(number)])])
    ids = {listing.id for listing in assistant.articles()}
    assert ids == {f"a{number}" for number in (*range(5), *range(6, 12), 100, *range(200, 210))}
    assert assistant.search("penjaga pintu Zulkarnain Hadiputra", read=False)[0].passage.article_id == "a3"
    again = Assistant.open(settings=assistant.settings)
    found = again.search("museum Melati", read=False)
    assert found == assistant.search("museum Melati", read=False)
    one = generation.compact(tmp_path / "indexes", "n", store=article_store(assistant.settings))
    assert len(one.segments) == 1
    assert one.articles.fingerprint() == again.generation.articles.fingerprint()
    assert {
        hit.passage.article_id for hit in Assistant.open(settings=assistant.settings).search("museum Melati", read=False)
    } == {hit.passage.article_id for hit in found}
    one.verify()


@pytest.mark.integration
@pytest.mark.extra("psycopg")
def test_both_stores_hold_and_answer_the_same(stored, build):
    files, rows = build({}, range(30), "files").generation, build(stored, range(30), "rows").generation
    assert rows.articles.fingerprint() == files.articles.fingerprint()
    assert rows.articles.articles() == files.articles.articles()
    assert rows.articles.vocabulary() == files.articles.vocabulary()
    assert rows.articles.stories() == files.articles.stories()
    assert rows.articles.outlets() == files.articles.outlets()
    assert list(rows.articles.stream()) == list(files.articles.stream())
    assert rows.articles.entities.most(99) == files.articles.entities.most(99)
    word = files.articles.entities.most(1)[0].name.split()[0].lower()
    assert rows.articles.entities.most(9, holding=word) == files.articles.entities.most(9, holding=word) != ()
    assert [rows.articles.entities.of_article(f"a{n}") for n in range(30)] == [
        files.articles.entities.of_article(f"a{n}") for n in range(30)
    ]
    asked = [Assistant.open(name, settings=load(stored | {"indexes": files.folder.parent.parent})) for name in ("files", "rows")]
    assert asked[0].ask(QUESTION).citations == asked[1].ask(QUESTION).citations
    for number in range(30):
        assert asked[1].copies(f"a{number}") == asked[0].copies(f"a{number}")
    assert rows.articles.place("a\0b") is None


@pytest.mark.integration
@pytest.mark.extra("psycopg")
class TestAlone:
    """What files have no need of."""

    def test_an_index_in_files_is_brought_over_by_compact_and_then_needs_the_database(self, stored, build, capsys):
        assistant = build({}, range(8))
        place = ["--indexes", str(assistant.generation.folder.parent.parent), "--index", "n"]
        assert main(["compact", *place, "--articles", stored["articles.url"], "--set", "corpus.passage_chars=150"]) != 0
        assert "QA_ARTICLES__PASSWORD" in capsys.readouterr().err
        moved = generation.compact(assistant.settings.indexes, "n", store=article_store(load(stored)))
        assert (moved.folder / "s0" / REFERENCE).exists()
        assert not (moved.folder / "s0" / FILE).exists()
        assert moved.articles.fingerprint() == assistant.generation.articles.fingerprint()
        with pytest.raises(IndexBrokenError, match=r"has its articles in PostgreSQL.*Cure: --articles"):
            Assistant.open(settings=assistant.settings)

    def test_the_commands_take_the_database_and_never_show_the_password(
        self, stored, tmp_path, *, make_article, make_records, monkeypatch, capsys, postgres
    ):
        monkeypatch.setenv("QA_ARTICLES__PASSWORD", postgres.password)
        folder = tmp_path / "articles"
        folder.mkdir()
        place = ["--indexes", str(tmp_path / "indexes"), "--index", "c", "--articles", stored["articles.url"]]
        make_records(folder / "a.jsonl", [make_article(number) for number in range(6)])
        assert main(["build", str(folder), *place]) == 0
        make_records(folder / "b.jsonl", [make_article(number) for number in range(6, 9)])
        assert main(["sync", str(folder), *place]) == 0
        assert main(["ask", QUESTION, *place]) == 0
        assert main(["compact", *place]) == 0
        assert main(["names", "Kota", *place]) == 0
        assert main(["doctor", *place]) == 0
        said = "".join(capsys.readouterr())
        assert "articles in PostgreSQL, every hash right" in said
        assert postgres.password not in said

    def test_an_edited_row_is_refused_with_the_articles_id_and_found_by_the_doctor(self, stored, build, tables):
        served = build(stored, range(6)).generation
        served.verify()
        tables.execute("UPDATE sitasi.articles SET text = replace(text, 'Kenanga', 'Kenangan') WHERE id = 'a1'")
        with pytest.raises(IndexBrokenError, match=r"article 'a1' was altered.*Cure: build the index again"):
            served.articles.article("a1")
        assert served.articles.article("a2").id == "a2"
        with pytest.raises(IndexBrokenError, match="were altered"):
            served.verify()

    @pytest.mark.parametrize(
        "edit",
        [
            'UPDATE sitasi.passages SET start = start + 1 WHERE "row" = 2',
            "DELETE FROM sitasi.dated",
            "UPDATE sitasi.words SET passages = passages + 1 WHERE word = (SELECT min(word) FROM sitasi.words)",
            "UPDATE sitasi.articles SET title = 'Lain' WHERE number = 0",
        ],
    )
    def test_the_doctor_finds_whatever_was_edited(self, stored, build, tables, edit):
        served = build(stored, range(6)).generation
        if tables.execute(edit).rowcount:
            with pytest.raises(IndexBrokenError, match="were altered"):
                served.verify()
        else:
            assert "dated" in edit  # these articles have no such sentence

    def test_a_damaged_archive_is_saved_from_the_rows_that_are_whole(
        self, stored, build, tables, *, monkeypatch, capsys, postgres
    ):
        assistant = build(stored, range(6))
        tables.execute("UPDATE sitasi.articles SET text = text || '!' WHERE id = 'a1'")
        monkeypatch.setenv("QA_ARTICLES__PASSWORD", postgres.password)
        place = ["--indexes", str(assistant.settings.indexes), "--index", "n", "--articles", stored["articles.url"]]
        assert main(["doctor", "--repair", *place]) == 1
        assert "lost: article 'a1'" in capsys.readouterr().out
        assert {listing.id for listing in Assistant.open(settings=assistant.settings).articles()} == {
            "a0",
            "a2",
            "a3",
            "a4",
            "a5",
        }
        assert number_of(tables) == 2  # what was damaged lies aside, and its rows stay with it

    def test_rows_are_freed_with_the_last_generation_that_names_them_and_not_under_a_reader(self, stored, build, tables):
        assistant = build(stored, range(6))
        held = generation.open(assistant.settings.indexes, "n", store=article_store(assistant.settings))
        first = [segment for (segment,) in tables.execute("SELECT id FROM sitasi.segments").fetchall()]
        for more in range(3):
            build(stored, range(6 + more))
        assert set(first) <= {segment for (segment,) in tables.execute("SELECT id FROM sitasi.segments").fetchall()}
        assert held.articles.article("a2").id == "a2"
        del assistant, held
        for more in range(3):
            build(stored, range(6 + more))
        left = {segment for (segment,) in tables.execute("SELECT id FROM sitasi.segments").fetchall()}
        assert not left.intersection(first)
        assert len(left) <= 3
        for table in ("articles", "passages", "named", "words"):
            assert tables.execute(f"SELECT count(DISTINCT segment) FROM sitasi.{table}").fetchone()[0] <= len(left)

    def test_a_copy_of_an_index_frees_nothing_of_the_first(self, stored, build, tmp_path):
        assistant = build(stored, range(6))
        shutil.copytree(assistant.settings.indexes, tmp_path / "copy")
        for _ in range(3):
            article = assistant.article("a1")
            other = load(stored | {"indexes": tmp_path / "copy", "index": "n"})
            Assistant.open(settings=other).remove([Assistant.open(settings=other).articles()[0].id])
        generation.compact(tmp_path / "copy", "n", store=article_store(other))
        generation.change(tmp_path / "copy", "n", gone=["a5"], store=article_store(other))
        generation.compact(tmp_path / "copy", "n", store=article_store(other))
        assert Assistant.open(settings=assistant.settings).article("a1") == article

    def test_a_writer_that_breaks_off_leaves_no_rows_and_the_old_answers(self, stored, build, tables, make_article, monkeypatch):
        from qa.store.postgres import segment_rows as module

        assistant = build(stored, range(6))
        before = number_of(tables), number_of(tables, "articles")

        def killed(*_):
            raise KeyboardInterrupt

        monkeypatch.setattr(module, "sealed", killed)
        with pytest.raises(KeyboardInterrupt):
            build(stored, range(9))
        monkeypatch.undo()
        assert (number_of(tables), number_of(tables, "articles")) == before
        assert len(Assistant.open(settings=assistant.settings).articles()) == 6

    def test_two_processes_answer_from_one_snapshot_while_it_is_replaced(self, stored, build, tmp_path, postgres, make_article):
        assistant = build(stored, range(9))
        shutil.copytree(assistant.settings.indexes, tmp_path / "elsewhere")  # another machine has a copy of the folder
        program = (
            "import sys; from qa.assistant import Assistant; from qa.settings import load\n"
            f"one = Assistant.open('n', settings=load({{'indexes': {str(tmp_path / 'elsewhere')!r}, 'articles.url': {stored['articles.url']!r}}}))\n"
            "for line in sys.stdin:\n"
            "    answer = one.ask(line.strip())\n"
            "    print(one.generation.id, [one.article(each.article_id).sha256 for each in answer.citations], flush=True)\n"
        )
        other = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**__import__("os").environ, "QA_ARTICLES__PASSWORD": postgres.password},
        )  # fmt: skip
        try:

            def asked():
                other.stdin.write(QUESTION + "\n")
                other.stdin.flush()
                return other.stdout.readline()

            before = asked()
            own = [assistant.article(each.article_id).sha256 for each in assistant.ask(QUESTION).citations]
            assert before == f"{assistant.generation.id} {own}\n"
            for more in range(4):  # what the other has open is no generation of this folder any more
                build(stored, range(20 + more))
            assert asked() == before
        finally:
            other.kill()
            other.communicate()

    def test_a_server_that_is_killed_is_named_in_seconds_and_asked_again_when_it_is_back(self, stored, build, postgres):
        assistant = build(stored, range(6))
        before = assistant.ask(QUESTION).citations
        postgres.kill()
        try:
            begun = time.monotonic()
            with pytest.raises(
                StoreError, match=r"PostgreSQL at postgresql://sitasi@127\.0\.0\.1:\d+/\w+ .*Cure: is it running"
            ) as failed:
                assistant.ask(QUESTION)
            assert time.monotonic() - begun < 15
            assert postgres.password not in str(failed.value)
        finally:
            postgres.start()
        assert assistant.ask(QUESTION).citations == before
        assistant.remove(["a5"])
        assert len(Assistant.open(settings=assistant.settings).articles()) == 5


def test_what_a_folder_says_of_its_rows_is_held_against_the_manifest(tmp_path):
    (tmp_path / REFERENCE).write_text(json.dumps({"key": 1}), encoding="utf-8")
    from qa.store.postgres.segment_rows import Reference

    with pytest.raises(IndexBrokenError, match="seal"):
        Reference.read(tmp_path)
