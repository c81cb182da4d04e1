"""Addresses of the law's pages."""

from django.urls import path

from filage_web.law import views

app_name = "law"
urlpatterns = [
    path("", views.page, name="page"),
    path("valeur/<str:parameter>/", views.parameter, name="parameter"),
    path("valeur/<str:parameter>/structure/", views.own, name="own"),
    path("annee/", views.year, name="year"),
    path("annee/pourquoi/<path:moved>/", views.reason, name="reason"),
    path("a-revoir/", views.stale, name="stale"),
    path("temps-de-travail/", views.hours, name="hours"),
    path("minima/", views.wages, name="wages"),
    path("minima/coller/", views.paste, name="paste"),
]
