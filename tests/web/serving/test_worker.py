"""What a worker says of its errors, so that they are the same on the other side of the pipe."""

from __future__ import annotations

import pytest

from qa import errors
from qa.web.serving.pool import _error
from qa.web.serving.worker import as_message

OURS = [
    errors.UsageError("too long. Cure: shorter"),
    errors.MissingExtraError("package", "extra", "this"),
    errors.ReadError("a.txt", "not text"),
    errors.IndexBrokenError("articles.sqlite"),
]


@pytest.mark.parametrize("error", OURS, ids=lambda error: type(error).__name__)
def test_an_error_of_ours_keeps_its_kind_and_its_words(error):
    again = _error(*as_message(error))
    assert type(again) is type(error)
    assert str(again) == str(error)


def test_a_kind_that_a_module_keeps_to_itself_comes_as_the_nearest_that_all_know():
    class Private(errors.ChatError):
        """Of one module alone."""

    assert as_message(Private("no reply")) == ("ChatError", "no reply")


def test_of_what_nobody_foresaw_only_the_kind_is_shown():
    assert as_message(KeyError("a question's words")) == ("", "KeyError")
    assert "KeyError" in str(_error("", "KeyError"))
    assert not isinstance(_error("", "KeyError"), errors.QaError)
