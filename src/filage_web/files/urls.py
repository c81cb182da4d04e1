"""Addresses of the files of a production."""

from django.urls import path

from filage_web.files import views

app_name = "files"
urlpatterns = [
    path("", views.page, name="page"),
    path("document/<slug:document>/", views.document, name="document"),
    path("dossier/<slug:form>/", views.export, name="export"),
    path("deposer/", views.upload, name="upload"),
    path("<int:file>/", views.download, name="download"),
    path("<int:file>/retirer/", views.remove, name="remove"),
]
