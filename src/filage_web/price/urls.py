"""Addresses of the price of cession."""

from django.urls import path

from filage_web.price import views

app_name = "price"
urlpatterns = [
    path("", views.page, name="page"),
    path("formule/", views.formula, name="formula"),
]
