from __future__ import annotations

import json
import lzma
from random import Random

import pytest

pytest.importorskip("torch")
from qa.language import text
from qa.retrieve.pairs import PairEncoder
from qa.training import data
from qa.training.examples.mixture import UNKNOWN, Example, Texts
from qa.training.examples.paraphrase import Rewording
from qa.training.examples.sentence_choice import near_miss, sentence_examples
from qa.training.reader.command import TOKENIZER

pytestmark = pytest.mark.extra("torch")

NAMES = ("Sari", "Budi", "Tono", "Rina", "Wawan", "Yuli", "Dedi", "Lina")
PLACES = ("Garut", "Tegal", "Ambon", "Bima", "Palu", "Sorong", "Dumai", "Metro")


def write(folder, name, records):
    with lzma.open(folder / f"{name}.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)


def passage(at: int) -> str:
    return (
        f"Presiden {NAMES[at]} lahir di {PLACES[at]}. Ia mengunjungi pasar pada tahun {1990 + at}. "
        f"Pasar itu menjual beras dan gula kepada warga. Hujan turun sepanjang malam di desa itu."
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("data")
    write(place, data.LEADS, [{"title": f"Desa {name}", "text": passage(at)} for at, name in enumerate(PLACES)])
    write(
        place,
        data.NEWS,
        [
            {
                "title": f"Kabar {name}",
                "text": f"Warga {name} memanen padi di sawah yang luas. Wali kota {name} memuji hasil itu.",
            }
            for name in PLACES
        ],
    )
    pairs = [{"en": f"He visited {p}.", "id": f"Dia mengunjungi {p}."} for p in PLACES]
    pairs += [{"en": f"I visited {p}.", "id": f"Saya berkunjung {p}."} for p in PLACES]
    pairs += [{"en": f"He saw {p}.", "id": f"Dia melihat {p}."} for p in PLACES]
    pairs += [{"en": f"I saw {p}.", "id": f"Saya melihat {p}."} for p in PLACES]
    write(place, data.PARALLEL, pairs)
    return place


@pytest.fixture(scope="module")
def made(folder):
    from tokenizers import Tokenizer

    texts = Texts(PairEncoder(Tokenizer.from_file(str(TOKENIZER))))
    positives = []
    for at in range(len(NAMES)):
        whole = passage(at)
        start = whole.index(str(1990 + at))
        question = texts.row(f"Kapan Presiden {NAMES[at]} mengunjungi pasar?")
        positives.append(Example(question, texts.row(whole), UNKNOWN, start, start + 4, answerable=1, relevant=1))
    return texts, positives, sentence_examples(folder, texts, positives, Random(3), Rewording.learn(folder))


def test_the_sentence_that_answers_holds_its_answer_letter_for_letter(made):
    texts, _, examples = made
    answered = [one for one in examples if one.answerable == 1]
    assert len(answered) == len(NAMES)
    for one in answered:
        assert texts.texts[one.passage][one.start : one.end].startswith("199")
        assert len(text.sentences(texts.texts[one.passage])) <= 3


def test_what_does_not_answer_lacks_the_answer_or_is_asked_something_else(made):
    texts, positives, examples = made
    answers = {texts.texts[one.question]: texts.texts[one.passage][one.start : one.end] for one in positives}
    refused = [one for one in examples if one.answerable == 0]
    assert len(refused) > len(NAMES)
    for one in refused:
        asked, said = texts.texts[one.question], texts.texts[one.passage]
        assert one.start == UNKNOWN
        assert asked not in answers or answers[asked] not in said


def test_a_question_is_put_the_same_way_to_all_its_sentences(made):
    texts, _, examples = made
    asked: list[str] = []
    for one in examples:
        if one.answerable == 1:
            asked.append(texts.texts[one.question])
        elif texts.texts[one.question] != asked[-1]:  # a near miss: it differs from its question on purpose
            assert one.passage in {other.passage for other in examples if other.answerable == 1}


@pytest.mark.parametrize("seed", range(12))
def test_a_near_miss_differs_from_its_question_in_something_the_window_does_not_say(seed):
    asked, window = "Kapan Presiden Sari mengunjungi Garut?", "Presiden Sari mengunjungi Garut pada tahun 1990."
    missed = near_miss(asked, window, ["Budi", "Tono", "Ambon", "Rina", "Wawan", "Yuli", "Dedi", "Lina"], Random(seed))
    assert missed != asked
    changed = set(missed.split()) - set(asked.split())
    assert changed
    assert missed


def test_a_question_with_nothing_to_change_has_no_near_miss():
    assert near_miss("apa itu?", "itu apa", ["Budi"] * 8, Random(1)) == ""


def test_words_go_to_english_and_back_and_names_stay(folder):
    rewording = Rewording.learn(folder)
    assert "berkunjung" in dict(rewording.other["mengunjungi"])
    said = rewording.reworded("Siapa mengunjungi Garut tahun 1990?", Random(1), share=1.0)
    assert said.startswith("Siapa")
    assert "Garut" in said
    assert "1990" in said
    assert "berkunjung" in said
    english = rewording.in_english("Siapa mengunjungi Garut?", Random(1))
    assert english.startswith("who ")
    assert "Garut" in english
    assert "mengunjungi" not in english
