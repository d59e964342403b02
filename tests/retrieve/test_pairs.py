import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from qa.errors import ModelError
from qa.retrieve.pairs import PairEncoder, stem
from qa.retrieve.spans import best_spans, windows

WORDS = [
    "kapan",
    "siapa",
    "presiden",
    "menulis",
    "ditulis",
    "tulisan",
    "buku",
    "itu",
    "pada",
    "tahun",
    "1990",
    "jakarta",
    "di",
    "?",
    ".",
    "(",
    ")",
    "##nya",
    "##a",
]


@pytest.fixture(scope="module")
def encoder() -> PairEncoder:
    letters = [f"{mark}{sign}" for sign in "abcdefghijklmnopqrstuvwxyz0123456789" for mark in ("", "##")]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys([*WORDS, *letters])]
    tokenizer = Tokenizer(models.WordPiece({piece: at for at, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.BertNormalizer(strip_accents=True, lowercase=True)]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return PairEncoder(tokenizer, positions=48)


def names(encoder: PairEncoder, ids: np.ndarray) -> list[str]:
    return [encoder.tokenizer.id_to_token(int(number)) for number in ids]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("menulis", "tulis"),
        ("ditulis", "tulis"),
        ("tulisan", "tulis"),
        ("memukul", "pukul"),
        ("pukulan", "pukul"),
        ("menyapu", "sapu"),
        ("mengirim", "kirim"),
        ("bukunya", "buku"),
        ("di", "di"),
        ("ibu", "ibu"),
    ],
)
def test_forms_of_one_word_share_a_stem(word, expected):
    assert stem(word) == expected


def test_a_pair_is_the_question_then_the_passage_between_marks(encoder):
    question, passage = encoder.texts(["Siapa presiden?", "Presiden di Jakarta."])
    ids, kinds, first = encoder.pair(question, passage)
    assert names(encoder, ids) == ["[CLS]", "siapa", "presiden", "?", "[SEP]", "presiden", "di", "jakarta", ".", "[SEP]"]
    assert names(encoder, ids[first:])[:1] == ["presiden"]
    assert len(kinds) == len(ids)


def test_a_title_is_between_question_and_passage_and_not_part_of_the_passage(encoder):
    question, passage, title = encoder.texts(["siapa", "di jakarta", "buku itu"])
    ids, _, first = encoder.pair(question, passage, title)
    assert names(encoder, ids) == ["[CLS]", "siapa", "[SEP]", "buku", "itu", "[SEP]", "di", "jakarta", "[SEP]"]
    assert first == 6


def test_kinds_tell_shared_pieces_shared_stems_capitals_and_digits(encoder):
    question, passage = encoder.texts(["Kapan buku itu ditulis ?", "BUKU itu tulisan pada tahun 1990 di Jakarta ?"])
    ids, kinds, first = encoder.pair(question, passage)
    told = dict(zip(names(encoder, ids[first:]), kinds[first:].tolist(), strict=True))
    place = {name: kind // 4 for name, kind in told.items()}
    shape = {name: kind % 4 for name, kind in told.items()}
    assert (place["buku"], place["itu"]) == (2, 2), "the same piece in the question"
    assert place["tulisan"] == 3, "the same stem in the question"
    assert (place["pada"], place["?"]) == (1, 1), "neither; and sharing a question mark means nothing"
    assert (shape["buku"], shape["jakarta"], shape["1990"], shape["pada"]) == (2, 1, 3, 0)
    asked = dict(zip(names(encoder, ids[:first]), (kinds[:first] // 4).tolist(), strict=True))
    assert (asked["kapan"], asked["buku"], asked["ditulis"]) == (0, 4, 5)


@given(st.text(max_size=60))
def test_offsets_are_code_points_of_the_text_as_given(encoder, text):
    tokens = encoder.texts([text])[0]
    assert all(0 <= start <= end <= len(text) for start, end in zip(tokens.starts, tokens.ends, strict=True))
    assert all(later >= earlier for earlier, later in zip(tokens.starts, tokens.starts[1:], strict=False))


def test_a_long_passage_is_read_in_windows_that_miss_no_token(encoder, monkeypatch):
    monkeypatch.setattr("qa.retrieve.spans.OVERLAP", 10)
    question, passage = encoder.texts(["siapa ?", "pada tahun 1990 " * 40])
    pieces = list(windows(encoder, question, passage))
    covered = set()
    for piece in pieces:
        assert len(piece.ids) <= encoder.positions
        held = piece.ids[piece.first : piece.first + piece.length]
        assert (held == passage.ids[piece.offset : piece.offset + piece.length]).all()
        covered |= set(range(piece.offset, piece.offset + piece.length))
    assert covered == set(range(len(passage)))
    assert len(pieces) > 2


def test_a_passage_that_fits_is_one_window_and_an_empty_one_too(encoder):
    question, short, empty = encoder.texts(["siapa ?", "di jakarta", ""])
    assert [piece.length for piece in windows(encoder, question, short)] == [2]
    assert [piece.length for piece in windows(encoder, question, empty)] == [0]


@given(st.integers(1, 14), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_best_spans_are_those_of_trying_every_span(length, longest, seed):
    logits = np.random.default_rng(seed).normal(size=(length, 2)).astype(np.float32)
    every = [
        (float(logits[first, 0] + logits[last, 1]), first, last)
        for first in range(length)
        for last in range(first, min(length, first + longest))
    ]
    score, first, last = max(every, key=lambda option: (option[0], -option[1], -option[2]))
    found = best_spans(logits, 1, longest=longest)
    if length <= 12:
        assert found[0] == (first, last, pytest.approx(score))
    assert found == [] or found[0][2] <= score + 1e-6


def test_several_spans_do_not_overlap_and_come_best_first():
    logits = np.array([[5, 0], [0, 5], [0, 0], [4, 4], [1, 1]], dtype=np.float32)
    assert [span[:2] for span in best_spans(logits, 3)] == [(0, 1), (3, 3), (4, 4)]


def test_it_does_not_matter_in_which_order_pieces_are_met(encoder):
    other = PairEncoder(encoder.tokenizer, positions=48)
    other.texts(["buku tulisan menulis ditulis", "presiden jakarta"])
    texts = ["siapa menulis buku itu?", "ditulis presiden pada tahun 1990"]
    pairs = [each.pair(*each.texts(texts)) for each in (encoder, other)]
    assert [[part.tolist() for part in pair[:2]] for pair in pairs[:1]] == [
        [part.tolist() for part in pair[:2]] for pair in pairs[1:]
    ]


def test_a_tokenizer_without_a_mark_is_refused_with_the_cure():
    with pytest.raises(ModelError, match=r"no \[SEP\].*Cure"):
        PairEncoder(Tokenizer(models.WordPiece({"[UNK]": 0, "[CLS]": 1, "[PAD]": 2, "[MASK]": 3}, unk_token="[UNK]")))
