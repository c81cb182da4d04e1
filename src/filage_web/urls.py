"""Every address of the office.

/                                   my structures
/s/<structure>/                     its productions, its members
/s/<structure>/p/<production>/…     one folder per area (navigation.py)
/lien/<token>/                      a participant's private link
"""

from django.urls import include, path
from django.views.generic import RedirectView

from filage_web import navigation
from filage_web.accounts.decorators import public_view
from filage_web.participants import feeds
from filage_web.participants import sheet_views as own
from filage_web.participants import views as participants
from filage_web.shell import views as shell
from filage_web.tasks import own_views as availability

STRUCTURE = "s/<slug:structure>/"
PRODUCTION = STRUCTURE + "p/<slug:production>/"
FAVICON = RedirectView.as_view(url="/static/filage/favicon.svg", permanent=True)

urlpatterns = [
    path("", include("filage_web.home.urls")),
    path("", include("filage_web.accounts.urls")),
    path(STRUCTURE, include("filage_web.creation.urls")),
    path(STRUCTURE + "paie/", include("filage_web.payroll.structure_urls")),
    path("compte/", include("allauth.urls")),
    path("lien/<str:token>/", participants.sheet, name="sheet"),
    path("lien/<str:token>/heures/", participants.own_hours, name="own_hours"),
    path("lien/<str:token>/heures/semaine/", participants.own_week, name="own_week"),
    path("lien/<str:token>/droits/", participants.own_rights, name="own_rights"),
    path("lien/<str:token>/heures/<slug:part>/dire/", participants.own_shift, name="own_shift"),
    path("lien/<str:token>/feuille/<int:delivery>/", own.own_sheet, name="own_sheet"),
    path("lien/<str:token>/feuille/<int:delivery>/lu/", own.own_sheet_read, name="own_sheet_read"),
    path("lien/<str:token>/feuille/<int:delivery>/feuille.pdf", own.own_sheet_pdf, name="own_sheet_pdf"),
    path(
        "lien/<str:token>/feuille/<int:delivery>/agenda.ics",
        feeds.own_sheet_calendar,
        name="own_sheet_calendar",
    ),
    path("lien/<str:token>/disponibilites/", availability.own_availability, name="own_availability"),
    path(
        "lien/<str:token>/disponibilites/dire/",
        availability.own_availability_said,
        name="own_availability_said",
    ),
    path("lien/<str:token>/agenda.ics", feeds.own_calendar, name="own_calendar"),
    path("lien/<str:token>/garder.js", own.own_worker, name="own_worker"),
    path("agenda/<str:token>.ics", feeds.calendar, name="calendar_feed"),
    path("style", shell.style, name="style"),
    path("style/pourquoi", shell.style_reason, name="style_reason"),
    path("preferences/", shell.prefer, name="prefer"),
    path("palette.json", shell.palette, name="palette"),
    path(STRUCTURE + "palette.json", shell.palette_of, name="palette_of_structure"),
    path(PRODUCTION + "palette.json", shell.palette_of, name="palette_of_production"),
    path("favicon.ico", public_view(FAVICON), name="favicon"),
    path(PRODUCTION + "pourquoi/", include("filage_web.why.urls")),
    path(PRODUCTION + "effet/", include("filage_web.preview.urls")),
    path(PRODUCTION + "fiche/", include("filage_web.fact_pages.urls")),
    path(PRODUCTION, include(navigation.urlpatterns())),
]

handler403 = shell.refused
handler404 = shell.not_found
handler500 = shell.failed
