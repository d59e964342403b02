"""The chips of the ask tab and of the archive are wired to one and the same state."""

from __future__ import annotations


def test_both_places_and_the_list_and_the_readers_change_what_narrows_the_next_question(fake, page_of):
    page = page_of(fake)
    here = {page.ask.chips, page.archive.chips, page.archive.listing, page.ask.source, page.archive.opened}
    listened = {
        page.blocks.blocks[target]
        for fn in page.blocks.fns.values()
        if page.shared.only in fn.outputs
        for target, event in fn.targets
        if event in {"narrow", "pick"}
    }
    assert listened == here
