"""Answer with a page, or only with the part of it that was asked for."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.template.loader_tags import ExtendsNode
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
    html = _part(request, template, part, context) if PART.fullmatch(part) else None
    if html is None:
        html = render_to_string(template, dict(context), request)
    response = HttpResponse(html, status=status)
    patch_vary_headers(response, ["HX-Target"])
    return response


def _part(
    request: HttpRequest, template: str, part: str, context: Mapping[str, object]
) -> str | None:
    for name in _line_of(template):
        try:
            return render_to_string(f"{name}#{part}", dict(context), request)
        except TemplateDoesNotExist:
            # A page that extends `ui/list.html` declares no part of its own.
            continue
    return None


def _line_of(template: str) -> Iterator[str]:
    """Yield the template and those that it extends, the nearest first."""
    name = template
    while name:
        yield name
        # What the loader gives back is typed for any engine; ours is Django's.
        page = cast("Any", get_template(name)).template
        nodes = page.nodelist.get_nodes_by_type(ExtendsNode)
        name = str(nodes[0].parent_name.var) if nodes else ""
