from django.urls import path

from notifications import text_views as views

app_name = "mail_texts"

urlpatterns = [
    path("", views.kinds, name="kinds"),
    path("<slug:code>/", views.kind, name="kind"),
    path("<slug:code>/ny/", views.write, name="write"),
    path("version/<int:pk>/dra-tillbaka/", views.withdraw, name="withdraw"),
]
