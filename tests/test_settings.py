"""Settings: sources in their order, frozen, errors that name the setting."""

from __future__ import annotations

import traceback

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


@pytest.mark.parametrize(
    "text",
    [
        f'web = "{TOKEN}"\n',
        f'token = "{TOKEN}"\n',
        f'[web]\ntokn = "{TOKEN}"\n',
        f'[web]\nport = "{TOKEN}"\n',
        f'[web]\nport = ["{TOKEN}"]\n',
        f'[web]\ntoken = ["{TOKEN}"]\n',
        f"[web]\n{TOKEN} = 1\n",
        f'[retrieve.depth]\nx = "{TOKEN}"\n',
        '[chat]\napi_key = "sk-kunci"\n'.replace("sk-kunci", TOKEN),
        f"{TOKEN}\n",
    ],
)  # fmt: skip
def test_a_token_in_the_wrong_place_of_a_file_is_not_repeated(tmp_path, text):
    (tmp_path / "qa.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load()
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("value", [f'{{"token": "short", "x": "{TOKEN}"}}', f"token={TOKEN}", f'["{TOKEN}"]', TOKEN])
def test_a_token_in_a_whole_group_of_the_environment_is_not_repeated(monkeypatch, value):
    monkeypatch.setenv("QA_WEB", value)
    with pytest.raises(SettingsError, match=r"(?i)web") as caught:
        load()
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "values",
    [
        {"indexes": "a\0b"},
        {"indexes": "9" * 5000},
        {"indexes": "/dev/null"},
        {"web.host": "a..b"},
        {"web.host": "x" * 300},
        {"web.feedback": "a\0b"},
        {"web.feedback": "\udcff"},
        {"web": "1", "web.port": 3},
        {"retrieve.depth.x": 3},
        {"corpus": 5},
    ],
    ids=str,
)
def test_nonsense_is_an_error_that_names_the_setting(values):
    with pytest.raises(SettingsError, match=next(iter(values)).split(".")[0]):
        load(values)


def test_a_settings_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "qa.toml").write_bytes(b'index = "caf\xe9"\n')
    with pytest.raises(SettingsError, match=r"qa\.toml.*UTF-8"):
        load()
    (tmp_path / "qa.toml").write_text("index = " + "[" * 50_000, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"qa\.toml"):
        load()


@pytest.mark.parametrize("file", ["qa.toml", "pyproject.toml"])
@pytest.mark.parametrize(
    "address", ["https://evil.example/v1", "http://127.0.0.1.evil.example", "evil.example:80", "http://[", "http://user@evil"]
)
def test_a_folders_file_does_not_decide_where_the_key_goes(tmp_path, monkeypatch, file, address):
    prefix = "tool.qa." if file == "pyproject.toml" else ""
    (tmp_path / file).write_text(f'[{prefix}chat]\nmodel = "openai:x"\nbase_url = "{address}"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"chat\.base_url.*--base-url"):
        load()
    assert load({"chat.base_url": "https://mine.example/v1"}).chat.base_url == "https://mine.example/v1"
    monkeypatch.setenv("QA_CHAT__BASE_URL", address)
    assert load().chat.base_url == address


@pytest.mark.parametrize("address", ["http://127.0.0.1:11434/v1", "http://localhost:8000", "http://[::1]:8000/v1"])
def test_a_folders_file_may_name_a_server_of_this_machine(tmp_path, address):
    (tmp_path / "qa.toml").write_text(f'[chat]\nbase_url = "{address}"\n', encoding="utf-8")
    assert load().chat.base_url == address


def test_a_folders_file_does_not_open_the_page_to_others_with_a_token_of_its_own(tmp_path, monkeypatch):
    (tmp_path / "qa.toml").write_text(f'[web]\nhost = "0.0.0.0"\ntoken = "{TOKEN}"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"web\.host.*--token-file"):
        load()
    (tmp_path / "qa.toml").write_text('[web]\nhost = "0.0.0.0"\n', encoding="utf-8")
    assert load({"web.token": TOKEN}).web.host == "0.0.0.0"


@pytest.mark.parametrize("model", ["openai:x", "anthropic:x", "huggingface:x/y"])
def test_a_folders_file_does_not_have_questions_and_articles_sent_to_a_service(tmp_path, monkeypatch, model):
    (tmp_path / "qa.toml").write_text(f'[chat]\nmodel = "{model}"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"chat\.model.*--model"):
        load()
    assert load({"chat.model": "gguf:a"}).chat.model == "gguf:a"
    monkeypatch.setenv("QA_CHAT__MODEL", model)
    assert load().chat.model == model


@pytest.mark.parametrize("rest", ['model = "gguf:a"', 'model = "ollama:a"', 'model = "openai:a"\nbase_url = "http://[::1]:1/v1"'])
def test_a_folders_file_may_name_a_chat_model_of_this_machine(tmp_path, rest):
    (tmp_path / "qa.toml").write_text(f"[chat]\n{rest}\n", encoding="utf-8")
    assert load().chat.model.endswith(":a")
