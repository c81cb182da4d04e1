"""Addresses of the price of cession."""

from django.urls import path

from filage_web.price import offers_views, towns_views, views

app_name = "price"
urlpatterns = [
    path("", views.page, name="page"),
    path("formule/", views.formula, name="formula"),
    path("offres/", offers_views.page, name="offers"),
    path("offres/nouvelle/<slug:nature>/", offers_views.add_offer, name="add_offer"),
    path("offres/droits/ajouter/", offers_views.add_rights, name="add_rights"),
    path("offres/<slug:deal>/", offers_views.edit_offer, name="edit_offer"),
    path("offres/<slug:deal>/retenir/", offers_views.retain, name="retain"),
    path("offres/<slug:deal>/pourquoi/<slug:figure>/", offers_views.offer_reason, name="offer_reason"),
    path("bareme/", towns_views.scale_page, name="scale"),
    path("remise/", towns_views.discount_page, name="discount"),
    path("fiche.pdf", towns_views.sheet_pdf, name="sheet_pdf"),
]
