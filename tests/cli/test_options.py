"""Options of the command line become settings; a secret is never one of them."""

from __future__ import annotations

import pytest

from qa.cli import build_parser
from qa.cli.options import settings_of
from qa.errors import UsageError

TOKEN = "ruang-arsip-nomor-17"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def settings(*words):
    return settings_of(build_parser().parse_args(words))


@pytest.mark.parametrize("command", [["ask", "apa?"], ["serve"]])
def test_a_chat_model_that_is_named_is_the_one_that_writes(command):
    chosen = settings(*command, "--model", "openai:x", "--base-url", "http://127.0.0.1:1/v1").chat
    assert (chosen.model, chosen.base_url) == ("openai:x", "http://127.0.0.1:1/v1")
    assert settings(*command).chat.model == ""


def test_where_the_page_listens_is_chosen():
    web = settings("serve", "--host", "::1", "--port", "0").web
    assert (web.host, web.port) == ("::1", 0)


def test_a_token_comes_from_a_file_without_its_line_end(tmp_path):
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n", encoding="utf-8")
    assert settings("serve", "--token-file", str(file)).web.token.get_secret_value() == TOKEN


@pytest.mark.parametrize(("content", "complaint"), [("", "empty"), (" \n", "empty"), (f"{TOKEN}\n{TOKEN}\n", "several lines")])
def test_a_token_file_without_one_token_is_refused_and_nothing_is_served(tmp_path, content, complaint):
    file = tmp_path / "token"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=complaint) as caught:
        settings("serve", "--token-file", str(file))
    assert TOKEN not in str(caught.value)


def test_a_token_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"--token-file .*nowhere"):
        settings("serve", "--token-file", str(tmp_path / "nowhere"))


def test_a_token_on_the_command_line_is_refused_for_everybody_can_read_it():
    with pytest.raises(UsageError, match="--token-file") as caught:
        settings("serve", "--set", f"web.token={TOKEN}")
    assert TOKEN not in str(caught.value)
