from django.urls import path

from advice.views import meetings, members, questions

app_name = "advice"

urlpatterns = [
    path("ledamoter/", members.members, name="members"),
    path("ledamoter/<int:pk>/avsluta/", members.end, name="end_member"),
    path("fraga/", questions.ask, name="ask"),
    path("fragor/<int:pk>/", questions.request_page, name="request"),
    path("fragor/<int:pk>/inlagg/", questions.post, name="post"),
    path("fragor/<int:pk>/fordela/", questions.assign, name="assign"),
    path("fragor/<int:pk>/jav/", questions.aside, name="aside"),
    path(
        "fragor/<int:pk>/jav/<int:note_pk>/ta-tillbaka/",
        questions.take_back_aside,
        name="take_back_aside",
    ),
    path("fragor/<int:pk>/svar/", questions.answer, name="answer"),
    path("moten/", meetings.meetings, name="meetings"),
    path("moten/nytt/", meetings.new_meeting, name="new_meeting"),
    path("moten/<int:pk>/", meetings.meeting, name="meeting"),
    path("moten/<int:pk>/andra/", meetings.change, name="change_meeting"),
    path("moten/<int:pk>/stall-in/", meetings.cancel, name="cancel_meeting"),
    path("moten/<int:pk>/dagordning/", meetings.add, name="add_item"),
    path("moten/<int:pk>/dagordning/<int:item_pk>/", meetings.arrange, name="arrange_item"),
    path("moten/<int:pk>/narvaro/", meetings.attendance, name="attendance"),
    path("moten/<int:pk>/rad/<int:item_pk>/", meetings.advise, name="item_advice"),
    path("moten/<int:pk>/justera/", meetings.close, name="close_minutes"),
    path("moten/<int:pk>/protokoll.pdf", meetings.minutes, name="minutes"),
]
