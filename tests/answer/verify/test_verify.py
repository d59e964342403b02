"""Only what stands letter for letter in an article leaves the house."""

from __future__ import annotations

import hashlib
import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer.verify.verify import abstain, check, verify, with_seconds
from qa.schema import Answer, Article, Claim, Draft, Hit, Mask, Passage, Query, Quoted, Trace

FIRST = (
    "Jembatan baru diresmikan Gubernur José Rahman pada 12 Maret 2021.\nBaca juga: Jembatan lama runtuh.\n"
    'Panjangnya 1.500 meter. "Ini [3] jembatan kita," kata José. Warga tidak menyetujui tarif tol.'
)
SECOND = "Jembatan itu menghubungkan dua pulau. Panjangnya 1.500 meter, kata kontraktor."


def article(name: str, text: str, *masked: str) -> Article:
    masks = tuple(Mask(start=text.index(words), end=text.index(words) + len(words), rule="read-also") for words in masked)
    return Article(
        id=name, text=text, source=f"{name}.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), title=name, masks=masks
    )


ARTICLES = {"a": article("a", FIRST, "Baca juga: Jembatan lama runtuh."), "b": article("b", SECOND)}


def hit(article_id: str, start: int, end: int, rank: int) -> Hit:
    text = ARTICLES[article_id].text[start:end]
    passage = Passage(id=f"{article_id}:{start}-{end}", article_id=article_id, start=start, end=end, text=text)
    return Hit(passage=passage, score=1.0, rank=rank, stage="fused")


CUT = FIRST.index("Baca juga")
REST = FIRST.index("Panjangnya")
HITS = (hit("a", 0, CUT - 1, 1), hit("a", REST, len(FIRST), 2), hit("b", 0, len(SECOND), 3), hit("a", 0, len(FIRST), 4))
OPENING = "Jembatan baru diresmikan Gubernur José Rahman pada 12 Maret 2021."


def prove(
    *claims: Claim, short: str = "", kind: str = "when", confidence: float = 0.9, threshold: float = 0.5, limit: int = 3
) -> Answer:
    query = Query(text="Kapan jembatan diresmikan?", kind=kind)  # type: ignore[arg-type]
    draft = Draft(claims=claims, short=short, confidence=confidence)
    return verify(
        "Kapan jembatan diresmikan?",
        query,
        draft,
        HITS,
        ARTICLES.__getitem__,
        threshold=threshold,
        max_citations=limit,
        trace=Trace(),
    )


def verbatim(words: str, rank: int = 1) -> Claim:
    return Claim(text=words, quote=words, hit_rank=rank)


