"""Argument order: true sentences in other words are affirmed, the same with two names swapped never are."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer.generative.claim_attribution import UNORDERED, Proved, Prover
from qa.answer.generative.reply import Cited, ReplySentence
from qa.answer.verify.argument_order import MARGIN, open_pairs, pairs, turned
from qa.answer.verify.entailment import EntailmentVerifier
from qa.schema import Hit, Passage

# (the article's sentence, a true sentence in other words, the same with two names exchanged)
PAIRS = [
    # sports
    ("Persib mengalahkan Arema 2-1 di Stadion Kanjuruhan pada Sabtu.", "Arema dikalahkan Persib 2-1 di Stadion Kanjuruhan.", "Persib dikalahkan Arema 2-1 di Stadion Kanjuruhan."),
    ("Persib mengalahkan Arema 2-1 di Stadion Kanjuruhan pada Sabtu.", "Pada Sabtu, Persib menang 2-1 atas Arema.", "Pada Sabtu, Arema menang 2-1 atas Persib."),
    ("Pelatih Shin Tae-yong memanggil Marselino ke tim nasional.", "Marselino dipanggil Shin Tae-yong ke tim nasional.", "Shin Tae-yong dipanggil Marselino ke tim nasional."),
    ("Ginting takluk dari Axelsen dalam dua gim langsung di Kuala Lumpur.", "Ginting kalah dari Axelsen dalam dua gim.", "Axelsen kalah dari Ginting dalam dua gim."),
    ("Ginting takluk dari Axelsen dalam dua gim langsung di Kuala Lumpur.", "Di Kuala Lumpur, Ginting takluk dari Axelsen.", "Di Axelsen, Ginting takluk dari Kuala Lumpur."),
    ("Gol kemenangan Liverpool dicetak Salah setelah menerima umpan Robertson.", "Salah mencetak gol kemenangan Liverpool setelah menerima umpan Robertson.", "Robertson mencetak gol kemenangan Liverpool setelah menerima umpan Salah."),
    ("Hamilton finis di depan Verstappen pada balapan di Silverstone.", "Pada balapan di Silverstone, Hamilton finis di depan Verstappen.", "Pada balapan di Silverstone, Verstappen finis di depan Hamilton."),
    # courts
    ("Hakim Suharto memvonis Rudi Hartono empat tahun penjara di Pengadilan Negeri Medan.", "Rudi Hartono divonis Hakim Suharto empat tahun penjara.", "Hakim Suharto divonis Rudi Hartono empat tahun penjara."),
    ("Jaksa Dewi menuntut terdakwa Bambang Susilo tujuh tahun penjara.", "Bambang Susilo dituntut Jaksa Dewi tujuh tahun penjara.", "Jaksa Dewi dituntut Bambang Susilo tujuh tahun penjara."),
    ("Polisi menangkap Joko di Semarang setelah Ratna melapor ke Polda Jawa Tengah.", "Joko ditangkap polisi di Semarang setelah Ratna melapor.", "Ratna ditangkap polisi di Semarang setelah Joko melapor."),
    ("Komisi Pemberantasan Korupsi menggeledah kantor Wali Kota Bekasi.", "Kantor Wali Kota Bekasi digeledah Komisi Pemberantasan Korupsi.", "Kantor Komisi Pemberantasan Korupsi digeledah Wali Kota Bekasi."),
    ("Mahkamah Agung menolak permohonan kasasi yang diajukan Ferdy Sambo.", "Permohonan kasasi Ferdy Sambo ditolak Mahkamah Agung.", "Permohonan kasasi Mahkamah Agung ditolak Ferdy Sambo."),
    ("Saksi Anwar mengaku menerima uang dari Lukas di Jayapura.", "Anwar mengaku menerima uang dari Lukas.", "Lukas mengaku menerima uang dari Anwar."),
    # business
    ("Telkom membeli saham Indihome dari Garuda Investindo senilai Rp 2 triliun.", "Telkom membeli saham Indihome dari Garuda Investindo.", "Garuda Investindo membeli saham Indihome dari Telkom."),
    ("Microsoft mengakuisisi Activision pada Oktober setelah disetujui regulator Inggris.", "Activision diakuisisi Microsoft pada Oktober.", "Microsoft diakuisisi Activision pada Oktober."),
    ("Pertamina memasok bahan bakar untuk Garuda di Bandara Soekarno-Hatta.", "Bahan bakar untuk Garuda dipasok Pertamina.", "Bahan bakar untuk Pertamina dipasok Garuda."),
    ("Menteri Keuangan Sri Mulyani mengatakan utang Garuda turun.", "Utang Garuda turun, kata Menteri Keuangan Sri Mulyani.", "Utang Sri Mulyani turun, kata Garuda."),
    ("Grab menggugat Gojek ke Pengadilan Negeri Jakarta Selatan.", "Gugatan terhadap Gojek diajukan Grab.", "Gugatan terhadap Grab diajukan Gojek."),
    ("Toyota akan memindahkan pabriknya dari Karawang ke Cikarang tahun depan.", "Toyota akan memindahkan pabrik dari Karawang ke Cikarang.", "Toyota akan memindahkan pabrik dari Cikarang ke Karawang."),
    # accidents, travel
    ("Kapal Sinar Bangun tenggelam di Danau Toba dalam pelayaran dari Simanindo menuju Tigaras.", "Kapal Sinar Bangun tenggelam di Danau Toba saat berlayar dari Simanindo ke Tigaras.", "Kapal Sinar Bangun tenggelam di Danau Toba saat berlayar dari Tigaras ke Simanindo."),
    ("Bus Rosalia menabrak truk Hino di Tol Cipali.", "Truk Hino ditabrak bus Rosalia di Tol Cipali.", "Truk Rosalia ditabrak bus Hino di Tol Cipali."),
    ("Gempa mengguncang Cianjur dan getarannya terasa sampai Jakarta.", "Gempa yang mengguncang Cianjur terasa sampai Jakarta.", "Gempa yang mengguncang Jakarta terasa sampai Cianjur."),
    ("Lion Air mendarat darurat di Palembang dalam penerbangan dari Batam.", "Dalam penerbangan dari Batam, Lion Air mendarat darurat di Palembang.", "Dalam penerbangan dari Palembang, Lion Air mendarat darurat di Batam."),
    ("Korban bernama Siti ditemukan oleh Basarnas di Sungai Ciliwung.", "Basarnas menemukan Siti di Sungai Ciliwung.", "Siti menemukan Basarnas di Sungai Ciliwung."),
    # politics, speech
    ("Kedatangan Presiden Macron di Bali disambut Gubernur Koster.", "Gubernur Koster menyambut Presiden Macron di Bali.", "Presiden Macron menyambut Gubernur Koster di Bali."),
    ("“Kami setuju,” kata Megawati kepada Prabowo di Teuku Umar.", "Megawati berkata kepada Prabowo bahwa mereka setuju.", "Prabowo berkata kepada Megawati bahwa mereka setuju."),
    ("Erdogan menelepon Zelensky untuk membahas gandum.", "Zelensky ditelepon Erdogan untuk membahas gandum.", "Erdogan ditelepon Zelensky untuk membahas gandum."),
    ("Menurut Bank Dunia, ekonomi Vietnam tumbuh lebih cepat daripada Thailand.", "Ekonomi Vietnam tumbuh lebih cepat daripada Thailand, kata Bank Dunia.", "Ekonomi Thailand tumbuh lebih cepat daripada Vietnam, kata Bank Dunia."),
    ("Anies menyerahkan bendera kepada Heru di Balai Kota.", "Heru menerima bendera dari Anies di Balai Kota.", "Anies menerima bendera dari Heru di Balai Kota."),
    ("Gubernur Bank Indonesia Perry Warjiyo bertemu Sri Mulyani di Nusa Dua.", "Di Nusa Dua, Perry Warjiyo bertemu Sri Mulyani.", "Di Sri Mulyani, Perry Warjiyo bertemu Nusa Dua."),
    # English over English
    ("Arsenal beat Chelsea 3-1 at Wembley on Sunday.", "Chelsea were beaten 3-1 by Arsenal at Wembley.", "Arsenal were beaten 3-1 by Chelsea at Wembley."),
    ("The court ordered Samsung to pay Apple 500 million dollars.", "Samsung was ordered to pay Apple 500 million dollars.", "Apple was ordered to pay Samsung 500 million dollars."),
    ("A ferry from Dover to Calais hit a tanker near Folkestone.", "The ferry was sailing from Dover to Calais.", "The ferry was sailing from Calais to Dover."),
    ("Judge Alvarez sentenced Peter Novak to six years in prison.", "Peter Novak was sentenced to six years by Judge Alvarez.", "Judge Alvarez was sentenced to six years by Peter Novak."),
    # English over Indonesian
    ("Microsoft mengakuisisi Activision pada Oktober.", "Microsoft acquired Activision in October.", "Activision acquired Microsoft in October."),
    ("Persib mengalahkan Arema 2-1 di Stadion Kanjuruhan.", "Persib defeated Arema 2-1.", "Arema defeated Persib 2-1."),
    ("Presiden Macron mengunjungi Bali pada Juli.", "President Macron visited Bali in July.", "Bali visited President Macron in July."),
    ("Erdogan menelepon Zelensky untuk membahas gandum.", "Erdogan called Zelensky to discuss grain.", "Zelensky called Erdogan to discuss grain."),
]  # fmt: skip

SHARE = 0.9
"""Of the true sentences at least so many must be affirmed; the rest give way to the article's own words, which is no falsehood."""


