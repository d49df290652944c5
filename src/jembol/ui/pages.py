"""Answer with a page, or only with the part of it that was asked for."""

import re
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

PART = re.compile(r"[a-z][a-z0-9_]{0,40}")


def show(
    request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200
) -> HttpResponse:
    """Render the template, or the part of it that `HX-Target` names.

    A part's name is its partial, its DOM id and its htmx target; a name that the page does not
    declare gets the whole page.
    """
    part = request.headers.get("HX-Target", "")
    html = None
    if part and PART.fullmatch(part):
        try:
            html = render_to_string(f"{template}#{part}", dict(context), request)
        except TemplateDoesNotExist:
            html = None
    if html is None:
        html = render_to_string(template, dict(context), request)
    response = HttpResponse(html, status=status)
    patch_vary_headers(response, ["HX-Target"])
    return response
