"""How allauth is used here: logging in, and nothing else."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedDoor(DefaultAccountAdapter):
    """Accounts are made by an administrator. allauth would let any stranger make one."""

    def is_open_for_signup(self, request):
        return False
