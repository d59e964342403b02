"""tests/ mirrors qa/: a module has a test file of its own name, or is in a list that may only shrink."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

import qa

TESTS = Path(__file__).resolve().parent
HOME = Path(qa.__file__).parent
LIST = TESTS / "modules_without_test.txt"
AT_MOST = 115
"""The length of the list. Lower it with every line that goes; it is never raised."""

WITHOUT = LIST.read_text(encoding="utf-8").split()
MODULES = sorted(
    path.relative_to(HOME).as_posix()
    for path in HOME.rglob("*.py")
    if path.name not in {"__init__.py", "__main__.py"} and path.parts[-2] != "_prompts"
)


def has_test(module: str) -> bool:
    """A package inside a package may have its tests in the folder of the outer one."""
    path = PurePosixPath(module)
    folders = {path.parent.as_posix(), path.parts[0] if len(path.parts) > 1 else "."}
    return any((TESTS / folder / f"test_{path.name}").exists() for folder in folders)


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_its_test(module):
    assert has_test(module) or module in WITHOUT, (
        f"qa/{module} has no tests/{PurePosixPath(module).with_name('test_' + PurePosixPath(module).name)}"
    )


def test_the_list_of_modules_without_test_only_shrinks():
    assert sorted(set(WITHOUT)) == WITHOUT
    gone = [module for module in WITHOUT if module not in MODULES or has_test(module)]
    assert not gone, f"have a test now, or are no more; take them out of {LIST.name} and lower AT_MOST: {gone}"
    assert len(WITHOUT) == AT_MOST