def test_a_proved_sentence_is_cited_in_the_coordinates_of_its_article() -> None:
    answer = prove(verbatim(OPENING), verbatim("Panjangnya 1.500 meter.", 2), short="12 Maret 2021")
    assert answer.text == f"{OPENING} [1] Panjangnya 1.500 meter. [2]"
    assert [c.n for c in answer.citations] == [1, 2]
    assert all(FIRST[c.start : c.end] == c.quote for c in answer.citations)
    assert (answer.short, answer.abstained, answer.reason, answer.trace.dropped) == ("12 Maret 2021", False, "", ())
    assert check(answer, ARTICLES.__getitem__) == []


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (verbatim("Jembatan baru diresmikan Presiden pada 12 Maret 2021."), "the quote is not in the passage"),
        (verbatim(OPENING, 3), "the quote is not in the passage"),
        (verbatim(OPENING.replace("é", "e")), "the quote is not in the passage"),
        (verbatim(unicodedata.normalize("NFD", OPENING)), "the quote is not in the passage"),
        (verbatim(OPENING.replace("baru", "ba\u200bru")), "the quote is not in the passage"),
        (verbatim(OPENING.replace(" ", "\u00a0", 1)), "the quote is not in the passage"),
        (verbatim(OPENING.lower()), "the quote is not in the passage"),
        (verbatim("Jembatan lama runtuh.", 4), "masked"),
        (verbatim(FIRST[: CUT + 10], 4), "masked"),
        (verbatim(OPENING + "\nBaca juga: Jembatan lama runtuh.\nPanjangnya 1.500 meter.", 1), "the quote is not in the passage"),
        (verbatim(""), "no word"),
        (verbatim("   "), "no word"),
        (verbatim("\u200b"), "no word"),
        (verbatim("."), "no word"),
        (verbatim(f" {OPENING}"), "white space"),
        (verbatim(OPENING, 9), "no hit with rank 9"),
        (verbatim(OPENING, 0), "no hit with rank 0"),
        (verbatim(OPENING, -1), "no hit with rank -1"),
        (verbatim("etujui tarif tol", 2), "cuts a word"),
        (Claim(text="Jembatan diresmikan pada 13 Maret 2021.", quote=OPENING, hit_rank=1), "number 13"),
        (Claim(text="Jembatan diresmikan pada 12 April 2021.", quote=OPENING, hit_rank=1), "month 'april'"),
        (Claim(text="Jembatan itu diresmikan Rahman dan Siti.", quote=OPENING, hit_rank=1), "name 'Siti'"),
        (Claim(text="Jembatan itu tidak diresmikan.", quote=OPENING, hit_rank=1), "denies"),
        (Claim(text="Panjangnya lima juta meter.", quote="Panjangnya 1.500 meter.", hit_rank=2), "number 5"),
        (Claim(text="", quote=OPENING, hit_rank=1), "says nothing"),
        (Claim(text="Jembatan\u200b diresmikan.", quote=OPENING, hit_rank=1), "invisible"),
    ],
)
def test_a_hostile_claim_is_dropped_with_its_reason(claim: Claim, why: str) -> None:
    answer = prove(claim)
    assert (answer.abstained, answer.reason, answer.text, answer.short, answer.citations) == (True, "not-proved", "", "", ())
    assert [why in drop.why for drop in answer.trace.dropped] == [True]
    assert answer.trace.dropped[0].quote == claim.quote


def test_a_claim_in_other_words_may_say_what_its_quote_says() -> None:
    claim = Claim(text="Gubernur Rahman meresmikannya pada 12 Maret 2021.", quote=OPENING, hit_rank=1)
    assert prove(claim).text == "Gubernur Rahman meresmikannya pada 12 Maret 2021. [1]"


def test_a_bad_claim_does_not_take_a_good_one_with_it() -> None:
    answer = prove(verbatim("Jembatan runtuh kemarin."), verbatim(OPENING))
    assert [c.quote for c in answer.citations] == [OPENING]
    assert len(answer.trace.dropped) == 1


def test_the_same_span_is_cited_once_whichever_hit_it_came_by() -> None:
    answer = prove(verbatim(OPENING, 1), verbatim(OPENING, 4))
    assert answer.text == f"{OPENING} [1]"
    assert "already" in answer.trace.dropped[0].why


def test_two_claims_may_rest_on_one_citation() -> None:
    answer = prove(verbatim(OPENING), Claim(text="José Rahman meresmikannya.", quote=OPENING, hit_rank=1))
    assert answer.text == f"{OPENING} [1] José Rahman meresmikannya. [1]"
    assert len(answer.citations) == 1


def both(second: str, rank: int = 3) -> Claim:
    text = "Jembatan itu diresmikan José Rahman dan menghubungkan dua pulau."
    return Claim(text=text, quote=OPENING, hit_rank=1, also=(Quoted(quote=second, hit_rank=rank),))


def test_a_sentence_that_needs_two_quotes_has_both_numbers() -> None:
    answer = prove(both("Jembatan itu menghubungkan dua pulau."), verbatim(OPENING))
    assert answer.text == f"Jembatan itu diresmikan José Rahman dan menghubungkan dua pulau. [1][2] {OPENING} [1]"
    assert [(c.n, c.article_id) for c in answer.citations] == [(1, "a"), (2, "b")]


@pytest.mark.parametrize(
    ("claim", "limit", "why"),
    [
        (both("Jembatan itu menghubungkan tiga pulau."), 3, "is not in the quote"),
        (both("Jembatan itu menghubungkan dua pulau.", 9), 3, "no hit with rank 9"),
        (both("Panjangnya 1.500 meter, kata kontraktor."), 3, "number 2"),
        (both("Jembatan itu menghubungkan dua pulau."), 1, "more than 1"),
    ],
)
def test_one_bad_quote_of_two_costs_the_sentence(claim: Claim, limit: int, why: str) -> None:
    answer = prove(claim, limit=limit)
    assert answer.citations == ()
    assert why in answer.trace.dropped[0].why


