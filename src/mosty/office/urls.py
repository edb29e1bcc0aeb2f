"""Addresses of the back office's own pages."""

from django.urls import path

from mosty.office.views import erasing, ledger, outbox, today

app_name = "office"
urlpatterns = [
    path("today/", today.today, name="today"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/release/", outbox.release, name="release"),
    path("outbox/<int:pk>/", outbox.message, name="message"),
    path("outbox/<int:pk>/withdraw/", outbox.withdraw, name="withdraw"),
    path("outbox/<int:pk>/retry/", outbox.retry, name="retry"),
    path("nominations/<str:code>/erase/", erasing.erase, name="erase"),
    path("ledger/", ledger.ledger, name="ledger"),
]
