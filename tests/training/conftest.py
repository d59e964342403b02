"""A small world of its own that the encoder's trainings share."""

from __future__ import annotations

import json
import lzma
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qa.training import data

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CITIES = [
    "Garut",
    "Lamongan",
    "Tegal",
    "Ambon",
    "Sorong",
    "Ternate",
    "Kupang",
    "Bima",
    "Palopo",
    "Tarakan",
    "Batam",
    "Dumai",
    "Jambi",
    "Metro",
    "Blitar",
    "Kediri",
]
WORKS = [
    "garam",
    "kopi",
    "cengkih",
    "pala",
    "tembaga",
    "kapal",
    "batik",
    "keris",
    "tenun",
    "karet",
    "sagu",
    "rotan",
    "madu",
    "lada",
    "perak",
    "gerabah",
]


def write(folder: Path, name: str, records: list[Any]) -> None:
    with lzma.open(folder / f"{name}.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)


@pytest.fixture(scope="session")
def encoder_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small world of its own: each city makes one thing, in articles, questions and translations."""
    made = tmp_path_factory.mktemp("data")
    facts = [(CITIES[place % 16], WORKS[(place + 5 * (place // 16)) % 16], 1900 + place) for place in range(48)]
    articles = [
        {
            "title": f"{work} {city}",
            "text": f"Kota {city} dikenal oleh {work}. Usaha {work} di {city} mulai pada {year}. Banyak orang datang.",
        }
        for city, work, year in facts
    ]
    write(made, data.LEADS, articles[:40])
    write(made, data.NEWS, articles[40:])
    write(made, data.PARALLEL, [{"en": f"The town of {c} makes {w}.", "id": f"Kota {c} membuat {w}."} for c, w, _ in facts])

    def asked(number: int, title: str, form: str) -> dict[str, Any]:
        city, work, year = facts[number]
        context = f"Pabrik {work} di {city} berdiri pada {year}, kata Wali Kota."
        answer = {"text": str(year), "start": context.index(str(year))}
        return {
            "id": str(number),
            "origin": "test",
            "title": title,
            "context": context,
            "question": form.format(work, city),
            "answers": [answer],
        }

    write(
        made, data.TYDIQA, [asked(number, f"Pabrik {number}", "Kapan pabrik {} di {} berdiri?") for number in range(len(facts))]
    )
    for name in (data.IDKMRC, data.SQUAD, data.FACQA_TRAIN):
        write(made, name, [asked(number, "", f"{name} {{}} {{}}?") for number in range(0, 48, 7)])
    write(made, data.FACQA_VALID, [asked(3, "", "Kapan {} {}?")])
    return made


@pytest.fixture(scope="session")
def tokenizer(encoder_data: Path) -> Tokenizer:
    from qa.training import vocabulary

    return vocabulary.train(encoder_data, size=400)


@pytest.fixture(scope="session")
def with_questions(encoder_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with sixteen written questions."""
    from qa.training.examples.written import WRITTEN, WRITTEN_VALID

    home = tmp_path_factory.mktemp("written") / "data"
    shutil.copytree(encoder_data, home)

    def asked(number: int) -> dict[str, Any]:
        context = f"Wali Kota {CITIES[number]} membuka pasar {WORKS[number]} pada Senin. Warga senang."
        return {
            "id": f"w{number}",
            "origin": "written",
            "title": "",
            "context": context,
            "question": f"Kapan niaga {WORKS[number]} diresmikan?",
            "answers": [{"text": "Senin", "start": context.index("Senin")}],
            "sentences": [[0, context.index(".") + 1]],
            "side": "",
        }

    write(home, WRITTEN, [asked(number) for number in range(16)])
    write(home, WRITTEN_VALID, [asked(0) | {"context": "Tidak ada.", "answers": [], "sentences": []}])
    return home
