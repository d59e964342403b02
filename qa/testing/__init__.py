"""Parts without weights, for tests of programs that use Sitasi."""

from qa.testing.fakes import HashEncoder, ScriptedReader

__all__ = ["HashEncoder", "ScriptedReader"]
