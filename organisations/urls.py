from django.urls import path

from organisations.views import change, documents, find, people

app_name = "organisations"

urlpatterns = [
    path("", find.organisations, name="list"),
    path("ny/", change.new, name="register"),
    path("<int:pk>/", find.organisation, name="organisation"),
    path("<int:pk>/andra/", change.facts, name="edit"),
    path("<int:pk>/hos/<slug:slug>/", change.description, name="describe"),
    path("<int:pk>/storlek/", change.size, name="add_size"),
    path("<int:pk>/kontakter/ny/", people.new_contact, name="add_contact"),
    path("<int:pk>/kontakter/<int:contact_pk>/", people.contact, name="edit_contact"),
    path("<int:pk>/kontakter/<int:contact_pk>/ta-bort/", people.removal, name="remove_contact"),
    path("<int:pk>/underlag/", documents.documents, name="documents"),
    path("<int:pk>/underlag/nytt/", documents.new_document, name="add_document"),
    path("<int:pk>/underlag/<int:document_pk>/", documents.held_document, name="held_document"),
    path("<int:pk>/underlag/<int:document_pk>/fil/", documents.document_file, name="document_file"),
]
