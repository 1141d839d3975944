"""What `make` calls. Standard library only, but for backends: at the start nothing else is there.

Everything it prints is for whoever starts the program, and so in Swedish.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - here to tell those who have an older one
    sys.exit(
        "Samverkan behöver Python 3.11 eller nyare; den här är {}.{}.\n"
        "Finns en nyare på maskinen? Peka ut den: make run PYTHON=python3.12".format(
            *sys.version_info
        )
    )
