import pytest

from qa.language import kinds
from qa.language.choice import options


@pytest.mark.parametrize(
    ("question", "laid"),
    [
        ("Siapa yang tiba lebih dulu, Kim atau Putin?", ("Kim", "Putin")),
        ("Mana yang lebih besar, Korea Utara atau Korea Selatan?", ("Korea Utara", "Korea Selatan")),
        ("Kim Jong Un atau Putin yang datang lebih dulu?", ("Kim Jong Un", "Putin")),
        ("Apakah Kim atau Putin yang datang lebih dulu?", ("Kim", "Putin")),
        ("Apakah Kim naik pesawat atau kereta?", ("pesawat", "kereta")),
        ("Apakah pertemuan digelar di Moskow atau di Vostochny?", ("Moskow", "Vostochny")),
        ("Did Kim travel by plane or train?", ("plane", "train")),
        ("Kapan pertemuan itu, Selasa atau Rabu?", ("Selasa", "Rabu")),
    ],
)
def test_two_answers_are_seen_and_which_of_them_is_asked(question, laid):
    found = kinds.asked(question, "en" if question.startswith("Did") else "id")
    assert found.options == laid
    assert found.kind != "yes_no", "neither yes nor no says which"
    one, other = (question.index(word) for word in laid)
    assert any(start <= one and other < end for start, end in found.cues), "an article need not name both"


@pytest.mark.parametrize(
    "question",
    [
        "Apakah Rusia akan membantu atau tidak?",
        "Apa nama latin dari cacing emas atau nematoda sista kuning?",
        "Dalam bahasa apa atau lewat siapa?",
        "Siapa rektor atau kepala Universitas Sintuwu Maroso yang pertama?",
        "Kapan platform perdagangan atau pusat perdagangan itu diterapkan?",
        "Apakah Kim datang lebih dulu?",
        "Atau apa?",
        "atau",
        "",
    ],
)
def test_what_only_explains_denies_or_asks_again_lays_no_answers(question):
    assert options(question) is None
    assert kinds.asked(question, "id").options == ()


@pytest.mark.parametrize("question", ["Apakah Rusia akan membantu atau tidak?", "Apakah ada rudal atau belum?"])
def test_or_not_stays_a_question_of_yes_or_no(question):
    assert kinds.asked(question, "id").kind == "yes_no"
