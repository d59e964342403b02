"""Documentation that is stale fails the build: docs/ knows every command, option, setting, file and dependency."""

from __future__ import annotations

import argparse
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from qa.cli import build_parser, main
from qa.settings import describe

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted(
    str(path.relative_to(ROOT))
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("evals/*.md"), *ROOT.glob("qa/models/*/README.md"))
)


def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def commands(parser: argparse.ArgumentParser, prefix: str = "qa") -> dict[str, argparse.ArgumentParser]:
    """Every command that can be typed, leaves only."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return {
                name: leaf for sub, inner in action.choices.items() for name, leaf in commands(inner, f"{prefix} {sub}").items()
            }
    return {prefix: parser}


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:  # not a checkout (an sdist): the files themselves
        return [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    return listed.stdout.splitlines()


def tree() -> list[tuple[str, str]]:
    """(path, caption) of each Python file in the tree of the architecture page, in its order."""
    found, folder = [], ""
    for line in page("architecture").splitlines():
        if opened := re.match(r"^ +([\w/]+/)(?: |$)", line):
            folder = opened[1] if opened[1] == "qa/" else f"qa/{opened[1]}"
        elif named := re.match(r"^ +(\w+\.py) +(.*)", line):
            found.append((folder + named[1], named[2]))
    return found


def test_readme_is_a_page():
    assert len(README.splitlines()) <= 200


def test_the_indonesian_readme_shows_the_same_commands_answer_and_python():
    translated = (ROOT / "README.id.md").read_text(encoding="utf-8")
    assert len(translated.splitlines()) <= 200
    for pattern in (r"```console\n.*?```", r"^\| `qa \w+"):
        assert re.findall(pattern, translated, re.DOTALL | re.MULTILINE) == re.findall(pattern, README, re.DOTALL | re.MULTILINE)
    code = [re.sub(r" *#.*", "", re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]) for text in (translated, README)]
    assert code[0] == code[1]


def test_readme_names_every_command_and_every_package():
    for command in build_parser()._subparsers._group_actions[0].choices:
        assert f"| `qa {command}" in README
    for folder in {Path(path).parts[1] for path in tracked() if re.match(r"qa/\w+/__init__\.py", path)}:
        assert f"| `qa/{folder}` |" in README


def test_readme_leads_to_every_page():
    for path in (ROOT / "docs").glob("*.md"):
        assert f"(docs/{path.name})" in README


@pytest.mark.parametrize("command", sorted(commands(build_parser())))
def test_every_command_is_documented_with_its_options(command):
    rows = [line for line in page("commands").splitlines() if line.startswith(f"| `{command}")]
    assert len(rows) == 1, f"docs/commands.md has {len(rows)} rows for {command}"
    for action in commands(build_parser())[command]._actions:
        for option in action.option_strings:
            shared = {"--help", "--index", "--indexes", "--store", "--set"}
            if option.startswith("--") and option not in shared and action.dest != "database":
                assert option in rows[0], f"{command} {option} is not in docs/commands.md"


def test_no_command_is_documented_with_an_option_that_it_has_not():
    for command, parser in commands(build_parser()).items():
        row = next(line for line in page("commands").splitlines() if line.startswith(f"| `{command}"))
        real = {option for action in parser._actions for option in action.option_strings}
        assert set(re.findall(r"--[\w-]+", row.split("|")[3])) <= real


@pytest.mark.parametrize(("name", "default", "words"), describe(), ids=lambda value: str(value)[:20])
def test_every_setting_is_documented_with_its_default_and_purpose(name, default, words):
    row = next((line for line in page("settings").splitlines() if line.startswith(f"| `{name}` |")), None)
    assert row, f"docs/settings.md has no row for the setting {name}"
    assert f"| `{default}` |" in row
    assert words in row


def test_no_setting_is_documented_that_is_gone():
    rows = re.findall(r"^\| `([a-z_.]+)` \|", page("settings"), re.MULTILINE)
    assert set(rows) == {name for name, _, _ in describe()}


def test_the_tree_is_the_tree():
    real = [path for path in tracked() if path.startswith("qa/") and path.endswith(".py") and not path.endswith("__init__.py")]
    assert sorted(path for path, _ in tree()) == sorted(real)


def test_every_file_of_the_tree_has_a_whole_sentence():
    for path, caption in tree():
        assert re.fullmatch(r"[A-Z].*[.?]", caption), f"{path}: {caption!r}"
        assert "…" not in caption, f"{path}: {caption!r}"


def test_each_table_of_language_facts_has_its_row_in_contributing():
    named = set(re.findall(r"`(\w+\.tsv)`", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    assert named == {path.name for path in (ROOT / "qa/language/data").glob("*.tsv")}


def test_each_dependency_has_its_reason_and_its_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(need for extra in project["optional-dependencies"].values() for need in extra)]
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    for need in wanted:
        package = re.match(r"[\w.-]+", need)[0]
        assert f"`{package}`" in page("dependencies"), f"{package} has no reason in docs/dependencies.md"
        assert re.search(rf"^{re.escape(package)}==", pinned, re.MULTILINE), package


def test_the_example_in_readme_is_what_is_printed(assistant, seeds_settings, capsys):
    shown = re.search(r"```console\n\$ qa ask \"(.+?)\"\n(.*?)```", README, re.DOTALL)
    assert shown
    assert main(["ask", shown[1], "--indexes", str(seeds_settings.indexes)]) == 0
    printed, written = capsys.readouterr().out.strip(), shown[2].strip()
    assert re.sub(r"\d+%", "%", printed) == re.sub(r"\d+%", "%", written)
    sure, said = (int(re.search(r"(\d+)%", one)[1]) for one in (printed, written))
    assert abs(sure - said) <= 3  # eight-bit sums differ a little from processor to processor


def test_the_python_in_readme_runs(assistant, seeds_settings, monkeypatch, capsys):
    monkeypatch.setenv("QA_INDEXES", str(seeds_settings.indexes))
    block = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert block
    exec(compile(block[1], "README.md", "exec"), {})
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("name", PAGES)
def test_files_that_the_pages_name_exist(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(((?!https?:|#)[^)]+)\)", text):
        assert (ROOT / name).parent.joinpath(target.split("#")[0]).exists(), f"{name} points to {target}"
    for target in re.findall(r"`((?:qa|evals|tests|seeds|indexes|prompts|docs)/[\w./-]+\.\w+)`", text):
        assert (ROOT / target).exists() or target.startswith("evals/out"), f"{name} names {target}"
