"""What many tests begin from, made once for a whole module."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def made_once(django_db_blocker):
    """Within the block, rows may be saved that a module's tests share. Afterwards all are undone.

    Each test's own transaction lies inside this one, as pytest-django lays it.
    """
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True  # lets the outbox commit for itself inside, as TestCase does
        with around:
            yield
            transaction.set_rollback(True)
