"""Addresses of sign-in (allauth's, without sign-up) and of the pages about users."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from mosty.accounts import views

own = [
    path("profile/", views.profile, name="profile"),
    path("demo/<int:pk>/", views.demo_sign_in, name="demo_sign_in"),
    path("users/", views.users, name="users"),
    path("users/add/", views.add_user, name="add_user"),
    path("users/<int:pk>/", views.user, name="user"),
    path("users/<int:pk>/change/", views.change_user, name="change_user"),
    path("users/<int:pk>/deactivate/", views.deactivate, name="deactivate"),
    path("users/<int:pk>/reactivate/", views.reactivate, name="reactivate"),
    path("roles/<int:pk>/end/", views.end_role, name="end_role"),
]
to_profile = RedirectView.as_view(pattern_name="accounts:profile")

urlpatterns = [
    path("", include((own, "accounts"))),
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("logout/", views.SignOut.as_view(), name="account_logout"),
    # One address a user, which an administrator changes: allauth's pages lead nowhere.
    path("email/", to_profile),
    re_path(r"^confirm-email/", to_profile),
    path("", include("allauth.account.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("second-factor/", include("allauth.mfa.urls")),
]
