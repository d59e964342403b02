"""Words of one kind that shut each other out: with one put for another a question asks for something else, though every other word stays."""

from __future__ import annotations

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
