"""Addresses of requests and reports, under those of the financing plan."""

from django.urls import path

from filage_web.funding import requests_standing as standing
from filage_web.funding import requests_views as views

urlpatterns = [
    path("demandes/", views.page, name="requests"),
    path("demandes/nouvelle/", views.new, name="new_request"),
    path("demandes/<slug:request_id>/", views.one, name="request"),
    path("demandes/<slug:request_id>/pieces/", views.files, name="request_files"),
    path("demandes/<slug:request_id>/cocher/", views.piece, name="request_piece"),
    path("demandes/<slug:request_id>/essai.pdf", views.draft, name="request_draft"),
    path("demandes/<slug:request_id>/emettre/", views.issue, name="issue_request"),
    path("demandes/<slug:request_id>/envoyee/", views.sent, name="request_sent"),
    path("demandes/<slug:request_id>/version-<int:version>.pdf", views.issued, name="request_issued"),
    path("point/", standing.page, name="standing"),
    path("point/point.pdf", standing.pdf, name="standing_pdf"),
]
