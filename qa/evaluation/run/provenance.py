"""What made a run: hashes of articles, index, models and prompts, and every setting; and in words, what differs between two.

Nothing here changes from one build of the same articles to the next: an index is known by what went into it, not by its date.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.answer.generative import prompts
from qa.evaluation.run.results import Answerer, Provenance

if TYPE_CHECKING:
    from qa.evaluation.suite.archive import Archive

MODELS = Path(__file__).resolve().parents[2] / "models"
_WEIGHTS = (".onnx", ".safetensors", ".json")  # a model is these; cards and licences change nothing
_ELSEWHERE = {"web", "indexes", "index"}  # settings that change no answer: where the page listens, where an index lies
_NAMED = 5  # of what differs in one part
_ARTICLES = 200  # with more named by gold, only the hash over all is kept


def provenance_of(assistant: Answerer, archive: Archive, models: Mapping[str, str]) -> Provenance:
    """Of an opened assistant; `models` are the names that the answers themselves tell. A fake has what it has."""
    from qa.assistant import Assistant

    opened = assistant if isinstance(assistant, Assistant) else None
    manifest = opened.generation.manifest if opened else None
    settings = opened.settings if opened else None
    named = sorted(archive.by_source.items()) if len(archive.by_source) <= _ARTICLES else []
    return Provenance(
        corpus=archive.corpus[:16],
        articles={source: article.sha256[:16] for source, article in named},
        index="" if manifest is None else _index(manifest, archive.corpus),
        models={**models, **({} if manifest is None else _models())},
        prompts={} if manifest is None else _hashes(prompts.folder(), (".md",)),
        settings={} if settings is None else flat(settings.model_dump(mode="json", exclude=_ELSEWHERE)),
    )


def differences(old: Provenance, new: Provenance) -> list[str]:
    """What differs, one sentence a part; nothing is said of what one of the two does not know."""
    notes = []
    if old.corpus and new.corpus and old.corpus != new.corpus:
        texts = _changed(old.articles, new.articles) or "none of those that gold names"
        notes.append(f"articles changed since the baseline: {texts}")
    if old.index and new.index and old.index != new.index:
        notes.append("index changed since the baseline: other articles, encoder, passage size or store")
    for name, before, after in (
        ("models", old.models, new.models),
        ("prompts", old.prompts, new.prompts),
        ("settings", old.settings, new.settings),
    ):
        if before and after and before != after:
            notes.append(f"{name} changed since the baseline: {_changed(before, after)}")
    return notes


def to_json(what: Provenance) -> dict[str, Any]:
    """As a baseline records it."""
    return {
        "corpus": what.corpus,
        "articles": dict(what.articles),
        "index": what.index,
        "models": dict(what.models),
        "prompts": dict(what.prompts),
        "settings": dict(what.settings),
    }


def from_json(record: Mapping[str, Any]) -> Provenance:
    """The reverse. Raises KeyError, TypeError or ValueError for what is no such record."""
    return Provenance(
        corpus=str(record["corpus"]),
        articles=dict(record["articles"]),
        index=str(record["index"]),
        models=dict(record["models"]),
        prompts=dict(record["prompts"]),
        settings=dict(record["settings"]),
    )


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """The first five, as in: retrieve.depth 100 -> 20, chat.model new (x)."""
    words = []
    for name in sorted({*old, *new}):
        if name not in old:
            words.append(f"{name} new ({_short(new[name])})")
        elif name not in new:
            words.append(f"{name} gone")
        elif old[name] != new[name]:
            words.append(f"{name} {_short(old[name])} -> {_short(new[name])}")
    return ", ".join(words[:_NAMED]) + (f" and {len(words) - _NAMED} more" if len(words) > _NAMED else "")


def _short(value: object) -> str:
    return value[:12] if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)


def _index(manifest: Any, corpus: str) -> str:
    parts = (
        corpus,
        manifest.encoder,
        manifest.encoder_sha256,
        manifest.dim,
        manifest.store,
        manifest.passage_chars,
        manifest.articles,
        manifest.passages,
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _models() -> dict[str, str]:
    """Folder of each shipped model -> one hash over its files."""
    found = {}
    for folder in sorted(path for path in MODELS.iterdir() if path.is_dir()):
        files = _hashes(folder, _WEIGHTS)
        if files:
            found[f"models/{folder.name}"] = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]
    return found


def _hashes(folder: Path, endings: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in endings):
        with path.open("rb") as file:
            found[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()[:16]
    return found


def flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested settings by dotted name: {"retrieve": {"depth": 10}} -> {"retrieve.depth": 10}."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        found |= flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return found
