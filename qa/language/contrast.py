"""Words of one kind that shut each other out: who was born there did not therefore die there, the first is not the last.

With one of them put for another a question asks for something else, though every other word of it stays: a near question. The reader
is trained on such (qa.training.sentence_room), and a sentence that has only the other word answers the other question.
"""

from __future__ import annotations

from functools import cache

from qa.language import calendar

_MONTHS = "|".join(calendar.months("full", language="id"))
_DAYS = "|".join(calendar.weekdays("full", language="id"))
KINDS = tuple(
    tuple(line.split("|"))
    for line in (
        "utara|selatan|barat|timur|tengah", "pertama|kedua|ketiga|keempat|terakhir", "presiden|perdana menteri|wakil presiden|raja|gubernur",
        "menteri luar negeri|menteri pertahanan|menteri keuangan|menteri dalam negeri", "lahir|meninggal|menikah", "ayah|ibu|istri|anak|saudara",
        "ketua|wakil ketua|sekretaris|bendahara|juru bicara", "terbesar|terkecil|tertinggi|terendah|tertua|terpanjang", "menang|kalah", "naik|turun",
        "sebelum|sesudah", "awal|akhir", "membeli|menjual", "masuk|keluar", "pria|wanita|laki-laki|perempuan", "didirikan|dibubarkan|diresmikan|ditutup",
        "direktur|komisaris|pendiri|pemilik", "gubernur|bupati|wali kota|camat|kapolda", "pemain|pelatih|wasit|kapten", "penulis|sutradara|penyanyi|pemeran",
        _MONTHS, _DAYS,
        "luas|panjang|tinggi|berat|jumlah|harga|usia|suhu", "ibu kota|mata uang|bahasa|lagu kebangsaan|agama|bendera", "tewas|terluka|hilang|selamat",
        "ekspor|impor", "dimulai|berakhir", "berangkat|tiba|pulang", "darat|laut|udara", "siang|malam|pagi",
    )
)  # fmt: skip
OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("dalam inside", "luar outside"), ("berhasil sukses succeed succeeded successful", "gagal failed fail"), ("naik meningkat rise", "turun menurun fall"),
        ("menang win won", "kalah lose lost"), ("setuju mendukung menerima support agree", "menolak menentang menolaknya reject oppose"),
        ("hidup selamat alive", "tewas meninggal dead"), ("dibuka buka open", "ditutup tutup closed"), ("pertama first", "terakhir last"),
    )
)  # fmt: skip
"""Two words, or more of the same meaning, of which one says no to a question with the other."""
DIRECTIONS = frozenset(
    "utara selatan barat timur tengah tenggara north south west east central northern southern western eastern".split()
)
"""Words that make one name out of another: Korea Utara is not Korea Selatan."""
# First words of kinds that something else compares, or that say little alone.
_TOLD_APART = frozenset("utara naik januari senin sebelum".split())


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Of each word the words that say no to it.

    >>> sorted(opposites()["menang"])
    ['kalah', 'lose', 'lost']
    """
    return {word: other for pair in OPPOSITES for one, other in (pair, pair[::-1]) for word in one}


@cache
def rivals() -> dict[str, frozenset[str]]:
    """Of each single word the words of its kinds that shut it out; directions, days and months are compared elsewhere.

    >>> sorted(rivals()["didirikan"])
    ['dibubarkan', 'diresmikan', 'ditutup']
    """
    found: dict[str, set[str]] = {}
    for kind in KINDS:
        if kind[0] in _TOLD_APART:
            continue
        single = [word for word in kind if " " not in word]
        for word in single:
            found.setdefault(word, set()).update(other for other in single if other != word)
    return {word: frozenset(others) for word, others in found.items()}
