"""The plan of the house, held: imports point down, heavy packages load late, one idea a file."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import qa

HOME = Path(qa.__file__).parent
FILES = sorted(path for path in HOME.rglob("*.py"))

FLOORS = {
    "schema": 0,
    "errors": 0,
    "privacy": 0,
    "trust": 1,
    "settings": 2,
    "printable": 0,
    "protocols": 1,
    "contract": 1,
    "clock": 1,
    "prompts": 1,
    "language": 2,
    "corpus": 3,
    "pending": 3,
    "index": 4,
    "testing": 4,
    "testing_chat": 1,
    "retrieve": 5,
    "answer": 5,
    "assistant": 6,
    "web": 7,
    "evaluation": 7,
    "training": 7,
    "integrations": 7,
    "asking": 7,
    "listing": 7,
    "doctor": 7,
    "options": 6,
    "cli": 8,
    "__init__": 8,
}
"""The tree of docs/architecture.md, from the ground up. A room may import from its own room and from lower floors."""

HEAVY = {
    "numpy", "torch", "faiss", "tantivy", "onnxruntime", "onnx", "gradio", "sentence_transformers", "trafilatura", "pypdf", "docx",
    "tokenizers", "safetensors", "transformers", "langchain", "langchain_core", "pydantic", "pydantic_settings", "rapidfuzz",
    "matplotlib", "datasketch", "holidays", "hijridate",
}  # fmt: skip


def room(path: Path) -> str:
    first = path.relative_to(HOME).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> list[tuple[str, int, bool]]:
    """(module, line, whether it is imported at the top of the file and so whenever the file is)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        or (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno, node not in late) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.module, node.lineno, node not in late))
    return found


def test_every_room_has_its_floor():
    assert {room(path) for path in FILES} <= set(FLOORS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOME)))
def test_imports_point_down_only(path):
    here = room(path)
    for module, line, _ in imports(path):
        parts = module.split(".")
        if parts[0] != "qa" or here == "__init__":
            continue
        there = parts[1] if len(parts) > 1 else "__init__"
        if there == "__init__":  # `from qa import __version__` loads nothing else
            continue
        assert there == here or FLOORS[there] < FLOORS[here], (
            f"{path.name}:{line} imports {module}, which is not on a lower floor"
        )


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOME)))
def test_heavy_packages_are_not_imported_at_the_top(path):
    if room(path) in {"settings", "training", "web", "integrations"}:  # only ever imported late themselves
        return
    heavy = [(module, line) for module, line, top in imports(path) if top and module.split(".")[0] in HEAVY]
    assert not heavy, f"{path.name} loads {heavy} at import"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOME)))
def test_no_file_has_moved_past_one_idea(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_only_verify_builds_answers():
    for path in FILES:
        if path == HOME / "answer" / "verify.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
            assert name != "Answer", f"{path.relative_to(HOME)}:{node.lineno} builds an Answer"


def test_nothing_is_pickled():
    for path in FILES:
        for module, line, _ in imports(path):
            assert module.split(".")[0] not in {"pickle", "dill", "cloudpickle", "joblib", "shelve"}, f"{path.name}:{line}"


def _modules_after(statement: str) -> set[str]:
    script = f"import sys\n{statement}\nprint(' '.join(sorted({{name.split('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split("\n")[-2].split())


def test_importing_the_package_loads_the_standard_library_alone():
    third_party = _modules_after("import qa") - set(sys.stdlib_module_names) - {"qa"}
    before = _modules_after("pass") - set(sys.stdlib_module_names)  # what the environment itself preloads (editable installs)
    assert third_party <= before


def test_the_command_line_loads_nothing_heavy_before_it_is_told_what_to_do():
    assert not _modules_after("import qa.cli; qa.cli.build_parser()") & HEAVY


def test_a_question_is_answered_without_torch_or_gradio(seeds_settings, assistant):
    loaded = _modules_after(
        "from qa.assistant import Assistant\n"
        "from qa.settings import load\n"
        f"Assistant.open('seeds', settings=load({{'indexes': {str(seeds_settings.indexes)!r}}})).ask('Siapa yang bertemu Putin?')"
    )
    assert not loaded & {"torch", "gradio", "sentence_transformers", "transformers", "trafilatura", "langchain_core", "faiss"}


def test_the_public_names_are_the_ones_that_can_be_imported():
    for name in qa.__all__:
        assert getattr(qa, name) is not None
    assert set(qa.__all__) - {"__version__"} == set(qa._HOME)
    with pytest.raises(AttributeError, match="Assistant"):
        _ = qa.Asistant


def test_users_of_the_package_see_its_types():
    assert (HOME / "py.typed").is_file()  # PEP 561: without it a type checker takes everything of qa for Any
