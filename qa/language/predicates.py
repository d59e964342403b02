"""Does a question that opens with "apakah" say something that may be true, or does it only name what it wants?

"Apakah harga beras naik?" is answered by yes or no; "Apakah bahasa resmi yang digunakan di Malaysia?" is a noun phrase alone, and asks
what fills it. What tells them apart is a predicate outside the clauses of "yang": a verb, a denial, a quality.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.language.acting import BARE, COPULAS, HELPS, PREPOSITIONS, Word, spans, tokens
from qa.language.roots import known_root

_OPENS = re.compile(r"^\W*(?:(?:jadi|lalu|terus|dan|emang|memang),?\s+|[^,?]{3,80},\s+)?apakah\s+", re.IGNORECASE)
# Nouns of which something is always asked, whatever stands behind them.
_ALWAYS = frozenset("nama judul arti makna kepanjangan singkatan istilah definisi pengertian maksud julukan sebutan yang".split())
# Nouns that stand in relation to another, which a small word behind a name ("nama mobil Subaru pertama") says nothing of.
_RELATIONAL = frozenset(
    """isi inti instruksi dugaan sikap pesan saran usul permintaan ancaman tuduhan kelengkapan isi bahasa ibukota jenis makanan minuman agama jabatan pekerjaan profesi merek merk tema topik hasil dampak akibat manfaat fungsi
    gejala perbedaan persamaan warna bentuk peran tugas rencana target syarat bukti kendala kelebihan kekurangan keunggulan semboyan motto
    lambang simbol spesies ras produk program nomor gelar lembaga organisasi perusahaan partai universitas suku buku film lagu album cabang
    kewarganegaraan pendidikan rumus sumber satuan sifat ciri ciri-ciri bahaya khasiat unsur kitab mata penyebab alasan tujuan sebab motif
    hubungan faktor kontribusi prestasi hobi julukan kegiatan karya penghasilan iklim hukuman negara kota pulau planet bahan tujuannya
    alasannya penyebabnya dampaknya isinya fungsinya""".split()
)
_PERSONS = frozenset(
    """presiden menteri ketua gubernur bupati pemimpin raja ratu jenderal direktur pelatih polisi pemerintah pelaku korban tersangka
    terdakwa orang warga pak bapak ibu bu anak dia ia mereka kita kami saya aku kamu anda beliau semua setiap para""".split()
)
"""Of whom it is asked what they do, and who they are with "siapa"."""
_SUPERLATIVE = re.compile(
    r"ter(?:besar|kecil|baik|buruk|tinggi|rendah|panjang|pendek|tua|muda|baru|lama|cepat|lambat|kuat|lemah|kaya|miskin|mahal|murah|dekat|"
    r"jauh|dalam|luas|sempit|populer|laris|parah|sulit|mudah|banyak|sedikit|sukses|indah|cantik|tampan|pintar|penting|akhir|dahulu|dulu|"
    r"kenal|nama|utama|awal|hebat|berat|ringan|keras|bersih|kotor|ramai|padat|ganas|seksi|lucu|favorit|depan|atas|bawah|tentu|sebut|kini|pilih)"
)
_RANKS = frozenset("pertama kedua ketiga utama resmi khas asli asal lain baru lama nasional internasional".split())
"""What stands behind the noun of a name and belongs to it: "lagu Indonesia Raya asli"."""
_QUALITIES = frozenset(
    """mahal murah aman sehat sakit benar betul salah bersalah halal haram bahaya penting gratis wajib cukup setuju sama beda positif negatif
    tertutup terbuka selamat kaya miskin layak sah legal ilegal mungkin bebas siap yakin puas senang marah sedih bahagia kecewa takut
    khawatir hanya memang ternyata sebenarnya optimistis pesimistis bangkrut hamil lulus lolos batal hilang rusak hancur pecah tenggelam selesai cocok sepakat punya milik
    tahu kenal suka cinta butuh perlu mati hidup tidur makan minum lari kabur bubar cerai nikah menikah stabil lancar macet sepi ramai
    kosong penuh dekat jauh lebih paling sangat terlalu begitu seperti sebuah seorang semua naik turun tetap mirip identik asli palsu hoaks
    hoax fakta bukan ada tiada jadi masuk akal iya ya tidak masih juga sekadar hanya cuma sendiri oke ok enak lezat lucu cantik indah bahagia bagus jelek buruk baik""".split()
)
_POINTS = frozenset("itu ini tersebut tadi".split())
_LEADS_ON = frozenset(
    "berhasil gagal mulai ikut turut berupaya berusaha mencoba ingin mau sempat datang pergi berani mampu telat sering membuat".split()
)
"""Verbs that another follows: "yang berhasil melakukan"."""
_LEANS = frozenset("langsung lebih paling sangat terlalu hanya memang ternyata sebenarnya sekadar cuma".split())
"""What a quality follows."""
_HAPPENING = re.compile(r"(?:pe|ke)\w{3,}an$")
_PLACED = frozenset("di ke dari pada untuk karena".split())
"""Said of what happens ("peluncuran"), these tell where, when or why it does."""
_WHEN = frozenset("ketika saat setelah sebelum sejak karena jika kalau bila selama sesudah usai tempat".split())
_SAYS_SO = HELPS | (COPULAS - {"sebagai"}) | {"bukan", "ada"}


def only_named(question: str) -> bool:
    """Is what follows "apakah" a noun phrase without a predicate?

    >>> only_named("Apakah bahasa resmi yang digunakan di Malaysia?"), only_named("Apakah bahasa Melayu digunakan di Malaysia?")
    (True, False)
    """
    opening = _OPENS.match(question)
    if opening is None:
        return False
    rest = question[opening.end() :].strip(" ?!.\n")
    words = tokens(rest)
    if not words or not words[0].word.isalpha() or not rest[0].islower():
        return False
    first = "ibukota" if [word.word for word in words[:2]] == ["ibu", "kota"] else words[0].word
    if first in _ALWAYS:
        return True
    if first == "itu" and len(words) > 1:  # "apakah itu densitas"
        return words[1].word not in _SAYS_SO | _QUALITIES | {"yang"} and not _predicate(words[1:])
    if first in _PERSONS | HELPS | COPULAS | _QUALITIES | _POINTS or _acts(words[0]):
        return False
    if first in _RELATIONAL:
        return not _predicate(words)
    placed = _HAPPENING.match(first) and any(word.word in _PLACED for word in words)
    placed = placed and not any(
        word.word == "yang" or _SUPERLATIVE.match(word.word) for word in words
    )  # "penginapan terbaik di Palu"
    return known_root(first) and not placed and not _predicate(words) and not _said_of_a_name(words, spans(rest), rest)


def _predicate(words: Sequence[Word]) -> bool:
    """Is something said of the noun that the words begin with?"""
    relative = spent = False  # inside a clause of "yang"; its own verb has been met
    for at in range(1, len(words)):
        word, before = words[at].word, words[at - 1].word
        if word in _WHEN and words[at + 1 : at + 2] and words[at + 1].word not in _POINTS:
            return False  # a clause of its own, up to the end
        if word == "yang":
            relative, spent = True, False
            continue
        spent = spent or (relative and word in PREPOSITIONS and before != "yang")  # "yang ricuh di Palu"
        if _acts(words[at]) or word in _SAYS_SO:
            if PREPOSITIONS.get(before) in {"untuk", "dari", "dengan"} or (word == "menjadi" and "dari" in _words(words[:at])):
                continue  # "untuk membangun", "turun dari 5.700 menjadi 5.400"
            if not relative or (spent and (word in HELPS or before not in HELPS | _LEADS_ON)):
                return True
            spent = True
        quality = word in _LEANS or (word in _QUALITIES and not relative)
        pointed = before in _POINTS and (word not in PREPOSITIONS or word == "untuk") and word[0].isalnum()
        if (quality and (spent or not relative)) or (pointed and not relative):
            return True
    return False


def _said_of_a_name(words: Sequence[Word], where: Sequence[tuple[int, int]], rest: str) -> bool:
    """Does a small word stand behind a name, and is no part of it ("bahasa Indonesia wajib")?"""
    for at in range(1, len(words)):
        word = words[at].word
        if word == "yang" or word in _WHEN:
            return False
        small = rest[where[at][0]].islower() and rest[where[at - 1][0]].isupper() and known_root(word)
        if small and word not in PREPOSITIONS and word not in _RANKS | _POINTS and not _SUPERLATIVE.match(word):
            return True
    return False


def _words(words: Sequence[Word]) -> set[str]:
    return {word.word for word in words}


def _acts(word: Word) -> bool:
    none = word.word in PREPOSITIONS or word.word == "terkait" or _SUPERLATIVE.match(word.word)
    return (bool(word.verb) or word.word in BARE) and not none
