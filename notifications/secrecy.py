"""What mails may tell of a secret record: its number and a link, and nothing more (product §6).

This app does not know what a notice or an obligation is about: the apps above say which of their
chains are secret, by `secret_numbers` of their configurations.
"""

from collections.abc import Collection

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

from notifications.mail_kinds import SECRET
from notifications.texts import Words, compose


def secret_numbers(chains: Collection[str]) -> dict[str, str]:
    """Chain → the number to tell instead, of those that are secret; asked after any lock is had."""
    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        if hasattr(config, "secret_numbers"):
            found |= import_string(config.secret_numbers)(chains)
    return found


def number_alone(number: str, path: str, administration) -> Words:
    """The mail about what is secret. path begins with a slash."""
    fields = {"nummer": number, "länk": settings.BASE_URL + path}
    return compose(SECRET, administration, fields)
