"""The exception tree. Each message says what was met, where, and the cure.

QaError                      catch this at the outermost level; exit status 1
├── UsageError               the caller's words are off (command line, argument, unknown name); exit status 2
│   ├── SettingsError        a setting is unknown or has a bad value; names the setting and where it came from
│   └── MissingExtraError    an optional package is absent; gives the exact pip line
├── CorpusError              the input as a whole cannot be used (no files, no articles left)
│   ├── ReadError            one file or record cannot be read: reported by name and skipped, the rest is still read
│   └── DuplicateError       two articles claim the same id
├── StoreError               an index on disk
│   ├── IndexMissingError    no such index; lists those that exist and the build command
│   ├── IndexBrokenError     incomplete, truncated or altered: names the file and the hash that fails
│   └── IndexBusyError       another writer holds it
├── ModelError               a model folder cannot be used
│   └── ChatError            a chat model did not answer (time-out, rate limit, broken stream, nothing said); readers fall back
├── OutOfTimeError           a question outlasted its budget; the cheaper path answers
├── WorkerError              a process that answers questions ended, or gave no answer; the question may be asked again
├── PromptError              a prompt file is missing or its placeholders are off; names the file
├── SuiteError               an eval suite has a bad line; names file and line
└── TrainingError            training data or checkpoint cannot be used
"""

from __future__ import annotations


class QaError(Exception):
    """Everything that this package raises on purpose."""

    exit_status = 1


class UsageError(QaError):
    """The caller's words are off."""

    exit_status = 2


class SettingsError(UsageError):
    """A setting is unknown or has a bad value."""


class MissingExtraError(UsageError):
    """An optional package is absent."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs the package '{package}', which is not installed. Cure: pip install 'sitasi[{extra}]'")


class CorpusError(QaError):
    """The input as a whole cannot be used."""


class ReadError(CorpusError):
    """One file or record cannot be read. `source` names it (with the line for a record), `why` says what is wrong."""

    def __init__(self, source: str, why: str) -> None:
        super().__init__(f"{source}: {why}")
        self.source = source
        self.why = why


class DuplicateError(CorpusError):
    """Two articles claim the same id."""


class StoreError(QaError):
    """An index on disk cannot be used."""


class IndexMissingError(StoreError):
    """No such index."""


class IndexBrokenError(StoreError):
    """An index is incomplete, truncated or altered."""


class IndexBusyError(StoreError):
    """Another writer holds the index."""


class ModelError(QaError):
    """A model folder cannot be used."""


class ChatError(ModelError):
    """A chat model did not answer."""


class OutOfTimeError(QaError):
    """A question outlasted its budget."""


class WorkerError(QaError):
    """A process that answers questions ended, or gave no answer."""


class PromptError(QaError):
    """A prompt file cannot be used."""


class SuiteError(QaError):
    """An eval suite has a bad line."""


class TrainingError(QaError):
    """Training data or a checkpoint cannot be used."""
