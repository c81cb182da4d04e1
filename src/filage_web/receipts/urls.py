"""Addresses of the receipts."""

from django.urls import path

from filage_web.receipts import views

app_name = "receipts"
urlpatterns = [
    path("", views.page, name="page"),
    path("creneaux/", views.slots, name="slots"),
]
