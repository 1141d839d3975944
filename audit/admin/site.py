"""A site of our own: other packages register their tables on Django's, and theirs stay shut."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin


class ReferenceSite(admin.AdminSite):
    site_header = "Grunduppgifter i Samverkan"
    site_title = "Grunduppgifter"
    index_title = "Det som ärendena bygger på"
    empty_value_display = "–"


reference = ReferenceSite(name="admin")
reference.login = secure_admin_login(reference.login)  # by way of the ordinary login
