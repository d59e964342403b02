from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from types import SimpleNamespace

import pytest

from qa.cli.command_line import main
from qa.cli.listing import tell_apart
from qa.index.entities.name_tables import name_rows
from qa.index.store.articles import Articles, ArticleWriter
from qa.schema import Article


@pytest.fixture
def run(assistant, seeds_settings, capsys):
    def call(*arguments):
        status = main([*arguments, "--indexes", str(seeds_settings.indexes)])
        return status, *capsys.readouterr()

    return call


def test_names_are_listed_with_spellings_and_short_forms(run):
    status, out, _ = run("names", "Kim")
    assert status == 0
    assert "Kim Jong Un (person): 5 articles" in out
    assert "within an article also: Kim" in out


def test_names_as_json_are_one_object_a_line(run):
    _, out, _ = run("names", "--json", "--top", "3", "--kind", "person")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["kind"] for row in rows] == ["person"] * 3
    (putin,) = [row for row in rows if row["name"] == "Vladimir Putin"]
    assert [one["form"] for one in putin["short"]] == ["Putin"]


def test_a_name_that_no_article_has_is_said_so(run):
    assert run("names", "Zainuddin")[1] == "No name with 'Zainuddin' in these articles.\n"
    assert run("names", "--top", "0")[0] == 2


def test_an_index_from_before_names_says_to_build_it_again(run, seeds_settings, assistant, tmp_path, capsys):
    shutil.copytree(seeds_settings.indexes / "seeds", tmp_path / "seeds")
    (file,) = {path.resolve() for path in (tmp_path / "seeds").rglob("articles.sqlite")}
    size = file.stat().st_size
    with sqlite3.connect(file) as connection:
        connection.execute("ALTER TABLE entities RENAME TO entitie1")
    connection.close()
    assert file.stat().st_size == size
    assert main(["names", "--indexes", str(tmp_path)]) == 1
    assert "qa build" in capsys.readouterr().err


def test_a_brief_without_questions_is_printed_at_once(run):
    status, out, _ = run("brief", "seeds", "--questions", "0")
    assert status == 0
    assert out.startswith("seeds: 5 articles of 4 outlets")
    assert "ask, for instance" not in out
    _, out, _ = run("brief", "--questions", "0", "--json")
    assert json.loads(out)["articles"] == 5
    assert run("brief", "--questions", "-1")[0] == 2


def test_a_short_form_of_several_is_said_to_be_that(tmp_path, capsys):
    texts = ["Menteri Kim Jong Un hadir. Kata Kim, ya.", "Menteri Kim Yo-jong hadir. Kata Kim, tidak."]
    with ArticleWriter(tmp_path) as writer:
        for number, text in enumerate(texts):
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            writer.add(Article(id=str(number), text=text, source=str(number), sha256=sha256), (), names=name_rows(text))
    with Articles(tmp_path) as read:
        assistant = SimpleNamespace(generation=SimpleNamespace(articles=read))
        tell_apart(assistant, "Kim")
        assert "'Kim' may be Kim Jong Un (1), Kim Yo-jong (1)" in capsys.readouterr().err
        tell_apart(assistant, "Kim Jong-un")
        assert capsys.readouterr().err == ""
