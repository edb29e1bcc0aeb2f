"""Addresses outside the languages: who issues badges, for programs that verify them."""

from django.urls import path

from mosty.training.views import checking

urlpatterns = [
    path("certificates/issuer.json", checking.issuer, name="badge_issuer"),
    path("certificates/keys.json", checking.keys, name="badge_keys"),
    path("certificates/status/<int:number>", checking.status, name="badge_status"),
]
