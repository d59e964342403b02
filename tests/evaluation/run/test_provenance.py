"""What made a run is identified by hashes, and differences are described in words."""

from dataclasses import replace

from qa.evaluation.run.provenance import differences, from_json, provenance_of, to_json
from qa.evaluation.run.results import Provenance
from qa.evaluation.suite.archive import archive_of
from qa.evaluation.suite.eval_case import EvalCase, GoldSpan

FULL = Provenance(
    corpus="c1",
    articles={"a.txt": "111", "b.txt": "222"},
    index="i1",
    models={"encoder": "static", "models/encoder": "aaa"},
    prompts={"answer.id.md": "p1"},
    settings={"retrieve.depth": 100, "chat.model": ""},
)


def test_nothing_differs_from_itself():
    assert differences(FULL, FULL) == []


def test_each_part_that_differs_is_named_with_what_changed():
    after = replace(
        FULL,
        corpus="c2",
        articles={"a.txt": "111", "b.txt": "333", "c.txt": "444"},
        index="i2",
        models={"encoder": "static", "models/encoder": "bbb"},
        prompts={"answer.id.md": "p2"},
        settings={"retrieve.depth": 20, "chat.model": "openai:x"},
    )
    assert differences(FULL, after) == [
        "articles changed since the baseline: b.txt 222 -> 333, c.txt new (444)",
        "index changed since the baseline: other articles, encoder, passage size or store",
        "models changed since the baseline: models/encoder aaa -> bbb",
        "prompts changed since the baseline: answer.id.md p1 -> p2",
        'settings changed since the baseline: chat.model "" -> openai:x, retrieve.depth 100 -> 20',
    ]


def test_of_many_that_differ_the_first_five_are_named():
    before, after = (Provenance(settings={f"s{i}": value for i in range(8)}) for value in (1, 2))
    (told,) = differences(before, after)
    assert told.endswith("s4 1 -> 2 and 3 more")


def test_articles_that_gold_does_not_name_may_be_what_changed():
    assert differences(FULL, replace(FULL, corpus="c2")) == ["articles changed since the baseline: none of those that gold names"]


def test_nothing_is_said_of_what_one_of_the_two_does_not_know():
    assert differences(Provenance(corpus="c1"), FULL) == []


def test_it_comes_back_as_it_was_written():
    assert from_json(to_json(FULL)) == FULL


def test_an_assistant_tells_articles_index_models_prompts_and_settings(assistant):
    source = assistant.articles()[0].source
    case = EvalCase(id="a", question="?", answers=("x",), sources=(GoldSpan(source=source, quote="x"),))
    found = provenance_of(assistant, archive_of(assistant, [case]), {"reader": "extractive"})
    assert list(found.articles) == [source]
    assert len(found.corpus) == len(found.index) == 16
    assert found.models["reader"] == "extractive"
    assert {"models/encoder", "models/reader"} <= set(found.models)
    assert "answer.id.md" in found.prompts
    assert "retrieve.depth" in found.settings
    assert not any(name.startswith(("web", "indexes")) for name in found.settings)  # they change no answer


def test_a_second_build_of_the_same_articles_is_the_same_index(assistant, root, tmp_path):
    from qa.assistant import Assistant

    settings = assistant.settings.model_copy(update={"indexes": tmp_path})
    again = Assistant.build([root / "seeds"], "other", settings=settings)
    assert again.generation.id != assistant.generation.id
    assert provenance_of(again, archive_of(again, []), {}) == provenance_of(assistant, archive_of(assistant, []), {})


def test_a_fake_has_what_it_has(scripted, archive):
    found = provenance_of(scripted({}), archive, {"reader": "scripted"})
    assert (found.index, found.settings, found.models) == ("", {}, {"reader": "scripted"})
    assert set(found.articles) == {"moon.txt", "ship.txt"}
