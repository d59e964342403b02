"""Words of what narrows a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrowingWords:
    """The chips, and the fields that set them. Fields with braces are filled with `str.format`."""

    open: str
    label: str
    since: str
    until: str
    outlet: str
    any_outlet: str
    since_chip: str
    until_chip: str
    outlet_chip: str
    article_chip: str
    drop: str
    clear: str
    only_in: str
    everywhere: str
    choose: str
    ask_this: str
    no_outlet: str
    link_day: str
    link_outlet: str
    link_article: str
    link_many: str
    link_unasked: str


NARROWING: Mapping[str, NarrowingWords] = {
    "id": NarrowingWords(
        open="Persempit",
        label="Pertanyaan dipersempit",
        since="Terbit sejak",
        until="Terbit sampai",
        outlet="Media",
        any_outlet="Tambah media…",
        since_chip="sejak {day}",
        until_chip="sampai {day}",
        outlet_chip="{name}",
        article_chip="artikel: {title}",
        drop="Hapus saringan: {what}",
        clear="Hapus semua",
        only_in="Dicari hanya dalam:",
        everywhere="Cari di seluruh arsip",
        choose="Pilih untuk ditanyai",
        ask_this="Tanya artikel ini",
        no_outlet="Arsip ini tidak memuat media “{name}”; yang dicari adalah seluruh arsip.",
        link_day="Tautan ini memuat tanggal yang tidak dikenal: “{value}”. Tanggal ditulis tahun-bulan-hari, misalnya 2024-03-04.",
        link_outlet="Tautan ini memuat media yang tidak ada di arsip ini: “{value}”.",
        link_article="Tautan ini memuat artikel yang tidak ada di arsip ini: “{value}”.",
        link_many="Tautan ini memuat lebih dari {most} media atau artikel; hanya {most} yang pertama dipakai.",
        link_unasked="Karena itu pertanyaannya belum diajukan. Periksa saringannya, lalu tekan Tanya.",
    ),
    "en": NarrowingWords(
        open="Narrow",
        label="The question is narrowed",
        since="Published since",
        until="Published until",
        outlet="Outlet",
        any_outlet="Add an outlet…",
        since_chip="since {day}",
        until_chip="until {day}",
        outlet_chip="{name}",
        article_chip="article: {title}",
        drop="Remove the filter: {what}",
        clear="Remove all",
        only_in="Searched only in:",
        everywhere="Search the whole archive",
        choose="Choose, to ask of it",
        ask_this="Ask this article",
        no_outlet="This archive has no outlet called “{name}”; the whole archive was searched.",
        link_day="This link holds a day that is none: “{value}”. A day is written year-month-day, as 2024-03-04.",
        link_outlet="This link holds an outlet that is not in this archive: “{value}”.",
        link_article="This link holds an article that is not in this archive: “{value}”.",
        link_many="This link holds more than {most} outlets or articles; only the first {most} are used.",
        link_unasked="The question has therefore not been asked yet. Check what it is narrowed to, then press Ask.",
    ),
}
