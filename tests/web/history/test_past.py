"""The list of kept conversations: nothing in it is more than text, and deleting takes two clicks."""

from __future__ import annotations

from qa.web.history.history import Past
from qa.web.history.past import past_html
from qa.web.wording.languages import WORDS, words

ID = words("id")


def test_a_conversation_is_opened_renamed_and_deleted_by_its_id_and_its_name_is_text():
    evil = '"><script>x</script> {{y}}'
    html = past_html(
        [Past(id="abc", name=evil, changed=1.7e9, turns=1200), Past(id="d", name="dua", changed=0, turns=1)], "", "d", ID
    )
    for action in ("open", "rename", "forget"):
        assert html.count(f'data-{action}="abc"') == 1
    assert "<script" not in html
    assert "{{" not in html
    assert "1.200 pertanyaan" in html
    assert "2023" in html
    assert html.count('aria-current="true"') == 1
    assert "<details" in html.split('data-forget="abc"')[0].rpartition("</details>")[2]


def test_no_conversation_and_none_that_fits_have_different_messages():
    for said in WORDS.values():
        assert said.past_none in past_html([], " ", "", said)
        assert said.past_no_match in past_html([], "x", "", said)
