"""Addresses of the financing plan."""

from django.urls import path

from filage_web.funding import (
    campaign_views,
    credit_views,
    giving_views,
    reason_views,
    requests_urls,
    scheme_views,
    views,
)

app_name = "funding"
urlpatterns = [
    path("", views.page, name="page"),
    path("piece/", views.gather, name="gather"),
    path("dispositifs/", scheme_views.schemes, name="schemes"),
    path("dispositifs/ajouter/", scheme_views.add_scheme, name="add_scheme"),
    path("credits/", credit_views.credits_page, name="credits"),
    path("credits/ligne/", credit_views.choose_line, name="choose_line"),
    path("credits/ajouter/", credit_views.add_credit, name="add_credit"),
    path("campagne/", campaign_views.campaigns, name="campaigns"),
    path("campagne/jour/", campaign_views.pledge, name="pledge"),
    path("dons/", giving_views.giving, name="giving"),
    path("raison/", reason_views.reason, name="reason"),
    *requests_urls.urlpatterns,
]
