"""Addresses before a production."""

from django.urls import path

from filage_web.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("structures/nouvelle/", views.new_structure, name="new_structure"),
    path("s/<slug:structure>/", views.productions, name="productions"),
]
