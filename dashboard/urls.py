from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import TemplateView

from dashboard import calendar, views
from dashboard.gallery import gallery

app_name = "dashboard"

accessibility = TemplateView.as_view(template_name="dashboard/accessibility.html")

urlpatterns = [
    path("", views.own_page, name="mine"),
    path("beredningsgruppen/", views.groups_page, name="group"),
    path("beredningsgruppen/last/", views.group_read, name="group_read"),
    path("kalender/", calendar.calendar, name="calendar"),
    path("kalender/<str:token>.ics", calendar.feed, name="calendar_feed"),
    path("regelverket/", views.rulebook_page, name="rulebook"),
    path("regelverket/katalog/", views.catalogue_page, name="catalogue"),
    path("tillganglighet/", login_not_required(accessibility), name="accessibility"),
    path("komponenter/", gallery, name="gallery"),
]
