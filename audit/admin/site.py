"""A site of our own: other packages register their tables on Django's, and theirs stay shut."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, auth
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST


class ReferenceSite(admin.AdminSite):
    site_header = "Grunduppgifter i Samverkan"
    site_title = "Grunduppgifter"
    index_title = "Det som ärendena bygger på"
    site_url = None  # the way back stands in templates/admin/base_site.html
    empty_value_display = "–"

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    @method_decorator(require_POST)
    def logout(self, request, extra_context=None):
        auth.logout(request)
        return redirect("account_login")


reference = ReferenceSite(name="admin")
reference.login = secure_admin_login(reference.login)  # by way of the ordinary login
