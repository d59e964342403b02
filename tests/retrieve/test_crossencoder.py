import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

import qa

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")
from onnx import numpy_helper

from qa.errors import ModelError
from qa.retrieve.crossencoder import CrossEncoder
from qa.retrieve.reading import SHIPPED
from qa.retrieve.spans import windows
from qa.training.reader_network.model import POLAR, ReaderNet, Shape, save_net, with_polar
from qa.training.reader_network.onnx_graph import build, round_rows
from qa.training.reader_network.reader_export import LARGEST, difference, export, logits
from qa.training.reader_network.start_shipped import net_of_onnx

pytestmark = pytest.mark.extra("torch")

LETTERS = [f"{mark}{sign}" for sign in "abcdefghijklmnopqrstuvwxyz0123456789.,?-" for mark in ("", "##")]
PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *LETTERS, "pada", "tahun", "gempa", "kapan", "di"]


def net_of(seed: int = 0, *, averaged: int = 0) -> ReaderNet:
    torch.manual_seed(seed)
    net = ReaderNet(Shape(pieces=len(PIECES), width=64, layers=2, heads=4, inner=96, positions=72, averaged=averaged))
    with torch.no_grad():
        for part in net.parameters():
            if part.ndim > 1:
                part.normal_(std=0.12)
    return net.eval()


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("run") / "reader.pt"
    save_net(net_of(), path)
    return path


@pytest.fixture(scope="module")
def folder(checkpoint, tmp_path_factory) -> Path:
    made = export(checkpoint, tmp_path_factory.mktemp("model"))
    tokenizer = Tokenizer(models.WordPiece({piece: at for at, piece in enumerate(PIECES)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.BertNormalizer(strip_accents=True, lowercase=True)]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(made / "tokenizer.json"))
    return made


@pytest.fixture(scope="module")
def reader(folder) -> CrossEncoder:
    return CrossEncoder.open(folder, threads=1)


@pytest.fixture
def batch():
    rng = np.random.default_rng(3)
    mask = np.ones((4, 40), dtype=np.int64)
    mask[1, 25:], mask[3, 7:] = 0, 0
    return rng.integers(5, len(PIECES), (4, 40)), rng.integers(0, 24, (4, 40)), mask


def test_the_exported_graph_equals_torch_in_float32(checkpoint, batch):
    gaps = difference(checkpoint, build(net_of(), eight_bits=False), batch)
    assert gaps["largest"] < 1e-4, "logits; the two only differ in the order of sums"


def test_verdicts_of_a_mean_of_all_tokens_are_exported_and_read_back(batch, tmp_path):
    net = net_of(averaged=1)
    path = tmp_path / "reader.pt"
    save_net(net, path)
    assert difference(path, build(net, eight_bits=False), batch)["largest"] < 1e-4
    ids, kinds, mask = (torch.from_numpy(part) for part in batch)
    longer = [
        torch.cat([part, torch.ones(len(part), 9, dtype=torch.int64) * fill], 1)
        for part, fill in ((ids, 5), (kinds, 0), (mask, 0))
    ]
    torch.testing.assert_close(net(*longer)[1], net(ids, kinds, mask)[1], msg="padding is no part of the mean")
    exported = export(path, tmp_path / "model")
    again = net_of_onnx(exported / "reader.onnx")
    assert again.shape == net.shape
    torch.testing.assert_close(again.verdict.bias, net.verdict.bias)
    assert not torch.allclose(net_of()(ids, kinds, mask)[1], net(ids, kinds, mask)[1], atol=1e-3), (
        "it is another network without the mean"
    )


def test_the_eight_bit_graph_differs_from_torch_by_rounding_alone(checkpoint, folder, batch):
    net = net_of()
    with torch.no_grad():
        for name, part in net.named_parameters():
            if name in {"word.weight", "position.weight", "pool.weight"} or name.endswith(
                ("qkv.weight", "out.weight", "up.weight", "down.weight")
            ):
                small, scale = round_rows(part.numpy(), paired=name not in {"word.weight", "position.weight"})
                part.copy_(torch.from_numpy(small * scale))
        wanted = [part.numpy() for part in net(*(torch.from_numpy(part) for part in batch))]
    given_spans, given_verdicts = logits(folder / "reader.onnx", batch)
    inside = batch[2].astype(bool)
    spread = wanted[0][inside].std()
    assert np.abs(wanted[0] - given_spans)[inside].mean() < 0.08 * spread, "only activations are rounded differently"
    assert difference(checkpoint, folder / "reader.onnx", batch)["mean"] < 0.1 * spread
    assert given_verdicts.shape == (4, 5)


@pytest.mark.parametrize("paired", [False, True])
def test_rounding_keeps_each_row_to_half_a_step(paired):
    matrix = np.random.default_rng(0).normal(size=(7, 33)).astype(np.float32) * np.logspace(-3, 2, 7)[:, None].astype(np.float32)
    small, scale = round_rows(matrix, paired=paired)
    assert small.dtype == np.int8
    assert (np.abs(small * scale - matrix) <= scale / 2 + 1e-6).all()


def most_of_two(matrix) -> int:
    """The largest sum of the magnitudes of two neighbours: what meets 255 twice in 16 bits."""
    size = np.abs(matrix.astype(int))
    even = size.shape[1] // 2 * 2
    return int((size[:, 0:even:2] + size[:, 1:even:2]).max())


@pytest.mark.parametrize("columns", [2, 33, 384])
def test_rounded_in_pairs_two_products_fit_sixteen_bits(columns):
    matrix = np.random.default_rng(columns).normal(size=(200, columns)).astype(np.float32)
    matrix[0] = 1.0  # every neighbour is as large as the largest
    assert 255 * most_of_two(round_rows(matrix, paired=True)[0]) <= 2**15 - 1 < 255 * most_of_two(round_rows(matrix)[0])


def test_no_sum_of_the_shipped_weights_can_saturate():
    graph = onnx.load(str(SHIPPED / "reader.onnx")).graph
    weights = {one.name: one for one in graph.initializer}
    matrices = [numpy_helper.to_array(weights[node.input[1]]) for node in graph.node if node.op_type == "MatMulInteger"]
    assert len(matrices) == 12 * 4 + 1
    assert max(most_of_two(matrix.T) for matrix in matrices) <= 128


def test_padding_changes_nothing(reader):
    alone = reader.score("kapan gempa?", ["di pada tahun 1990"])[0]
    together = reader.score("kapan gempa?", ["di pada tahun 1990", "gempa " * 30])[0]
    assert together.relevance == pytest.approx(alone.relevance, abs=0.02)
    assert together.spans[0].start == alone.spans[0].start


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=120), min_size=1, max_size=4), st.text(max_size=40))
def test_readings_come_in_order_with_spans_inside_their_texts(reader, texts, question):
    readings = reader.score(question, texts, spans=4)
    assert len(readings) == len(texts)
    for reading, text in zip(readings, texts, strict=True):
        assert np.isfinite([reading.relevance, reading.answerable]).all()
        assert reading.polar == 0.0, "this network has no head for yes and no"
        for span in reading.spans:
            assert 0 <= span.start < span.end <= len(text)
            quote = text[span.start : span.end]
            assert quote == quote.strip()
        for one in reading.spans:
            assert sum(one.start < other.end and other.start < one.end for other in reading.spans) == 1, (
                "it overlaps itself alone"
            )
        scores = [span.score for span in reading.spans]
        assert scores == sorted(scores, reverse=True)


