"""Which of a question's terms a sentence has: by form, root, meaning, the last word of a name, a figure beside its name."""

from __future__ import annotations

import pytest

from qa.answer.held import held
from qa.answer.matching import sentences, wanted
from qa.language.questions import understand
from qa.schema import Hit, Passage


def shares(question: str, said: str) -> dict[str, float]:
    passage = Passage(id="a:0-9", article_id="a", start=0, end=len(said), text=said)
    articles = sentences([Hit(passage=passage, score=1.0, rank=1, stage="fused")])
    want = wanted(understand(question, vocabulary={}), lambda _: 1.0)
    return dict(zip((term.form for term in want.terms), held(want, articles, {})[id(articles[0][0])], strict=True))


@pytest.mark.parametrize(
    ("question", "said", "form", "share"),
    [
        ("Siapa yang mengangkut satelit Palapa-12?", "Roket Angin 12 mengangkut satelit.", "12", 0.0),  # the 12 of something else
        ("Siapa yang mengangkut satelit Palapa-12?", "Roket itu mengangkut satelit Palapa-12.", "12", 1.0),
        ("Apa yang ditunjukkan Lina Kusuma?", "Kusuma memperlihatkan kapal itu.", "lina", 0.8),  # named in full once, then by the last word
        ("Apa yang ditunjukkan Lina Kusuma?", "Lina memperlihatkan kapal itu.", "kusuma", 0.0),
        ("Apa yang diminta Lampung Utara?", "Sulawesi Utara meminta beras.", "lampung", 0.0),  # a direction is nobody's last name
        ("Siapa Menteri Keuangan Peru?", "Luis Soto mengunjungi Peru.", "keuangan", 0.0),
        ("Berapa tinggi Gunung Muria?", "Kabupaten Muria terletak di Jawa.", "gunung", 0.0),
        ("Apakah tim itu menang?", "Tim itu kalah.", "menang", 0.75),  # an opposite answers too
        ("Siapa yang menang?", "Tim itu kalah.", "menang", 0.0),
        ("Apa yang ditunjuk Lina?", "Lina menunjukkan kapal.", "ditunjuk", 0.0),  # one root, two meanings
        ("Apa yang ditunjuk Lina?", "Lina menunjuk kapal.", "ditunjuk", 0.9),
    ],
)  # fmt: skip
def test_how_far_a_sentence_has_a_term(question: str, said: str, form: str, share: float) -> None:
    assert shares(question, said)[form] == share
