"""What the log must not hold: an address that lets whoever reads it in."""

import logging
import re

SECRET = re.compile(r"(/kalender/)[^\s\"'/?]+")


class WithoutSecrets(logging.Filter):
    """Writes … in the place of the secret part of a calendar's address."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if SECRET.search(said):
            record.msg, record.args = SECRET.sub(r"\1…", said), None
        return True
