from __future__ import annotations

from qa.index import generation
from qa.index.segments import segment


def test_what_two_generations_share_is_opened_once(tmp_path, article, layered, add, monkeypatch):
    opened: list[str] = []
    real = segment._opened
    monkeypatch.setattr(segment, "_opened", lambda folder, *rest: (opened.append(folder.name), real(folder, *rest))[1])
    held = generation.open(tmp_path, "berita")
    assert opened == ["s0", "s1", "s2", "s3"]
    opened.clear()
    after = add(article(9), served=held)
    assert opened == ["s4"]
    assert after.segments[0].articles is held.segments[0].articles
    assert (held.n_articles, after.n_articles) == (5, 6)


def test_a_generation_that_the_caller_holds_no_more_current_is_reopened(article, layered, add):
    add(article(8))
    assert add(article(9), served=layered).n_articles == 7
