"""Every address of the product."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [

    path("kantor/", include("jembol.desk.urls")),
    path("", include("jembol.public.urls")),
]

handler400 = "jembol.ui.refusing.bad_request"
handler403 = "jembol.ui.refusing.forbidden"
handler404 = "jembol.ui.refusing.not_found"
handler500 = "jembol.ui.refusing.broken"
