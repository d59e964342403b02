"""Learning the lexicon: alignment finds a made-up language's words, phrases follow the links, the command gives the same bytes."""

from __future__ import annotations

import json
import lzma
import math
import random

import numpy as np
import pytest

from qa.errors import TrainingError
from qa.language.gloss.lexicon import Lexicon
from qa.training.lexicon import hand as lexicon_hand
from qa.training.lexicon import near as lexicon_near
from qa.training.lexicon.align import _digamma, align
from qa.training.lexicon.phrases import PHRASE_SEEN, entries, plain_forms, table
from qa.training.lexicon.sentence_pairs import SentencePair, casing, prepare, titled_pairs
from qa.training.lexicon.train_lexicon import train_lexicon

NOUNS = "boat crab drum fern goat hawk jar kite lamp mole".split()
ADJECTIVES = "red wide tall loud old".split()
VERBS = "sees lifts finds sells".split()


def coded(word: str) -> str:
    return "z" + word[::-1]


def made_up(count: int, seed: int = 3) -> list[SentencePair]:
    """Sentences of a language with every word spelled backwards and adjectives behind their nouns."""
    draw = random.Random(seed)
    pairs = []
    for _ in range(count):
        a, b, n, m, v = (draw.choice(words) for words in (ADJECTIVES, ADJECTIVES, NOUNS, NOUNS, VERBS))
        english = (a, n, v, b, m)
        foreign = tuple(coded(word) for word in (n, a, v, m, b))
        pairs.append(SentencePair(english, english, foreign, foreign, foreign))
    return pairs


def test_alignment_finds_the_words_of_a_made_up_language():
    pairs = made_up(300)
    links = align(pairs)
    right = wrong = 0
    for pair, linked in zip(pairs, links, strict=True):
        for i, j, sure in linked:
            assert 0 < sure <= 1 + 1e-9
            right += pair.words[j] == coded(pair.english[i])
            wrong += pair.words[j] != coded(pair.english[i])
    assert right > 0.98 * 5 * len(pairs)
    assert wrong < 0.02 * right


def test_entries_come_out_of_the_links():
    pairs = made_up(300)
    links = align(pairs)
    found = entries(table(pairs, links))
    assert all(found[word][0][0] == coded(word) for word in NOUNS + ADJECTIVES + VERBS)


def test_a_phrase_needs_more_than_one_sighting():
    pair = SentencePair(("red", "boat"), ("red", "boat"), ("ztaob", "zder"), ("ztaob", "zder"), ("ztaob", "zder"))
    links = [[(0, 1, 1.0), (1, 0, 1.0)]]
    assert "red boat" not in entries(table([pair], links))
    assert entries(table([pair] * (PHRASE_SEEN + 1), links * (PHRASE_SEEN + 1)))["red boat"][0][0] == "ztaob zder"


def test_a_span_whose_links_leave_it_is_no_phrase():
    pair = SentencePair(("red", "boat", "sees"), ("red", "boat", "sees"), ("p", "q", "r"), ("p", "q", "r"), ("p", "q", "r"))
    counted = table([pair], [[(0, 0, 1.0), (1, 2, 1.0), (2, 1, 1.0)]])
    assert "red boat" not in counted.pairs  # its Indonesian span would hold what "sees" is linked to
    assert counted.pairs["boat sees"]["q r"] == 1.0


@pytest.mark.parametrize("x", [0.02, 0.5, 1.0, 3.7, 6.0, 50.0])
def test_digamma_is_the_slope_of_log_gamma(x):
    step = 1e-5 * x
    slope = (math.lgamma(x + step) - math.lgamma(x - step)) / (2 * step)
    assert _digamma(np.array([x]))[0] == pytest.approx(slope, rel=1e-5, abs=1e-6)


def test_the_english_names_of_leads_are_found_and_others_left():
    leads = [
        ("Kantor pos", "Kantor pos (bahasa Inggris: post office) adalah tempat mengirim surat."),
        ("Kapal (film)", "Kapal (Inggris: The Ship; lahir 1990) adalah sebuah film."),
        ("Desa", "Sebuah tempat (bahasa Inggris: village) di luar kota."),
        ("Surat", "Surat adalah kertas bertulis."),
    ]
    assert list(titled_pairs(leads)) == [("post office", "Kantor pos"), ("The Ship", "Kapal")]


