"""Addresses of the scenarios."""

from django.urls import path

from filage_web.scenarios import envelope, views

app_name = "scenarios"
urlpatterns = [
    path("", views.page, name="page"),
    path("nouveau/", views.add, name="add"),
    path("enveloppe/", envelope.page, name="envelope"),
    path("enveloppe/chercher/", envelope.search, name="envelope_search"),
    path("enveloppe/<int:search>/", envelope.found, name="envelope_found"),
    path("enveloppe/<int:search>/arreter/", envelope.stop, name="envelope_stop"),
    path("enveloppe/<int:search>/garder/<int:rank>/", envelope.keep, name="envelope_keep"),
    path("<slug:scenario_id>/", views.show, name="show"),
    path("<slug:scenario_id>/appliquer/", views.adopt, name="adopt"),
    path("<slug:scenario_id>/oublier/<int:rank>/", views.forget, name="forget"),
    path("dans/<slug:kind>/nouvelle/", views.add_fact, name="add_fact"),
    path("dans/<slug:kind>/<slug:ident>/", views.edit_fact, name="edit_fact"),
]
