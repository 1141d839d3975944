from allauth.account import views as allauth
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts import views

pages = [
    path("roller/", views.roles, name="roles"),
]

# allauth's own names are kept, since its code looks them up. Nobody signs up: the name that
# allauth asks for leads to the login.
urlpatterns = [
    path("", include((pages, "accounts"))),
    path("ny/", RedirectView.as_view(pattern_name="account_login"), name="account_signup"),
    path("logga-in/", allauth.login, name="account_login"),
    path("logga-ut/", allauth.logout, name="account_logout"),
    path("avstangd/", allauth.account_inactive, name="account_inactive"),
    path("losenord/byt/", allauth.password_change, name="account_change_password"),
    path("losenord/", allauth.password_reset, name="account_reset_password"),
    path("losenord/skickat/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(  # the key holds hyphens of its own
        r"^losenord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "losenord/bytt/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
