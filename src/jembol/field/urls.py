"""Addresses of the field."""

from django.urls import URLPattern

from jembol.field import carried, door

app_name = "field"
urlpatterns: list[URLPattern] = [*door.paths, *carried.paths]
