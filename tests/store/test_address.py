"""Addresses of stores."""

from __future__ import annotations

import pytest

from qa.errors import SettingsError, UsageError
from qa.settings import load
from qa.store.address import Address, address


@pytest.mark.parametrize(
    ("url", "is_"),
    [
        ("milvus+http://127.0.0.1:19531", Address("http://127.0.0.1:19531")),
        ("milvus+http://store", Address("http://store:19530")),
        ("milvus+https://store:443/news", Address("https://store:443", "news")),
        ("milvus+http://[::1]:19530", Address("http://[::1]:19530")),
    ],
)
def test_an_address_names_server_port_and_database(url, is_):
    assert address(url) == is_
    assert str(is_) in {is_.uri, f"{is_.uri}/{is_.database}"}


@pytest.mark.parametrize(
    "url", ["", "http://store:19530", "milvus://store", "milvus+http://", "milvus+http://store:x", "redis+http://store"]
)
def test_what_is_no_known_store_is_refused_with_those_that_are(url):
    with pytest.raises(UsageError, match=r"milvus\+http://HOST:19530"):
        address(url)


def test_a_password_in_an_address_is_refused_and_not_repeated():
    with pytest.raises(UsageError, match="QA_STORE__TOKEN") as refusal:
        address("milvus+http://root:geheim@store:19530")
    assert "geheim" not in str(refusal.value)


def test_a_folders_own_settings_do_not_send_questions_to_another_machine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "qa.toml").write_text('[store]\nurl = "milvus+http://elsewhere.example:19530"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"store\.url"):
        load()
    assert load({"store.url": "milvus+http://mine:1"}).store.url == "milvus+http://mine:1"
    (tmp_path / "qa.toml").write_text('[store]\nurl = "milvus+http://127.0.0.1:19530"\n', encoding="utf-8")
    assert load().store.url