def test_a_text_longer_than_the_network_is_read_to_its_end(reader):
    text = "pada tahun " * 60 + "gempa"
    reading = reader.score("kapan", [text], spans=40)[0]
    assert max(span.end for span in reading.spans) > len(text) - 100
    limited = reader.score("kapan", [text], spans=40, windows_each=1)[0]
    assert max(span.end for span in limited.spans) < len(text) - 100


def test_the_best_span_weighs_as_much_as_its_two_logits(reader):
    text = "gempa di pada tahun 1990, kapan?"
    best = reader.score("kapan gempa", [text], spans=1)[0].spans[0]
    asked, passage = reader.encoder.texts(["kapan gempa"])[0], reader.encoder.texts([text])[0]
    ids, kinds, first = reader.encoder.pair(asked, passage, None)
    spans, _ = reader.logits(*reader.encoder.batch([(ids, kinds)]))
    inside = spans[0][first : first + len(passage)]
    start, end = list(passage.starts).index(best.start), list(passage.ends).index(best.end)
    assert best.score == pytest.approx(inside[start, 0] + inside[end, 1], abs=1e-4)
    every = [inside[a, 0] + inside[b, 1] for a in range(len(passage)) for b in range(a, len(passage))]
    assert best.score == pytest.approx(max(every), abs=1e-4)


def test_readings_are_the_networks_own_log_odds(reader):
    asked, passage = reader.encoder.texts(["kapan gempa"])[0], reader.encoder.texts(["gempa di 1990"])[0]
    ids, kinds, _ = reader.encoder.pair(asked, passage, None)
    _, verdicts = reader.logits(*reader.encoder.batch([(ids, kinds)]))
    reading = reader.score("kapan gempa", ["gempa di 1990"])[0]
    assert (reading.relevance, reading.answerable) == pytest.approx((verdicts[0, 0], verdicts[0, 1]), abs=1e-4)


