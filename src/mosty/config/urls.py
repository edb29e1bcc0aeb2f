"""Every address: each app's own, below the language; nothing else here."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

handler400 = "mosty.config.uploads.not_read"

urlpatterns = [
    # Pages for everyone say their language themselves: see mosty.ui.everyone.
    path("", include("mosty.infopoint.urls_everyone")),
    *i18n_patterns(
        path("account/", include("mosty.accounts.urls")),
        path("ui/", include("mosty.ui.urls")),
        path("", include("mosty.office.urls")),
        path("", include("mosty.directory.urls")),
        path("", include("mosty.programmes.urls")),
        path("", include("mosty.nominations.urls")),
        path("", include("mosty.selection.urls")),
        path("", include("mosty.training.urls")),
        path("", include("mosty.infopoint.urls")),
        path("", include("mosty.partnerships.urls")),
        path("", include("mosty.library.urls")),
        path("", include("mosty.plans.urls")),
        path("", include("mosty.reports.urls")),
        path("", include("mosty.evaluation.urls")),
        path("", include("mosty.public.urls")),
    ),
    path("", include("mosty.training.urls_root")),
    path("", include("mosty.public.urls_root")),
    path("", include("mosty.ui.urls_root")),
]
