"""The Verifier: agreement and entailment, loaded late, and what it does not know across languages."""

from types import SimpleNamespace

import pytest

from qa.answer.verify.entailment import EntailmentVerifier, in_one_language, shared, verbatim
from qa.retrieve.crossencoder import CrossEncoder
from qa.retrieve.reading import SHIPPED

QUOTE = "Gubernur Rahman meresmikan Jembatan Palu pada Rabu, 12 Maret 2021."


def scripted(entailed: float, contradicted: float = 0.0) -> EntailmentVerifier:
    return EntailmentVerifier(lambda: lambda *_: SimpleNamespace(entailed=entailed, contradicted=contradicted))


@pytest.fixture(scope="module")
def shipped() -> EntailmentVerifier:
    return EntailmentVerifier(lambda: CrossEncoder.open(SHIPPED, threads=1).entail)


def test_words_of_the_quote_are_carried_whatever_the_head_says_and_without_loading_it():
    def never():
        raise AssertionError("loaded")

    assert EntailmentVerifier(never).supports(QUOTE, "“gubernur rahman  meresmikan jembatan palu”") == 1.0
    assert EntailmentVerifier(never).supports(QUOTE, "Rahman meresmikan Jembatan Palu pada 13 Maret 2021.") == 0.0


def test_the_head_is_loaded_once():
    loads = []
    verifier = EntailmentVerifier(lambda: loads.append(1) or (lambda *_: SimpleNamespace(entailed=0.9, contradicted=0.0)))
    for _ in range(3):
        verifier.supports(QUOTE, "Jembatan Palu diresmikan Rahman.")
    assert loads == [1]


def test_support_rises_with_entailment_and_with_shared_words():
    claim, further = "Rahman membuka jembatan di Palu.", "Rahman membuka sarana umum baru bagi warga."
    assert scripted(0.1).supports(QUOTE, claim) < scripted(0.5).supports(QUOTE, claim) < scripted(0.9).supports(QUOTE, claim)
    assert scripted(0.5).supports(QUOTE, further) < scripted(0.5).supports(QUOTE, claim)
    assert scripted(0.3, 0.69).supports(QUOTE, claim) < scripted(0.3, 0.0).supports(QUOTE, claim)
    assert all(0.0 <= scripted(p).supports(QUOTE, claim) <= 1.0 for p in (0.0, 1.0))


@pytest.mark.parametrize(
    "claim",
    [
        "Jembatan Palu diresmikan oleh Gubernur Rahman.",
        "Peresmian Jembatan Palu dilakukan Rahman pada 12 Maret 2021.",
        "Governor Rahman opened the Palu bridge on 12 March 2021.",
    ],
)
def test_the_shipped_head_carries_a_true_sentence(shipped, claim):
    assert shipped.supports(QUOTE, claim) >= 0.5


@pytest.mark.parametrize(
    "claim",
    [
        "Rahman dilantik sebagai gubernur setelah menang telak dalam pemilihan.",
        "Jembatan Palu dibangun dengan pinjaman dari bank asing.",
        "Gubernur Sutrisno meresmikan Jembatan Palu.",
        "Governor Rahman resigned after a corruption scandal.",
    ],
)
def test_the_shipped_head_does_not_carry_a_false_one(shipped, claim):
    assert shipped.supports(QUOTE, claim) < 0.5


def test_an_english_claim_is_weighed_in_indonesian_and_so_is_an_english_quote():
    asked = []

    def entail(premise, hypothesis):
        asked.append((premise, hypothesis))
        return SimpleNamespace(entailed=0.9, contradicted=0.0)

    verifier = EntailmentVerifier(lambda: entail)
    assert verifier.supports(QUOTE, "Governor Rahman opened the bridge on 12 March 2021.") > 0.5
    assert asked[0][0] == QUOTE
    assert "jembatan" in asked[0][1]
    verifier.supports("The missiles fell into the sea on Wednesday.", "Rudal itu jatuh ke laut pada Rabu.")
    assert "rudal" in asked[1][0]
    assert verifier.supports(QUOTE, "The governor has a house with seven windows and a garden.") == 0.0
    assert in_one_language(QUOTE, "Jembatan itu dibuka.") == (QUOTE, "Jembatan itu dibuka.", False)


def test_shared_is_the_share_of_content_words_by_their_roots():
    assert shared("Rahman diresmikan kemarin", QUOTE) == pytest.approx(2 / 3)
    assert shared("yang di", QUOTE) == 0.0


def test_verbatim_begins_and_ends_with_a_word():
    assert verbatim(QUOTE, "Rahman meresmikan Jembatan Palu.")
    assert not verbatim(QUOTE, "man meresmikan Jembatan")
    assert not verbatim("Warga tidak menyetujui tarif.", "setujui tarif")
    assert not verbatim(QUOTE, "")
