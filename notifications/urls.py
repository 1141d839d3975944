from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("", views.mailbox, name="mailbox"),
    path("<str:name>/", views.mail, name="mail"),
    path("<str:name>/bilaga/<int:number>/", views.attachment, name="attachment"),
]
