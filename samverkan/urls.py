"""One line per app."""

from django.urls import include, path

from audit.admin.site import reference

urlpatterns = [
    path("", include("dashboard.urls")),
    path("konto/", include("accounts.urls")),
    path("organisationer/", include("organisations.urls")),
    path("fragor/", include("checklists.urls")),
    path("beredningsgruppen/", include("advice.urls")),
    path("arenden/", include("collaborations.urls")),
    path("meddelanden/", include("collaborations.notice_urls")),
    path("mejltexter/", include("notifications.text_urls")),
    path("ataganden/", include("collaborations.ledger_urls")),
    path("postladan/", include("notifications.urls")),
    path("referensdata/", reference.urls),
]
