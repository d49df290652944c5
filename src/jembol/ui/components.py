"""Components of the page kit as typed template tags; an unknown argument fails at compile time."""

from django import template

register = template.Library()
