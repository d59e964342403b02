from __future__ import annotations

from pathlib import Path

import pytest

from qa.language.speech.relays import origin, outlet_key, relays

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("ujarnya seperti dilansir The Guardian yang mengutip Reuters.", ["The Guardian", "Reuters"]),
        ("Melansir TASS, kedua pemimpin bertemu.", ["TASS"]),
        ("Melansir BBC, Rabu (13/9/2023), Putin tiba.", ["BBC"]),
        ("Dikutip dari The Guardian, Putin memerintahkan pembangunan.", ["The Guardian"]),
        ("seperti dilaporkan kantor berita KCNA.", ["KCNA"]),
        ("kantor berita Rusia RIA melaporkan bahwa Putin mengatakan", ["RIA"]),
        ("PrimaMedia melaporkan bahwa Kim akan datang.", ["PrimaMedia"]),
        ("Seperti dikutip Russia Today, Kim menyatakan", ["Russia Today"]),
        ("Korea Selatan melaporkan bahwa Korea Utara meluncurkan rudal.", []),
        ("Kerugian dilaporkan mencapai satu miliar rupiah.", []),
        ("The blast was reported by Reuters on Monday.", ["Reuters"]),
        ("Ia mengutip ayat itu di depan jemaah.", []),
    ],
)
def test_a_text_says_from_whom_it_has_it(text, sources):
    assert [relay.source for relay in relays(text)] == sources


def test_the_end_of_a_chain_is_where_it_comes_from():
    assert origin("ujarnya seperti dilansir The Guardian yang mengutip Reuters.") == "Reuters"
    assert origin("Melansir TASS, keduanya bertemu. Dikutip dari BBC, Kim tiba.") == "TASS"
    assert origin("Keduanya bertemu.") == ""


def test_each_seed_names_its_sources():
    named = {path.name[:3]: [relay.source for relay in relays(path.read_text(encoding="utf-8"))] for path in SEEDS.glob("*.txt")}
    assert named == {
        "000": ["TASS"],
        "001": ["The Guardian"],
        "002": ["KCNA"],
        "003": ["BBC", "PrimaMedia", "RIA", "The Guardian", "Reuters"],
        "004": ["Russia Today"],
    }


def test_one_outlet_has_one_key():
    assert outlet_key("Kompas.com") == outlet_key("KOMPAS")
    assert outlet_key("The Guardian") == outlet_key("Guardian")
