"""The architecture: imports point down, heavy packages load late, one idea a file."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

import qa

HOME = Path(qa.__file__).parent
FILES = sorted(path for path in HOME.rglob("*.py"))

FLOORS = {
    "errors": 0,
    "agreement": -1,
    "schema": 0,
    "timing": 0,
    "deadline": 1,
    "contract": 1,
    "messages": 1,
    "protocols": 1,
    "safety": 1,
    "settings": 2,
    "language": 3,  # the tables and their typed readers
    "language/text": 4,
    "testing": 5,
    "language/time": 5,
    "language/meaning": 5,
    "language/gloss": 5,
    "language/annotate": 6,
    "language/speech": 7,
    "language/question": 7,
    "language/conversation": 8,
    "corpus": 9,
    "corpus/entities": 9,
    "index/entities": 9.5,
    "corpus/reading": 10,
    "index/store": 10,
    "index": 11,  # the engines
    "index/segments": 11.25,
    "index/generation": 11.5,
    "index/mentioning": 11.75,
    "index/repairing": 11.75,
    "index/syncing": 11.75,
    "retrieve": 12,
    "answer/verify": 12,
    "answer/extractive": 13,
    "answer/generative": 13,
    "answer/brief": 13,
    "answer/agreement": 14,
    "answer": 14,
    "ingest": 14,  # building on other machines
    "store": 14,  # engines on other machines
    "store/postgres": 14,
    "pipeline": 15,
    "indexing": 15,
    "assistant": 16,
    "integrations": 17,
    "evaluation/text": 17,
    "evaluation/suite": 18,
    "evaluation/metrics": 19,
    "evaluation/review": 19,
    "evaluation/run": 20,
    "evaluation/gate": 21,
    "evaluation/report": 22,
    "evaluation": 23,
    "evaluation/benchmarks": 24,
    "evaluation/scale": 25,
    "training": 17,  # data, vocabulary and first vectors
    "training/encoder": 19.5,
    "training/lexicon": 19.6,
    "training/examples": 19,
    "training/reader_network": 20,
    "training/reader": 21,
    "training/answers": 22,
    "web/protocol": 20,
    "web/wording": 20,
    "web/serving": 21,
    "web/render": 21,
    "web/page/examples": 21.2,
    "web/archive/reader_view": 21.2,
    "web/narrowing": 21.4,
    "web/cards": 21.4,
    "web/render/conversation": 21.6,
    "web/http": 22,
    "web/takeaway": 22,
    "web/page": 23,  # the controller and the desks
    "web/archive": 23.2,
    "web/page/shared": 23.4,
    "web/history": 24,
    "web/page/ask_tab": 24.2,
    "web/page/add_panel": 24.2,
    "web/page/archive_tab": 24.4,
    "web/page/timeline_tab": 24.4,
    "web/page/narrow_events": 24.6,
    "web/app": 25,
    "web/server": 26,
    "cli/options": 26.5,
    "cli/bench": 26.7,
    "cli": 27,
    "__init__": 28,
}
"""The tree of docs/architecture.md, from the ground up: files and folders, those inside a folder included.

A file may import from its own folder and from lower floors. A file that has a floor of its own is on that, not on its folder's.
"""

HEAVY = {
    "numpy", "torch", "faiss", "tantivy", "onnxruntime", "onnx", "gradio", "sentence_transformers", "trafilatura", "pypdf", "docx",
    "tokenizers", "safetensors", "transformers", "langchain", "langchain_core", "pydantic", "pydantic_settings", "rapidfuzz",
    "matplotlib", "datasketch", "holidays", "hijridate",
}  # fmt: skip


@cache
def parsed(path: Path) -> ast.Module:
    """Each file is parsed once for all these tests."""
    return ast.parse(path.read_text(encoding="utf-8"))


def room(path: Path) -> str:
    """The top of the package: a folder or a file."""
    return path.relative_to(HOME).parts[0].removesuffix(".py")


def floor_of(module: str) -> str:
    """The key of FLOORS that a dotted module below qa falls under: its own, or its folder's."""
    name = module.replace(".", "/")
    if name in FLOORS or "/" not in name:
        return name
    return name if (HOME / name).is_dir() else name.rpartition("/")[0]


def module_of(path: Path) -> str:
    """qa/language/text/words.py -> language.text.words; a package is its __init__."""
    parts = path.relative_to(HOME).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


MODULES = {module_of(path): path for path in FILES}


def imports(path: Path) -> list[tuple[str, int, bool]]:
    """(module, line, whether it is imported at the top of the file and so whenever the file is)."""
    tree = parsed(path)
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


