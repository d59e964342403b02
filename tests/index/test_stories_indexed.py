from __future__ import annotations

import hashlib
from datetime import date

from qa.index import generation
from qa.schema import Article
from qa.testing import HashEncoder

FERRY = """Kapal penyeberangan KM Bahari tenggelam di perairan Selat Lembeh pada Sabtu malam setelah dihantam gelombang tinggi.
Kepala Kantor SAR Manado mengatakan tim gabungan telah mengevakuasi empat puluh dua penumpang ke pelabuhan Bitung.
Tiga orang masih dicari hingga Minggu pagi, dua di antaranya awak kapal yang berada di ruang mesin."""
MARKET = """Harga cabai rawit di Pasar Induk kembali naik menjelang akhir pekan karena pasokan dari Jawa Timur berkurang.
Pedagang menjual cabai rawit merah seharga Rp82.000 per kilogram, naik dari Rp74.000 pada hari sebelumnya."""


def article(id_: str, text: str, day: int) -> Article:
    return Article(
        id=id_, text=text, source=id_, sha256=hashlib.sha256(text.encode()).hexdigest(), outlet=id_, published=date(2023, 9, day)
    )


def stories(of: generation.Generation) -> dict[str, set[str]]:
    return {article.id: {passage.story for passage in passages} for article, passages in of.articles.stream()}


def test_passages_know_the_story_that_their_article_shares(tmp_path):
    built = generation.build(
        tmp_path,
        "berita",
        [article("copy", FERRY + "\nTambahan redaksi.", 14), article("first", FERRY, 13), article("other", MARKET, 13)],
        HashEncoder(64),
        passage_chars=150,
        workers=0,
    )
    assert stories(built) == {"copy": {"first"}, "first": {"first"}, "other": {""}}


def test_a_story_grows_when_a_copy_is_added_and_ends_when_it_is_removed(tmp_path):
    generation.build(
        tmp_path,
        "berita",
        [article("first", FERRY, 13), article("other", MARKET, 13)],
        HashEncoder(64),
        passage_chars=150,
        workers=0,
    )
    grown = generation.add(tmp_path, "berita", [article("earlier", FERRY, 12)], HashEncoder(64))
    assert stories(grown) == {"first": {"earlier"}, "earlier": {"earlier"}, "other": {""}}
    shrunk = generation.remove(tmp_path, "berita", ["earlier"])
    assert stories(shrunk) == {"first": {""}, "other": {""}}