def test_passives_are_looked_up_and_never_made_up():
    seen = {"dikatakan": 50, "diatakan": 1, "disebut": 40, "dipilih": 30, "ditulis": 20, "dibaca": 9}
    assert lexicon_near.passive("mengatakan", seen) == "dikatakan"
    assert lexicon_near.passive("menyebut", seen) == "disebut"
    assert lexicon_near.passive("memilih", seen) == "dipilih"
    assert lexicon_near.passive("menulis", seen) == "ditulis"
    assert lexicon_near.passive("membaca", seen) == ""
    assert lexicon_near.passive("bertemu", seen) == ""


def test_loans_need_the_indonesian_spelling_to_be_the_oftener():
    assert lexicon_near.loans(["federation", "economy"], {"federasi": 50, "federation": 3}) == {"federation": "federasi"}
    assert lexicon_near.loans(["federation"], {"federasi": 50, "federation": 60}) == {}


def test_words_are_counted_without_their_possessives():
    plain = plain_forms({"harga": 9, "harganya": 2, "hanya": 5, "ha": 9, "negara": 3, "tanya": 4, "ta": 9})  # type: ignore[arg-type]
    words = ("harganya", "hanya", "negara-negara", "tanya")
    assert [plain(word) for word in words] == ["harga", "hanya", "negara", "tanya"]


def test_capitals_are_kept_where_they_are_the_rule():
    pairs = prepare([("They saw Japan", "Mereka melihat Jepang"), ("The ship left", "Kapal itu pergi")] * 3, lambda word: word)
    assert casing(pairs) == {"jepang": "Jepang"}


def test_the_hand_written_list_is_well_formed_and_every_error_names_its_entry(monkeypatch):
    written = lexicon_hand.entries()
    assert len(written) > 500
    assert all(english == english.strip() == english.lower() and options for english, options in written.items())
    monkeypatch.setattr(lexicon_hand, "VERBS", "walk berjalan")
    with pytest.raises(TrainingError, match="walk berjalan"):
        lexicon_hand.entries()


@pytest.fixture
def folder(tmp_path):
    def write(name, records):
        with lzma.open(tmp_path / f"{name}.jsonl.xz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(record) + "\n" for record in records)

    animals = {"goat": "kambing", "hawk": "elang", "crab": "kepiting", "mole": "cerurut", "snail": "siput", "frog": "katak"}
    acts = {"sees": "melihat", "carries": "membawa", "follows": "mengikuti", "hears": "mendengar"}
    pairs = [
        {"en": f"The {a} {v} the {b}.", "id": f"{animals[a].title()} itu {acts[v]} {animals[b]} itu.", "origin": "made"}
        for a in animals
        for b in animals
        for v in acts
        if a != b
    ]
    write("parallel_en_id", pairs)
    write("text_wikipedia_leads", [{"title": "Siput air", "text": "Siput air (bahasa Inggris: pond snail) adalah siput."}])
    write("text_news", [{"title": "Kambing", "text": "Kambing itu dibawa. " * 12}])
    for name in ("qa_tydiqa_id.train", "qa_facqa.valid"):
        record = {"id": "1", "origin": "made", "title": "Laut", "context": "Laut itu luas.", "question": "Apa yang luas?"}
        write(name, [{**record, "answers": [{"text": "Laut", "start": 0}]}])
    return tmp_path


def test_the_command_learns_writes_what_is_read_and_gives_the_same_bytes(folder, tmp_path):
    said: list[str] = []
    first = train_lexicon(folder, tmp_path / "one", say=said.append)
    again = train_lexicon(folder, tmp_path / "two", say=said.append)
    for name in ("lexicon.tsv", "hashes.json", "figures.json"):
        assert (first / name).read_bytes() == (again / name).read_bytes()
    lexicon = Lexicon(first)
    assert lexicon.find(["goats"])[1][0][0] == "kambing"
    assert lexicon.find(["carries"])[1][0][0] == "membawa"
    assert "dibawa" in dict(lexicon.find(["carries"])[1])
    assert lexicon.find(["prime", "minister"])[1][0][0] == "perdana menteri"
    figures = json.loads((first / "figures.json").read_text(encoding="utf-8"))["held out"]["test"]
    assert figures["gloss: recall"] > figures["as it is: recall"]


def test_a_missing_training_file_is_named(tmp_path):
    with pytest.raises(TrainingError, match="parallel_en_id"):
        train_lexicon(tmp_path, tmp_path / "out")