@pytest.mark.parametrize(("quote", "_true", "exchanged"), PAIRS)
def test_two_names_exchanged_are_never_affirmed(quote, _true, exchanged):
    assert open_pairs(exchanged, quote)


def test_nearly_all_true_sentences_in_other_words_are_affirmed():
    affirmed = [not open_pairs(true, quote) for quote, true, _ in PAIRS]
    assert len(PAIRS) >= 30
    assert sum(affirmed) / len(affirmed) >= SHARE


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Kim bertemu Putin di bandara.", "Putin bertemu Kim di bandara."),
        ("Kim dan Putin berjabat tangan.", "Putin dan Kim berjabat tangan."),
        ("Riau, Aceh, dan Jambi diguyur hujan.", "Hujan mengguyur Aceh, Jambi, dan Riau."),
        ("Indonesia berunding dengan Malaysia.", "Malaysia berunding dengan Indonesia."),
        ("Rahman adalah Ketua Umum Perbasi.", "Ketua Umum Perbasi adalah Rahman."),
        ("Nadal plays together with Federer.", "Federer plays together with Nadal."),
        ("Rahman datang ke Palu.", "Rahman tiba. Gubernur itu lalu berpidato."),  # one name of the two: not for this check to say
    ],
)
def test_who_does_the_same_together_is_not_asked_about(claim, quote):
    assert turned(claim, quote) == ""
    assert open_pairs(claim, quote) == []


