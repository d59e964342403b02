from __future__ import annotations

from qa.index.segments import items


def test_what_was_done_before_is_passed_over_and_shown_and_the_rest_is_masked_as_if_it_were_not(article, monkeypatch):
    monkeypatch.setattr(items, "MASKED_TOGETHER", 4)
    furniture = "Ikuti terus kabar dari kanal kami setiap pagi"
    these = [article(n, f"{article(n).text}\n{furniture}", outlet="Pagi") for n in range(10)]
    everything = [prepared for prepared, _ in items.fresh(these, 120, 0)]
    for skip in (0, 3, 4, 9, 10):
        shown: list[str] = []
        rest = items.fresh(these, 120, 0, passed=lambda block, shown=shown: shown.extend(each.id for each in block), skip=skip)
        assert [prepared for prepared, _ in rest] == everything[skip:]
        assert shown == [each.id for each in these[:skip]]
    for prepared in everything[:8]:
        assert furniture in {prepared.article.text[mask.start : mask.end] for mask in prepared.article.masks}


def test_what_a_generation_has_comes_with_its_terms_and_vectors(layered):
    for prepared, vectors in items.kept(layered, ["a0"]):
        assert len(prepared.passages) == len(prepared.terms) == len(vectors)
        assert prepared.article.id != "a0"


def test_articles_of_the_same_outlet_are_looked_at_beside_new_ones(article, build, monkeypatch):
    monkeypatch.setattr(items, "BESIDE", 2)
    built = build([article(n, outlet="Pagi" if n % 2 else "PAGI") for n in range(6)])
    found = items.beside(built, [article(5, "Lain.", outlet="pagi"), article(9, outlet="Sore")])
    assert {each.id for each in found} <= {"a0", "a1", "a2", "a3", "a4"}
    assert len(found) == 2
