"""Quotations within the passages that search found."""

from __future__ import annotations

from qa.answer.placed_sayings import placed
from qa.schema import Article, Hit, Passage

TEXT = 'Pasar Lembayu dibuka. "Kios kami lebih luas," kata Tono Subagyo. Warga senang. "Parkirnya kurang," kata Rina Sari.'
ARTICLE = Article(id="a", text=TEXT, source="a.txt", sha256="0" * 64, title="Pasar dibuka")


def hit(start: int, end: int, rank: int = 1) -> Hit:
    passage = Passage(id=f"a:{start}-{end}", article_id="a", start=start, end=end, text=TEXT[start:end], title=ARTICLE.title)
    return Hit(passage=passage, score=1.0, rank=rank, stage="fused")


def test_a_quotation_is_found_in_its_passage_with_its_sentence_and_what_is_before():
    [tono, rina] = placed([hit(0, len(TEXT))], lambda _: ARTICLE)
    assert (tono.words, rina.words) == ("Kios kami lebih luas", "Parkirnya kurang")
    assert tono.sentence == '"Kios kami lebih luas," kata Tono Subagyo.'
    assert tono.with_before.startswith("Pasar Lembayu dibuka.")
    assert rina.with_title == 'Pasar dibuka. Warga senang. "Parkirnya kurang," kata Rina Sari.'
    assert rina.claim.quote == rina.sentence


def test_a_quotation_of_no_passage_that_was_found_is_left_out():
    assert [one.words for one in placed([hit(TEXT.index("Warga"), len(TEXT))], lambda _: ARTICLE)] == ["Parkirnya kurang"]
