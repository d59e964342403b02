import dataclasses
import hashlib
import json
import lzma
import time
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

torch = pytest.importorskip("torch")
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional

from qa.errors import TrainingError
from qa.retrieve.crossencoder import CrossEncoder
from qa.retrieve.pairs import PairEncoder
from qa.training import data, start_vectors, vocabulary
from qa.training.examples import generated as made
from qa.training.examples import mixture as examples
from qa.training.examples.mixture import UNKNOWN, Example, PieceIndex, Texts
from qa.training.reader import reader_metrics as reader_score
from qa.training.reader import train_reader as reader
from qa.training.reader.batches import batches, row
from qa.training.reader.command import train_reader
from qa.training.reader.loss import loss_of
from qa.training.reader.state import Run, pick_device
from qa.training.reader_network.model import ReaderNet, Shape, load_net, save_net, start_from_bert
from qa.training.reader_network.reader_export import export
from qa.training.reader_network.reader_options import ReaderOptions

pytestmark = pytest.mark.extra("torch")

CITIES = [
    "Garut",
    "Lamongan",
    "Tegal",
    "Ambon",
    "Sorong",
    "Ternate",
    "Kupang",
    "Bima",
    "Palopo",
    "Tarakan",
    "Batam",
    "Dumai",
    "Jambi",
    "Metro",
    "Blitar",
    "Kediri",
]
WORKS = [
    "garam",
    "kopi",
    "cengkih",
    "pala",
    "tembaga",
    "kapal",
    "batik",
    "keris",
    "tenun",
    "karet",
    "sagu",
    "rotan",
    "madu",
    "lada",
    "perak",
    "gerabah",
]


