"""Addresses of databases."""

from __future__ import annotations

import pytest

from qa.cli.options import settings_of
from qa.errors import SettingsError, UsageError
from qa.settings import load
from qa.store.postgres.location import Location, location


@pytest.mark.parametrize(
    ("url", "is_"),
    [
        ("postgresql://sitasi@db/news", Location("db", 5432, "news", "sitasi")),
        ("postgres://db:5433/news", Location("db", 5433, "news")),
        ("postgresql://a@[::1]/news", Location("::1", 5432, "news", "a")),
        ("postgresql:///news?host=/run/postgresql", Location("/run/postgresql", 5432, "news")),
        ("postgresql://a%40b@db/n?sslmode=verify-full", Location("db", 5432, "n", "a@b", (("sslmode", "verify-full"),))),
    ],
)
def test_an_address_names_server_user_and_database(url, is_):
    assert location(url) == is_
    assert is_.parameters()["dbname"] == is_.database
    assert is_.database in str(is_)


@pytest.mark.parametrize(
    "url",
    ["", "mysql://db/news", "postgresql://db", "postgresql://db/", "postgresql://db:x/news", "postgresql://db/a/b", "postgresql://[x/a",
     "postgresql://db/news?options=-c", "postgresql:///news?port=x"],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_one_that_is(url):
    with pytest.raises(UsageError, match=r"Cure: postgresql://|Known options"):
        location(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://root:geheim@db/news",
        "postgresql://db/news?password=geheim",
        "postgresql://u:geheim@[x/n",
        "postgresql://u:geheim@db:1x/n",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(url):
    with pytest.raises(UsageError) as refusal:
        location(url)
    assert "geheim" not in str(refusal.value)


def test_a_password_on_the_command_line_is_refused_and_not_repeated():
    from argparse import Namespace

    with pytest.raises(UsageError, match="QA_ARTICLES__PASSWORD") as refusal:
        settings_of(Namespace(set=["articles.password=geheim"]))
    assert "geheim" not in str(refusal.value)
    assert "geheim" not in repr(load({"articles.password": "geheim"}))


@pytest.mark.parametrize("url", ["postgresql://elsewhere.example/news", "postgresql:///news?host=elsewhere.example"])
def test_a_folders_own_settings_do_not_send_articles_to_another_machine(tmp_path, monkeypatch, url):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "qa.toml").write_text(f'[articles]\nurl = "{url}"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"articles\.url"):
        load()
    assert load({"articles.url": "postgresql://mine/news"}).articles.url == "postgresql://mine/news"
    for near in ("postgresql://127.0.0.1/news", "postgresql:///news?host=/run/postgresql"):
        (tmp_path / "qa.toml").write_text(f'[articles]\nurl = "{near}"\n', encoding="utf-8")
        assert load().articles.url == near
