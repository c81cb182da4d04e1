"""Addresses of the team."""

from django.urls import path

from filage_web.team import views

app_name = "team"
urlpatterns = [
    path("", views.page, name="page"),
    path("personnes/", views.people, name="people"),
    path("besoins/", views.needs, name="needs"),
    path("engager/", views.engage, name="engage"),
    path("comparer/", views.compare, name="compare"),
    path("calcul/pourquoi/", views.reason, name="reason"),
    path("calcul/", views.figures, name="figures"),
    path("engagement/<slug:engagement>/", views.engagement, name="engagement"),
    path("engagement/<slug:engagement>/constats/", views.findings, name="findings"),
    path("personne/<slug:person>/", views.person, name="person"),
    path("personne/<slug:person>/prive/", views.private, name="private"),
]