def test_equal_words_in_two_articles_are_said_and_cited_once() -> None:
    # Until a reader counted sources, two citations showed that two articles say so; now the count does, and a reader reads it once.
    answer = prove(verbatim("Panjangnya 1.500 meter", 2), verbatim("Panjangnya 1.500 meter", 3))
    assert answer.text == "Panjangnya 1.500 meter [1]"
    assert [c.article_id for c in answer.citations] == ["a"]
    assert "said already" in answer.trace.dropped[0].why


def test_markers_inside_a_quote_number_nothing() -> None:
    words = '"Ini [3] jembatan kita," kata José.'
    answer = prove(verbatim(words, 2))
    assert answer.text == f"{words} [1]"
    assert [c.n for c in answer.citations] == [1]


def test_no_more_citations_than_allowed() -> None:
    answer = prove(verbatim(OPENING), verbatim("Panjangnya 1.500 meter.", 2), limit=1)
    assert len(answer.citations) == 1
    assert "more than 1" in answer.trace.dropped[0].why


def test_a_short_answer_must_stand_in_a_cited_quote() -> None:
    assert prove(verbatim(OPENING), short="Gubernur José Rahman").short == "Gubernur José Rahman"
    answer = prove(verbatim(OPENING), short="13 Maret 2021")
    assert (answer.short, answer.abstained) == ("", False)
    assert answer.trace.dropped[0].claim == "13 Maret 2021"


@pytest.mark.parametrize(
    ("short", "kept"),
    [
        ("Gubernur José Rahman; 1.500 meter", True),
        ("Gubernur José Rahman", True),
        ("Gubernur José Rahman; Budi", False),
        ("Gubernur José Rahman; ", False),
        ("; ", False),
        ("Gubernur José Rahman, 1.500 meter", False),
        ("Gubernur José Rahman;1.500 meter", False),
    ],
)
def test_a_list_may_be_gathered_from_several_quotes_and_nothing_else_may(short: str, kept: bool) -> None:
    claims = verbatim(OPENING), verbatim("Panjangnya 1.500 meter.", 2)
    assert prove(*claims, short=short, kind="list").short == (short if kept else "")
    alone = kept and "; " not in short
    assert prove(*claims, short=short, kind="who").short == (short if alone else "")


def test_a_digest_may_cite_more_than_the_setting_and_nothing_less() -> None:
    claims = verbatim(OPENING), verbatim("Panjangnya 1.500 meter.", 2)
    query = Query(text="Ceritakan tentang jembatan")
    for most, cited in ((0, 1), (1, 1), (2, 2)):
        answer = verify(
            query.text, query, Draft(claims=claims, confidence=0.9, most=most), HITS, ARTICLES.__getitem__,
            threshold=0.5, max_citations=1, trace=Trace(),
        )  # fmt: skip
        assert len(answer.citations) == cited
    assert len(prove(*claims, limit=3).citations) == 2


def test_yes_and_no_are_allowed_only_for_a_yes_no_question() -> None:
    assert prove(verbatim(OPENING), short="Ya", kind="yes_no").short == "Ya"
    assert prove(verbatim(OPENING), short="Yes", kind="yes_no").short == ""
    assert prove(verbatim(OPENING), short="Ya", kind="when").short == ""


@pytest.mark.parametrize("confidence", [0.49, 0.0, -1.0, math.nan])
def test_too_little_confidence_withholds_the_answer(confidence: float) -> None:
    answer = prove(verbatim(OPENING), confidence=confidence)
    assert (answer.abstained, answer.reason, answer.citations) == (True, "low-confidence", ())
    assert 0.0 <= answer.confidence <= 1.0


def test_the_readers_own_reason_is_kept() -> None:
    query = Query(text="x")
    answer = verify(
        "x", query, Draft(reason="nothing-found"), (), ARTICLES.__getitem__, threshold=0.5, max_citations=3, trace=Trace()
    )
    assert (answer.abstained, answer.reason) == (True, "nothing-found")
    assert (
        verify("x", query, Draft(), HITS, ARTICLES.__getitem__, threshold=0.5, max_citations=3, trace=Trace()).reason
        == "not-in-articles"
    )


