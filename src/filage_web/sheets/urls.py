"""Addresses of sheets."""

from django.urls import path

from filage_web.sheets import views

app_name = "sheets"
urlpatterns = [
    path("", views.page, name="page"),
    path("<slug:paper>/<str:key>/", views.sheet, name="sheet"),
    path("<slug:paper>/<str:key>/emettre/", views.issue, name="issue"),
    path("<slug:paper>/<str:key>/etat/", views.progress, name="progress"),
    path("<slug:paper>/<str:key>/relancer/", views.remind, name="remind"),
    path("<slug:paper>/<str:key>/renvoyer/", views.send_again, name="send_again"),
    path("<slug:paper>/<str:key>/essai.pdf", views.draft, name="draft"),
    path("<slug:paper>/<str:key>/version-<int:version>.pdf", views.issued, name="issued"),
    path("envoi/<int:delivery>/lien/", views.link, name="link"),
    path("envoi/<int:delivery>/remise/", views.handed, name="handed"),
    path("envoi/<int:delivery>/copie.pdf", views.copy, name="copy"),
]