def targets(path: Path) -> list[tuple[str, int]]:
    """(module of qa, line) of each import of ours, late ones and those for types included; `from qa import x` gives no module."""
    found = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found += [(alias.name.removeprefix("qa."), node.lineno) for alias in node.names if alias.name.startswith("qa.")]
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "qa":
            package = node.module.partition(".")[2]
            for alias in node.names:
                inner = f"{package}.{alias.name}".removeprefix(".")
                if inner in MODULES or package:
                    found.append((inner if inner in MODULES else package, node.lineno))
    return found


def test_every_subpackage_imports_from_lower_floors_only():
    used = {floor_of(module) for module in MODULES}
    holds_code = {key for key in used if key == "__init__" or any(floor_of(m) == key and not is_package(m) for m in MODULES)}
    assert holds_code <= set(FLOORS), f"without a floor: {sorted(holds_code - set(FLOORS))}"
    assert set(FLOORS) <= used, f"floors of what is no more: {sorted(set(FLOORS) - used)}"


def is_package(module: str) -> bool:
    return MODULES[module].name == "__init__.py" and module != "__init__"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOME)))
def test_imports_point_down_only(path):
    here = floor_of(module_of(path))
    for module, line in targets(path):
        there = floor_of(module)
        if there == here or (is_package(module_of(path)) and module.startswith(f"{module_of(path)}.")):
            continue  # its own folder, or a package that hands on what is inside it
        assert FLOORS[there] < FLOORS[here], f"{path.name}:{line} imports qa.{module}, which is not on a lower floor"


def circles(edges: dict[str, set[str]]) -> list[list[str]]:
    """Strongly connected components of two and more, by Tarjan."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in edges.get(node, ()):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            component = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(component) > 1:
                found.append(sorted(component))

    for node in edges:
        if node not in index:
            visit(node)
    return found


def test_no_modules_import_each_other_in_a_circle():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [["b", "c"]]  # it sees one
    edges = {module: {there for there, _ in targets(path)} - {module} for module, path in MODULES.items()}
    assert sum(map(len, edges.values())) > len(edges)
    assert circles(edges) == []


def test_a_folder_has_at_most_twelve_files():
    for folder in {path.parent for path in FILES}:
        held = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name not in {"__init__.py", "py.typed"})
        assert len(held) <= 12, f"{folder.relative_to(HOME.parent)} has {len(held)} files"


def used_twice(named: Iterable[tuple[str, Path]]) -> list[tuple[str, list[str]]]:
    places: dict[str, list[str]] = {}
    for name, path in named:
        places.setdefault(name, []).append(str(path.relative_to(HOME)))
    return [(name, paths) for name, paths in sorted(places.items()) if len(paths) > 1]


def test_a_module_name_and_a_public_class_name_is_used_once():
    assert used_twice([("a", HOME / "b.py"), ("a", HOME / "c.py")]) == [("a", ["b.py", "c.py"])]
    assert used_twice((path.stem, path) for path in FILES if path.stem not in {"__init__", "__main__"}) == []
    classes = [
        (node.name, path)
        for path in FILES
        for node in parsed(path).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert len(classes) > 200
    assert used_twice(classes) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOME)))
def test_heavy_packages_are_not_imported_at_the_top(path):
    if room(path) in {"settings", "training", "web", "integrations"}:  # only ever imported late themselves
        return
    heavy = [(module, line) for module, line, top in imports(path) if top and module.split(".")[0] in HEAVY]
    assert not heavy, f"{path.name} loads {heavy} at import"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOME)))
def test_no_file_has_moved_past_one_idea(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


FOREIGN = {
    "encoding",  # of a stream that may be anybody's
    "response", "status_code",  # of what a chat model's client raises
    "set", "token_file",  # options that not every command has (argparse)
    "facts",  # of an event of the page's own script
    "sqlstate", "diag", "message_primary",  # of an error of a database's client, or a timeout that has none
    "strerror",  # of an error that may be no OSError
    "sched_getaffinity",  # of os, where the system has it
    "_connection",  # of our own object, when it is deleted half made
}  # fmt: skip
"""Attributes that may be asked for by name: none is a capability of a type of ours."""


def probed(path: Path) -> list[tuple[int, str]]:
    """(line, attribute) of each getattr and hasattr with a literal name."""
    return [
        (node.lineno, node.args[1].value)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"getattr", "hasattr"}
        and isinstance(node.args[1], ast.Constant)
    ]


def test_no_capability_is_probed(tmp_path):
    sample = tmp_path / "sample.py"
    sample.write_text('tell = getattr(reader, "stream", None)\nname = getattr(row, column)\n')
    assert probed(sample) == [(1, "stream")]
    found = {str(path.relative_to(HOME)): [one for one in probed(path) if one[1] not in FOREIGN] for path in FILES}
    assert {path: ours for path, ours in found.items() if ours} == {}


def test_only_verify_builds_answers():
    for path in FILES:
        if path == HOME / "answer" / "verify" / "verify.py":
            continue
        for node in ast.walk(parsed(path)):
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


def test_the_command_line_loads_nothing_heavy_before_it_has_a_command():
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
