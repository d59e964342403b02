from __future__ import annotations

import importlib.util
import random
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from qa.corpus.reading.read import read
from qa.corpus.sketches import shingles, unmasked
from qa.corpus.stories import compared, originals, stories
from qa.schema import Article, Mask

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2023, 9, 13)

FERRY = """Kapal penyeberangan KM Bahari tenggelam di perairan Selat Lembeh pada Sabtu malam setelah dihantam gelombang tinggi.
Kepala Kantor SAR Manado mengatakan tim gabungan telah mengevakuasi empat puluh dua penumpang ke pelabuhan Bitung.
Tiga orang masih dicari hingga Minggu pagi, dua di antaranya awak kapal yang berada di ruang mesin.
Menurut nakhoda, kapal kehilangan tenaga sekitar dua puluh menit sebelum miring ke kanan dan kemasukan air.
Penyelam dikerahkan sejak pukul enam pagi, tetapi arus bawah laut yang kuat menghambat pencarian mereka.
Pemerintah kota menyiapkan posko bagi keluarga korban di aula kantor kecamatan dekat pelabuhan.
Perusahaan pelayaran menyatakan akan menanggung seluruh biaya perawatan penumpang yang terluka."""
MARKET = """Harga cabai rawit di Pasar Induk kembali naik menjelang akhir pekan karena pasokan dari Jawa Timur berkurang.
Pedagang menjual cabai rawit merah seharga Rp82.000 per kilogram, naik dari Rp74.000 pada hari sebelumnya.
Bawang merah dijual Rp31.000 per kilogram, sedangkan bawang putih bertahan di angka Rp38.500 per kilogram.
Dinas perdagangan memperkirakan harga baru turun setelah panen raya di Kediri pada pertengahan bulan depan.
Pembeli diminta tidak menimbun karena stok di gudang masih cukup untuk dua pekan mendatang."""


def article(id_, text, *, outlet="A", published=DAY, masks=()):
    return Article(id=id_, text=text, source=id_, sha256="", outlet=outlet, published=published, masks=masks)


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_stories", ROOT / "evals" / "bench" / "stories.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_stories"] = module
    spec.loader.exec_module(module)
    return module


def groups(*articles):
    return [story.members for story in stories(articles)]


def test_a_copy_cut_short_by_another_outlet_is_the_same_story_and_the_earliest_leads():
    cut = "\n".join(FERRY.splitlines()[:5])
    later = article("copy", cut, outlet="B", published=DAY + timedelta(days=1))
    assert groups(later, article("first", FERRY), article("other", MARKET)) == [("first", "copy")]


def test_an_update_after_and_an_update_before_belong_to_the_story():
    after = article("after", FERRY + "\n" + "\n".join(MARKET.splitlines()[:2]), outlet="B")
    before = article("before", "\n".join(MARKET.splitlines()[:2]) + "\n" + FERRY, outlet="C")
    assert groups(article("first", FERRY), after, before) == [("first", "after", "before")]


def test_tomorrows_issue_of_a_daily_report_is_another_story():
    digits = random.Random(3)
    tomorrow = "".join(str(digits.randint(1, 9)) if c.isdigit() else c for c in MARKET)
    assert groups(article("a", MARKET), article("b", tomorrow, published=DAY + timedelta(days=1))) == []


def test_background_repeated_by_the_same_outlet_makes_no_copy():
    again = "\n".join(MARKET.splitlines() + FERRY.splitlines()[-3:])
    assert groups(article("a", FERRY), article("b", again)) == []


def test_what_is_masked_makes_no_copies():
    menu = " ".join(f"rubrik{n}" for n in range(200))
    texts = [menu + "\n" + FERRY, menu + "\n" + MARKET]
    masks = (Mask(start=0, end=len(menu), rule="menu"),)
    one, two = (article(str(n), text, outlet=str(n), masks=masks) for n, text in enumerate(texts))
    assert unmasked(one).strip() == FERRY
    assert groups(one, two) == []
    assert groups(*(article(str(n), text, outlet=str(n)) for n, text in enumerate(texts))) == [("0", "1")]


def test_two_notes_too_short_for_shingles_are_copies_only_when_they_are_the_same():
    note = "Jalan Sudirman ditutup malam ini."
    assert groups(
        article("a", note), article("b", note, outlet="B"), article("c", "Jalan Thamrin ditutup malam ini.", outlet="C")
    ) == [("a", "b")]
    assert groups(article("a", ""), article("b", "", outlet="B")) == []


def test_the_order_in_which_articles_come_does_not_change_the_stories():
    copies = [
        article(f"c{n}", "\n".join(FERRY.splitlines()[: 7 - n]), outlet=str(n), published=DAY + timedelta(days=n))
        for n in range(3)
    ]
    everything = [*copies, article("m", MARKET)]
    wanted = groups(*everything)
    for seed in range(5):
        random.Random(seed).shuffle(everything)
        assert groups(*everything) == wanted


def test_a_pairs_measures_are_those_of_the_sets_themselves():
    a, b = shingles(FERRY), shingles("\n".join(FERRY.splitlines()[2:] + MARKET.splitlines()[:1]))
    left, right = set(a.tolist()), set(b.tolist())
    pair = compared(a, b)
    assert pair.resemblance == pytest.approx(len(left & right) / len(left | right))
    assert pair.inside == pytest.approx(len(left & right) / min(len(left), len(right)))
    assert compared(a, np.empty(0, dtype=np.uint32)).resemblance == 0.0


def test_case_accents_and_punctuation_are_no_difference():
    assert shingles("Kapal “Bahari” TENGGELAM di Café itu.").tolist() == shingles("kapal bahari tenggelam di cafe itu").tolist()


def test_the_seeds_are_five_stories_and_none_copies_another():
    assert stories(read([ROOT / "seeds"], max_bytes=10**6, on_skip=print)) == ()


def test_each_member_knows_its_original():
    found = stories([article("first", FERRY), article("copy", FERRY, outlet="B"), article("m", MARKET)])
    assert originals(found) == {"first": "first", "copy": "first"}


def test_planted_copies_are_found_and_look_alikes_are_not(bench):
    dice = random.Random(5)
    texts = [generated(dice) for _ in range(160)]
    apart = bench.strangers(
        [article(str(n), text, outlet=f"outlet {n % 7}", published=bench.DAY) for n, text in enumerate(texts)]
    )
    assert len(apart) > 120
    report = bench.measured(bench.planted(apart, 5))
    assert report["true_pairs"] >= 45
    assert report["precision"] >= 0.95
    assert report["recall"] >= 0.95


def generated(dice):
    """News of made-up words in sentences of a common frame: names and figures differ, and many words are shared."""
    common = "yang di pada dan untuk dengan telah akan warga pemerintah kota daerah mengatakan bahwa tim hari itu dalam".split()
    stock = ["".join(dice.choice("bcdghjklmnprst") + dice.choice("aeiou") for _ in range(dice.randint(2, 4))) for _ in range(220)]
    said = []
    for _ in range(dice.randint(9, 16)):
        words = [dice.choice(common) if dice.random() < 0.45 else dice.choice(stock) for _ in range(dice.randint(10, 18))]
        words.insert(dice.randint(1, 8), str(dice.randint(10, 99_999)))
        said.append(" ".join(words).capitalize() + ".")
    return "\n".join(said)
