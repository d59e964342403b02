"""Settings: sources in their order, frozen, errors that name the setting."""

from __future__ import annotations

import pytest

from qa.errors import SettingsError
from qa.settings import describe, load


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_each_source_wins_over_the_one_before(tmp_path, monkeypatch):
    assert load().retrieve.depth == 100
    (tmp_path / "pyproject.toml").write_text("[tool.qa.retrieve]\ndepth = 11\n", encoding="utf-8")
    assert load().retrieve.depth == 11
    (tmp_path / "qa.toml").write_text("[retrieve]\ndepth = 12\n", encoding="utf-8")
    assert load().retrieve.depth == 12
    monkeypatch.setenv("QA_RETRIEVE__DEPTH", "13")
    assert load().retrieve.depth == 13
    assert load({"retrieve.depth": 14}).retrieve.depth == 14


def test_a_misspelt_setting_is_named_with_the_known_ones():
    with pytest.raises(SettingsError, match=r"retrieve\.dept.*retrieve\.depth"):
        load({"retrieve.dept": 3})


def test_a_bad_value_is_named_with_what_would_be_right():
    with pytest.raises(SettingsError, match=r"retrieve\.depth.*'many'.*integer"):
        load({"retrieve.depth": "many"})


def test_a_broken_settings_file_is_named(tmp_path):
    (tmp_path / "qa.toml").write_text("depth = = 3", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"qa\.toml"):
        load()


def test_settings_cannot_be_changed_after_they_were_read():
    with pytest.raises(Exception, match="frozen"):
        load().retrieve.depth = 3


def test_the_fingerprint_follows_what_changes_answers_and_nothing_else():
    plain = load().fingerprint()
    assert load({"web.port": 1}).fingerprint() == plain
    assert load({"index": "other"}).fingerprint() == plain
    assert load({"answer.threshold": 0.25}).fingerprint() != plain


def test_every_setting_says_what_it_is_for():
    assert all(words for _, _, words in describe())


TOKEN = "ruang-arsip-nomor-17"


def test_the_token_is_read_from_the_environment_and_shown_by_nothing(monkeypatch):
    plain = load().fingerprint()
    monkeypatch.setenv("QA_WEB__TOKEN", TOKEN)
    settings = load()
    assert settings.web.token.get_secret_value() == TOKEN
    assert settings.fingerprint() == plain
    assert TOKEN not in f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()} {vars(settings)}"


@pytest.mark.parametrize("token", ["terlalu-pendek", "ada spasi di dalamnya ini", "huruf-é-tidak-muat-di-kepala"])
def test_a_token_that_can_be_guessed_or_not_be_sent_is_refused_and_not_repeated(monkeypatch, token):
    monkeypatch.setenv("QA_WEB__TOKEN", token)
    with pytest.raises(SettingsError, match=r"web\.token.*16 characters.*Cure") as caught:
        load()
    assert token not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
