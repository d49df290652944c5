"""Every address of the product."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

# Only what officers use of allauth: there is no sign-up, and no mail is needed to sign in.
sign_in: list[URLPattern | URLResolver] = [
    path("masuk/", account.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("daftar/", account.signup, name="account_signup"),
    path("pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("sandi/", account.password_change, name="account_change_password"),
    path("dua-langkah/", include("allauth.mfa.urls")),
    path("perangkat/", include("allauth.usersessions.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("akun/", include(sign_in)),
    path("bahasa/", set_language, name="set_language"),
    path("kantor/", include("jembol.desk.urls")),
    path("lapangan/", include("jembol.field.urls")),
    path("", include("jembol.public.urls")),
]

handler400 = "jembol.ui.refusing.bad_request"
handler403 = "jembol.ui.refusing.forbidden"
handler404 = "jembol.ui.refusing.not_found"
handler500 = "jembol.ui.refusing.broken"
