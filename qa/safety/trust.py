"""What settings may not do on a stranger's word, and what no error repeats.

A folder that was cloned or unpacked may hold a qa.toml of its own, and `qa` reads the one of the folder it is run in.
"""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from qa.errors import SettingsError

MIN_TOKEN = 16  # characters of the shortest token that is accepted, and so of the shortest value that is not repeated

Sources: TypeAlias = tuple[dict[str, Any], ...]


def shown(value: Any) -> str:
    """A value as it was given, where it is too short to be a token or a key."""
    if isinstance(value, int | float) or (isinstance(value, str) and len(value) < MIN_TOKEN and not value.startswith("sk-")):
        return repr(value)
    return f"({f'{len(value)} characters' if isinstance(value, str) else 'a table or list'}, not repeated: it may hold a secret)"


def named(part: str) -> str:
    """A part of a setting's name; one that looks like no name of ours may be a secret that was pasted in its place."""
    return part if re.fullmatch(r"[A-Za-z_]{1,15}", part) else f"(a name of {len(part)} characters, not repeated)"


def refuse_strangers(given: Sources, files: Sources) -> None:
    """Raises SettingsError where the files of a folder, which may be somebody else's, alone decide where a key or a reader goes.

    A chat model's address off this machine would be sent the key in the user's environment, and the articles; a page for other
    machines whose token is in the same folder is open to whoever wrote that folder. Both are settled by the user's own word.
    """

    def value_in(sources: Sources, group: str, name: str) -> str:
        for table in (source.get(group) for source in sources):
            if isinstance(table, dict) and name in table:
                return str(table[name])
            if table is not None and not isinstance(table, dict):
                return "(whole)"  # the group as one object: nothing of a file is left in it
        return ""

    where = Path.cwd()
    address = value_in(files, "chat", "base_url")
    if address and not value_in(given, "chat", "base_url") and not _at_home(_host(address)):
        raise SettingsError(
            f"the settings file in {where} sends your key and the articles to another machine (chat.base_url). Cure: if that is what "
            "you want, say so yourself: --base-url URL or QA_CHAT__BASE_URL; if the file is not yours, take that line out"
        )
    model = value_in(files, "chat", "model")
    if model and not value_in(given, "chat", "model") and not _stays(model, value_in(given, "chat", "base_url") or address):
        raise SettingsError(
            f"the settings file in {where} has your questions and the articles sent to a service, with your key (chat.model). Cure: if "
            "that is what you want, say so yourself: --model or QA_CHAT__MODEL; if the file is not yours, take that line out"
        )
    store = value_in(files, "store", "url")
    if store and not value_in(given, "store", "url") and not _at_home(_host(store)):
        raise SettingsError(
            f"the settings file in {where} sends your questions and what is built to another machine (store.url). Cure: if that is what "
            "you want, say so yourself: --store URL or QA_STORE__URL; if the file is not yours, take that line out"
        )
    host = value_in(files, "web", "host")
    if host and not value_in(given, "web", "host") and not _at_home(host) and value_in(files, "web", "token"):
        raise SettingsError(
            f"the settings file in {where} opens the page to other machines (web.host) and holds the token as well. Cure: if that is "
            "what you want, give one of them yourself: --host, or --token-file FILE and no web.token in the file"
        )


def _stays(model: str, address: str) -> bool:
    """Whether a chat model runs on this machine, or where the user said; `address` has been settled before."""
    provider = model.partition(":")[0]
    return provider in {"gguf", "ollama"} or (provider == "openai" and bool(address))


def _host(address: str) -> str:
    """The host that an address names; "" for what is none."""
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


def _at_home(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return host.lower() == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
