import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file
from tokenizers import Tokenizer

torch = pytest.importorskip("torch")
from torch.nn import functional

from qa.errors import TrainingError
from qa.training import data, vocabulary
from qa.training.encoder import export, views
from qa.training.encoder import hard_negatives as negatives
from qa.training.encoder import text_pairs as pairs
from qa.training.encoder import token_bags as bags
from qa.training.encoder.contrastive_loss import contrast
from qa.training.encoder.train_encoder import EncoderOptions, train

pytestmark = pytest.mark.extra("torch")

TINY = {"steps": 30, "batch": 24, "dim": 32, "hard": 2, "device": "cpu", "say": lambda _: None}


@pytest.fixture(scope="module")
def material(encoder_data: Path, tokenizer: Tokenizer) -> pairs.Material:
    return pairs.build(encoder_data, tokenizer, dev_pool=10)


def test_the_vocabulary_has_the_special_tokens_first_and_keeps_offsets_of_the_text_as_given(encoder_data: Path) -> None:
    tokenizer = vocabulary.train(encoder_data, size=400)
    assert [tokenizer.id_to_token(number) for number in range(5)] == ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    text = "KOTA  Gárut, Lamongan"
    encoding = tokenizer.encode(text, add_special_tokens=False)
    pieces: dict[int, str] = {}
    for word, (start, end) in zip(encoding.word_ids, encoding.offsets, strict=True):
        pieces[word] = pieces.get(word, "") + text[start:end]
    assert list(pieces.values()) == ["KOTA", "Gárut", ",", "Lamongan"]


@given(st.lists(st.lists(st.integers(0, 900), max_size=6), min_size=1, max_size=8), st.data())
def test_gather_equals_joining_the_ranges_one_by_one(rows: list[list[int]], draw: st.DataObject) -> None:
    flat = np.array([token for row in rows for token in row], dtype=np.uint16)
    ranges = [
        sorted((draw.draw(st.integers(0, len(flat))), draw.draw(st.integers(0, len(flat)))))
        for _ in range(draw.draw(st.integers(1, 5)))
    ]
    starts, ends = np.array(ranges, dtype=np.int64).T
    ids, offsets = bags.gather(flat, starts, ends)
    assert ids.tolist() == [token for start, end in ranges for token in flat[start:end].tolist()]
    assert offsets.tolist() == [sum(end - start for start, end in ranges[:number]) for number in range(len(ranges))]


def test_pooled_is_the_unit_mean_of_the_token_vectors_and_zero_for_no_tokens() -> None:
    table = np.random.default_rng(0).normal(size=(9, 4)).astype(np.float32)
    tokens = np.array([1, 2, 2, 8], dtype=np.uint16)
    starts, ends = np.array([0, 2, 4]), np.array([3, 2, 4])
    mean = table[[1, 2, 2]].mean(axis=0)
    rows = negatives.pooled(table, tokens, starts, ends)
    np.testing.assert_allclose(rows[0], mean / np.linalg.norm(mean), rtol=1e-5)
    assert not rows[1:].any()


def test_bm25_for_mining_equals_the_formula_written_out() -> None:
    passages = [[1, 2, 2, 3], [2, 4], [5, 5, 5, 1, 6, 7], [8], [9], [9], [9, 3], [8], [8], [8], [9], [9], [9]]
    flat = np.array([token for row in passages for token in row], dtype=np.uint16)
    ends = np.cumsum([len(row) for row in passages])
    postings = negatives.Postings.build(flat, ends - [len(row) for row in passages], ends, 10)
    query, n, average = [1, 6], len(passages), np.mean([len(row) for row in passages])

    def score(row: list[int]) -> float:
        total = 0.0
        for token in query:
            df = sum(token in other for other in passages)
            if (tf := row.count(token)) and df <= 0.1 * n:
                total += np.log(1 + (n - df + 0.5) / (df + 0.5)) * tf / (tf + 0.9 * (1 - 0.4 + 0.4 * len(row) / average))
        return total

    expected = sorted(range(n), key=lambda row: (-score(passages[row]), row))
    assert postings.best(np.array(query), 3)[:1].tolist() == expected[:1] == [2]


