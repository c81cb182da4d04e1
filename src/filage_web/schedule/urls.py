"""Addresses of the plan of work."""

from django.urls import path

from filage_web.schedule import views

app_name = "schedule"
urlpatterns = [
    path("", views.page, name="page"),
    path("<slug:plan>/", views.show, name="show"),
    path("<slug:plan>/chercher/", views.search, name="search"),
    path("<slug:plan>/verrouiller/", views.lock, name="lock"),
    path("<slug:plan>/liberer/<int:rank>/", views.unlock, name="unlock"),
    path("calcul/<int:computation>/", views.found, name="found"),
    path("calcul/<int:computation>/arreter/", views.stop, name="stop"),
    path("calcul/<int:computation>/poser/", views.accept, name="accept"),
    path("calcul/<int:computation>/pourquoi/", views.why_not, name="why_not"),
]
