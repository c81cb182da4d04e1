"""Addresses of the needs."""

from django.urls import path

from filage_web.needs import views

app_name = "needs"
urlpatterns = [
    path("", views.page, name="page"),
    path("saisie/", views.table, name="table"),
    path("depuis-les-elements/", views.from_elements, name="from_elements"),
    path("besoins.xlsx", views.workbook, name="workbook"),
    path("<slug:need>/etat/", views.state, name="state"),
    path("<slug:need>/ligne/", views.line, name="line"),
]
