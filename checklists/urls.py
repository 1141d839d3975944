from django.urls import path

from checklists import views

app_name = "checklists"

urlpatterns = [
    path("", views.question_sets, name="sets"),
    path("<slug:code>/<int:number>/", views.version, name="version"),
]
