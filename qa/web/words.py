"""The sentences of the page, in Indonesian and in English; nothing that a visitor reads is written anywhere else in the room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.schema import LANGUAGES, Language, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language of the page. Fields with braces are filled with `str.format`."""

    language: Language
    switch: str  # the label of the link to the other language, written in that language
    tagline: str
    index: str
    articles: str
    tab_ask: str
    tab_archive: str
    ask_label: str
    ask_placeholder: str
    ask_button: str
    welcome: str
    welcome_more: str
    examples: str
    you: str
    stages: Mapping[str, str]
    short: str
    sources: str
    open_source: str
    no_answer: str
    near: str
    near_none: str
    reasons: Mapping[Reason, str]
    broken: str
    broken_cure: str
    failed: str
    failed_cure: str
    unexpected: str
    details: str
    confidence: str
    generation: str
    settings: str
    seconds: str
    undated: str
    untitled: str
    close: str
    legend: str
    legend_cited: str
    legend_near: str
    legend_masked: str
    masked_as: str
    rules: Mapping[str, str]
    file: str
    filter_label: str
    filter_placeholder: str
    column_title: str
    column_outlet: str
    column_day: str
    column_source: str
    column_passages: str
    shown_of: str
    none_match: str
    archive_empty: str
    add_label: str
    add_hint: str
    adding: str
    added: str
    added_none: str
    skipped: str
    gone: str
    months: tuple[str, ...]

    def day(self, published: date | None) -> str:
        """A day as a newspaper writes it ("13 September 2023"), or words for "unknown"."""
        return self.undated if published is None else f"{published.day} {self.months[published.month - 1]} {published.year}"

    def number(self, value: int) -> str:
        """Thousands as the language groups them: 1.500 or 1,500."""
        grouped = f"{value:,}"
        return grouped.replace(",", ".") if self.language == "id" else grouped

    def rule(self, name: str) -> str:
        """A mask's rule in words where the page has some, else its own name."""
        return self.rules.get(name, name.replace("-", " ").replace("_", " "))


_ID = Words(
    language="id",
    switch="English",
    tagline="Tanya jawab arsip berita. Setiap kalimat dikutip huruf demi huruf.",
    index="Indeks",
    articles="{n} artikel",
    tab_ask="Tanya",
    tab_archive="Arsip",
    ask_label="Pertanyaan",
    ask_placeholder="Tulis pertanyaan Anda…",
    ask_button="Tanya",
    welcome="Apa yang ingin Anda ketahui?",
    welcome_more="Jawaban diambil dari artikel di arsip ini saja. Nomor di belakang kalimat membuka artikelnya tepat pada kata-kata itu; "
    "bila artikel tidak menjawab, halaman ini mengatakannya.",
    examples="Contoh dari arsip ini",
    you="Anda bertanya",
    stages={"understand": "Memahami pertanyaan", "search": "Mencari artikel", "read": "Membaca", "verify": "Memeriksa kutipan"},
    short="Jawaban singkat",
    sources="Sumber",
    open_source="Buka artikel pada kutipan {n}",
    no_answer="Artikel tidak menjawab pertanyaan ini",
    near="Yang terdekat, tetapi belum cukup",
    near_none="Tidak ada bagian artikel yang mendekati.",
    reasons={
        "": "",
        "empty-question": "Belum ada yang bisa dicari: pertanyaannya kosong. Tulis pertanyaan dengan beberapa kata.",
        "nothing-found": "Tidak ada artikel yang memuat kata atau hal yang ditanyakan.",
        "not-in-articles": "Ada artikel yang mendekati topiknya, tetapi tidak satu pun memuat jawabannya.",
        "low-confidence": "Ada calon jawaban, tetapi keyakinannya terlalu rendah untuk ditampilkan.",
        "not-proved": "Ada calon jawaban, tetapi tidak dapat dibuktikan dengan kutipan dari artikel.",
    },
    broken="Jawaban ini tidak ditampilkan: kutipannya tidak cocok lagi dengan artikelnya",
    broken_cure="Indeksnya mungkin berubah atau rusak. Ajukan pertanyaan itu sekali lagi; bila terulang, bangun ulang indeks dengan qa build.",
    failed="Pertanyaan ini gagal dijawab",
    failed_cure="Pertanyaan berikutnya tetap bisa diajukan.",
    unexpected="Terjadi kesalahan yang tidak terduga ({kind}). Coba lagi; rinciannya tertulis di terminal tempat halaman ini dijalankan.",
    details="Rincian jawaban",
    confidence="Keyakinan",
    generation="Generasi indeks",
    settings="Pengaturan",
    seconds="detik",
    undated="tanggal tidak diketahui",
    untitled="(tanpa judul)",
    close="Tutup artikel",
    legend="Keterangan",
    legend_cited="kata-kata yang dikutip",
    legend_near="bagian yang terdekat, bukan jawaban",
    legend_masked="bukan isi berita: tidak dicari dan tidak dikutip",
    masked_as="Ditutup oleh aturan: {rule}",
    rules={
        "advert": "iklan",
        "byline": "penulis",
        "caption": "keterangan foto",
        "dateline": "tempat dan media",
        "fact-check": "ajakan cek fakta",
        "headline": "judul",
        "menu": "menu",
        "outlet-repeats": "berulang di media ini",
        "popular": "daftar populer",
        "read-also": "baca juga",
        "repeat": "pengulangan",
        "separator": "pemisah",
        "share": "ajakan berbagi",
        "subhead": "anak judul",
        "syndicated": "sumber asal",
        "text-size": "ukuran huruf",
        "timestamp": "waktu terbit",
        "video": "video",
    },
    file="Berkas",
    filter_label="Saring daftar",
    filter_placeholder="Judul, media, atau nama berkas…",
    column_title="Judul",
    column_outlet="Media",
    column_day="Terbit",
    column_source="Berkas",
    column_passages="Bagian",
    shown_of="{shown} dari {n} artikel",
    none_match="Tidak ada artikel yang cocok dengan saringan ini.",
    archive_empty="Arsip ini masih kosong. Tambahkan berkas di bawah.",
    add_label="Tambah artikel",
    add_hint="Seret berkas .txt, .md, .html, .pdf, .docx, .jsonl atau .csv ke sini",
    adding="Membaca berkas… {done} terbaca",
    added="{n} artikel ditambahkan. Anda sudah bisa bertanya tentangnya.",
    added_none="Tidak ada artikel yang ditambahkan.",
    skipped="Dilewati",
    gone="Artikel ini tidak ada lagi di indeks. Muat ulang halaman untuk melihat arsip yang sekarang.",
    months=(
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ),
)

