"""Addresses of the app, by noun."""

from mosty.nominations.urls import calls, imports, nominations

app_name = "nominations"
urlpatterns = [*calls.urlpatterns, *nominations.urlpatterns, *imports.urlpatterns]
