"""Words of the cards and the timeline: sides of a disagreement, a brief of the archive, what to ask next, glosses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """Fields with braces are filled with `str.format`."""

    verdicts: Mapping[str, str]  # by `Agreement.verdict`
    independent: str
    independents: str
    copies: str
    unknown_outlet: str
    tab_timeline: str
    timeline_label: str
    timeline_place: str
    timeline_button: str
    timeline_names: str
    timeline_none: str
    timeline_empty: str
    timeline_count: str
    timeline_when: str
    timeline_what: str
    timeline_sources: str
    timeline_differs: str
    decade: str
    between: str
    brief: str
    brief_size: str
    brief_span: str
    brief_outlets: str
    brief_names: str
    brief_gaps: str
    brief_gap: str
    next: str
    glossed: str
    gloss: str
    gloss_note: str


CARDS: Mapping[str, CardWords] = {
    "id": CardWords(
        verdicts={
            "single": "Satu sumber",
            "agree": "Sumber-sumber sepakat",
            "update": "Angkanya diperbarui",
            "contradict": "Sumber-sumber berbeda",
        },
        independent="{n} sumber independen",
        independents="{n} sumber independen",
        copies="{n} salinan",
        unknown_outlet="media tidak diketahui",
        tab_timeline="Linimasa",
        timeline_label="Nama",
        timeline_place="Orang, tempat, benda, atau peristiwa…",
        timeline_button="Susun",
        timeline_names="Nama dalam arsip ini",
        timeline_none="Tidak ada peristiwa bertanggal tentang {name}.",
        timeline_empty="Tulis sebuah nama: kalimat-kalimat yang menyebut kapan sesuatu terjadi padanya disusun menurut hari.",
        timeline_count="{n} peristiwa tentang {name}",
        timeline_when="Kapan",
        timeline_what="Apa",
        timeline_sources="Sumber",
        timeline_differs="Hari lain disebut untuk hal yang sama: {days}",
        decade="{year}-an",
        between="{first} sampai {last}",
        brief="Isi arsip ini",
        brief_size="{articles} artikel dari {outlets} media",
        brief_span="terbit {first} sampai {last}",
        brief_outlets="Media",
        brief_names="Paling sering disebut",
        brief_gaps="Hari-hari tanpa artikel",
        brief_gap="{first} sampai {last}",
        next="Tanyakan berikutnya",
        glossed="Jawaban ini dari artikel berbahasa Indonesia.",
        gloss="Kata demi kata:",
        gloss_note="Padanan kata dari kamus, bukan terjemahan; yang berlaku adalah kata-kata artikelnya.",
    ),
    "en": CardWords(
        verdicts={
            "single": "One source",
            "agree": "The sources agree",
            "update": "The figure was updated",
            "contradict": "The sources differ",
        },
        independent="{n} independent source",
        independents="{n} independent sources",
        copies="{n} copies",
        unknown_outlet="outlet unknown",
        tab_timeline="Timeline",
        timeline_label="Name",
        timeline_place="A person, place, thing or event…",
        timeline_button="Show",
        timeline_names="Names in this archive",
        timeline_none="No dated event of {name} was found.",
        timeline_empty="Write a name: the sentences that say when something happened to it are put in the order of their days.",
        timeline_count="{n} events of {name}",
        timeline_when="When",
        timeline_what="What",
        timeline_sources="Sources",
        timeline_differs="Another day is given for the same event: {days}",
        decade="{year}s",
        between="{first} to {last}",
        brief="What this archive holds",
        brief_size="{articles} articles of {outlets} outlets",
        brief_span="published {first} to {last}",
        brief_outlets="Outlets",
        brief_names="Named most",
        brief_gaps="Days without an article",
        brief_gap="{first} to {last}",
        next="Ask next",
        glossed="This answer is from Indonesian articles.",
        gloss="Word for word:",
        gloss_note="Equivalents from a dictionary, not a translation; the article's own words are what counts.",
    ),
}