def test_a_network_with_six_verdicts_says_yes_or_no_by_the_window_that_answers_best(folder, tmp_path):
    net = with_polar(net_of())
    with torch.no_grad():
        net.verdict.bias[POLAR] += 4.0
    path = tmp_path / "reader.pt"
    save_net(net, path)
    made = export(path, tmp_path / "model")
    (made / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    wider = CrossEncoder.open(made, threads=1)
    text = "pada tahun 1990 " * 40
    reading = wider.score("kapan gempa", [text])[0]
    asked, passage = wider.encoder.texts(["kapan gempa"])[0], wider.encoder.texts([text])[0]
    rows = [(piece.ids, piece.kinds) for piece in windows(wider.encoder, asked, passage)]
    assert len(rows) > 1
    verdicts = np.concatenate([wider.logits(*wider.encoder.batch([row]))[1] for row in rows])
    assert verdicts.shape == (len(rows), POLAR + 1)
    best = verdicts[verdicts[:, 1].argmax()]
    assert (reading.answerable, reading.polar) == pytest.approx((best[1], best[POLAR]), abs=1e-4)
    assert reading.relevance == pytest.approx(verdicts[:, 0].max(), abs=1e-4)
    assert difference(path, build(net, eight_bits=False), wider.encoder.batch(rows[:1]))["largest"] < 1e-4
    assert net_of_onnx(made / "reader.onnx").shape.verdicts == POLAR + 1


def test_titles_are_read_but_never_answered_from(reader):
    with_title = reader.score("kapan gempa", ["pada tahun 1990"], titles=["gempa di 1990"])[0]
    without = reader.score("kapan gempa", ["pada tahun 1990"])[0]
    assert with_title.relevance != without.relevance
    assert all(span.end <= len("pada tahun 1990") for span in with_title.spans)
    with pytest.raises(ModelError, match="2 titles for 1 texts"):
        reader.score("kapan", ["pada"], titles=["a", "b"])


def test_entailment_gives_probabilities_and_one_at_a_time_equals_all_at_once(reader):
    pairs = [("gempa di tahun 1990", "gempa pada 1990"), ("pada tahun", "di"), ("", "gempa")]
    every = reader.entail_all(pairs)
    for pair, together in zip(pairs, every, strict=True):
        alone = reader.entail(*pair)
        assert alone.entailed + alone.neutral + alone.contradicted == pytest.approx(1)
        assert alone.entailed == pytest.approx(together.entailed, abs=0.02)
    assert reader.entail_all([]) == []
    assert reader.score("kapan", []) == []


def test_a_calibration_in_the_config_moves_the_probabilities_of_entailment(folder, tmp_path):
    for name in ("reader.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    config = json.loads((folder / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps(config | {"calibration": {"entailment": [0.0, 0.0]}}))
    said = CrossEncoder.open(tmp_path).entail("gempa di 1990", "gempa")
    assert (said.entailed, said.neutral, said.contradicted) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("config.json", b"{", "not JSON"),
        ("config.json", b'{"format": 99}', "not a reader of format"),
        ("reader.onnx", b"broken", "cannot load"),
        ("tokenizer.json", b"{}", "not a tokenizer"),
    ],
)
def test_a_broken_file_is_named(folder, tmp_path, file, content, message):
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / file).write_bytes(content)
    with pytest.raises(ModelError, match=message) as caught:
        CrossEncoder.open(tmp_path)
    assert file in str(caught.value)


def test_an_absent_model_and_a_foreign_tokenizer_are_named(folder, tmp_path):
    with pytest.raises(ModelError, match="no reader here"):
        CrossEncoder.open(tmp_path)
    (tmp_path / "config.json").write_bytes((folder / "config.json").read_bytes())
    with pytest.raises(ModelError, match="no such file"):
        CrossEncoder.open(tmp_path)
    config = json.loads((folder / "config.json").read_text())
    for name in ("reader.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "config.json").write_text(json.dumps(config | {"pieces": 7}))
    with pytest.raises(ModelError, match="trained with \\(7 pieces"):
        CrossEncoder.open(tmp_path)
    (tmp_path / "config.json").write_text(json.dumps(config | {"tokenizer_sha256": "0" * 64}))
    with pytest.raises(ModelError, match="not the vocabulary"):
        CrossEncoder.open(tmp_path)


def test_the_shipped_reader_answers_abstains_and_proves():
    shipped = CrossEncoder.open(Path(qa.__file__).parent / "models" / "reader", threads=1)
    text = "Gempa bermagnitudo 6,1 mengguncang Kota Palu pada Selasa (4/2/2020). Wali Kota Hidayat mengatakan tiga rumah rusak."
    weather = "Harga beras di Pasar Induk Cipinang naik menjadi Rp 12.000 per kilogram sejak pekan lalu."
    right, wrong = shipped.score("Kota mana yang diguncang gempa?", [text, weather])
    assert right.relevance > wrong.relevance
    assert right.answerable > wrong.answerable
    assert "Palu" in text[right.spans[0].start : right.spans[0].end]
    proved = shipped.entail("Wali Kota Hidayat mengatakan tiga rumah rusak.", "Tiga rumah rusak.")
    denied = shipped.entail("Wali Kota Hidayat mengatakan tiga rumah rusak.", "Tidak ada rumah yang rusak.")
    assert proved.entailed > denied.entailed
    assert denied.contradicted > 0.5


def test_the_shipped_reader_keeps_its_size():
    folder = Path(qa.__file__).parent / "models" / "reader"
    assert LARGEST == 48_000_000, "issue 14 allows no more"
    assert sum(path.stat().st_size for path in folder.iterdir()) <= LARGEST
