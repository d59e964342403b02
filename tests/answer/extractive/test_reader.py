"""The reader over readings that are written by hand: what is said, what is cited, and when it keeps silent."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from qa.answer.extractive.candidates import candidates
from qa.answer.extractive.reader import ExtractiveReader, antecedent
from qa.answer.verify import verify
from qa.schema import Article, Query, Reading, Trace


class Letters:
    """An encoder without a model: the cosine of two texts is that of their letters."""

    name = "letters"
    dim = 128

    def passages(self, texts):
        rows = np.array([[text.lower().count(chr(at)) + 1e-3 for at in range(128)] for text in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def question(self, text):
        return self.passages([text])[0]


def unasked(*_):
    raise AssertionError("only yes-no questions are read again")


@pytest.fixture
def reader():
    return ExtractiveReader(readings=unasked, encoder=Letters())


def proved(draft, hits, kind="when", limit=3):
    """The draft as verify lets it out, with every passage an article of its own."""
    articles = {
        hit.passage.article_id: Article(id=hit.passage.article_id, text=hit.passage.text, source="s", sha256="") for hit in hits
    }
    query = Query(text="Kapan pasar dibuka?", kind=kind)
    return verify.verify(query.text, query, draft, hits, articles.__getitem__, threshold=0.1, max_citations=limit, trace=Trace())


WHEN = Query(text="Kapan pasar dibuka?", kind="when")
LIST = Query(text="Siapa saja yang datang?", kind="list")


def test_the_best_span_is_the_short_answer_and_its_sentence_is_said(reader, archive, by_span):
    archive.add("Hujan turun. Pasar dibuka pada Rabu. Warga senang.", ("Rabu", 10.0), ("Hujan", 1.0))
    draft = reader.read(WHEN, archive.hits)
    assert [(claim.text, claim.quote, claim.hit_rank) for claim in draft.claims] == [("Pasar dibuka pada Rabu.",) * 2 + (1,)]
    assert draft.short == "Rabu"
    assert draft.confidence == pytest.approx(0.731, abs=1e-3)
    assert (proved(draft, archive.hits).short, proved(draft, archive.hits).abstained) == ("Rabu", False)


def test_another_article_that_gives_the_same_answer_is_cited_beside_it(reader, archive, by_span):
    archive.add("Pasar dibuka pada Rabu.", ("Rabu", 10.0))
    archive.add("Menurut bupati, pasar dibuka Rabu pagi.", ("Rabu pagi", 8.0))
    archive.add("Pasar dibuka pada Kamis.", ("Kamis", 9.0))
    archive.add("Kata warga, Rabu pasar itu dibuka.", ("Rabu", 7.0))
    draft = reader.read(WHEN, archive.hits)
    assert [claim.hit_rank for claim in draft.claims] == [1, 2, 4]
    assert draft.short == "Rabu"


def test_the_same_article_agrees_with_itself_only_once(reader, archive, by_span):
    archive.add("Pasar dibuka pada Rabu.", ("Rabu", 10.0), article="a")
    archive.add("Rabu pasar ramai.", ("Rabu", 9.0), article="a", start=100)
    assert [claim.hit_rank for claim in reader.read(WHEN, archive.hits).claims] == [1]


def test_an_article_that_agrees_with_little_confidence_is_not_cited(reader, archive, by_span):
    archive.add("Pasar dibuka pada Rabu.", ("Rabu", 10.0))
    archive.add("Rabu toko ramai.", ("Rabu", -20.0))
    assert [claim.hit_rank for claim in reader.read(WHEN, archive.hits).claims] == [1]


def test_no_more_is_cited_than_allowed(archive, by_span):
    for _ in range(4):
        archive.add("Pasar dibuka pada Rabu.", ("Rabu", 10.0))
    few = ExtractiveReader(readings=unasked, encoder=Letters(), max_citations=2)
    assert len(few.read(WHEN, archive.hits).claims) == 2


def test_a_list_has_the_members_of_several_sentences(reader, archive, by_span):
    archive.add("Bupati Sari datang pagi. Wakil Budi datang siang. Hujan turun.", ("Sari", 10.0), ("Budi", 9.0), ("Hujan", -9.0))
    archive.add("Camat Wati datang sore. Sari datang pagi.", ("Wati", 8.0), ("Sari", 7.0))
    draft = reader.read(LIST, archive.hits)
    assert draft.short == "Sari; Budi; Wati"
    assert [claim.quote for claim in draft.claims] == [
        "Bupati Sari datang pagi.",
        "Wakil Budi datang siang.",
        "Camat Wati datang sore.",
    ]
    assert proved(draft, archive.hits, "list").short == "Sari; Budi; Wati"


def test_a_member_that_cannot_be_cited_is_not_in_the_short_answer(archive, by_span):
    archive.add("Bupati Sari datang pagi. Wakil Budi datang siang.", ("Sari", 10.0), ("Budi", 9.0))
    archive.add("Camat Wati datang sore.", ("Wati", 8.0))
    few = ExtractiveReader(readings=unasked, encoder=Letters(), max_citations=2)
    assert few.read(LIST, archive.hits).short == "Sari; Budi"


def test_two_spans_of_one_sentence_are_no_two_members(reader, archive, by_span):
    archive.add("Sari dan Budi datang pagi.", ("Sari", 10.0), ("Budi", 9.0))
    draft = reader.read(LIST, archive.hits)
    assert (draft.short, len(draft.claims)) == ("Sari", 1)


def test_a_list_of_one_member_is_agreed_to_by_other_articles(reader, archive, by_span):
    archive.add("Sari datang pagi.", ("Sari", 10.0))
    archive.add("Kata warga Sari datang.", ("Sari", 9.0))
    draft = reader.read(LIST, archive.hits)
    assert (draft.short, [claim.hit_rank for claim in draft.claims]) == ("Sari", [1, 2])


def test_a_sentence_that_opens_with_a_pronoun_is_said_after_the_one_before(reader, archive, by_span):
    archive.add("Sari memimpin Demak. Ia membuka pasar pada Rabu.", ("Rabu", 10.0))
    draft = reader.read(WHEN, archive.hits)
    assert [claim.quote for claim in draft.claims] == ["Sari memimpin Demak.", "Ia membuka pasar pada Rabu."]
    assert draft.short == "Rabu"


def test_with_room_for_one_citation_the_answer_itself_is_cited(archive, by_span):
    archive.add("Sari memimpin Demak. Ia membuka pasar pada Rabu.", ("Rabu", 10.0))
    one = ExtractiveReader(readings=unasked, encoder=Letters(), max_citations=1)
    draft = one.read(WHEN, archive.hits)
    assert [claim.quote for claim in draft.claims] == ["Ia membuka pasar pada Rabu."]
    assert proved(draft, archive.hits, limit=1).short == "Rabu"


@pytest.mark.parametrize(
    ("body", "words", "before"),
    [
        ("Sari datang. Dia pulang Rabu.", "Rabu", "Sari datang."),
        ("Sari datang. Menurutnya hujan turun Rabu.", "Rabu", "Sari datang."),
        ("Sari datang. He left on Rabu.", "Rabu", "Sari datang."),
        ("Sari datang. Budi pulang Rabu.", "Rabu", None),
        ("Sari datang. Budi bilang dia pulang Rabu.", "Rabu", None),
        ("Dia pulang Rabu. Sari datang.", "Rabu", None),
    ],
)
def test_what_a_pronoun_leans_on(archive, body, words, before):
    archive.add(body, (words, 1.0))
    found = antecedent(candidates(archive.hits)[0])
    assert (found.quote if found else None) == before


@pytest.mark.parametrize(
    ("spans", "reason"), [((), "not-in-articles"), ((("Rabu", -30.0),), "not-in-articles"), ((("Rabu", -20.0),), "")]
)
def test_nothing_is_said_where_nothing_comes_near(reader, archive, by_span, spans, reason):
    archive.add("Pasar dibuka pada Rabu.", *spans)
    draft = reader.read(WHEN, archive.hits)
    assert draft.reason == reason
    assert bool(draft.claims) == (not reason)


def test_without_passages_nothing_was_found_and_unread_ones_say_nothing(reader, archive, by_span):
    assert reader.read(WHEN, ()).reason == "nothing-found"
    archive.add("Pasar dibuka pada Rabu.", ("Rabu", 10.0), read=False)
    assert reader.read(WHEN, archive.hits).reason == "not-in-articles"


def test_a_broad_question_gets_a_digest_and_no_span(reader, archive, by_span):
    for at, said in enumerate(
        (
            "Pasar dibuka gubernur pada hari Rabu pagi.",
            "Zzz xyz qqq vvv www jjj fff zxq zvw qqj.",
            "1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2.",
        )
    ):
        archive.add(said, (said[:5], 10.0), published=date(2020, 1, 1 + at))
    draft = reader.read(Query(text="Ceritakan tentang pasar"), archive.hits)
    assert (draft.short, len(draft.claims), draft.most) == ("", 3, 6)


def test_a_yes_no_question_is_read_again_sentence_by_sentence(archive, by_span):
    seen = []

    def readings(question, texts, above):
        seen.append((question, tuple(texts), tuple(above)))
        return [Reading(relevance=0.0, answerable=5.0, polar=2.0) for _ in texts]

    archive.add("Pasar dibuka pada Rabu.", ("Rabu", 10.0), title="Pasar baru", outlet="Kontan")
    yes = ExtractiveReader(readings=readings, encoder=Letters())
    draft = yes.read(Query(text="Apakah pasar dibuka?", kind="yes_no"), archive.hits)
    assert draft.short == "Ya"
    assert seen == [("Apakah pasar dibuka?", ("Pasar dibuka pada Rabu.",), ("Pasar baru · Kontan",))]


def test_the_shipped_reader_answers_over_the_seeds(assistant):
    answer = assistant.ask("Kapan peluncuran pertama dari Vostochny?")
    assert "2016" in answer.short
    for citation in answer.citations:
        assert assistant.article(citation.article_id).text[citation.start : citation.end] == citation.quote


def test_of_equals_the_newest_answers_where_it_is_asked_for_and_only_then(reader, archive, by_span):
    archive.add("Pasar dibuka pada Rabu.", ("Rabu", 10.0), published=date(2024, 5, 1))
    archive.add("Pasar dibuka pada Kamis.", ("Kamis", 9.6), published=date(2024, 5, 9))
    archive.add("Pasar dibuka pada Senin.", ("Senin", -9.0), published=date(2024, 6, 1))
    newest = Query(text="Kapan pasar terbaru dibuka?", kind="when", newest=True)
    assert reader.read(WHEN, archive.hits).short == "Rabu"
    assert reader.read(newest, archive.hits).short == "Kamis"