def test_a_passage_that_does_not_stand_in_its_article_proves_nothing() -> None:
    forged = Hit(passage=Passage(id="a:0-6", article_id="a", start=0, end=6, text="Gempa!"), score=1.0, rank=1, stage="fused")
    lost = Hit(passage=Passage(id="z:0-6", article_id="z", start=0, end=6, text="Gempa!"), score=1.0, rank=2, stage="fused")
    for rank, why in ((1, "passage is not in its article"), (2, "not in the index")):
        answer = verify(
            "x", Query(text="x"), Draft(claims=(verbatim("Gempa!", rank),), confidence=1.0), (forged, lost), ARTICLES.__getitem__,
            threshold=0.5, max_citations=3, trace=Trace(),
        )  # fmt: skip
        assert answer.abstained
        assert why in answer.trace.dropped[0].why


def test_the_check_names_a_citation_that_no_longer_holds() -> None:
    answer = prove(verbatim(OPENING))
    changed = {"a": article("a", FIRST.replace("2021", "2022")), "b": ARTICLES["b"]}
    assert "has changed" in check(answer, changed.__getitem__)[0]
    assert "not in the index" in check(answer, {}.__getitem__)[0]
    assert "masked" in check(answer, {"a": article("a", FIRST, "diresmikan")}.__getitem__)[0]


def test_abstaining_keeps_the_hits_and_says_why() -> None:
    answer = abstain("", Query(text=""), "empty-question", HITS, Trace(index="g"))
    assert (answer.abstained, answer.reason, answer.hits, answer.citations, answer.trace.index) == (
        True,
        "empty-question",
        HITS,
        (),
        "g",
    )


def test_seconds_are_added_without_touching_the_answer() -> None:
    answer = prove(verbatim(OPENING))
    timed = with_seconds(answer, [("search", 0.1)])
    assert (timed.trace.seconds, timed.citations) == ((("search", 0.1),), answer.citations)


SPANS = st.tuples(st.sampled_from([FIRST, SECOND]), st.integers(0, len(FIRST)), st.integers(0, len(FIRST))).map(
    lambda t: t[0][min(t[1:]) : max(t[1:])]
)
WORDS = st.one_of(
    SPANS, st.text(max_size=30), st.sampled_from([OPENING, "Panjangnya 1.500 meter", "Jembatan lama runtuh.", "[1]"])
)
CLAIMS = st.lists(
    st.one_of(
        st.builds(verbatim, WORDS, st.integers(-1, 6)),
        st.builds(lambda text, quote, rank: Claim(text=text, quote=quote, hit_rank=rank), WORDS, WORDS, st.integers(-1, 6)),
        st.builds(
            lambda words, other, rank: Claim(text=words, quote=words, hit_rank=rank, also=(Quoted(quote=other, hit_rank=rank),)),
            WORDS,
            WORDS,
            st.integers(-1, 6),
        ),
    ),
    max_size=6,
)


@given(CLAIMS, WORDS, st.floats(), st.sampled_from(["when", "yes_no"]), st.integers(0, 4))
def test_whatever_the_draft_every_citation_obeys_the_law(
    claims: list[Claim], short: str, confidence: float, kind: str, limit: int
) -> None:
    answer = prove(*claims, short=short, confidence=confidence, kind=kind, limit=limit)
    for citation in answer.citations:
        owner = ARTICLES[citation.article_id]
        assert owner.text[citation.start : citation.end] == citation.quote
        assert not any(mask.start < citation.end and citation.start < mask.end for mask in owner.masks)
        assert any(character.isalnum() for character in citation.quote)
    assert [c.n for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert answer.abstained == (not answer.citations)
    assert (answer.reason == "") == (not answer.abstained)
    assert (
        not answer.short
        or any(answer.short in c.quote for c in answer.citations)
        or (kind == "yes_no" and answer.short in {"Ya", "Tidak"})
    )
    assert all(f"[{c.n}]" in answer.text for c in answer.citations)
    assert 0.0 <= answer.confidence <= 1.0
    assert check(answer, ARTICLES.__getitem__) == []
