"""`python -m qa.cli`."""

import sys

from qa.cli.command_line import main

if __name__ == "__main__":
    sys.exit(main())
