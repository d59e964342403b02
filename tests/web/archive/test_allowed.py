"""What readers may do, where the operator says nothing."""

from __future__ import annotations

from qa.settings import Web
from qa.web.archive.allowed import Allowed


def test_by_default_readers_may_edit_and_this_machine_fetches_nothing():
    assert Allowed() == Allowed(edit=True, fetch=False, max_bytes=5_000_000)
    assert (Web().edit, Web().fetch, Web().others) == (True, False, ())
