from django.urls import path

from collaborations.views import (
    case,
    check,
    conflict,
    consultation,
    decision,
    lists,
    motivation,
    notices,
    register,
    running,
)

app_name = "collaborations"

urlpatterns = [
    path("", lists.collaborations, name="list"),
    path("nytt/", register.new, name="register"),
    path("kontakter/", register.enquiries, name="enquiries"),
    path("former/", motivation.compare_forms, name="forms"),
    path("<int:pk>/", case.case, name="case"),
    path("<int:pk>/logg/", case.log, name="log"),
    path("<int:pk>/registrering/", register.registration, name="registration"),
    path("<int:pk>/motivering/", motivation.motivation, name="motivation"),
    path("<int:pk>/kontroll/", check.check_page, name="check"),
    path("<int:pk>/kontroll/<slug:code>/", check.questions, name="questions"),
    path("<int:pk>/kontroll/<slug:code>/spara/", check.save_one, name="save_answer"),
    path("<int:pk>/kontroll/<slug:code>/uppgift/", check.finding, name="finding"),
    path(
        "<int:pk>/kontroll/<slug:code>/uppgift/<int:finding_pk>/",
        check.judge,
        name="judge_finding",
    ),
    path("<int:pk>/svar/<int:answer_pk>/", check.resolution, name="resolve"),
    path("<int:pk>/jav/", conflict.conflict, name="conflict"),
    path("<int:pk>/jav/<int:declaration_pk>/", conflict.ruling, name="ruling"),
    path("<int:pk>/samrad/", consultation.consultation, name="consultation"),
    path("<int:pk>/samrad/<int:consultation_pk>/", consultation.advice, name="advice"),
    path("<int:pk>/beslut/", decision.decision, name="decide"),
    path("<int:pk>/beslut/utkast/", decision.draft, name="draft"),
    path("<int:pk>/beslut/dokument/", decision.document, name="document"),
    path("<int:pk>/meddelanden/", notices.notices, name="notices"),
    path("<int:pk>/meddelanden/<int:notice_pk>/igen/", notices.resend, name="resend"),
    path(
        "<int:pk>/meddelanden/<int:notice_pk>/annat/",
        notices.told_otherwise,
        name="told_otherwise",
    ),
    path("<int:pk>/uppfoljning/", running.follow_up_view, name="follow_up"),
    path("<int:pk>/avsluta/", running.end_view, name="end"),
    path("<int:pk>/slutfolj/", running.close_view, name="close"),
    path("<int:pk>/skicka-tillbaka/", case.send_back_view, name="send_back"),
    path("<int:pk>/aterta/", case.withdraw_view, name="withdraw"),
    path("<int:pk>/lamna-over/", case.hand_over_view, name="hand_over"),
    path("<int:pk>/sekretess/", case.secrecy_view, name="secrecy"),
    path("<int:pk>/diarienummer/", case.registry_number_view, name="registry_number"),
]
