from __future__ import annotations

import json
from datetime import date

import pytest

from qa.cli import main
from qa.errors import UsageError
from qa.retrieve.narrowing import NOTHING, narrowed
from qa.schema import Query

QUESTION = "Siapa yang menyambut Kim Jong Un di Kosmodrom Vostochny?"
OUTLETS = ("Kompas", "Tempo")


def test_both_windows_hold_at_once():
    asked = Query(text="x", window=(date(2023, 1, 1), date(2023, 6, 30)))
    assert narrowed(asked, (), {"since": date(2023, 5, 1)}).window == (date(2023, 5, 1), date(2023, 6, 30))
    assert narrowed(asked, (), {"until": "2023-02-01"}).window == (date(2023, 1, 1), date(2023, 2, 1))
    assert narrowed(asked, (), {"since": "2023-07-01"}).window == NOTHING
    assert narrowed(asked, (), {}).window == asked.window
    assert narrowed(Query(text="x"), (), {}) == Query(text="x")


def test_of_two_lists_of_outlets_what_both_name_is_left_and_of_none_nothing():
    asked = Query(text="x", outlets=("kompas",))
    assert narrowed(asked, OUTLETS, {"outlet": ["KOMPAS", "Tempo"]}).outlets == ("Kompas",)
    assert narrowed(asked, OUTLETS, {"outlet": "tempo"}).window == NOTHING
    assert narrowed(Query(text="x"), OUTLETS, {"outlet": "tempo"}).outlets == ("Tempo",)


@pytest.mark.parametrize(
    ("only", "complaint"),
    [
        ({"outlet": "Antara"}, "one of Kompas, Tempo"),
        ({"outlet": [3]}, "no article of the outlet 3"),
        ({"since": "kemarin"}, "2023-09-13"),
        ({"since": 20230913}, "is no day"),
        ({"since": "2023-05-02", "until": "2023-05-01"}, "swap them"),
    ],
)
def test_what_cannot_be_set_is_an_error_with_its_cure(only, complaint):
    with pytest.raises(UsageError, match=complaint):
        narrowed(Query(text="x"), OUTLETS, only)


def test_an_answer_is_read_from_what_is_set_alone(assistant):
    for outlet in ("Liputan6.com", "wahananews.co"):
        hits = assistant.search(QUESTION, outlet=outlet)
        assert hits
        assert {assistant.article(hit.passage.article_id).outlet.casefold() for hit in hits} == {outlet.casefold()}
    assert assistant.search(QUESTION, since="2023-09-13", until=date(2023, 9, 13))
    nothing = assistant.ask(QUESTION, until="2020-01-01")
    assert (nothing.abstained, nothing.reason) == (True, "nothing-found")
    assert not assistant.ask(QUESTION).abstained


def test_the_command_and_the_lines_of_a_batch_narrow_together(assistant, seeds_settings, tmp_path, capsys):
    where = ["--indexes", str(seeds_settings.indexes)]
    assert main(["ask", QUESTION, "--json", "--until", "2020-01-01", *where]) == 0
    assert json.loads(capsys.readouterr().out)["reason"] == "nothing-found"
    lines = [
        {"id": "plain", "question": QUESTION},
        {"id": "narrow", "question": QUESTION, "until": "2020-01-01"},
        {"id": "outlet", "question": QUESTION, "outlet": "Liputan6.com"},
        {"id": "wrong", "question": QUESTION, "outlet": "Antara"},
        {"id": "day", "question": QUESTION, "since": "kemarin"},
    ]
    batch = tmp_path / "questions.jsonl"
    batch.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert main(["ask", "--batch", str(batch), "--since", "2023-01-01", *where]) == 1
    plain, narrow, outlet, wrong, day = map(json.loads, capsys.readouterr().out.splitlines())
    assert not plain["abstained"]
    assert all(each["source"][:3] != "000" for each in plain["passages"])  # has no day of publication: in no window
    assert "swap them" in narrow["error"]
    assert {each["source"][:3] for each in outlet["passages"]} == {"003"}
    assert "no article of the outlet 'Antara'" in wrong["error"]
    assert "is no day" in day["error"]
    assert main(["ask", QUESTION, "--since", "2023-09-14", "--until", "2023-09-13", *where]) == 2


def test_chosen_articles_alone_are_searched(assistant):
    from qa.retrieve.narrowing import Only

    rows = assistant.articles()
    chosen = tuple(row.id for row in rows[3:5])
    hits = assistant.search(QUESTION, **Only(articles=chosen))
    assert hits
    assert {hit.passage.article_id for hit in hits} <= set(chosen)
    assert assistant.ask(QUESTION, articles=["no-such-id"]).reason == "nothing-found"
    assert all(row.length > 100 for row in rows)
