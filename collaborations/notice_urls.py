"""All notices that a person may see, and what should have been told and was not."""

from django.urls import path

from notifications import digest_views

app_name = "notices"

urlpatterns = [
    path("sa-far-du-mejl/", digest_views.choice, name="choice"),
]
