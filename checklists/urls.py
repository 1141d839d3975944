from django.urls import path

from checklists.views import drafts, files, publishing, questions, reading, rule_sets, trying

app_name = "checklists"

urlpatterns = [
    path("", reading.question_sets, name="sets"),
    path("las-in/", files.read_in, name="import"),
    path("regler/", rule_sets.rule_sets, name="rule_sets"),
    path("regler/<slug:code>/", rule_sets.rule_set, name="rule_set"),
    path("uppsattning/<int:pk>/nytt-utkast/", drafts.new, name="begin"),
    path("uppsattning/<int:pk>/egen/", drafts.own_set, name="own_set"),
    path("utkast/<int:pk>/redigera/", drafts.draft, name="draft"),
    path("utkast/<int:pk>/avsnitt/", drafts.section, name="section"),
    path("utkast/<int:pk>/kasta/", drafts.throw_away, name="discard"),
    path("utkast/<int:pk>/publicera/", publishing.publish, name="publish"),
    path("utkast/<int:pk>/ny-fraga/", questions.new, name="add_question"),
    path("utkast/<int:pk>/fraga/<int:question_pk>/", questions.change, name="change_question"),
    path("utkast/<int:pk>/fraga/<int:question_pk>/flytta/", drafts.move, name="move_question"),
    path(
        "utkast/<int:pk>/fraga/<int:question_pk>/ta-bort/",
        questions.retire,
        name="retire_question",
    ),
    path("version/<int:pk>/prova/", trying.preview_page, name="preview"),
    path("version/<int:pk>/jamfor/", trying.compare, name="compare"),
    path("version/<int:pk>/fil/", files.export, name="export"),
    path("version/<int:pk>/dra-tillbaka/", publishing.withdraw, name="withdraw"),
    path("<slug:code>/<int:number>/", reading.version, name="version"),
]
