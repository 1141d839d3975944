"""How allauth is used here: logging in, and nothing else."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedDoor(DefaultAccountAdapter):
    """Accounts are made by an administrator. allauth would let any stranger make one."""

    # allauth's own Swedish is uneven; these are what people meet.
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Fel e-postadress eller lösenord. Försök igen.",
        "too_many_login_attempts": "För många misslyckade försök. Vänta några minuter.",
        "rate_limited": "För många försök på kort tid. Vänta en stund.",
        "incorrect_password": "Det är inte ditt nuvarande lösenord.",
        "enter_current_password": "Skriv ditt nuvarande lösenord.",
        "account_inactive": "Kontot är avstängt.",
        "invalid_password_reset": "Länken gäller inte längre. Be om en ny.",
    }

    def is_open_for_signup(self, request):
        return False