def test_topics_put_texts_of_one_topic_together() -> None:
    rng = np.random.default_rng(3)
    axes = np.eye(3, 8)
    vectors = np.concatenate([axis + rng.normal(scale=0.02, size=(30, 8)) for axis in axes]).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = negatives.topics(vectors, 12, rng)
    for topic in np.unique(found):
        assert len(np.unique(np.flatnonzero(found == topic) // 30)) == 1


@pytest.mark.parametrize("negatives_each", [0, 2])
def test_the_contrastive_loss_and_its_gradient_equal_the_library_cross_entropy(negatives_each: int) -> None:
    torch.manual_seed(1)
    n = 12
    queries = functional.normalize(torch.randn(n, 16), dim=1).requires_grad_()
    passages = functional.normalize(torch.randn(n * (1 + negatives_each), 16), dim=1).requires_grad_()
    groups = torch.randint(0, 15, (len(passages),))
    same = groups[:n, None] == groups[None, :]
    same[torch.arange(n), torch.arange(n)] = False
    logits = (20 * queries @ passages.T).masked_fill(same, -1e9)
    target = torch.arange(n)
    exact = (functional.cross_entropy(logits, target) + functional.cross_entropy(logits[:, :n].T, target)) / 2
    ours = contrast(queries, passages, groups, scale=20.0)
    torch.testing.assert_close(ours, exact)
    for mine, theirs in zip(
        torch.autograd.grad(ours, (queries, passages)), torch.autograd.grad(exact, (queries, passages)), strict=True
    ):
        torch.testing.assert_close(mine, theirs, rtol=1e-4, atol=1e-6)


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_a_batch_takes_queries_and_passages_from_the_same_article(material: pairs.Material, seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.permutation(material.free)[:16]
    batch = views.article_batch(material, rows, rng)
    start, end = material.article_ranges()
    for number, row in enumerate(rows):
        own = set(material.sentences.tokens[start[row] : end[row]].tolist())
        titled = own | set(material.titles.row(row).tolist())
        assert set(_bag(batch.passages, number)) <= own
        assert set(_bag(batch.queries, number)) <= titled
        assert len(_bag(batch.passages, number)) <= views.PASSAGE_TOKENS


def test_mined_negatives_are_never_the_right_passage_and_never_hold_the_answer(material: pairs.Material) -> None:
    table = np.random.default_rng(0).normal(size=(400, 16)).astype(np.float32)
    found = negatives.mine(material, table, np.random.default_rng(1), each=3, depth=8)
    start, end = material.article_ranges()
    assert found.shape == (len(material.questions), 3)
    for row, articles in enumerate(found):
        for article in articles:
            assert article != material.passage_of[row]
            if article >= material.free:  # what is drawn to fill up comes from the leads and news
                assert not set(material.answers.row(row).tolist()) <= set(
                    material.sentences.tokens[start[article] : end[article]].tolist()
                )


def test_no_held_out_passage_is_among_the_training_texts(
    encoder_data: Path, tokenizer: Tokenizer, material: pairs.Material
) -> None:
    kept = data.held_out(encoder_data)
    assert len(kept.contexts) > 3
    trained = {tuple(material.sentences.tokens[a:b].tolist()) for a, b in zip(*material.article_ranges(), strict=True)}
    for record in data.questions(encoder_data, data.TYDIQA):
        tokens = tuple(
            token for part in pairs.sentences_of(record.context) for token in tokenizer.encode(part, add_special_tokens=False).ids
        )
        assert (tokens in trained) == (data.canonical(record.context) not in kept.contexts)


def test_the_token_cache_comes_back_as_it_was_written(material: pairs.Material, tmp_path: Path) -> None:
    pairs.save(material, tmp_path / "material.npz")
    again = pairs.load(tmp_path / "material.npz")
    assert again.free == material.free
    np.testing.assert_array_equal(again.questions.tokens, material.questions.tokens)
    np.testing.assert_array_equal(again.dev_gold, material.dev_gold)


def test_a_broken_token_cache_is_an_error_with_its_cure(material: pairs.Material, tmp_path: Path) -> None:
    path = tmp_path / "material.npz"
    pairs.save(material, path)
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(TrainingError, match=r"material\.npz: the token cache cannot be read .* Cure: delete it"):
        pairs.load(path)


def test_a_trained_table_puts_a_question_nearest_its_own_passage(
    encoder_data: Path, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    vocabulary.save(tokenizer, words := tmp_path / "words.json")
    made = train(EncoderOptions(data=encoder_data, out=tmp_path / "run", vocabulary=words, **TINY | {"steps": 600}))
    log = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    assert made == tmp_path / "run" / "encoder"
    assert (made / "tokenizer.json").read_text() == words.read_text()
    assert (log[-1]["step"], log[-1]["stage"]) == (600, "questions")
    material = pairs.load(tmp_path / "run" / "material.npz")
    table = load_file(made / "model.safetensors")["embedding.weight"].astype(np.float32)
    start, end = material.article_ranges()
    passages = negatives.pooled(table, material.sentences.tokens, start[material.free :], end[material.free :])
    asked = negatives.pooled(table, material.questions.tokens, *negatives.bag_ranges(material.questions))
    nearest = material.free + np.argmax(asked @ passages.T, axis=1)
    assert (nearest == material.passage_of).mean() > 0.9


def test_equal_options_give_equal_weights_and_a_resumed_training_ends_like_one_without_a_stop(
    encoder_data: Path, tmp_path: Path
) -> None:
    words = tmp_path / "words.json"
    vocabulary.save(vocabulary.train(encoder_data, size=400), words)

    def weights(name: str, *, minutes: float | None = None, resume: bool = False) -> bytes:
        made = train(
            EncoderOptions(data=encoder_data, out=tmp_path / name, vocabulary=words, minutes=minutes, resume=resume, **TINY)
        )
        return (made / "model.safetensors").read_bytes()

    whole = weights("whole")
    assert weights("again") == whole
    weights("stopped", minutes=1e-9)
    assert weights("stopped", resume=True) == whole


def test_resuming_with_other_options_or_without_a_checkpoint_is_an_error(encoder_data: Path, tmp_path: Path) -> None:
    words = tmp_path / "words.json"
    vocabulary.save(vocabulary.train(encoder_data, size=400), words)
    with pytest.raises(TrainingError, match="no checkpoint to resume from"):
        train(EncoderOptions(data=encoder_data, out=tmp_path / "run", vocabulary=words, resume=True, **TINY))
    train(EncoderOptions(data=encoder_data, out=tmp_path / "run", vocabulary=words, **TINY | {"steps": 1}))
    with pytest.raises(TrainingError, match=r"seed was 7, is 8"):
        train(
            EncoderOptions(data=encoder_data, out=tmp_path / "run", vocabulary=words, seed=8, resume=True, **TINY | {"steps": 1})
        )
    (tmp_path / "run" / "checkpoint.pt").write_bytes(b"half a file")
    with pytest.raises(TrainingError, match=r"checkpoint\.pt: the checkpoint cannot be read"):
        train(EncoderOptions(data=encoder_data, out=tmp_path / "run", vocabulary=words, resume=True, **TINY | {"steps": 1}))


def test_an_encoder_that_cannot_be_right_is_not_written(tokenizer: Tokenizer, tmp_path: Path) -> None:
    size = tokenizer.get_vocab_size()
    bad = np.full((size, 4), np.nan, dtype=np.float32)
    for table, why in ((np.ones((size - 1, 4), dtype=np.float32), f"{size - 1} vectors for a vocabulary of"), (bad, "NaN")):
        with pytest.raises(TrainingError, match=why):
            export.static_encoder(table, tokenizer, tmp_path / "encoder")
    assert not (tmp_path / "encoder" / "model.safetensors").exists()


def _bag(texts: views.TokenBags, number: int) -> list[int]:
    ends = [*texts.offsets[1:].tolist(), len(texts.ids)]
    return texts.ids[texts.offsets[number] : ends[number]].tolist()
