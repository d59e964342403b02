from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest

from qa.answer.spoken import sayings, spoken
from qa.answer.verify.citing import citation
from qa.cli import main
from qa.index.entities.name_tables import name_rows
from qa.index.mentioning import mentioning
from qa.schema import Article, Mask


def article(id_, text, day=None, outlet="", masks=()):
    return Article(id=id_, text=text, source=f"{id_}.txt", sha256=id_, published=day, outlet=outlet, masks=masks)


def test_what_somebody_said_is_listed_by_day_with_its_exact_words(assistant):
    found = spoken(assistant.generation, "Putin")
    assert len(found) >= 10
    assert {one.speaker for one in found} == {"Vladimir Putin"}
    for one in found:
        assert assistant.article(one.citation.article_id).text[one.citation.start : one.citation.end] == one.citation.quote
    days = [one.citation.published or date.max for one in found]
    assert days == sorted(days)
    assert [one.citation.n for one in found] == list(range(1, len(found) + 1))
    said = [one.citation.quote for one in found]
    assert "Kami akan membahas semua topik." in said
    assert not any("Terima kasih telah mengundang" in words for words in said)  # that is Kim's


def test_one_spelling_of_a_name_finds_the_other(assistant):
    hyphen, spaces = (spoken(assistant.generation, name) for name in ("Kim Jong-un", "Kim Jong Un"))
    assert [one.citation for one in hyphen] == [one.citation for one in spaces]
    assert any("bergandengan tangan" in one.citation.quote for one in hyphen)


def test_only_the_window_and_the_outlets_that_were_asked_for_are_read(assistant):
    assert spoken(assistant.generation, "Putin", window=(date(2020, 1, 1), date(2020, 12, 31))) == ()
    (outlet,) = {one.citation.outlet for one in spoken(assistant.generation, "Putin", outlets=("Liputan6.com",))}
    assert outlet == "Liputan6.com"


def test_a_name_that_no_article_has_gives_nothing(assistant):
    assert list(mentioning(assistant.generation, "Budi Zainuddin")) == []
    assert list(mentioning(assistant.generation, "Kim Zainuddin")) == []
    assert len(list(mentioning(assistant.generation, "Peskov"))) == 2


def test_copies_of_a_saying_are_counted_with_the_earliest():
    text = '"Jembatan itu akan dibuka bulan depan," kata Rina Handoko.'
    found = sayings([article("b", text, date(2023, 5, 2)), article("a", text, date(2023, 5, 1))], "Rina Handoko")
    assert [(one.citation.article_id, one.copies) for one in found] == [("a", 1)]


def test_two_people_of_one_family_name_are_two():
    articles = [
        article("a", '"Saya hadir di sini hari ini," kata Joko Widodo di Solo.'),
        article("b", '"Perusahaan kami tumbuh pesat tahun ini," kata Widodo Makmur di Solo.'),
    ]
    assert [one.citation.article_id for one in sayings(articles, "Joko Widodo")] == ["a"]
    assert [one.citation.article_id for one in sayings(articles, "Widodo Makmur")] == ["b"]


def test_a_citation_is_a_span_of_what_is_not_masked():
    one = article("a", "Menu. Hujan turun.", masks=(Mask(start=0, end=5, rule="menu"),))
    assert citation(1, one, 6, 18).quote == "Hujan turun."
    for start, end, why in ((0, 5, "masked"), (3, 8, "masked"), (6, 99, "no span"), (6, 6, "no span")):
        with pytest.raises(ValueError, match=why):
            citation(1, one, start, end)


def test_the_command_prints_lines_or_json(assistant, seeds_settings, capsys):
    where = ["--indexes", str(seeds_settings.indexes)]
    assert main(["quotes", "Peskov", *where]) == 0
    shown = capsys.readouterr().out
    assert "Dmitry Peskov (juru bicara Kremlin)" in shown
    assert "via Reuters" in shown
    assert main(["quotes", "Peskov", "--json", *where]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {record["speaker"] for record in records} == {"Dmitry Peskov"}
    assert assistant.article(records[0]["citation"]["article_id"]).text.count(records[0]["citation"]["quote"]) >= 1


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["?!"], "give a name"),
        (["Putin", "--outlet", "Harian Lain"], "no article of the outlet"),
        (["Putin", "--since", "2023-09-14", "--until", "2023-09-13"], "swap them"),
    ],
)
def test_misuse_is_an_error_with_its_cure(assistant, seeds_settings, capsys, options, complaint):
    assert main(["quotes", *options, "--indexes", str(seeds_settings.indexes)]) == 2
    assert complaint in capsys.readouterr().err


def archive(folder, texts):
    """A generation's names over some texts, without passages: enough for what goes by names."""
    from types import SimpleNamespace

    from qa.index.store.articles import Articles, ArticleWriter

    with ArticleWriter(folder) as writer:
        for id_, (text, day) in texts.items():
            one = Article(id=id_, text=text, source=id_, sha256=hashlib.sha256(text.encode()).hexdigest(), published=day)
            writer.add(one, (), names=name_rows(text))
    return SimpleNamespace(articles=Articles(folder))


def test_a_full_name_has_what_was_said_under_all_its_forms_and_nothing_of_a_namesake(tmp_path):
    generation = archive(
        tmp_path,
        {
            "a": ('Presiden Joko Widodo (Jokowi) tiba. "Waduk ini untuk sawah warga," kata Jokowi.', date(2024, 3, 1)),
            "b": ('Pengusaha Widodo Makmur hadir. "Pabrik kami tumbuh pesat tahun ini," kata Widodo.', date(2024, 3, 2)),
            "c": ('"Jalan ini selesai sebelum Lebaran," kata Jokowi di Solo.', date(2024, 3, 3)),
            "d": ('Lurah Widodo hadir. "Bibit mangga ini gratis untuk warga," kata Widodo.', date(2024, 3, 4)),
        },
    )
    with generation.articles:
        found = spoken(generation, "Joko Widodo")
        assert [one.citation.article_id for one in found] == ["a", "c"]
        assert [one.citation.article_id for one in spoken(generation, "Jokowi")] == ["a", "c"]
        assert [one.citation.article_id for one in spoken(generation, "Widodo Makmur")] == ["b"]
        days = (date(2024, 3, 2), date(2024, 3, 9))
        assert [one.citation.article_id for one in spoken(generation, "Joko Widodo", window=days)] == ["c"]


def test_the_place_of_an_office_is_told_with_the_office_and_not_with_the_name(build_archive):
    rows = [
        {"id": "a", "text": 'Wali Kota Lembayu Nita Sagala hadir. "Pasar dibuka besok," kata Wali Kota Lembayu Nita Sagala.'},
        {"id": "b", "text": "Jalan di Lembayu rusak. Warga di Lembayu mengeluh."},
        {"id": "c", "text": '"Jalan diperbaiki pekan depan," kata Nita Sagala kepada wartawan.'},
    ]
    archive = build_archive(rows)
    found = spoken(archive.generation, "Nita Sagala")
    assert {(one.speaker, one.role) for one in found} == {("Nita Sagala", "Wali Kota Lembayu"), ("Nita Sagala", "")}
    assert len(found) == 2
