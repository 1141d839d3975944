from django.urls import path

from organisations.views import (
    attesting,
    change,
    documents,
    find,
    merging,
    people,
    requests,
    transfer,
)

app_name = "organisations"

urlpatterns = [
    path("", find.organisations, name="list"),
    path("ny/", change.new, name="register"),
    path("lasa-in/", transfer.import_file, name="import"),
    path("lasa-in/mall/", transfer.import_template, name="import_template"),
    path("ladda-ner/", transfer.export, name="export"),
    path("arbete/<int:job_pk>/", transfer.job, name="job"),
    path("arbete/<int:job_pk>/bekrafta/", transfer.confirm, name="import_confirm"),
    path("arbete/<int:job_pk>/igen/", transfer.restart, name="restart_job"),
    path("arbete/<int:job_pk>/fil/", transfer.result, name="job_file"),
    path("dubbletter/", merging.duplicates, name="duplicates"),
    path("<int:pk>/sla-ihop/", merging.choose, name="merge_choose"),
    path("<int:pk>/sla-ihop/<int:other_pk>/", merging.merging, name="merge"),
    path("<int:pk>/inte-samma/<int:other_pk>/", merging.not_same, name="not_same"),
    path("<int:pk>/", find.organisation, name="organisation"),
    path("<int:pk>/andra/", change.facts, name="edit"),
    path("<int:pk>/hos/<slug:slug>/", change.description, name="describe"),
    path("<int:pk>/storlek/", change.size, name="add_size"),
    path("<int:pk>/intyg/nytt/", attesting.new_attestation, name="add_attestation"),
    path(
        "<int:pk>/intyg/<int:attestation_pk>/",
        attesting.taken_back,
        name="take_back_attestation",
    ),
    path("<int:pk>/kontakter/ny/", people.new_contact, name="add_contact"),
    path("<int:pk>/kontakter/<int:contact_pk>/", people.contact, name="edit_contact"),
    path("<int:pk>/kontakter/<int:contact_pk>/ta-bort/", people.removal, name="remove_contact"),
    path("<int:pk>/underlag/", documents.documents, name="documents"),
    path("<int:pk>/underlag/nytt/", documents.new_document, name="add_document"),
    path("<int:pk>/underlag/<int:document_pk>/", documents.held_document, name="held_document"),
    path("<int:pk>/underlag/<int:document_pk>/fil/", documents.document_file, name="document_file"),
    path("<int:pk>/begaran/ny/", requests.new_request, name="request_documents"),
    path("<int:pk>/begaran/utkast/", requests.draft_letter, name="draft_letter"),
    path("<int:pk>/begaran/<int:request_pk>/", requests.document_request, name="document_request"),
    path("<int:pk>/begaran/<int:request_pk>/brev/", requests.letter, name="request_letter"),
    path("<int:pk>/begaran/<int:request_pk>/igen/", requests.again, name="resend_request"),
    path(
        "<int:pk>/begaran/<int:request_pk>/<int:line_pk>/",
        requests.waive_line,
        name="waive_requested",
    ),
]
