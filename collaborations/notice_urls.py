"""All notices that a person may see, and what should have been told and was not."""

from django.urls import path

from collaborations.views import all_notices
from notifications import digest_views

app_name = "notices"

urlpatterns = [
    path("", all_notices.notices, name="list"),
    path("saknas/", all_notices.untold, name="untold"),
    path("saknas/<int:pk>/<slug:code>/", all_notices.write, name="write"),
    path("sa-far-du-mejl/", digest_views.choice, name="choice"),
    path("<int:pk>/", all_notices.notice, name="notice"),
    path("<int:pk>/igen/", all_notices.resend, name="resend"),
    path("<int:pk>/pa-annat-satt/", all_notices.told_otherwise, name="told_otherwise"),
]
