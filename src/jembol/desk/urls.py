"""Addresses of the desk."""

from django.urls import URLPattern

from jembol.desk import (
    accounts,
    board,
    consents,
    enterprises,
    gallery,
    groups,
    intake,
    journal,
    navigation,
    participation,
    people,
    places,
    training,
)

app_name = "desk"
urlpatterns: list[URLPattern] = [
    *navigation.paths,
    *board.paths,
    *people.paths,
    *consents.paths,
    *enterprises.paths,
    *groups.paths,
    *training.paths,
    *participation.paths,
    *intake.paths,
    *places.paths,
    *accounts.paths,
    *journal.paths,
    *gallery.paths,
]