def test_what_fits_better_exchanged_has_changed_places():
    assert turned("Kim menyambut Putin di bandara.", "Putin menyambut Kim di bandara.") == "'Kim' and 'Putin' have changed places"
    assert turned("Kim disambut Putin di bandara.", "Putin menyambut Kim di bandara.") == ""


def test_a_name_within_a_longer_one_is_another_name():
    quote = "Jokowi mengenakan setelan biru, sedangkan Iriana Jokowi mengenakan kebaya."
    assert open_pairs("Iriana Jokowi mengenakan setelan biru, sedangkan Jokowi mengenakan kebaya.", quote)


NAMES = st.lists(st.sampled_from(["Rahman", "Palu", "Siti Aminah", "Telkom", "Donggala"]), min_size=2, max_size=2, unique=True)
VERBS = st.sampled_from(
    [("menyambut", "disambut"), ("menggugat", "digugat"), ("menelepon", "ditelepon"), ("mengakuisisi", "diakuisisi")]
)


@given(NAMES, VERBS, st.sampled_from(["", " oleh"]))
def test_active_and_passive_are_the_same_deed_whoever_does_it(pair, verb, by):
    one, other = pair
    quote = f"Pada Senin, {one} {verb[0]} {other} karena tarif."
    assert turned(f"{other} {verb[1]}{by} {one} karena tarif.", quote) == ""
    assert open_pairs(f"{one} {verb[1]}{by} {other} karena tarif.", quote)


