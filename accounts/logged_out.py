"""Who sends a form after the login has ended gets back what was typed, beside the way to log in."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.shortcuts import render


class LoginRequired(LoginRequiredMiddleware):
    """As Django's, except that a form with words in it is answered by a page that shows them.

    Pages are not kept by the browser: the way back leads to the login too, and the words are gone.
    """

    def handle_no_permission(self, request, view_func):
        by_hand = request.method == "POST" and "HX-Request" not in request.headers
        if by_hand and (words := typed(request.POST)):
            page = {"words": words, "back": request.path}
            return render(request, "account/logged_out.html", page, status=403)
        return super().handle_no_permission(request, view_func)


def typed(sent) -> list[str]:
    """What a person wrote: texts of several words, in the order of the form; never a password.

    sent: the posted fields (QueryDict).
    """
    return [
        value.strip()
        for name, values in sent.lists()
        for value in values
        if " " in value.strip() and "password" not in name
    ]
