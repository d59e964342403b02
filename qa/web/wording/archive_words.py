"""Words of the archive: its table and months, adding, correcting and removing, and the reader's view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveWords:
    """Fields with braces are filled with `str.format`."""

    table: str
    length: str
    length_of: str
    sort_up: str
    sort_down: str
    months: str
    months_line: str
    months_gaps: str
    months_no_gap: str
    months_none: str
    month_count: str
    undated: str
    index: str
    unopened: str
    add: str
    add_file: str
    add_text: str
    add_text_box: str
    add_text_place: str
    add_title: str
    add_outlet: str
    add_day: str
    add_url: str
    add_button: str
    add_address: str
    add_address_place: str
    add_address_button: str
    fetching: str
    no_text: str
    no_day: str
    change: str
    correct: str
    author: str
    save: str
    corrected: str
    remove: str
    remove_sure: str
    removed: str
    last_one: str
    unchanged: str
    already: str
    quotes: str
    quote_line: str
    quote_unnamed: str
    copies: str
    copies_line: str


ARCHIVE: Mapping[str, ArchiveWords] = {
    "id": ArchiveWords(
        table="Daftar artikel",
        length="Panjang",
        length_of="{n} huruf",
        sort_up="urutkan naik",
        sort_down="urutkan turun",
        months="Per bulan",
        months_line="{first} sampai {last}: {n} artikel bertanggal, {months} bulan terisi.",
        months_gaps="Kosong: {gaps}.",
        months_no_gap="Tidak ada bulan yang kosong.",
        months_none="Tidak ada artikel yang tanggalnya diketahui.",
        month_count="{month}: {n} artikel",
        undated="{n} artikel tanpa tanggal.",
        index="Pilih indeks",
        unopened="Indeks {name} tidak dapat dibuka; yang tampil adalah {shown}.",
        add="Tambah artikel",
        add_file="Berkas",
        add_text="Teks yang ditempel",
        add_text_box="Teks artikel",
        add_text_place="Tempel seluruh artikel, dengan judul di baris pertama…",
        add_title="Judul",
        add_outlet="Media",
        add_day="Tanggal terbit (2024-03-13)",
        add_url="Alamat asli",
        add_button="Tambahkan teks",
        add_address="Alamat web",
        add_address_place="https://…",
        add_address_button="Ambil dan tambahkan",
        fetching="Mengambil {host}…",
        no_text="Belum ada teks yang ditempel.",
        no_day="Tanggal {day} tidak dikenal. Tulis seperti 2024-03-13, atau kosongkan.",
        change="Perbaiki atau hapus",
        correct="Perbaiki keterangan",
        author="Penulis",
        save="Simpan perbaikan",
        corrected="Keterangan artikel diperbaiki.",
        remove="Hapus artikel …",
        remove_sure="Ya, hapus artikel ini dari indeks",
        removed="Artikel “{title}” dihapus dari indeks.",
        last_one="Artikel terakhir tidak dapat dihapus.",
        unchanged="Tidak ada yang berubah.",
        already="Tidak ada yang baru: isinya sudah ada di arsip ini.",
        quotes="Kutipan ({n})",
        quote_line="{speaker} {verb}",
        quote_unnamed="pembicara tidak disebut",
        copies="Salinan ({n})",
        copies_line="Artikel-artikel ini hampir sama isinya; di antara jawaban mereka dihitung sebagai satu sumber.",
    ),
    "en": ArchiveWords(
        table="List of articles",
        length="Length",
        length_of="{n} characters",
        sort_up="sort ascending",
        sort_down="sort descending",
        months="By month",
        months_line="{first} to {last}: {n} dated articles, {months} months have some.",
        months_gaps="Empty: {gaps}.",
        months_no_gap="No month is empty.",
        months_none="No article has a known date.",
        month_count="{month}: {n} articles",
        undated="{n} articles without a date.",
        index="Choose an index",
        unopened="The index {name} cannot be opened; this is {shown}.",
        add="Add articles",
        add_file="File",
        add_text="Pasted text",
        add_text_box="Text of the article",
        add_text_place="Paste the whole article, its headline on the first line…",
        add_title="Headline",
        add_outlet="Outlet",
        add_day="Day of publication (2024-03-13)",
        add_url="Original address",
        add_button="Add the text",
        add_address="Web address",
        add_address_place="https://…",
        add_address_button="Fetch and add",
        fetching="Fetching {host}…",
        no_text="No text has been pasted yet.",
        no_day="The day {day} is not known. Write it as 2024-03-13, or leave it empty.",
        change="Correct or remove",
        correct="Correct the facts",
        author="Author",
        save="Save the correction",
        corrected="The article's facts were corrected.",
        remove="Remove the article …",
        remove_sure="Yes, remove this article from the index",
        removed="The article “{title}” was removed from the index.",
        last_one="The last article cannot be removed.",
        unchanged="Nothing was changed.",
        already="Nothing new: the archive has it already.",
        quotes="Quotations ({n})",
        quote_line="{speaker} {verb}",
        quote_unnamed="speaker not named",
        copies="Copies ({n})",
        copies_line="These articles say nearly the same; behind an answer they count as one source.",
    ),
}
