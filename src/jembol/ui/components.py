"""Components of the page kit as typed template tags; an unknown argument fails at compile time.

Each has an example in the gallery (`/kantor/galeri/`), which the tests walk.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import segno
from django import template
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jembol.kit.phone import NotAPhone, Phone
from jembol.kit.text import isolate
from jembol.ui.map import Band, MapArea, bands, draw
from jembol.ui.once import hidden_word

register = template.Library()

TONES = frozenset({"plain", "good", "warn", "bad", "info"})


@register.simple_block_tag
def panel(content: SafeString, *, title: str, part: str = "", note: str = "") -> SafeString:
    """Frame one subject of a page; `part` makes it an htmx target."""
    return format_html(
        '<section class="panel"{}><header><h2>{}</h2>{}</header>{}</section>',
        format_html(' id="{}"', part) if part else "",
        title,
        format_html('<p class="note">{}</p>', note) if note else "",
        content,
    )


@register.simple_tag
def pill(text: str, *, tone: str = "plain") -> SafeString:
    """Show a state in a word; the tone colours it, the word says it."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(
            f"pill: tone must be one of {sorted(TONES)}, not {tone!r}"
        )
    return format_html('<span class="pill" data-tone="{}">{}</span>', tone, text)


@register.simple_tag
def number(value: int | None) -> SafeString:
    """Show a whole number with Indonesian thousands; unknown is a dash, never a zero."""
    if value is None:
        return format_html('<span class="unknown" title="{}">–</span>', _("not known"))
    return format_html('<span class="number">{}</span>', f"{value:,}".replace(",", "."))


@register.simple_tag
def share(value: float | None) -> SafeString:
    """Show a share of 0 to 1 in per cent; unknown is a dash, never a zero."""
    if value is None:
        return format_html('<span class="unknown" title="{}">–</span>', _("not known"))
    return format_html('<span class="number">{} %</span>', round(100 * value))


@register.simple_tag
def day(value: date | None, *, weekday: bool = False) -> SafeString:
    """Show a day in words; unknown is a dash."""
    if value is None:
        return format_html('<span class="unknown" title="{}">–</span>', _("not known"))
    pattern = "D, j M Y" if weekday else "j M Y"
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(), format_date(value, pattern)
    )


@register.simple_tag
def moment(value: datetime | None) -> SafeString:
    """Show a moment in local time."""
    if value is None:
        return format_html('<span class="unknown" title="{}">–</span>', _("not known"))
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), format_date(local, "j M Y H:i")
    )


@register.simple_tag
def written(text: str) -> SafeString:
    """Show what a person typed, its writing direction kept to itself; empty is a dash."""
    if not text:
        return format_html('<span class="unknown" title="{}">–</span>', _("not known"))
    return format_html("<bdi>{}</bdi>", isolate(text))


@register.simple_tag
def phone(text: str) -> SafeString:
    """Show a telephone number as people write it here; unknown is a dash."""
    if not text:
        return format_html('<span class="unknown" title="{}">–</span>', _("not known"))
    try:
        shown = Phone.parse(text).national
    except NotAPhone:
        # A number of an older numbering plan stays readable.
        shown = text
    return format_html('<span class="phone">{}</span>', shown)


@register.simple_tag
def masked(text: str) -> SafeString:
    """Show a masked identifier; empty is said in words."""
    if not text:
        return format_html('<span class="unknown">{}</span>', _("none recorded"))
    return format_html('<code class="masked">{}</code>', text)


@register.simple_block_tag
def empty(content: SafeString, *, title: str) -> SafeString:
    """Say that there is nothing yet, and what to do about it."""
    return format_html(
        '<div class="empty"><p><strong>{}</strong></p><p>{}</p></div>', title, content
    )


@register.simple_block_tag
def alert(content: SafeString, *, tone: str = "info", title: str = "") -> SafeString:
    """Say something that must not be missed."""
    return format_html(
        '<div class="alert" data-tone="{}" role="{}">{}{}</div>',
        tone,
        "alert" if tone == "bad" else "status",
        format_html("<strong>{}</strong> ", title) if title else "",
        content,
    )


@register.simple_tag
def figure(
    *, value: int, unit: str, link: str = "", period: str = "", note: str = ""
) -> SafeString:
    """Show one headline count with its unit; the whole figure is the link to its rows."""
    body = format_html(
        '<strong class="count">{}</strong><span class="unit">{}</span>', number(value), unit
    )
    return format_html(
        '<div class="figure">{}{}{}</div>',
        format_html('<a href="{}">{}</a>', link, body) if link else body,
        format_html('<p class="period">{}</p>', period) if period else "",
        format_html('<p class="note">{}</p>', note) if note else "",
    )


@register.simple_tag
def qr(text: str, *, title: str) -> SafeString:
    """Draw a code that a phone reads, black on white in any theme, with its quiet zone."""
    drawn = segno.make(text, error="m", boost_error=False)
    # Pixels, not a font: they are drawn as one path, sharp on paper of any size.
    svg = drawn.svg_inline(omitsize=True, title=title, border=4, dark="#000", light="#fff")
    return format_html('<span class="qr">{}</span>', mark_safe(svg))


@register.simple_tag
def once() -> SafeString:
    """Give a form a word of its own, so that sending it twice acts once."""
    return hidden_word()


@register.simple_tag
def progress(*, done: int, total: int, note: str = "") -> SafeString:
    """Show how far long work has come, as a bar and in figures."""
    return format_html(
        '<p class="progress"><progress value="{}" max="{}">{}</progress> '
        '<span>{} / {} <span class="note">{}</span></span></p>',
        done,
        max(total, 1),
        f"{done}/{total}",
        number(done),
        number(total),
        note,
    )


@register.simple_tag
def area_map(
    areas: Sequence[MapArea],
    *,
    title: str,
    unit: str,
    among: Sequence[Band] = (),
    late: str = "",
) -> SafeString:
    """Draw a map with its legend; `late` says what a dashed edge means."""
    shown = among or bands([area.value for area in areas])
    legend = format_html_join(
        "",
        '<li><span class="swatch shade-{}"></span>{}</li>',
        ((band.shade, band.label) for band in shown),
    )
    if late:
        legend += format_html('<li><span class="swatch late"></span>{}</li>', late)
    return format_html(
        '<figure class="map-figure">{}<figcaption>{}</figcaption>'
        '<ul class="legend">{}</ul></figure>',
        draw(areas, title=title, unit=unit, among=shown),
        unit,
        legend,
    )
