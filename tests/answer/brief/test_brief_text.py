from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from qa.answer.brief.brief_text import as_json, as_text, bar
from qa.answer.brief.overview import Brief, Day, Gap, MainName, Outlet, Sample
from qa.schema import Citation

CITED = Citation(
    n=1, article_id="a", source="a.txt", title="", outlet="Pagi", published=date(2024, 3, 1), url="", start=0, end=4, quote="Rina", sha256="x"
)  # fmt: skip
DAYS = (Day(day=date(2024, 3, 1), articles=1), Day(day=date(2024, 3, 4), articles=8))
BRIEF = Brief(
    index="mine",
    generation="0" * 12,
    articles=10,
    passages=30,
    outlets=(Outlet(name="Pagi", articles=9), Outlet(name="", articles=1)),
    first=DAYS[0].day,
    last=DAYS[-1].day,
    undated=1,
    days=DAYS,
    gaps=(Gap(first=date(2024, 3, 2), last=date(2024, 3, 3)),),
    names=(MainName(name="Rina Handoko", kind="person", articles=4, mentions=9, spellings=("Rina",)),),
    questions=(Sample(question="Siapa Kepala Dinas?", short="Rina Handoko", text="Rina Handoko. [1]", citation=CITED),),
)


def test_the_text_tells_numbers_days_gaps_names_and_questions():
    text = as_text(BRIEF)
    assert "10 articles of 1 outlets, 30 passages" in text
    assert "|▁  █|" in text
    assert "2024-03-02 to 2024-03-03 (2 days)" in text
    assert "1 article has no day of publication" in text
    assert "Rina Handoko (4), also Rina" in text
    assert "Siapa Kepala Dinas?  Rina Handoko  [a.txt:0-4]" in text


def test_a_bar_of_many_days_has_days_together():
    days = [Day(day=date(2024, 1, 1), articles=1), Day(day=date(2024, 12, 31), articles=1)]
    drawn, stretch = bar(days, width=60)
    assert (len(drawn), stretch) == (53, 7)
    assert drawn[0] == drawn[-1] == "█"
    assert set(drawn[1:-1]) == {" "}
    assert bar([]) == ("", 1)


def test_an_archive_without_days_has_no_bar():
    bare = replace(BRIEF, days=(), gaps=(), first=None, last=None, undated=10)
    assert "|" not in as_text(bare)
    assert as_json(bare)["first"] is None


def test_json_has_everything_and_days_as_text():
    found = json.loads(json.dumps(as_json(BRIEF)))
    assert found["days"] == [{"day": "2024-03-01", "articles": 1}, {"day": "2024-03-04", "articles": 8}]
    assert found["gaps"] == [{"first": "2024-03-02", "last": "2024-03-03", "days": 2}]
    assert found["names"][0]["spellings"] == ["Rina"]
    assert found["questions"][0]["citation"]["quote"] == "Rina"
