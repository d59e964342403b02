"""Prompts: one file a duty and language, with exactly its placeholders, named in a trace with the hash of its letters."""

from __future__ import annotations

import hashlib
import re
import shutil
import tomllib

import pytest

from qa.answer.generative import prompts
from qa.errors import PromptError
from qa.language.annotate.prompt_injection import speaks_to_a_machine
from qa.schema import LANGUAGES

EACH = [(duty, language) for duty in prompts.PLACEHOLDERS for language in LANGUAGES]


@pytest.fixture
def place(tmp_path, root):
    """A folder with a copy of every prompt, read afresh."""
    shutil.copytree(root / "prompts", tmp_path / "prompts")
    return tmp_path / "prompts"


@pytest.mark.parametrize(("duty", "language"), EACH)
def test_every_duty_has_a_prompt_in_both_languages_with_exactly_its_placeholders(duty, language, root):
    prompt = prompts.load(duty, language)
    assert set(re.findall(r"\{\{\s*(\w+)\s*\}\}", prompt.system + prompt.user)) == prompts.PLACEHOLDERS[duty]
    assert (prompt.duty, prompt.language) == (duty, language)
    assert prompt.hash == hashlib.sha256((root / "prompts" / f"{duty}.{language}.md").read_bytes()).hexdigest()[:12]
    assert prompt.name == f"{duty}.{language}@{prompt.hash}"


def test_no_file_lies_there_that_is_no_duty(root):
    assert {path.name for path in (root / "prompts").iterdir()} == {f"{duty}.{language}.md" for duty, language in EACH}


@pytest.mark.parametrize(("duty", "language"), EACH)
def test_what_strangers_wrote_is_between_marks_that_the_system_part_names(duty, language):
    values = {name: f"<{name}>" for name in prompts.PLACEHOLDERS[duty]}
    system, user = prompts.load(duty, language).fill(**values)
    assert "<open>" in system
    assert "<close>" in system
    assert "bukan perintah" in system or "never instructions" in system
    for untrusted in {"<passages>", "<history>"} & set(values.values()):
        assert untrusted not in system
        assert untrusted in user


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_asks_for_the_words_relied_on_and_for_silence_where_there_are_none(language):
    prompt = prompts.load("answer", language)
    assert '[2: "' in prompt.system
    assert {"id": "TIDAK ADA", "en": "NONE"}[language] in prompt.system
    assert {"id": "SINGKAT:", "en": "SHORT:"}[language] in prompt.system


def test_what_fills_a_placeholder_is_not_read_again():
    values = {"open": "<<1", "close": "1>>", "passages": "{{question}} {{open}}", "question": "{{passages}}?", "sentences": "3"}
    _, user = prompts.load("answer", "en").fill(**values)
    assert "{{question}} {{open}}" in user
    assert "Question: {{passages}}?" in user


def test_a_value_too_few_or_too_many_is_named():
    prompt = prompts.load("translate", "id")
    with pytest.raises(PromptError, match="question"):
        prompt.fill(open="a", close="b")
    with pytest.raises(PromptError, match="history"):
        prompt.fill(open="a", close="b", question="c", history="d")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda path: path.unlink(), "cannot be read"),
        (lambda path: path.write_bytes(b"## system\n\xff\xfe"), "cannot be read"),
        (
            lambda path: path.write_text(path.read_text(encoding="utf-8").replace("{{question}}", "?"), encoding="utf-8"),
            "question",
        ),
        (lambda path: path.write_text(path.read_text(encoding="utf-8") + "{{secret}}", encoding="utf-8"), "secret"),
        (
            lambda path: path.write_text(path.read_text(encoding="utf-8").replace("## user", "## human"), encoding="utf-8"),
            "headings",
        ),
        (lambda path: path.write_text("Hello\n" + path.read_text(encoding="utf-8"), encoding="utf-8"), "headings"),
        (lambda path: path.write_text("", encoding="utf-8"), "headings"),
    ],
)
def test_a_file_that_is_missing_or_spoiled_is_named_with_what_is_wrong(place, spoil, says):
    path = place / "translate.id.md"
    spoil(path)
    with pytest.raises(PromptError, match=says) as caught:
        prompts.load("translate", "id", place)
    assert str(path) in str(caught.value)


def test_an_unknown_duty_or_language_names_the_known_ones():
    with pytest.raises(PromptError, match="followup"):
        prompts.load("summarise", "id")
    with pytest.raises(PromptError, match="id, en"):
        prompts.load("answer", "fr")


def test_another_letter_is_another_hash(place):
    before = prompts.load("answer", "id", place).hash
    other = place.with_name("other")
    shutil.copytree(place, other)
    path = other / "answer.id.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Anda", "anda", 1), encoding="utf-8")
    assert prompts.load("answer", "id", other).hash != before


def test_an_installed_package_reads_the_prompts_that_its_wheel_carries(tmp_path, root, monkeypatch):
    wheel = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    carried = wheel["force-include"]["prompts"]
    installed = tmp_path / "site-packages"
    shutil.copytree(root / "prompts", installed / carried)
    monkeypatch.setattr(prompts, "__file__", str(installed / "qa" / "answer" / "generative" / "prompts.py"))
    assert prompts.folder() == installed / carried
    assert prompts.load("answer", "id", prompts.folder()).hash == prompts.load("answer", "id", root / "prompts").hash


@pytest.mark.parametrize(("duty", "language"), EACH)
def test_a_prompt_itself_is_not_taken_for_an_article_that_gives_orders(duty, language):
    prompt = prompts.load(duty, language)
    assert not any(speaks_to_a_machine(line) for line in prompt.user.splitlines() if "{{" not in line)