@given(NAMES, VERBS)
def test_a_claim_and_the_claim_with_its_names_exchanged_weigh_against_each_other(pair, verb):
    one, other = pair
    quote = f"Pada Senin, {one} {verb[0]} {other} karena tarif."
    (straight,) = pairs(f"Pada Senin {one} {verb[0]} {other}.", quote)
    (crossed,) = pairs(straight.other, quote)
    assert straight.odds == pytest.approx(-crossed.odds)
    assert straight.odds >= MARGIN


QUOTE = "Mahkamah Agung menolak permohonan kasasi yang diajukan Ferdy Sambo."
OPEN = "Permohonan kasasi Ferdy Sambo kandas di Mahkamah Agung."


def hit(text: str) -> Hit:
    passage = Passage(id=f"a:0-{len(text)}", article_id="a", start=0, end=len(text), text=text, title="Kabar")
    return Hit(passage=passage, score=1.0, rank=1, stage="fused")


def proved(sentence: str, quote: str, verifier=None) -> Proved:
    found = Prover([hit(quote)], verifier=verifier).prove(ReplySentence(text=sentence, cited=(Cited(rank=1, quote=quote),)))
    assert isinstance(found, Proved), found
    return found


def scripted(prefers_true: float, order: float) -> EntailmentVerifier:
    """A head that takes the sentence as said for entailed with this log-odds more than the exchanged one."""
    sure = SimpleNamespace(entailed=0.99, contradicted=0.0)
    unsure = SimpleNamespace(entailed=0.99 - prefers_true, contradicted=0.0)
    return EntailmentVerifier(lambda: lambda _premise, claim: sure if claim == OPEN else unsure, order=order)


def test_names_whose_order_the_quote_does_not_support_give_way_to_the_articles_words():
    for sentence in (OPEN, "Permohonan kasasi Mahkamah Agung kandas di Ferdy Sambo."):
        assert open_pairs(sentence, QUOTE)
        found = proved(sentence, QUOTE)
        assert found.claim.text == QUOTE
        assert found.recited.endswith(UNORDERED)


def test_a_head_that_can_tell_the_order_affirms_what_rules_leave_open_and_one_that_has_no_weight_is_not_asked():
    assert proved(OPEN, QUOTE, scripted(0.9, order=1.0)).claim.text == OPEN
    assert proved(OPEN, QUOTE, scripted(0.9, order=0.0)).claim.text == QUOTE
    assert proved(OPEN, QUOTE, scripted(0.0, order=1.0)).claim.text == QUOTE
    assert scripted(0.9, order=1.0).prefers(QUOTE, OPEN, "Rahman") > MARGIN


def test_the_swap_test_takes_well_under_ten_milliseconds():
    for quote, true, _ in PAIRS:
        open_pairs(true, quote)
    began = time.process_time()
    for quote, true, _ in PAIRS:
        open_pairs(true, quote)
    assert (time.process_time() - began) / len(PAIRS) < 0.01
