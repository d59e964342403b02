"""Outlets that a question names and that the archive has not."""

from __future__ import annotations

import pytest

from qa.web.narrowing.missing_outlet import missing_outlet

OUTLETS = ("SUARA TIMUR", "Kabar Flores")


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Berapa kerugian dermaga menurut Kompas?", "Kompas"),
        ("Menurut harian Radar Bogor, berapa kerugiannya?", "Radar Bogor"),
        ("berapa kerugian menurut tempo?", "tempo"),
        ("According to The Flores Mail, how many visitors?", "The Flores Mail"),
        ("Berapa kerugian menurut Suara Timur?", ""),
        ("Berapa kerugian menurut kabar flores?", ""),
        ("Berapa kerugian menurut Siti Maryam?", ""),
        ("Berapa kerugian dermaga?", ""),
        ("Menurut berita itu, berapa kerugiannya?", ""),
        ("menurut kabar terakhir siapa bupatinya?", ""),
        ("berapa kerugian menurut timurpos.com?", "timurpos.com"),
    ],
)
def test_only_a_name_of_a_newspaper_after_a_cue_counts(question, missing):
    assert missing_outlet(question, OUTLETS) == missing
