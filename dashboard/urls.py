from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import TemplateView

from dashboard.gallery import gallery

app_name = "dashboard"

accessibility = TemplateView.as_view(template_name="dashboard/accessibility.html")

urlpatterns = [
    path("tillganglighet/", login_not_required(accessibility), name="accessibility"),
    path("komponenter/", gallery, name="gallery"),
]
