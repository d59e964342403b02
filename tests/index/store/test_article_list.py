"""Near-copies in the list of articles."""

from __future__ import annotations

from qa.assistant import Assistant
from qa.index.store.article_list import copies

LONG = "Gunung Salak meletus pada Kamis (7/3/2024) pagi. Sebanyak 1.250 warga mengungsi ke Balai Desa Cidahu. Kepala desa membuka dapur umum bagi mereka."


def test_the_copies_of_an_article_are_the_others_of_its_story(tmp_path, seeds_settings):
    for name, text in (
        ("a", LONG),
        ("b", f"{LONG} Hujan abu turun."),
        ("c", "Pasar Minggu dibuka lagi dan memiliki 320 kios untuk pedagang."),
    ):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    built = Assistant.build([tmp_path], "copies", settings=seeds_settings.model_copy(update={"indexes": tmp_path / "indexes"}))
    ids = {row.source: row.id for row in built.articles()}
    rows, stories = built.articles(), built.generation.articles.stories()
    assert [row.source for row in copies(rows, stories, ids["a.txt"])] == ["b.txt"]
    assert [row.source for row in copies(rows, stories, ids["b.txt"])] == ["a.txt"]
    assert copies(rows, stories, ids["c.txt"]) == ()
