"""A model file on disk, through llama.cpp. The file is made here: a network that knows one reply and says it word for word."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from qa.answer.generative.chat import LlamaChat, open_chat
from qa.assistant import Assistant
from qa.cli import main
from qa.errors import ChatError, MissingExtraError, ModelError
from qa.settings import load

QUOTE = "Vostochny adalah pelabuhan antariksa sipil pertama Rusia yang terletak di wilayah Amur, dekat kota Tsiolkovsky."
REPLY = f'{QUOTE} [1: "{QUOTE}"]\nSINGKAT: wilayah Amur'
QUESTION = "Di mana letak Vostochny?"


def pieces_of(reply):
    """The reply cut into pieces that are all different, as tokens must be: words, and several words where one came before."""
    pieces = []
    piece = ""
    for place, word in enumerate(reply.split(" ")):
        piece += f"▁{word}" if place else word
        if piece not in pieces:
            pieces.append(piece)
            piece = ""
    if piece:
        pieces[-1] += piece
    return [piece for piece in pieces if piece]


def write_model(path, reply, context=16_384):
    """A GGUF file of the llama architecture whose greedy reply to any prompt is `reply`, then the end.

    Each piece of the reply is a token of its own, each token's embedding is a unit vector of its own, attention and feed-forward add
    nothing, and the output matrix sends a token to the one that follows it.
    """
    from gguf import GGUFWriter, TokenType

    pieces = pieces_of(reply)
    special = ["<unk>", "<s>", "</s>", "<|answer|>"]
    tokens = [*special, *(f"<0x{byte:02X}>" for byte in range(256)), *pieces]
    kinds = [TokenType.UNKNOWN, *[TokenType.CONTROL] * 3, *[TokenType.BYTE] * 256, *[TokenType.NORMAL] * len(pieces)]
    width = -(-len(tokens) // 32) * 32
    embedding = np.zeros((len(tokens), width), dtype=np.float32)
    embedding[np.arange(len(tokens)), np.arange(len(tokens))] = 1
    chain = [special.index("<|answer|>"), *range(len(tokens) - len(pieces), len(tokens)), special.index("</s>")]
    output = np.zeros_like(embedding)
    output[chain[1:], chain[:-1]] = 1
    writer = GGUFWriter(path, "llama")
    writer.add_context_length(context)
    writer.add_embedding_length(width)
    writer.add_block_count(1)
    writer.add_feed_forward_length(32)
    writer.add_head_count(width // 32)
    writer.add_head_count_kv(1)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types(kinds)
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template("{% for message in messages %}{{ message['content'] }}\n{% endfor %}<|answer|>")
    none = {"attn_q": (width, width), "attn_k": (32, width), "attn_v": (32, width), "attn_output": (width, width)}
    none |= {"ffn_gate": (32, width), "ffn_up": (32, width), "ffn_down": (width, 32)}
    for name, shape in none.items():
        writer.add_tensor(f"blk.0.{name}.weight", np.zeros(shape, dtype=np.float32))
    for name in ("blk.0.attn_norm", "blk.0.ffn_norm", "output_norm"):
        writer.add_tensor(f"{name}.weight", np.ones(width, dtype=np.float32))
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output.weight", output)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return write_model(tmp_path_factory.mktemp("model") / "tiny.gguf", REPLY)


@pytest.fixture
def opened(model):
    return open_chat(f"gguf:{model}", max_tokens=200)


@pytest.mark.gguf
def test_a_file_loads_and_streams_its_reply_in_pieces(opened):
    pieces = list(opened.say("Anda menjawab.", QUESTION))
    assert len(pieces) > 10
    assert "".join(pieces).strip() == REPLY
    assert isinstance(opened, LlamaChat)
    assert opened.name == "gguf:tiny.gguf"


@pytest.mark.gguf
def test_the_same_question_gets_the_same_reply_again(opened):
    assert list(opened.say("s", "u")) == list(opened.say("s", "u"))


@pytest.mark.gguf
def test_a_reply_stops_at_its_stop_words(model):
    said = "".join(open_chat(f"gguf:{model}", max_tokens=3).say("s", "u"))
    assert REPLY.startswith(said.strip())
    assert len(said.split()) == 3


@pytest.mark.gguf
def test_a_prompt_that_does_not_fit_and_a_reply_that_takes_too_long_are_chat_errors(opened, model):
    with pytest.raises(ChatError):
        list(opened.say("s", "panjang " * 5000))
    with pytest.raises(ChatError, match="longer than"):
        list(open_chat(f"gguf:{model}", seconds=0).say("s", "u"))


@pytest.mark.gguf
def test_questions_asked_at_once_wait_for_one_another(opened):
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda n: "".join(opened.say("s", f"Pertanyaan {n}?")), range(8)))
    assert [reply.strip() for reply in replies] == [REPLY] * 8


@pytest.mark.gguf
def test_whoever_waits_too_long_gets_an_error_and_a_reply_left_half_read_gives_way(opened, monkeypatch):
    chat = opened
    left = chat.say("s", "u")
    next(left)
    with monkeypatch.context() as hurried:
        hurried.setattr(chat, "_seconds", 0.1)
        with pytest.raises(ChatError, match="busy"):
            list(chat.say("s", "u"))
    left.close()
    assert "".join(chat.say("s", "u")).strip() == REPLY


@pytest.mark.gguf
def test_a_model_that_says_nothing_is_a_chat_error(tmp_path):
    silent = write_model(tmp_path / "silent.gguf", "")
    with pytest.raises(ChatError, match="nothing"):
        list(open_chat(f"gguf:{silent}").say("s", "u"))


@pytest.mark.gguf
@pytest.mark.parametrize("cut", [0, 10, 1000, 0.5])
def test_a_file_that_is_broken_is_named(model, tmp_path, cut):
    whole = model.read_bytes()
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(whole[: int(len(whole) * cut) if isinstance(cut, float) else cut])
    with pytest.raises(ModelError, match=r"broken\.gguf.*Cure"):
        open_chat(f"gguf:{broken}")


@pytest.mark.gguf
def test_its_answer_is_proved_like_any_other(model, seeds_settings, assistant):
    settings = load({"indexes": seeds_settings.indexes, "chat.model": f"gguf:{model}", "chat.passages": 1})
    answer = Assistant.open("seeds", settings=settings).ask(QUESTION)
    assert (answer.short, answer.trace.note) == ("wilayah Amur", "")
    assert answer.text == f"{QUOTE} [1]"
    assert [citation.quote for citation in answer.citations] == [QUOTE]
    assert dict(answer.trace.models)["reader"] == "generative:gguf:tiny.gguf"


@pytest.mark.gguf
def test_from_the_command_line(model, seeds_settings, assistant, capsys):
    arguments = ["--indexes", str(seeds_settings.indexes), "--model", f"gguf:{model}", "--set", "chat.passages=1"]
    assert main(["ask", QUESTION, *arguments]) == 0
    assert QUOTE in " ".join(capsys.readouterr().out.split())


def test_a_file_that_is_not_there_is_named_with_or_without_the_extra(tmp_path):
    with pytest.raises(ModelError, match=r"none\.gguf: no such file. Cure: --model gguf:/path"):
        open_chat(f"gguf:{tmp_path / 'none.gguf'}")


def test_without_the_extra_the_line_that_installs_it_is_given(tmp_path, monkeypatch):
    file = tmp_path / "model.gguf"
    file.write_bytes(b"GGUF")
    monkeypatch.setitem(sys.modules, "llama_cpp", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'sitasi\[gguf\]'"):
        open_chat(f"gguf:{file}")