_EN = Words(
    language="en",
    switch="Bahasa Indonesia",
    tagline="Questions to a news archive. Every sentence is quoted letter by letter.",
    index="Index",
    articles="{n} articles",
    tab_ask="Ask",
    tab_archive="Archive",
    ask_label="Question",
    ask_placeholder="Write your question…",
    ask_button="Ask",
    welcome="What would you like to know?",
    welcome_more="Answers come from the articles of this archive alone. The number after a sentence opens its article at those very words; "
    "where the articles do not answer, this page says so.",
    examples="Examples from this archive",
    you="You asked",
    stages={
        "understand": "Understanding the question",
        "search": "Searching",
        "read": "Reading",
        "verify": "Checking the quotes",
    },
    short="Short answer",
    sources="Sources",
    open_source="Open the article at citation {n}",
    no_answer="The articles do not answer this question",
    near="Nearest passages, not enough for an answer",
    near_none="No passage comes near.",
    reasons={
        "": "",
        "empty-question": "There is nothing to search for: the question is empty. Write a question of a few words.",
        "nothing-found": "No article has the words or the matter that you ask about.",
        "not-in-articles": "Some articles come near the subject, but none of them has the answer.",
        "low-confidence": "There is a possible answer, but its confidence is too low to show it.",
        "not-proved": "There is a possible answer, but it could not be proved with words of an article.",
    },
    broken="This answer is not shown: a citation no longer agrees with its article",
    broken_cure="The index may have changed or be damaged. Ask once more; if it happens again, rebuild the index with qa build.",
    failed="This question could not be answered",
    failed_cure="You can go on with the next question.",
    unexpected="Something unexpected went wrong ({kind}). Try again; the terminal that runs this page has the details.",
    details="Details of this answer",
    confidence="Confidence",
    generation="Index generation",
    settings="Settings",
    seconds="seconds",
    undated="day unknown",
    untitled="(untitled)",
    close="Close the article",
    legend="Legend",
    legend_cited="the words that are cited",
    legend_near="nearest passage, not an answer",
    legend_masked="not the news itself: neither searched nor cited",
    masked_as="Masked by the rule: {rule}",
    rules={},
    file="File",
    filter_label="Filter the list",
    filter_placeholder="Title, outlet or file name…",
    column_title="Title",
    column_outlet="Outlet",
    column_day="Published",
    column_source="File",
    column_passages="Passages",
    shown_of="{shown} of {n} articles",
    none_match="No article matches this filter.",
    archive_empty="This archive is still empty. Add files below.",
    add_label="Add articles",
    add_hint="Drop .txt, .md, .html, .pdf, .docx, .jsonl or .csv files here",
    adding="Reading files… {done} read",
    added="{n} articles added. You can ask about them now.",
    added_none="No article was added.",
    skipped="Skipped",
    gone="This article is no longer in the index. Reload the page to see the archive as it is now.",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
)

WORDS: Mapping[Language, Words] = {"id": _ID, "en": _EN}


def words(language: str) -> Words:
    """The sentences of a language; Indonesian for any other."""
    return _EN if language == "en" else _ID


def other(language: Language) -> Language:
    """The language that the switch leads to."""
    return LANGUAGES[1 - LANGUAGES.index(language)]
