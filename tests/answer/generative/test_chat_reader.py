"""A chat model's prose is said as far as it is proved, over a real wire, whatever the model or the wire does."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest

from qa.answer.generative.chat import LangChainChat, open_chat
from qa.answer.generative.chat_reader import GenerativeReader
from qa.answer.verify.verify import check, verify
from qa.errors import ChatError, MissingExtraError, ModelError, SettingsError, UsageError
from qa.schema import Article, Claim, Draft, Hit, Passage, Query, Trace
from qa.testing import ScriptedReader
from qa.testing.chat_server import Reply, ScriptedServer

pytestmark = pytest.mark.extra("langchain", "langchain_openai")

BRIDGE = (
    "Gubernur Rahman meresmikan Jembatan Palu pada Rabu, 12 Maret 2021. Panjangnya 1.500 meter dan lebarnya 22 meter. "
    "Warga tidak menyetujui tarif tol yang baru. “Ini jembatan kita bersama,” kata Rahman [di lokasi]."
)
PORT = (
    "Pelabuhan Donggala ditutup selama dua pekan karena gempa. Kapal dialihkan ke Pantoloan, kata Kepala Pelabuhan Siti Aminah."
)


def article(name: str, text: str) -> Article:
    return Article(id=name, text=text, source=f"{name}.txt", sha256=name)


def hit(one: Article, rank: int) -> Hit:
    passage = Passage(
        id=f"{one.id}:0-{len(one.text)}", article_id=one.id, start=0, end=len(one.text), text=one.text, title="Kabar"
    )
    return Hit(passage=passage, score=1.0, rank=rank, stage="fused")


ARTICLES = {"bridge": article("bridge", BRIDGE), "port": article("port", PORT)}
HITS = (hit(ARTICLES["bridge"], 1), hit(ARTICLES["port"], 2))
EXTRACTED = Draft(
    claims=(
        Claim(
            text="Panjangnya 1.500 meter dan lebarnya 22 meter.",
            quote="Panjangnya 1.500 meter dan lebarnya 22 meter.",
            hit_rank=1,
        ),
    ),
    confidence=0.8,
)


def read_any(reply: Reply) -> Draft:
    with ScriptedServer([reply]) as server:
        chat = open_chat("openai:scripted", base_url=server.url)
        return GenerativeReader(chat, ScriptedReader([EXTRACTED])).read(Query(text="Apa kabar jembatan?"), HITS)


def read(*replies: Reply, seconds: float = 20.0, language: str = "id", verifier=None, kind: str = "what") -> Draft:
    with ScriptedServer(replies) as server:
        chat = open_chat("openai:scripted", base_url=server.url, seconds=seconds)
        reader = GenerativeReader(chat, ScriptedReader([EXTRACTED]), verifier=verifier)
        draft = reader.read(Query(text="Kapan jembatan diresmikan?", language=language, kind=kind), HITS)
    answer = verify("q", Query(text="q"), draft, HITS, ARTICLES.__getitem__, threshold=0.5, max_citations=3, trace=Trace())
    assert check(answer, ARTICLES.__getitem__) == []
    assert [claim.quote for claim in draft.claims] == [
        citation.quote for citation in answer.citations
    ]  # what is proposed is said
    return draft


GOOD = 'Jembatan Palu diresmikan Gubernur Rahman pada 12 Maret 2021. [1: "Gubernur Rahman meresmikan Jembatan Palu pada Rabu, 12 Maret 2021"]'
GOOD_QUOTE = "Gubernur Rahman meresmikan Jembatan Palu pada Rabu, 12 Maret 2021"


def test_a_sentence_with_its_exact_words_is_proposed_with_them():
    draft = read(Reply(GOOD + "\nSINGKAT: 12 Maret 2021"))
    assert draft.claims == (
        Claim(text="Jembatan Palu diresmikan Gubernur Rahman pada 12 Maret 2021.", quote=GOOD_QUOTE, hit_rank=1),
    )
    assert (draft.short, draft.note, draft.dropped) == ("12 Maret 2021", "", ())
    assert draft.prompt.startswith("answer.id@")


@pytest.mark.parametrize(
    "reply",
    [
        "- " + GOOD,
        "1. " + GOOD,
        "**Jawaban:** " + GOOD,
        '<think>Kutipan 1 cocok. [1: "bukan ini"]</think>\n' + GOOD,
        "```\n" + GOOD + "\n```",
        GOOD.replace('"', "“", 1).replace('"]', "”]"),
        GOOD.replace("[1:", "[kutipan 1:"),
        GOOD.replace("meresmikan Jembatan Palu", "MERESMIKAN  jembatan\u00a0Palu"),
        'Jembatan Palu diresmikan Gubernur Rahman pada 12 Maret 2021. [1]\nKutipan: "Gubernur Rahman meresmikan Jembatan Palu pada Rabu, 12 Maret 2021"',
        'Jembatan Palu diresmikan Gubernur Rahman pada 12 Maret 2021.\n> "Gubernur Rahman meresmikan Jembatan Palu pada Rabu, 12 Maret 2021" [1]',
        '{"claims": [{"text": "Jembatan Palu diresmikan Gubernur Rahman pada 12 Maret 2021.", "quote": "'
        + GOOD_QUOTE
        + '", "passage": 1}], "short": "12 Maret 2021"}',
        '```json\n[{"kalimat": "Jembatan Palu diresmikan Gubernur Rahman pada 12 Maret 2021.", "kutipan": "'
        + GOOD_QUOTE
        + '", "n": "[1]"}]\n```',
    ],
)
def test_the_shape_of_a_reply_does_not_matter(reply):
    draft = read(Reply(reply, piece=7))
    assert [claim.quote for claim in draft.claims] == [GOOD_QUOTE], draft.dropped
    assert draft.claims[0].text == "Jembatan Palu diresmikan Gubernur Rahman pada 12 Maret 2021."


def test_a_bare_marker_is_cited_to_the_sentence_that_carries_it():
    draft = read(Reply("Panjang jembatan 1.500 meter, lebarnya 22 meter [1]."))
    assert [claim.quote for claim in draft.claims] == ["Panjangnya 1.500 meter dan lebarnya 22 meter."]


def test_right_words_under_the_wrong_number_are_cited_to_the_passage_that_has_them():
    draft = read(Reply(GOOD.replace("[1:", "[2:")))
    assert [claim.hit_rank for claim in draft.claims] == [1]


def test_square_brackets_that_the_prompt_shows_as_round_ones_find_back_to_the_articles_letters():
    draft = read(Reply('“Ini jembatan kita bersama,” kata Rahman. [1: "“Ini jembatan kita bersama,” kata Rahman (di lokasi)"]'))
    assert draft.claims[0].quote == "“Ini jembatan kita bersama,” kata Rahman [di lokasi]"


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ('Jembatan Palu ambruk pada 2022. [1: "Jembatan Palu ambruk pada tahun 2022"]', "is not in passage"),
        (GOOD.replace("meresmikan", "membongkar"), "is not in passage"),
        (GOOD.replace("12 Maret 2021. ", "13 Maret 2021. "), "13"),
        (GOOD.replace("12 Maret 2021. ", "12 April 2021. "), "april"),
        (GOOD.replace("pada 12", "pada Kamis, 12", 1), "kamis"),
        (GOOD.replace("Gubernur Rahman pada", "Gubernur Sutrisno pada"), "Sutrisno"),
        (GOOD.replace("diresmikan", "tidak diresmikan"), "denies"),
        (GOOD.replace("[1:", "[9:").replace(GOOD_QUOTE, "Jembatan Palu ambruk pada tahun lalu"), "no passage 9"),
        ("Jembatan Palu adalah jembatan terpanjang di Asia. [7]", "no passage 7"),
        ("Menurut pengetahuan saya, jembatan itu dibangun oleh kontraktor asing dari luar negeri.", "no sentence carries it"),
        ('Lihat <img src=x onerror=alert(1)> jembatan. [1: "Gubernur Rahman meresmikan Jembatan Palu"]', "markup"),
        ('Lihat ![x](http://contoh.id/?q=rahasia) jembatan. [1: "Gubernur Rahman meresmikan Jembatan Palu"]', "markup"),
    ],
)
def test_what_the_words_do_not_carry_is_dropped_and_the_articles_own_words_answer(reply, why):
    draft = read(Reply(reply))
    assert draft.claims == EXTRACTED.claims
    assert len(draft.dropped) == 1
    assert why in draft.dropped[0].why
    assert "could be proved" in draft.note


def test_a_good_sentence_stays_when_its_neighbour_is_dropped():
    draft = read(Reply(GOOD + '\nPanjangnya 1.800 meter. [1: "Panjangnya 1.500 meter dan lebarnya 22 meter"]'))
    assert [claim.quote for claim in draft.claims] == [GOOD_QUOTE]
    assert [drop.why for drop in draft.dropped] == ["the number 1800 is not in the quote"]
    assert draft.note == ""


def test_a_short_answer_that_stands_in_no_proved_quote_is_left_out():
    assert read(Reply(GOOD + "\nSINGKAT: Presiden Jokowi")).short == ""


def test_the_models_own_i_do_not_know_is_an_abstention():
    draft = read(Reply("TIDAK ADA"))
    assert (draft.claims, draft.reason, draft.note) == ((), "not-in-articles", "")


@pytest.mark.parametrize(
    ("reply", "note"),
    [
        (Reply(status=429), "rate limit"),
        (Reply(status=500), "HTTP 500"),
        (Reply(status=401), "HTTP 401"),
        (Reply(""), "said nothing"),
        (Reply(" \n \n"), "no sentence"),
        (Reply("?!?! ---- ####"), "no sentence"),
        (Reply("asdf qwer zxcv " * 300), "could be proved"),
        (Reply("<think>hmm " * 50), "no sentence"),
        (Reply('{"claims": [{"text": '), "no sentence"),
        (Reply(garbage=b"<html>502 Bad Gateway</html>"), ""),
        (Reply(garbage=b"data: {not json}\n\n"), "broke off"),
        (Reply(GOOD + "\n", break_after=60), "broke off"),
    ],
)
def test_a_model_that_fails_leaves_the_articles_own_words_and_a_note(reply, note):
    draft = read(reply)
    assert draft.claims == EXTRACTED.claims
    assert note in draft.note
    assert "own words" in draft.note


def test_a_silent_server_is_given_up_in_time():
    began = time.monotonic()
    draft = read(Reply(GOOD, delay=30), seconds=0.5)
    assert time.monotonic() - began < 15
    assert "in time" in draft.note


def test_a_server_that_drips_is_given_up_in_time_and_keeps_what_was_proved():
    draft = read(Reply(GOOD + "\n" + "x " * 500, pace=0.05, piece=len(GOOD) + 1), seconds=1.0)
    draft = draft if draft.note else read(Reply(GOOD + "\n" + "x" * 4000, pace=0.05, piece=40), seconds=1.0)
    assert [claim.quote for claim in draft.claims] == [GOOD_QUOTE]
    assert "longer than 1 seconds" in draft.note


def test_a_stream_that_breaks_keeps_the_sentences_that_were_whole():
    draft = read(Reply(GOOD + '\nWarga menyetujui. [1: "Warga tidak', break_after=len(GOOD) + 20))
    assert [claim.quote for claim in draft.claims] == [GOOD_QUOTE]
    assert "kept" in draft.note


def test_no_server_at_all_is_a_note_too():
    chat = open_chat("openai:scripted", base_url="http://127.0.0.1:9/v1", seconds=5)
    draft = GenerativeReader(chat, ScriptedReader([EXTRACTED])).read(Query(text="apa?"), HITS)
    assert "cannot be reached" in draft.note


def test_sentences_come_as_they_are_proved_before_the_model_has_finished():
    second = 'Panjangnya 1.500 meter. [1: "Panjangnya 1.500 meter dan lebarnya 22 meter"]\n'
    heard = threading.Event()
    told = []
    with ScriptedServer([Reply(f"{GOOD}\n{second}", holds=((len(GOOD) + 2, heard),))]) as server:
        reader = GenerativeReader(open_chat("openai:scripted", base_url=server.url), ScriptedReader([]))
        for event in reader.stream(Query(text="apa?"), HITS):
            told.append(type(event).__name__)
            heard.set()  # the model writes its second sentence only now
    assert told == ["Claim", "Claim", "Draft"]


def test_proving_a_sentence_is_not_the_models_time():
    clock = iter(range(100))  # a second passes at each look at it

    class Model:
        def stream(self, messages):
            yield from (SimpleNamespace(content=f"{number} ") for number in range(5))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("qa.answer.generative.chat.time", SimpleNamespace(monotonic=lambda: next(clock)))
        said = []
        for piece in LangChainChat(Model(), "any", seconds=6).say("", ""):
            said.append(piece)
            for _ in range(10):  # the one who hears it takes its time
                next(clock)
        assert said == ["0 ", "1 ", "2 ", "3 ", "4 "]
        with pytest.raises(ChatError, match="longer than 2 seconds"):
            list(LangChainChat(Model(), "any", seconds=2).say("", ""))


class Entailment:
    def __init__(self, probability: float) -> None:
        self.probability = probability
        self.asked: list[tuple[str, str]] = []

    def supports(self, premise: str, claim: str) -> float:
        self.asked.append((premise, claim))
        return self.probability

    def prefers(self, premise: str, claim: str, other: str) -> float:
        return float("-inf")  # never sure of the order


def test_the_verifier_has_the_last_word_on_other_words():
    reply = Reply('Warga menolak tarif tol. [1: "Warga tidak menyetujui tarif tol yang baru"]')
    other = Reply('Jembatan Palu dibuka Rahman. [1: "Gubernur Rahman meresmikan Jembatan Palu pada Rabu, 12 Maret 2021"]')
    refused = read(other, verifier=Entailment(0.1))
    assert "0.10" in refused.dropped[0].why
    assert read(other, verifier=Entailment(0.9)).confidence == pytest.approx(0.9)
    assert read(reply, verifier=Entailment(float("nan"))).claims == EXTRACTED.claims


def test_two_names_exchanged_give_way_to_the_articles_words_whatever_the_verifier_says():
    swap = Reply(f'Jembatan Palu meresmikan Gubernur Rahman. [1: "{GOOD_QUOTE}"]')
    for probability in (0.1, 0.9):
        draft = read(swap, verifier=Entailment(probability))
        assert [claim.text for claim in draft.claims] == [GOOD_QUOTE + "."]
        assert "have a relation that the quote does not support" in draft.dropped[0].why


def test_an_english_sentence_is_said_in_the_articles_words_where_nothing_can_weigh_it():
    draft = read(Reply(f'The Palu bridge was opened by the governor on 12 March 2021. [1: "{GOOD_QUOTE}"]'), language="en")
    assert [claim.text for claim in draft.claims] == [GOOD_QUOTE + "."]
    wrong = read(Reply(f'The Palu bridge was opened by the governor on 14 March 2021. [1: "{GOOD_QUOTE}"]'), language="en")
    assert "14" in wrong.dropped[0].why


def test_an_english_sentence_that_the_verifier_carries_is_said_in_english():
    reply = Reply(f'The Palu bridge was opened by Governor Rahman on 12 March 2021. [1: "{GOOD_QUOTE}"]')
    assert read(reply, language="en", verifier=Entailment(0.8)).claims[0].text.startswith("The Palu bridge")
    assert read(reply, language="en", verifier=Entailment(0.2)).claims[0].text == GOOD_QUOTE + "."


def test_a_name_that_only_the_sentence_before_has_widens_the_quote_to_it():
    draft = read(Reply('Lebar Jembatan Palu adalah 22 meter. [1: "lebarnya 22 meter"]'))
    assert draft.claims[0].quote == BRIDGE.partition(" Warga")[0]


def test_a_sentence_that_needs_two_quotes_is_cited_to_both_and_no_more():
    reply = Reply(
        'Jembatan Palu diresmikan Rahman, sedangkan Pelabuhan Donggala ditutup selama dua pekan. [1: "Gubernur Rahman meresmikan Jembatan Palu"]'
        '[1: "Panjangnya 1.500 meter dan lebarnya 22 meter"][2: "Pelabuhan Donggala ditutup selama dua pekan karena gempa"]'
    )
    draft = read_any(reply)
    assert draft.claims[0].quote == "Gubernur Rahman meresmikan Jembatan Palu"
    assert [(other.quote, other.hit_rank) for other in draft.claims[0].also] == [
        ("Pelabuhan Donggala ditutup selama dua pekan karena gempa", 2)
    ]
    answer = verify("q", Query(text="q"), draft, HITS, ARTICLES.__getitem__, threshold=0.5, max_citations=3, trace=Trace())
    assert answer.text.endswith("dua pekan. [1][2]")
    assert [citation.article_id for citation in answer.citations] == ["bridge", "port"]


def test_real_words_that_do_not_carry_the_sentence_give_way_to_those_that_do():
    draft = read(Reply('Kapal dialihkan ke Pantoloan menurut Siti Aminah. [1: "Panjangnya 1.500 meter dan lebarnya 22 meter"]'))
    assert draft.claims[0].hit_rank == 2
    assert [drop.why.startswith("cited anew") for drop in draft.dropped] == [True]


def test_who_makes_words_up_is_not_helped_to_better_ones():
    draft = read(Reply('Kapal dialihkan ke Pantoloan menurut Siti Aminah. [2: "Kapal berlabuh di Pantoloan kata Siti Aminah"]'))
    assert draft.claims == EXTRACTED.claims


def test_yes_and_no_are_kept_as_short_answers():
    assert read(Reply(GOOD + "\nSINGKAT: Ya"), kind="yes_no").short == "Ya"


def test_the_passages_stand_between_marks_that_no_article_can_write():
    with ScriptedServer([Reply("TIDAK ADA")]) as server:
        GenerativeReader(open_chat("openai:scripted", base_url=server.url), ScriptedReader([])).read(Query(text="apa?"), HITS)
        system, user = (message["content"] for message in server.requests[0]["messages"])
    mark = user.split("<<", 1)[1][:8]
    assert f"<<{mark}" in system
    assert user.count(f"\n{mark}>>") == len(HITS)
    assert "(di lokasi)" in user


def test_a_key_is_sent_to_the_server_and_stands_nowhere_else(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-1234567890")
    with ScriptedServer([Reply(status=401)]) as server:
        reader = GenerativeReader(open_chat("openai:scripted", base_url=server.url), ScriptedReader([EXTRACTED]))
        draft = reader.read(Query(text="apa?"), HITS)
        assert {name.casefold(): value for name, value in server.headers[0].items()}[
            "authorization"
        ] == "Bearer sk-secret-1234567890"
    assert "secret" not in repr(draft) + reader.name


@pytest.mark.parametrize(
    ("name", "options", "error", "says"),
    [
        ("gpt-5", {}, SettingsError, "provider:name"),
        ("openai:", {}, SettingsError, "provider:name"),
        ("nobody:x", {}, UsageError, "nobody"),
        ("cohere:x", {}, MissingExtraError, "pip install"),
        ("gguf:/nowhere/model.gguf", {}, ModelError, "no such file"),
        ("openai:x", {"base_url": "http://user:pass@127.0.0.1/v1"}, SettingsError, "password"),
    ],
)
def test_a_model_that_cannot_be_opened_says_the_cure(name, options, error, says):
    with pytest.raises(error, match=says):
        open_chat(name, **options)


def test_a_missing_key_is_named_by_its_variable(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(Exception, match="OPENAI_API_KEY"):
        open_chat("openai:gpt-5-mini")


def test_langchains_own_fake_models_are_chat_models_too():
    from langchain_core.language_models.fake_chat_models import GenericFakeChatModel

    from qa.answer.generative.chat import LangChainChat

    chat = LangChainChat(GenericFakeChatModel(messages=iter([GOOD, ""])), "fake")
    draft = GenerativeReader(chat, ScriptedReader([EXTRACTED])).read(Query(text="apa?"), HITS)
    assert [claim.quote for claim in draft.claims] == [GOOD_QUOTE]
    with pytest.raises(ChatError):
        list(chat.say("s", "u"))
