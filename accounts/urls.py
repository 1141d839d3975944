from allauth.account import views as allauth
from django.urls import path

# allauth's own names are kept, since its code looks them up. Sign-up is not mounted at all.
urlpatterns = [
    path("logga-in/", allauth.login, name="account_login"),
    path("logga-ut/", allauth.logout, name="account_logout"),
    path("avstangd/", allauth.account_inactive, name="account_inactive"),
    path("losenord/", allauth.password_reset, name="account_reset_password"),
    path("losenord/skickat/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "losenord/<uidb36>-<key>/",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "losenord/bytt/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
