"""English questions for Indonesian articles: golden renderings, and what a rendering never does."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import ModelError
from qa.language import lists
from qa.language.gloss.gloss import gloss, glosses, search_terms
from qa.language.gloss.lexicon import SHIPPED, Lexicon, opened
from qa.language.gloss.loanwords import spellings
from qa.language.question.understand import understand
from qa.language.text.english_forms import bases, english_words

GOLDEN = {
    "Kim was welcomed by President Putin in October.": "Kim disambut oleh presiden Putin pada Oktober",
    "Persib was defeated by Arema on October 12, 2021.": "Persib dikalahkan oleh Arema pada 12 Oktober 2021",
    "Who met the Russian defence minister in Moscow?": "siapa bertemu Rusia menteri pertahanan di Moskow?",
    "When did Kim Jong Un speak?": "kapan Kim Jong Un berbicara?",
    "What happened in Palu?": "apa terjadi di Palu?",
    "What is going on in Palu?": "apa terjadi di Palu?",
    "Why did it happen?": "mengapa itu terjadi?",
    "When did the attack occur?": "kapan serangan terjadi?",
    "How come the ship sank?": "mengapa kapal tenggelam?",
    "How many people were killed?": "berapa orang tewas?",
    "How old is the governor?": "berapa usia gubernur?",
    "Who is in charge of the port?": "siapa memimpin pelabuhan?",
    "Who got the job?": "siapa mendapatkan pekerjaan?",
    "What is the cause of the fire?": "apa penyebab kebakaran?",
    "What was the reason for the delay?": "apa alasan untuk penundaan?",
    "Who died in the crash?": "siapa meninggal di kecelakaan?",
    "Did soldiers fire at the ship?": "tentara menembakkan di kapal?",
    "Why was he late?": "mengapa dia terlambat?",
    "The 2nd Soyuz was launched in the 1990s.": "ke-2 Soyuz diluncurkan di 1990-an",
}
NAMES = ["Kim Jong Un", "Susilo", "Ban Ki-moon", "Soyuz-2.1a", "Xi Jinping", "7:09", "1.500", "B.J. Habibie", "Lukashenko"]


@pytest.mark.parametrize("question", GOLDEN)
def test_a_text_is_rendered_word_for_word_in_its_own_order(question):
    assert gloss(question) == GOLDEN[question]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "frame", ["Who met {} in the village?", "When did {} arrive?", "What is {}?", "Why was the report about {} denied?"]
)
def test_a_name_or_a_number_is_never_lost_or_changed(name, frame):
    assert name in gloss(frame.format(name))


def test_un_in_a_name_is_not_the_united_nations_and_us_in_small_letters_is_not_america():
    assert "PBB" not in gloss("When did Kim Jong Un speak?")
    assert "PBB" in gloss("What did the UN decide?")
    assert "AS" not in gloss("Who helped us in the village?").split()
    assert gloss("Who is the US ambassador?") == "siapa AS duta besar?"


def test_a_rendering_that_begins_with_ter_is_a_passive_beside_its_active_alone():
    lexicon = opened()
    for entry in ("happen", "late", "occur", "infected"):
        assert gloss(f"He {entry}").split()[-1] == lexicon.find([entry])[1][0][0]
    assert gloss("He stole it").split()[1] == "mencuri"


def test_what_the_archive_says_is_preferred_to_what_it_does_not():
    words = {"siapa", "didampingi", "menemani", "presiden"}
    assert "menemani" in gloss("Who accompanied the president?", known=words.__contains__)
    assert "mendampingi" in gloss("Who accompanied the president?", known=(words - {"menemani"} | {"mendampingi"}).__contains__)


def test_a_loan_is_spelled_as_the_archive_spells_it():
    assert "xenokronik" in gloss("What is the xenochronic era?", known={"xenokronik"}.__contains__)
    assert "xenochronic" in gloss("What is the xenochronic era?", known=set[str]().__contains__)


def test_search_terms_hold_several_renderings_and_only_known_ones():
    assert {"mendampingi", "menemani"} <= set(search_terms("Who accompanied him?"))
    assert search_terms("Who accompanied him?", known={"menemani"}.__contains__) == ["menemani"]


def test_the_longest_entry_wins_and_spans_are_places_of_words():
    found = glosses(["Who", "is", "the", "prime", "minister", "of", "Germany"])
    assert [(one.english, one.start, one.end, one.options[0][0]) for one in found] == [
        ("prime minister", 3, 5, "perdana menteri"),
        ("germany", 6, 7, "Jerman"),
    ]
    assert all(0 < score <= 1 for one in found for _, score in one.options)


@pytest.mark.parametrize("odd", ["", "   ", "?", "…!?", "'s", "the", "did", "\x00", "\ud800", "¿¿", "a" * 5000, "who " * 300])
def test_odd_input_gives_a_text_and_no_error(odd):
    assert isinstance(gloss(odd), str)
    assert isinstance(search_terms(odd), list)


@given(st.text(max_size=80))
def test_any_text_can_be_rendered(text):
    assert isinstance(gloss(text), str)
    assert all(term for term in search_terms(text))


_WORDS = st.sampled_from(
    "who what did the visit president of in Zubr Ankarov missile launched by and when 2016 17.500 sign's was".split()
)


@given(st.lists(_WORDS, max_size=12))
def test_numbers_and_unknown_names_are_kept_in_any_order_of_words(words):
    question = " ".join(words)
    said = re.findall(r"[\w.]+", gloss(question))
    for kept in ("Zubr", "Ankarov", "2016", "17.500"):
        assert said.count(kept) == words.count(kept)


@given(st.lists(_WORDS, max_size=8))
def test_spans_of_glosses_are_in_order_and_do_not_overlap(words):
    found = glosses(words)
    assert all(one.start < one.end <= len(words) for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


def test_bases_of_inflected_forms():
    assert bases("accompanied")[0] == "accompany"
    assert bases("stopping")[0] == "stop"
    assert bases("took") == ("take",)
    assert bases("ministers") == ("minister",)
    assert bases("news") == ()
    assert bases("worker") == ()


def test_short_forms_and_compounds_are_taken_apart_and_names_are_not():
    assert english_words("Kim's talks weren't face-to-face with Ban Ki-moon") == [
        "Kim", "'s", "talks", "were", "not", "face", "to", "face", "with", "Ban", "Ki-moon",
    ]  # fmt: skip


def test_loans_follow_the_spelling_reform():
    assert spellings("federation")[0] == "federasi"
    assert spellings("frequency")[0] == "frekuensi"
    assert spellings("kim") == ()


def test_only_english_questions_are_rendered():
    assert understand("Siapa presiden Rusia?", vocabulary=None).gloss == ""
    assert understand("Who is the president of Russia?", vocabulary=None).gloss == "siapa presiden Rusia?"


def test_the_shipped_files_are_the_ones_that_were_hashed_and_are_small():
    import hashlib

    hashes = json.loads((SHIPPED / "hashes.json").read_text(encoding="utf-8"))
    assert set(hashes) == {"lexicon.tsv"}
    for name, expected in hashes.items():
        assert hashlib.sha256((SHIPPED / name).read_bytes()).hexdigest() == expected
    assert sum((SHIPPED / name).stat().st_size for name in hashes) <= 1_000_000


def test_every_shipped_entry_can_be_read():
    lexicon = opened()
    entries = [line.split("\t")[0] for line in (SHIPPED / "lexicon.tsv").read_text(encoding="utf-8").splitlines()]
    assert len(entries) == len(lexicon) == len(set(entries))
    for entry in entries:
        found, options = lexicon.find(entry.split())
        assert found == entry
        assert options
        assert all(indonesian.strip() and 0 < score <= 1 for indonesian, score in options)


def test_a_lexicon_that_cannot_be_read_is_named_with_its_cure(tmp_path):
    with pytest.raises(ModelError, match="Cure"):
        Lexicon(tmp_path)
    (tmp_path / "lexicon.tsv").write_text("word\tkata\n", encoding="utf-8")
    with pytest.raises(ModelError, match="word"):
        Lexicon(tmp_path).find(["word"])
    (tmp_path / "lexicon.tsv").write_text("no columns\n", encoding="utf-8")
    with pytest.raises(ModelError, match="two columns"):
        Lexicon(tmp_path)


def test_the_bridge_loads_the_standard_library_alone():
    script = "import sys, qa.language.gloss.gloss as b; b.gloss('Who met Kim?'); print(' '.join({m.split('.')[0] for m in sys.modules}))"
    loaded = set(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split())
    assert not loaded & {"numpy", "Sastrawi", "tokenizers", "rapidfuzz", "torch"}


def test_the_lexicon_is_in_the_folder_that_the_wheel_packs(root):
    assert Path(root) / "qa" / "models" / "lexicon" == SHIPPED


BEARERS = lists.column("english_bearers", "word")
SMALL = lists.table("english_small_words").rows


@pytest.mark.parametrize("word", BEARERS)
def test_a_common_noun_in_a_name_is_said_in_indonesian(word):
    assert word.capitalize() not in gloss(f"He saw the {word.capitalize()} there.")


@pytest.mark.parametrize(("word", "said"), SMALL)
def test_each_small_word_is_said_as_its_row_has_it(word, said):
    assert gloss(f"Zubr {word} Ankarov") == " ".join(["Zubr", *said.split(), "Ankarov"])
