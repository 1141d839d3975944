"""The verbs of a story: each calls the step that the program itself would have called.

Every verb takes the `Telling` and what the story says; it happens at the told time (`audit.clock`).
"""

from dashboard.demo.verbs import (
    agreeing,
    asking,
    checking,
    deciding,
    partnering,
    preparing,
    projects,
    running,
)

OF_EACH = (preparing, checking, asking, agreeing, partnering, projects, deciding, running)
VERBS = {name: verb for module in OF_EACH for name, verb in module.VERBS.items()}
DECISIONS = frozenset({"start", "refrain"})
