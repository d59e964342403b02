from __future__ import annotations

from qa.corpus.entities.local import named
from qa.index.entities.name_tables import row, stored

TEXT = "Komisi Pemberantasan Korupsi (KPK) hadir. Menurut KPK, ya. Menteri Rina Handoko pergi ke Solo. Kata Rina, hujan."


def test_a_row_gives_back_the_name_that_it_was_made_of():
    found = named(TEXT)
    assert len(found) == 3
    assert tuple(stored(*row(one)) for one in found) == found


def test_a_name_that_occurs_once_takes_no_room_for_its_forms():
    (solo,) = [one for one in named(TEXT) if one.name == "Solo"]
    assert row(solo) == ("Solo", "", "", 0, 1, 0, 0)
