"""The command as a person types it: what it prints, where, and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from qa.cli import build_parser, main

QUESTION = "Kapan peluncuran pertama dari Vostochny terjadi?"


@pytest.fixture
def indexes(assistant, seeds_settings):
    return str(seeds_settings.indexes)


def run(*arguments, cwd=None):
    return subprocess.run([sys.executable, "-m", "qa.cli", *arguments], capture_output=True, text=True, cwd=cwd)


def test_a_question_is_answered_with_its_citation(indexes, capsys):
    assert main(["ask", QUESTION, "--indexes", indexes]) == 0
    printed = capsys.readouterr().out
    assert "28 April 2016" in printed
    assert "[1]" in printed
    assert "000_41d7d3aaf241962c.txt" in printed


def test_json_follows_the_contract_letter_by_letter(indexes, capsys, root):
    assert main(["ask", QUESTION, "--json", "--top", "5", "--indexes", indexes]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == [
        "id", "question", "language", "answer", "short", "abstained", "reason", "confidence", "citations", "agreement", "passages", "trace",
    ]  # fmt: skip
    citation = answer["citations"][0]
    assert list(citation) == [
        "n",
        "article_id",
        "source",
        "title",
        "outlet",
        "published",
        "url",
        "start",
        "end",
        "quote",
        "sha256",
    ]
    text = (root / "seeds" / citation["source"]).read_text(encoding="utf-8")
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert list(answer["passages"][0]) == ["rank", "article_id", "source", "start", "end", "score"]
    assert [passage["rank"] for passage in answer["passages"]] == list(range(1, len(answer["passages"]) + 1))
    assert len(answer["passages"]) <= 5
    assert {"index", "settings", "models", "prompt", "seconds"} <= set(answer["trace"])
    assert list(answer["agreement"]) == ["verdict", "independent", "copies", "variants", "sentence"]
    [variant] = answer["agreement"]["variants"]
    assert list(variant) == ["value", "citations", "outlet", "published", "scope", "independent"]


def test_an_abstention_has_no_citation_and_a_reason_of_the_closed_list(indexes, capsys):
    from qa.schema import REASONS

    assert (
        main(
            [
                "ask",
                "Berapa harga tiket konser Coldplay di Jakarta?",
                "--json",
                "--indexes",
                indexes,
                "--set",
                "answer.threshold=1.0",
            ]
        )
        == 0
    )
    answer = json.loads(capsys.readouterr().out)
    assert answer["abstained"]
    assert answer["citations"] == []
    assert answer["reason"] in set(REASONS) - {""}


def test_a_batch_continues_past_bad_lines_keeps_its_order_and_says_so_at_the_end(indexes, tmp_path):
    batch, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    lines = [
        json.dumps({"id": "a", "question": QUESTION}),
        "{not json",
        json.dumps({"id": "c"}),
        json.dumps({"id": "d", "question": "lalu di mana itu?", "history": [{"question": QUESTION, "answer": "28 April 2016"}]}),
        json.dumps({"id": "e", "question": "  "}),
    ]
    batch.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["ask", "--batch", str(batch), "--out", str(out), "--indexes", indexes]) == 1
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == ["a", None, None, "d", "e"]
    assert "line 2" in answers[1]["error"]
    assert "line 3" in answers[2]["error"]
    assert answers[4]["reason"] == "empty-question"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.integration
def test_no_line_of_a_batch_ends_the_others(indexes, tmp_path):
    batch, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    good = json.dumps({"id": "good", "question": QUESTION}).encode()
    lines = [
        good,
        rb'{"id": "half", "question": "Kapan \ud800 itu?"}',
        rb'{"id": "\udfff", "question": "Kapan itu?"}',
        rb'{"id": "past", "question": "Kapan itu?", "history": [{"question": "Di mana?", "answer": "\ud800"}]}',
        b"[" * 50_000,
        b'{"id": "deep", "question": ' + b'{"a":' * 50_000,
        b'{"id": "latin", "question": "Kapan caf\xe9 itu dibuka?"}',
        b'{"id": ' + b"9" * 5000 + b', "question": "x"}',
        b'{"id": "line", "question": "' + QUESTION.encode() + b'\xe2\x80\xa8"}\r',
        good,
    ]
    batch.write_bytes(b"\xef\xbb\xbf" + b"\n".join(lines))
    for extra in ({}, {"PYTHONIOENCODING": "ascii"}):
        done = subprocess.run(
            [sys.executable, "-m", "qa.cli", "ask", "--batch", str(batch), "--indexes", indexes],
            capture_output=True, env={**os.environ, **extra},
        )  # fmt: skip
        answers = [json.loads(line) for line in done.stdout.split(b"\n")[:-1]]
        assert ["error" in answer for answer in answers] == [False, True, True, True, True, True, True, True, False, False]
        assert all(f"line {number}: " in answer["error"] for number, answer in enumerate(answers, 1) if "error" in answer)
        assert answers[0]["answer"] == answers[-1]["answer"] != ""
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
    assert main(["ask", "--batch", str(batch), "--out", str(out), "--indexes", indexes]) == 1
    assert len(out.read_bytes().split(b"\n")) == len(lines) + 1


@pytest.mark.integration
@pytest.mark.parametrize(
    "terminal",
    [{}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
)
def test_an_argument_that_is_no_text_and_a_terminal_that_shows_ascii(indexes, terminal):
    def ask(*arguments):
        command = [sys.executable, "-m", "qa.cli", "ask", *arguments, "--indexes", indexes]
        return subprocess.run(command, capture_output=True, env={**os.environ, **terminal})

    wrong = ask(b"Kapan caf\xe9 itu dibuka?")
    assert wrong.returncode == 2
    assert b"Cure" in wrong.stderr
    for arguments in ([b"x", "--index", b"\xff"], [b"x", "--set", b"encoder=\xff"], ["--batch", b"\xff"]):
        assert b"Traceback" not in ask(*arguments).stderr
    shown = ask("Siapa kepala Roscosmos?", "--json")
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert json.loads(shown.stdout)["question"] == "Siapa kepala Roscosmos?"
    printed = ask("Apa kata Putin tentang Vostochny?")
    assert (printed.returncode, printed.stderr) == (0, b"")


def test_a_batch_reads_the_turns_before_a_question(indexes, tmp_path, capsys):
    batch = tmp_path / "questions.jsonl"
    turn = {"question": "Di mana letak Vostochny?", "answer": "Di wilayah Amur, dekat kota Tsiolkovsky. [1]"}
    lines = [
        {"id": "leaning", "question": "Kapan peluncuran pertama dari sana?", "history": [turn]},
        {"id": "alone", "question": "Kapan peluncuran pertama dari Vostochny?"},
        {"id": "other", "question": "Siapa kepala Roscosmos?", "history": [turn]},
    ]
    batch.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert main(["ask", "--batch", str(batch), "--indexes", indexes]) == 0
    leaning, alone, other = map(json.loads, capsys.readouterr().out.splitlines())
    assert (leaning["answer"], leaning["citations"]) == (alone["answer"], alone["citations"])
    assert "2016" in leaning["answer"]
    assert other["trace"]["query"] == "Siapa kepala Roscosmos?"


def test_building_reports_what_it_skips_and_its_status_says_so(tmp_path, capsys):
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "good.txt").write_text("Gubernur meresmikan jembatan baru di Palu pada Senin (4/3/2024).", encoding="utf-8")
    (articles / "empty.txt").write_text("", encoding="utf-8")
    assert main(["build", str(articles), "--index", "mine", "--indexes", str(tmp_path / "indexes")]) == 1
    printed = capsys.readouterr()
    assert "empty.txt" in printed.err
    assert "1 articles" in printed.out
    assert main(["ask", "Di mana jembatan baru diresmikan?", "--index", "mine", "--indexes", str(tmp_path / "indexes")]) == 0


def test_nothing_to_read_leaves_the_old_index_alone(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Gubernur meresmikan jembatan baru di Palu pada Senin (4/3/2024).", encoding="utf-8")
    arguments = ["--index", "mine", "--indexes", str(tmp_path / "indexes")]
    assert main(["build", str(tmp_path / "a.txt"), *arguments]) == 0
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    assert main(["build", str(tmp_path / "b.txt"), *arguments]) == 1
    assert "b.txt" in capsys.readouterr().err
    assert main(["ask", "Di mana jembatan diresmikan?", *arguments]) == 0
    assert "Palu" in capsys.readouterr().out


def test_an_unknown_index_lists_the_known_ones(indexes, capsys):
    assert main(["ask", QUESTION, "--index", "nowhere", "--indexes", indexes]) == 1
    complaint = capsys.readouterr().err
    assert "nowhere" in complaint
    assert "seeds" in complaint
    assert "qa build" in complaint


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["ask"], "--batch"),
        (["ask", "x", "--set", "retrieve.depth"], "'='"),
        (["ask", "x", "--set", "retrieve.dept=3"], "retrieve.depth"),
        (["ask", "x", "--top", "-1"], "--top"),
        (["ask", "x", "--out", "y"], "--batch"),
    ],
)
def test_misuse_is_status_2_with_the_cure(arguments, complaint, capsys):
    assert main(arguments) == 2
    assert complaint in capsys.readouterr().err


def test_every_command_has_help_with_an_example():
    for command in [["build"], ["ask"], ["serve"], ["eval"], ["train", "encoder"], ["doctor"]]:
        done = run(*command, "--help")
        assert done.returncode == 0
        assert "example: qa" in done.stdout


def test_an_unknown_command_is_status_2():
    assert run("aks").returncode == 2


def test_doctor_finds_a_sound_installation_and_a_broken_index(tmp_path, root, capsys):
    arguments = ["--indexes", str(tmp_path / "indexes")]
    assert main(["build", str(root / "seeds"), *arguments]) == 0
    assert main(["doctor", *arguments]) == 0
    victim = next(path for path in (tmp_path / "indexes" / "seeds").rglob("*.sqlite*"))
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.chmod(0o644)
    victim.write_bytes(data)
    assert main(["doctor", *arguments]) == 1
    assert victim.name in capsys.readouterr().out


def test_the_parser_names_every_endpoint():
    assert {"build", "ask", "serve", "eval", "train", "doctor"} <= set(build_parser().format_help().split())
