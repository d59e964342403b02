from __future__ import annotations

from qa.index import generation

FERRY = (
    "Kapal penyeberangan KM Bahari tenggelam di perairan Selat Lembeh pada Sabtu malam setelah dihantam gelombang tinggi. "
    "Kepala Kantor SAR Manado mengatakan tim gabungan telah mengevakuasi empat puluh dua penumpang ke pelabuhan Bitung. "
)
HALF = FERRY.split(". ", maxsplit=1)[0] + ". "


def test_a_story_is_computed_again_when_what_joined_it_goes(tmp_path, article, build, add):
    """a0 and a2 have nothing in common but that a1 has both."""
    other = "Harga cabai rawit di Pasar Induk Cipinang kembali naik menjelang akhir pekan karena pasokan dari Jawa Timur berkurang banyak. "
    build([article(0, HALF, day=3)])
    add(article(1, HALF + other, day=2))
    joined = add(article(2, other, day=1))
    assert joined.articles.stories() == {"a0": "a2", "a1": "a2", "a2": "a2"}
    parted = generation.remove(tmp_path, "berita", ["a1"])
    assert parted.articles.stories() == {}
    assert {passage.story for _, passages in parted.articles.stream() for passage in passages} == {""}


def test_the_earliest_leads_and_another_does_when_it_goes(tmp_path, article, build, add):
    build([article(0, FERRY, day=5), article(9)])
    assert add(article(1, FERRY + "Tambahan.", day=3)).articles.stories() == {"a0": "a1", "a1": "a1"}
    assert add(article(2, FERRY + "Lagi.", day=4)).articles.stories() == {"a0": "a1", "a1": "a1", "a2": "a1"}
    assert generation.remove(tmp_path, "berita", ["a1"]).articles.stories() == {"a0": "a2", "a2": "a2"}


def test_an_article_that_is_changed_leaves_its_story_and_may_come_back(article, build, add):
    build([article(0, FERRY, day=1), article(1, FERRY + "Tambahan.", day=2)])
    assert add(article(1)).articles.stories() == {}
    assert add(article(1, FERRY + "Tambahan.", day=2)).articles.stories() == {"a0": "a0", "a1": "a0"}
    assert add(article(0, "Ralat: kabar itu tidak benar dan dicabut oleh redaksi pada hari ini juga.")).articles.stories() == {}


def test_the_same_few_words_are_copies_and_stay_so_without_the_first(tmp_path, article, build, add):
    short = "Foto hari ini: pasar terapung."
    build([article(0, short, day=1)])
    add(article(1, short, day=2))
    assert add(article(2, short, day=3)).articles.stories() == {"a0": "a0", "a1": "a0", "a2": "a0"}
    assert generation.remove(tmp_path, "berita", ["a0"]).articles.stories() == {"a1": "a1", "a2": "a1"}