def write(folder: Path, name: str, records: list[Any]) -> None:
    with lzma.open(folder / f"{name}.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)


def fact(number: int, question: str, *, answered: bool = True, title: str = "") -> dict[str, Any]:
    city, work, year = CITIES[number % 16], WORKS[(number * 5) % 16], 1900 + number
    context = (
        f"Pabrik {work} di {city} berdiri pada tahun {year}, kata Wali Kota. Setiap hari {number + 20} orang bekerja di situ."
    )
    answers = [{"text": str(year), "start": context.index(str(year))}] if answered else []
    return {
        "id": str(number),
        "origin": "test",
        "title": title,
        "context": context,
        "question": question.format(work, city),
        "answers": answers,
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small world: factories, their cities and years."""
    place = tmp_path_factory.mktemp("data")
    articles = [
        {
            "title": f"Pabrik {work} {city}",
            "text": f"Pabrik {work} {city} adalah pabrik besar di Kota {city}. Pada 12 Mei {1900 + at} pabrik itu dibuka oleh warga.",
        }
        for at, (city, work) in enumerate(zip(CITIES * 3, WORKS * 2 + WORKS[::-1], strict=True))
    ]
    write(place, data.LEADS, articles[:40])
    write(place, data.NEWS, articles[40:])
    write(
        place,
        data.PARALLEL,
        [
            {"en": f"The factory makes {w} in {c}.", "id": f"Pabrik itu membuat {w} di {c}."}
            for c, w in zip(CITIES, WORKS, strict=True)
        ],
    )
    write(place, data.TYDIQA, [fact(at, "Kapan pabrik {} di {} berdiri?", title=f"Pabrik nomor {at}") for at in range(60)])
    doubtful = [fact(at, "Kapan kantor {} di {} ditutup?", answered=False) for at in range(100, 112)]
    write(place, data.IDKMRC, [fact(at, "kapan pabrik {} {} dibuka?") for at in range(100, 112)] + doubtful)
    write(place, examples.IDKMRC_VALID, [fact(at, "Kapankah {} {}?", answered=at % 2 == 0) for at in range(200, 208)])
    write(place, data.SQUAD, [fact(at, "Tahun berapa {} {} berdiri?", answered=at % 2 == 0) for at in range(300, 316)])
    write(place, data.FACQA_TRAIN, [fact(at, "pada tahun berapa {} di {} berdiri") for at in range(400, 416)])
    write(place, data.FACQA_VALID, [fact(at, "tahun berapa pabrik {} di {}") for at in range(500, 508)])
    pairs = [
        {"premise": f"Kota {c} membuat {w}.", "hypothesis": f"{w} dibuat di {o}.", "label": "e" if c == o else "c"}
        for c, o, w in zip(CITIES, [*CITIES[:8], *CITIES[:8]], WORKS, strict=True)
    ]
    write(place, examples.NLI_TRAIN, pairs)
    write(place, examples.NLI_VALID, pairs[::2])
    vocabulary.train(place, size=420).save(str(place / "tokenizer.json"))
    return place


def options(folder: Path, out: Path, **changes: Any) -> ReaderOptions:
    usual = {
        "minutes": 0.05,
        "threads": 1,
        "layers": 1,
        "tokens": 1200,
        "leads": 40,
        "made": 20,
        "device": "cpu",
        "start": None,
        "check_share": 0.2,
    }
    return ReaderOptions(
        **({"data": folder, "out": out, "tokenizer": folder / "tokenizer.json", "say": lambda _: None} | usual | changes)
    )


@pytest.fixture(scope="module")
def components(folder: Path) -> tuple[Texts, dict[str, list[Example]]]:
    return reader.load_mixture(options(folder, folder))


def test_no_component_holds_anything_that_is_held_out_or_only_for_choosing(folder, components):
    texts, filled = components
    kept = data.held_out(folder)
    choosing = {record.context for record in data.questions(folder, examples.IDKMRC_VALID)} | {
        record.context for record in data.questions(folder, data.FACQA_VALID)
    }
    assert all(
        filled[name] for name in ("tydiqa", "idkmrc", "facqa", "squad", "doubt", "squad_doubt", "nli", "negatives", "made")
    )
    for component in filled.values():
        for example in component:
            assert data.canonical(texts.texts[example.passage]) not in kept.contexts
            assert texts.texts[example.passage] not in choosing


def test_a_passage_that_is_mostly_a_held_out_one_is_known():
    words = [f"kata{at}" for at in range(40)]
    known = examples.runs(" ".join(words))
    assert examples.mostly(" ".join(words[5:30]), known)
    assert not examples.mostly(" ".join([*words[:14], *(f"lain{at}" for at in range(40))]), known)


def test_a_hard_negative_never_holds_the_answer_nor_is_the_right_passage(components):
    texts, filled = components
    right: dict[int, list[tuple[int, str]]] = {}
    for example in (one for name in ("tydiqa", "idkmrc", "facqa") for one in filled[name]):
        said = texts.texts[example.passage][example.start : example.end]
        right.setdefault(example.question, []).append((example.passage, said))
    for negative in filled["negatives"]:
        text = texts.texts[negative.passage]
        assert any(negative.passage != passage and said not in text for passage, said in right[negative.question])
        assert (negative.answerable, negative.relevant, negative.start) == (0, 0, UNKNOWN)


def test_bm25_over_pieces_equals_the_formula_worked_out_plainly():
    passages = [np.array(ids) for ids in ([1, 2, 2, 3], [2, 4], [5, 6, 7, 8, 9], [1, 9], [3], [4, 4])]
    index = PieceIndex(passages, 10)
    mean = sum(map(len, passages)) / len(passages)

    def score(query: list[int], ids: np.ndarray) -> float:
        total = 0.0
        for piece in set(query):
            seen = sum(piece in other for other in passages)
            if seen > 0.2 * len(passages) or piece not in ids:
                continue
            times = int((ids == piece).sum())
            total += (
                np.log(1 + (len(passages) - seen + 0.5) / (seen + 0.5))
                * times
                * 2.2
                / (times + 1.2 * (0.25 + 0.75 * len(ids) / mean))
            )
        return total

    query = [5, 6, 7, 8]
    expected = sorted(range(6), key=lambda at: -score(query, passages[at]))
    assert index.best(np.array(query), 1) == expected[:1] == [2]


@pytest.mark.parametrize("seed", range(6))
def test_a_drawn_row_keeps_its_answer_letter_for_letter(components, seed, monkeypatch):
    monkeypatch.setattr("qa.training.reader.batches.CROP", (8, 16))
    monkeypatch.setattr("qa.training.reader.batches.MASKED_PASSAGE", 0.0)
    texts, filled = components
    random = Random(seed)
    for example in random.sample(filled["tydiqa"], 20):
        drawn = row(example, texts, random)
        said = texts.encoder.tokenizer.decode(drawn.ids[drawn.start : drawn.end + 1].tolist()).replace(" ", "")
        assert said == texts.texts[example.passage][example.start : example.end]
        assert drawn.first <= drawn.start <= drawn.end < drawn.last <= len(drawn.ids)


def test_batches_hold_every_example_once_and_stay_within_the_budget(components):
    texts, filled = components
    drawn = list(batches(filled["tydiqa"], texts, Random(0), tokens=300))
    assert sum(len(batch.ids) for batch in drawn) == len(filled["tydiqa"])
    assert all(batch.ids.numel() <= 300 or len(batch.ids) == 1 for batch in drawn)


def test_the_loss_is_the_mean_of_what_is_known(components):
    texts, filled = components
    mixed = [*filled["tydiqa"][:3], *filled["doubt"][:2], *filled["nli"][:3]]
    batch = next(batches(mixed, texts, Random(1), tokens=4000))
    torch.manual_seed(0)
    spans, verdicts = torch.randn(*batch.ids.shape, 2), torch.randn(len(batch.ids), 5)
    total, parts = loss_of(spans, verdicts, batch)
    expected = 0.0
    for at in range(len(batch.ids)):
        if batch.start[at] >= 0:
            logits = torch.where(batch.passage[at][:, None], spans[at], torch.tensor(-1e4))
            expected += -(logits[:, 0].log_softmax(0)[batch.start[at]] + logits[:, 1].log_softmax(0)[batch.end[at]]).item() / 2
            with_none = torch.cat([logits, torch.zeros(1, 2)])  # no span at all is one more place, of logit 0
            silent = -(with_none[:, 0].log_softmax(0)[batch.start[at]] + with_none[:, 1].log_softmax(0)[batch.end[at]])
            expected += 0.3 * silent.item() / 2
        for place, known in ((0, batch.relevant[at]), (1, batch.answerable[at])):
            if known >= 0:
                expected += 0.7 * functional.binary_cross_entropy_with_logits(verdicts[at, place], known.float()).item()
        if batch.label[at] >= 0:
            expected += -verdicts[at, 2:].log_softmax(0)[batch.label[at]].item()
    assert total.item() == pytest.approx(expected / len(batch.ids), rel=1e-4)
    assert set(parts) == {"span", "silence", "relevant", "answerable", "entailment"}


def test_the_body_taken_from_bert_computes_what_bert_computes():
    torch.manual_seed(0)
    shape = Shape(pieces=30, width=24, layers=2, heads=3, inner=40, positions=16)
    oracle = [
        nn.TransformerEncoderLayer(24, 3, 40, dropout=0.0, activation="gelu", layer_norm_eps=1e-12, batch_first=True)
        for _ in range(2)
    ]
    weights = {
        "embeddings.position_embeddings.weight": torch.randn(20, 24),
        "embeddings.token_type_embeddings.weight": torch.randn(2, 24),
        "embeddings.LayerNorm.weight": torch.rand(24) + 0.5,
        "embeddings.LayerNorm.bias": torch.randn(24),
    }
    for number, layer in enumerate(oracle):
        at = f"encoder.layer.{number}"
        for place, name in enumerate(("query", "key", "value")):
            weights[f"{at}.attention.self.{name}.weight"] = layer.self_attn.in_proj_weight[place * 24 : place * 24 + 24].detach()
            weights[f"{at}.attention.self.{name}.bias"] = torch.randn(24)
            layer.self_attn.in_proj_bias.data[place * 24 : place * 24 + 24] = weights[f"{at}.attention.self.{name}.bias"]
        for theirs, ours in (
            ("attention.output.dense", layer.self_attn.out_proj),
            ("attention.output.LayerNorm", layer.norm1),
            ("intermediate.dense", layer.linear1),
            ("output.dense", layer.linear2),
            ("output.LayerNorm", layer.norm2),
        ):
            weights |= {f"{at}.{theirs}.weight": ours.weight.detach(), f"{at}.{theirs}.bias": ours.bias.detach()}
    net = ReaderNet(shape).eval()
    start_from_bert(net, weights)
    with torch.no_grad():
        net.kind.weight.copy_(weights["embeddings.token_type_embeddings.weight"][0].expand(24, 24))
        ids = torch.randint(0, 30, (2, 10))
        mask = torch.ones(2, 10, dtype=torch.int64)
        mask[1, 6:] = 0
        x = (
            net.word(ids)
            + weights["embeddings.position_embeddings.weight"][:10]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        x = functional.layer_norm(x, (24,), weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"], 1e-12)
        for layer in oracle:
            x = layer.train()(x, src_key_padding_mask=mask == 0)
        difference = (net.body(ids, torch.zeros_like(ids), mask) - x)[mask.bool()].abs().max()
    assert difference < 1e-4


def test_translations_are_found_and_an_unknown_word_takes_its_translations_vector(folder):
    foreign = [[1, 2], [1, 3], [4, 2], [4, 3], [1], [4]] * 3
    english = [[11, 12], [11, 13], [14, 12], [14, 13], [11], [14]] * 3
    found = start_vectors.translations(foreign, english, 20)
    assert {piece: options[0][0] for piece, options in found.items()} == {1: 11, 2: 12, 3: 13, 4: 14}
    assert all(options[0][1] > 0.9 for options in found.values())


def test_neighbours_put_words_of_like_company_together():
    random = Random(0)
    sentences = [[random.choice((1, 2)), random.choice((5, 6, 7))] for _ in range(300)] + [
        [random.choice((3, 4)), random.choice((8, 9, 10))] for _ in range(300)
    ]
    vectors = start_vectors.neighbours(sentences, 30, rank=4)
    assert vectors[1] @ vectors[2] > vectors[1] @ vectors[3] + 0.5


def test_rule_made_answers_are_in_their_text():
    text = (
        "Siti Aminah (lahir di Solo, Jawa Tengah, 5 Maret 1970) adalah seorang penulis dari Indonesia. Pada 12 Mei 1999 ia pindah ke Kota Malang bersama keluarga. "
        "Bupati Rahmat meresmikan pasar baru di Kabupaten Garut pada Senin (13/9/2019) bersama 250 pedagang lama. "
        '"Pasar ini milik semua warga Garut dan harus dijaga," kata Rahmat Hidayat.'
    )
    questions = [one for seed in range(20) for one in made.from_lead("Siti Aminah (penulis)", text, Random(seed))]
    told = {(one.question.lower(), text[one.start : one.end]) for one in questions}
    assert ("di mana siti aminah lahir?", "Solo, Jawa Tengah") in told
    assert any("lahir" in question and answer == "5 Maret 1970" for question, answer in told)
    answers = {answer for _, answer in told}
    assert {"250", "Senin (13/9/2019)", "Rahmat Hidayat"} <= answers
    assert any(answer.startswith("seorang penulis") for answer in answers)
    assert all(answer == answer.strip() for answer in answers)


def test_scores_follow_squads_definition():
    assert reader_score.f1("12 Mei 1999", "Mei 1999") == pytest.approx(2 * 2 / 5)
    assert reader_score.f1("", "") == 1.0
    assert reader_score.f1("Solo", "") == 0.0
    assert examples.normalised(" Rp 5,5 Miliar! ") == "rp 5 5 miliar"


def test_a_run_writes_a_checkpoint_continues_from_it_and_exports(folder, tmp_path):
    checkpoint = reader.train(options(folder, tmp_path))
    first = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert {"tydiqa f1", "facqa em", "idkmrc f1", "indonli accuracy"} <= first[-1]["held out"].keys()
    said: list[str] = []
    reader.train(options(folder, tmp_path, resume=True, minutes=0.1, say=said.append))
    assert any("continues after" in line for line in said)
    last = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()][-1]["held out"]
    assert last["examples"] > first[-1]["held out"]["examples"]
    model = export(checkpoint, tmp_path / "model")
    hashes = json.loads((model / "hashes.json").read_text())
    assert hashes == {name: hashlib.sha256((model / name).read_bytes()).hexdigest() for name in ("reader.onnx", "config.json")}
    (model / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    runtime = CrossEncoder.open(model, threads=1)
    text = fact(3, "")["context"]
    ours = reader.scorer(load_net(checkpoint), "cpu", exact=True)
    encoder = PairEncoder(runtime.encoder.tokenizer)
    exact = reader_score.read_all(ours, encoder, [("Kapan pabrik berdiri?", text)])[0]
    told = runtime.score("Kapan pabrik berdiri?", [text])[0]
    assert 1 / (1 + np.exp(-told.relevance)) == pytest.approx(exact.relevance, abs=0.05)
    assert 1 / (1 + np.exp(-told.answerable)) == pytest.approx(exact.answerable, abs=0.05)


def test_a_resumed_run_has_the_layers_of_its_start_and_reads_its_verdicts_as_it_did(folder, tmp_path):
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    net = ReaderNet(Shape(pieces=tokenizer.get_vocab_size(), layers=2, averaged=1))
    save_net(net, tmp_path / "before.pt")
    started = options(folder, tmp_path, start=tmp_path / "before.pt", layers=1)
    Run.begin(started, tokenizer).save()
    again = Run.begin(dataclasses.replace(started, resume=True), tokenizer).net
    assert again.shape == dataclasses.replace(net.shape, verdicts=6), (
        "the weights would fit a network without the mean too, and mean another thing there"
    )
    torch.testing.assert_close(again.pool.weight, net.pool.weight)


def test_a_start_point_fills_the_body_and_the_vectors_of_words_that_it_has(folder, tmp_path):
    torch.manual_seed(1)
    pieces = len(json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"])
    net = ReaderNet(Shape(pieces=pieces, layers=1))
    names = {
        "attention.output.dense": "out",
        "attention.output.LayerNorm": "norm1",
        "intermediate.dense": "up",
        "output.dense": "down",
        "output.LayerNorm": "norm2",
    }
    weights = {
        "embeddings.word_embeddings.weight": torch.randn(pieces, 384),
        "embeddings.token_type_embeddings.weight": torch.zeros(2, 384),
    }
    weights |= {
        "embeddings.position_embeddings.weight": torch.randn(512, 384),
        "embeddings.LayerNorm.weight": torch.ones(384),
        "embeddings.LayerNorm.bias": torch.zeros(384),
    }
    for part in ("weight", "bias"):
        whole = getattr(net.layers[0].qkv, part).detach()
        weights |= {
            f"encoder.layer.0.attention.self.{name}.{part}": whole[at * 384 : at * 384 + 384].clone()
            for at, name in enumerate(("query", "key", "value"))
        }
        weights |= {
            f"encoder.layer.0.{theirs}.{part}": getattr(getattr(net.layers[0], ours), part).detach().clone()
            for theirs, ours in names.items()
        }
    save_file(weights, tmp_path / "model.safetensors")
    (tmp_path / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    said: list[str] = []
    checkpoint = reader.train(
        options(folder, tmp_path / "run", start=tmp_path, minutes=0.001, rate=1e-12, rate_vectors=1e-12, say=said.append)
    )
    started = load_net(checkpoint)
    assert torch.allclose(started.layers[0].qkv.weight, net.layers[0].qkv.weight, atol=1e-8)
    whole_words = ((started.word.weight - weights["embeddings.word_embeddings.weight"]).abs() < 1e-6).all(dim=1)
    assert whole_words.sum() > 5, "English words that both vocabularies have keep their vectors"
    assert any(line.startswith("first vectors") for line in said)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"resume": True}, "cannot continue from it"),
        ({"device": "tpu"}, "not available here"),
        ({"tokenizer": Path("absent.json")}, "not a tokenizer"),
        ({"start": Path("absent")}, "not a start point"),
        ({"data": Path("absent")}, "no such training file"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_cure(folder, tmp_path, changes, message):
    with pytest.raises(TrainingError, match=message) as caught:
        reader.train(options(folder, tmp_path, **changes))
    assert "Cure" in str(caught.value)


def test_auto_is_a_gpu_where_there_is_one(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert pick_device("auto") == "cuda"
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert pick_device("auto") == "cpu"


def test_the_command_fills_in_what_is_left_out_and_exports_what_was_trained(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("qa.training.reader.command.packaged_start", lambda: None)
    with pytest.raises(TrainingError, match="no start point"):
        train_reader(folder, tmp_path)
    monkeypatch.setattr("qa.training.reader.command.TOKENIZER", folder / "tokenizer.json")
    small = {
        "minutes": 0.02,
        "say": lambda _: None,
        "leads": 40,
        "made": 20,
        "layers": 1,
        "tokens": 1200,
        "threads": 1,
        "check_share": 0.2,
    }
    reader.train(options(folder, tmp_path))
    model = train_reader(folder, tmp_path, resume=True, device="cpu", **small)
    assert CrossEncoder.open(model, threads=1).score("Kapan?", ["Pada 1990."])[0].spans


@pytest.mark.slow
def test_two_minutes_on_a_cpu_learn_to_find_the_year(folder, tmp_path):
    began = time.monotonic()
    reader.train(options(folder, tmp_path, minutes=2, rate=1e-3, rate_vectors=3e-3, check_minutes=10, check_share=1.0))
    assert time.monotonic() - began < 180
    records = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    losses = [record["span"] for record in records if "span" in record]
    assert losses[-1] < losses[0] / 2
    assert records[-1]["held out"]["facqa em"] >= 50
