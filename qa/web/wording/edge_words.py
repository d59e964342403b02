"""Words for what goes otherwise than wished: no question, a server that is gone, a slow first answer; and for what is folded away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeWords:
    """Fields with braces are filled with `str.format`."""

    empty: str
    cut: str
    gone: str
    back: str
    slow: str
    whole_question: str
    more_sources: str
    theme: str


EDGES: Mapping[str, EdgeWords] = {
    "id": EdgeWords(
        empty="Tulis dulu pertanyaannya.",
        cut="Teks yang ditempel terlalu panjang: sebuah pertanyaan memuat paling banyak {n} huruf, sisanya tidak ikut.",
        gone="Server tidak menjawab. Halaman ini mencoba menyambung lagi; yang sudah tampil tetap dapat dibaca.",
        back="Server menjawab lagi.",
        slow="Jawaban pertama memerlukan waktu lebih lama karena model sedang dibuka.",
        whole_question="Seluruh pertanyaan ({n} huruf)",
        more_sources="{n} sumber lainnya",
        theme="Gelap atau terang",
    ),
    "en": EdgeWords(
        empty="Write the question first.",
        cut="What was pasted is too long: a question has at most {n} characters, and the rest was left out.",
        gone="The server does not answer. This page is trying to connect again; what is shown already can still be read.",
        back="The server answers again.",
        slow="The first answer takes longer, because the models are being opened.",
        whole_question="The whole question ({n} characters)",
        more_sources="{n} more sources",
        theme="Dark or light",
    ),
}
