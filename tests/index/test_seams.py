"""The seams of an index: a generation is declared by them, and each implementation has what they ask for, by the same names."""

from __future__ import annotations

import inspect

import pytest

from qa.index import generation, vectors
from qa.index.lexical import Lexical
from qa.index.segments import snapshot
from qa.index.segments.joint_vectors import SegmentedVectors
from qa.protocols import LexicalIndex, VectorIndex, VectorStore

IMPLEMENTATIONS = [
    (LexicalIndex, Lexical),
    (VectorIndex, SegmentedVectors),
    (VectorStore, vectors.ExactVectors),
    (VectorStore, vectors.FaissVectors),
]


def test_a_generation_is_declared_by_its_seams():
    hints = inspect.get_annotations(generation.Generation)
    assert (hints["lexical"], hints["vectors"]) == ("LexicalIndex", "VectorIndex")
    assert (snapshot.LexicalIndex, snapshot.VectorIndex) == (LexicalIndex, VectorIndex)


@pytest.mark.parametrize(("seam", "implementation"), IMPLEMENTATIONS)
def test_an_implementation_takes_what_its_seam_takes(seam, implementation):
    for name in [*seam.__annotations__, *(name for name in vars(seam) if not name.startswith("_") or name == "__len__")]:
        given = getattr(implementation, name)
        if (asked := getattr(seam, name, None)) is None:
            assert isinstance(given, str)
            continue
        if isinstance(asked, property):
            assert isinstance(given, property)
            continue
        wanted, has = inspect.signature(asked).parameters, inspect.signature(given).parameters
        assert [(each.name, each.default) for each in wanted.values()] == [(each.name, each.default) for each in has.values()]
