"""The program's settings, with a key of no value and folders and queues of the run's own.

Processes that a test starts (a worker, a server) use this module too and find the same places
through the environment. DATABASE_URL and REDIS_URL choose the back end; without them it is SQLite
and a folder.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

if "SAMVERKAN_TEST_VAR" not in os.environ:
    os.environ["SAMVERKAN_TEST_VAR"] = tempfile.mkdtemp(prefix="samverkan-test-")
    atexit.register(shutil.rmtree, os.environ["SAMVERKAN_TEST_VAR"], ignore_errors=True)
os.environ["SAMVERKAN_VAR"] = str(Path(os.environ["SAMVERKAN_TEST_VAR"]) / WORKER)
os.environ.setdefault("SAMVERKAN_SECRET_KEY", "only-for-tests")
os.environ.setdefault(
    "SAMVERKAN_FRONT", str(Path(__file__).resolve().parent.parent / "var" / "front")
)

from samverkan.settings import *  # noqa: E402, F403 - reads the environment set above
from samverkan.settings import DATABASES, REDIS_URL  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast, and only here
ACCOUNT_RATE_LIMITS = False
MAIL_HOURS = None  # the tests run on Sundays too; those about quiet days set their own hours
WHITENOISE_AUTOREFRESH = True  # look files up when asked, instead of all of them for each client

# A process started by a test must see the test's database.
DATABASES["default"]["NAME"] = os.environ.get(
    "SAMVERKAN_TEST_DATABASE", DATABASES["default"]["NAME"]
)

if REDIS_URL:
    address, number = REDIS_URL.rsplit("/", 1)
    own = int(number) + int(WORKER.removeprefix("gw") if WORKER != "main" else 0)
    REDIS_URL = f"{address}/{own}"
