import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language import text
from qa.language.text.abbreviations import others


@pytest.mark.parametrize(
    ("said", "also"),
    [
        ("Presiden AS bertemu Menlu Rusia", ["Amerika Serikat", "Menteri Luar Negeri"]),
        ("presiden Amerika Serikat", ["AS"]),
        ("Menteri  Luar Negeri Rusia", ["Menlu"]),
        ("sidang PBB dan KPK", ["Perserikatan Bangsa-Bangsa", "Komisi Pemberantasan Korupsi"]),
        ("as roda mobil itu patah, ma", []),
        ("kasus ASDP", []),
        ("", []),
    ],
)
def test_either_form_is_known_by_the_other(said, also):
    assert [other for _, other in others(said)] == also


def test_a_question_searches_for_what_the_index_has():
    index = {"as", "presiden", "korut", "menlu"}
    assert "as" in text.question_terms("Siapa presiden Amerika Serikat?", index.__contains__)
    assert "korut" in text.question_terms("Apa yang ditembakkan Korea Utara?", index.__contains__)
    assert "menlu" not in text.question_terms("Siapa presiden Amerika Serikat?", index.__contains__)
    assert "serikat" not in text.question_terms("Siapa presiden AS?", index.__contains__), (
        "what the index lacks is not searched for"
    )


@given(st.text(max_size=300))
def test_any_text_is_read_and_what_is_found_is_in_it(said):
    assert all(brief in said for brief, _ in others(said))
