"""A digest: central, without repeats, of several articles, in the order of days, each sentence verbatim."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from qa.answer.extractive.digest import ALIKE, EACH, SENTENCES, _subject, digest, is_broad
from qa.answer.verify import verify
from qa.language.question.understand import understand
from qa.language.text import terms
from qa.schema import Article, Query, Trace

BROAD = Query(text="Ceritakan tentang pasar")
DIRECTIONS = 24


class Numbered:
    """An encoder whose sentences point where their number says: "[3]" is axis 3; the question is near to them all."""

    name = "numbered"
    dim = DIRECTIONS

    def passages(self, texts):
        rows = np.full((len(texts), DIRECTIONS), 0.1, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[int(text[text.index("[") + 1 : text.index("]")])] = 1.0
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def question(self, text):
        return np.full(DIRECTIONS, DIRECTIONS**-0.5, dtype=np.float32)


def sentence(number: int, place: str = "Demak") -> str:
    return f"Pasar nomor [{number}] di kota {place} dibuka bagi semua warga."


def told(draft) -> list[str]:
    return [claim.quote for claim in draft.claims]


def test_sentences_are_in_the_order_of_days_and_each_is_in_its_passage(archive):
    for number, day in ((1, 9), (2, 3), (3, 6)):
        archive.add(sentence(number), published=date(2020, 1, day))
    draft = digest(BROAD, archive.hits, Numbered())
    assert told(draft) == [sentence(2), sentence(3), sentence(1)]
    by_rank = {hit.rank: hit.passage.text for hit in archive.hits}
    assert all(claim.text == claim.quote and claim.quote in by_rank[claim.hit_rank] for claim in draft.claims)
    assert draft.short == ""


def test_what_was_said_is_not_said_again(archive):
    for at in range(4):
        archive.add(sentence(1, f"Kota{at}"))
    for number in (2, 3):
        archive.add(sentence(number))
    vectors = Numbered().passages([sentence(1, "a"), sentence(1, "b"), sentence(2)])
    assert vectors[0] @ vectors[1] >= ALIKE > vectors[0] @ vectors[2]
    draft = digest(BROAD, archive.hits, Numbered())
    assert sorted(text[text.index("[") + 1] for text in told(draft)) == ["1", "2", "3"]


def test_an_article_gives_at_most_two_sentences_where_there_are_others(archive):
    archive.add(" ".join(sentence(number) for number in range(5)), article="a")
    archive.add(" ".join(sentence(number) for number in range(5, 10)), article="a", start=1000)
    archive.add(sentence(11), article="b")
    archive.add(sentence(12), article="c")
    draft = digest(BROAD, archive.hits, Numbered())
    of_a = [claim for claim in draft.claims if claim.hit_rank <= 2]
    assert len(of_a) == EACH == 2
    assert len(draft.claims) == 4


def test_a_single_article_may_give_them_all_in_its_own_order(archive):
    archive.add(" ".join(sentence(number) for number in range(5, 10)), article="a", start=1000)
    archive.add(" ".join(sentence(number) for number in range(5)), article="a")
    draft = digest(BROAD, archive.hits, Numbered())
    assert len(draft.claims) == SENTENCES[1] == 6
    places = [(claim.hit_rank != 2, int(claim.quote[claim.quote.index("[") + 1])) for claim in draft.claims]
    assert places == sorted(places)


@pytest.mark.parametrize("number", [1, 2])
def test_too_little_is_no_digest(archive, number):
    for at in range(number):
        archive.add(sentence(at))
    draft = digest(BROAD, archive.hits, Numbered())
    assert (draft.claims, draft.reason) == ((), "not-in-articles")


def test_a_story_that_was_copied_is_used_once(archive):
    for at in range(3):
        archive.add(sentence(1, f"Kota{at}"))
    assert len(digest(BROAD, archive.hits, Numbered()).claims) == 1


def test_passages_about_something_else_unread_ones_and_fragments_take_no_part(archive):
    for number in range(3):
        archive.add(sentence(number))
    archive.add(sentence(4), relevance=-1.0)
    archive.add(sentence(5), read=False)
    archive.add("[6] Ya. " + sentence(7).removesuffix("."))
    assert sorted(claim.hit_rank for claim in digest(BROAD, archive.hits, Numbered()).claims) == [1, 2, 3]


def test_a_digest_is_cited_whole_though_other_answers_may_cite_less(archive):
    for number in range(8):
        archive.add(sentence(number))
    draft = digest(BROAD, archive.hits, Numbered())
    articles = {
        hit.passage.article_id: Article(id=hit.passage.article_id, text=hit.passage.text, source="s", sha256="")
        for hit in archive.hits
    }
    answer = verify.verify(
        BROAD.text, BROAD, draft, archive.hits, articles.__getitem__, threshold=0.3, max_citations=3, trace=Trace()
    )
    assert len(answer.citations) == SENTENCES[1]
    assert len({citation.article_id for citation in answer.citations}) == SENTENCES[1]
    assert verify.check(answer, articles.__getitem__) == []


@pytest.mark.parametrize(
    "question", ["Ringkas berita tentang beras.", "Rangkum semua artikel soal beras", "Summarise the news about beras."]
)
def test_what_only_calls_for_news_is_no_part_of_the_subject(question):
    query = Query(text=question, terms=tuple((term, 1.0) for term in terms(question)))
    assert _subject(query) == [("beras", 1.0)]


@pytest.mark.parametrize(
    ("question", "broad"),
    [
        ("Ceritakan tentang kosmodrom Vostochny", True),
        ("Tolong ringkas berita tentang Tesla", True),
        ("Rangkum pertemuan itu", True),
        ("Apa saja yang terjadi di Demak?", True),
        ("Apa yang terjadi di Demak?", True),
        ("Bandingkan pertumbuhan menurut Kontan dan Detik", True),
        ("What happened at the summit?", True),
        ("What took place in Demak?", True),
        ("What is going on in Demak?", True),
        ("What has happened at the market in Demak?", True),
        ("What happened to the market?", False),
        ("Tell me about Tesla", True),
        ("Summarize the news", True),
        ("Kapan Vostochny dibangun?", False),
        ("Siapa yang menceritakan hal itu?", False),
        ("Apa yang dikatakan Putin?", False),
        ("What did Putin say?", False),
        ("Apakah ringkasan itu terbit?", False),
    ],
)
def test_which_questions_ask_for_an_account(question, broad):
    assert is_broad(Query(text=question)) is broad


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Ringkas pasar Demak", {"pasar", "demak"}),
        ("Apa yang terjadi di Demak?", {"demak"}),
        ("What happened in Demak?", {"demak"}),
        ("Tell me about Demak", {"demak"}),
    ],
)
def test_the_words_that_only_ask_for_an_account_are_no_part_of_its_subject(question, subject):
    assert {term for term, _ in _subject(understand(question, vocabulary=None))} == subject


def test_a_passage_with_what_is_asked_about_belongs_whatever_the_network_says(archive):
    for number in range(3):
        archive.add(sentence(number), relevance=-1.0)
        archive.add(sentence(number + 10).replace("Pasar", "Taman"), relevance=-1.0)
    named = Query(text="Ringkas pasar Demak", terms=(("ringkas", 1.0), ("pasar", 0.5), ("demak", 0.5)))
    draft = digest(named, archive.hits, Numbered())
    assert sorted(told(draft)) == [sentence(number) for number in range(3)], "a place alone, half of what is asked, is too little"
    assert draft.confidence == pytest.approx(1.0)
    other = Query(text="Ringkas pasar Kudus", terms=(("ringkas", 1.0), ("pasar", 0.5), ("kudus", 0.9)))
    assert digest(other, archive.hits, Numbered()).reason == "not-in-articles"
