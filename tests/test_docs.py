"""Documentation that is stale fails the build: README knows every command, option, setting, file and dependency."""

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


def section(title: str) -> str:
    """The text under one heading of README, up to the next heading of the same level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, f"README has no section '{title}'"
    return found[1]


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


@pytest.mark.parametrize("command", sorted(commands(build_parser())))
def test_readme_knows_every_command_with_its_options(command):
    text = section("Commands")
    assert f"`{command}" in text
    row = next(line for line in text.splitlines() if f"`{command}" in line)
    for action in commands(build_parser())[command]._actions:
        for option in action.option_strings:
            if option.startswith("--") and option not in {"--help", "--index", "--indexes", "--set"}:
                assert option in row, f"{command} {option} is not in README's row"


@pytest.mark.parametrize(("name", "default", "words"), describe(), ids=lambda value: str(value)[:20])
def test_readme_knows_every_setting_with_its_default_and_purpose(name, default, words):
    row = next((line for line in section("Settings").splitlines() if line.startswith(f"| `{name}` |")), None)
    assert row, f"README has no row for the setting {name}"
    assert f"| `{default}` |" in row
    assert words in row


def test_readme_names_no_setting_that_is_not_there():
    rows = re.findall(r"^\| `([a-z_.]+)` \|", section("Settings"), re.MULTILINE)
    assert set(rows) == {name for name, _, _ in describe()}


def test_the_tree_in_readme_is_the_tree():
    tree = section("The house")
    named = re.findall(r"^ *([\w.-]+\.py)\b", tree, re.MULTILINE)
    real = [
        Path(path).name
        for path in tracked()
        if path.startswith("qa/") and path.endswith(".py") and not path.endswith("__init__.py")
    ]
    assert sorted(named) == sorted(real)


def test_readme_says_why_each_dependency_is_there():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(need for extra in project["optional-dependencies"].values() for need in extra)]
    text = section("Dependencies")
    for need in wanted:
        package = re.match(r"[\w.-]+", need)[0]
        assert f"`{package}`" in text, f"{package} has no reason in README"
        assert re.search(rf"^{re.escape(package)}==", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE), (
            package
        )


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


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "evals/README.md"])
def test_files_that_the_pages_name_exist(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(((?!https?:|#)[^)]+)\)", text):
        assert (ROOT / page).parent.joinpath(target.split("#")[0]).exists(), f"{page} points to {target}"
    for target in re.findall(r"`((?:qa|evals|tests|seeds|indexes|prompts|docs)/[\w./-]+\.\w+)`", text):
        assert (ROOT / target).exists() or target.startswith("evals/out"), f"{page} names {target}"
