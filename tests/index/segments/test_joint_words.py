from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.index.segments.joint_words import Changes, JointWords
from qa.index.store import word_file
from qa.index.store.word_file import WordFile
from qa.index.store.writer import ArticleWriter
from qa.language.text.spelling import Speller

WORDS = ("kapal", "kapas", "pelabuhan", "pelabuan", "pemimpin", "di", "2024", "jembatan")
COUNTS = st.dictionaries(st.sampled_from(WORDS), st.integers(1, 30), min_size=1)


def joint(folder, build, *later):
    (folder / "s0").mkdir(parents=True, exist_ok=True)
    (folder / "s0" / "articles.sqlite").unlink(missing_ok=True)
    (folder / word_file.FILE).unlink(missing_ok=True)
    with ArticleWriter(folder / "s0") as writer:
        writer.count_words(build)
    word_file.write(folder, [folder / "s0"], 50)
    changes = [Changes(lambda word, own=own: own.get(word, 0), lambda own=own: iter(own.items()), n) for own, n in later]
    return JointWords(WordFile(folder), changes)


def test_later_segments_change_the_counts(tmp_path):
    words = joint(tmp_path, {"kapal": 4, "di": 9}, ({"kapal": -4, "perahu": 2}, 2), ({"di": 1}, 1))
    assert dict(words.items()) == {"di": 10, "perahu": 2} == {word: words[word] for word in words}
    assert "kapal" not in words
    assert words.get("kapal", 0) == 0
    assert len(words) == 2
    assert words
    assert words.most == 10
    assert "perahu" in words.of_length(6)
    assert "perahu" in words.with_consonants("prh")
    with pytest.raises(KeyError, match="kapal"):
        words["kapal"]


def test_the_commonest_word_is_found_where_a_later_one_may_be_it(tmp_path):
    build = {f"kata{n}": 100 + n for n in range(100)} | {"di": 300}
    assert joint(tmp_path, build).most == 300
    assert joint(tmp_path, build, ({"di": -290, "kata1": 150}, 200)).most == 251


def test_an_index_without_words_is_false(tmp_path):
    assert not joint(tmp_path, {"kapal": 1}, ({"kapal": -1}, 0))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    build=COUNTS,
    added=st.lists(COUNTS, max_size=3),
    asked=st.sampled_from(["kapaal", "plabuhan", "pmimpn", "jembatn", "kapan", "2024"]),
)
def test_counts_and_corrections_are_those_of_one_dictionary(tmp_path, build, added, asked):
    words = joint(tmp_path, build, *((each, sum(each.values())) for each in added))
    whole = dict(build)
    for each in added:
        for word, count in each.items():
            whole[word] = whole.get(word, 0) + count
    assert dict(words.items()) == whole
    assert words.most == max(whole.values())
    assert Speller(words).correct(asked) == Speller(whole).correct(asked)
