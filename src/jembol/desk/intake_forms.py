"""Forms of the import pages: what is sent, how it is read, what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files import File
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.intake.choices import Kind
from jembol.intake.class_plan import ClassPlan
from jembol.intake.columns import MOST_DAYS
from jembol.intake.queries import TableView, fields_for
from jembol.intake.text_table import DELIMITERS
from jembol.intake.workbook import MAX_UPLOAD_BYTES
from jembol.training.choices import Organiser
from jembol.ui.forms import DayField

ENDINGS = ".xlsx,.xls,.ods,.csv,.tsv,.txt"
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "iso-8859-15", "mac-roman")
FEWEST_DAYS = 5
NEW_CLASS = "0"

Choices = Sequence[tuple[str, str]]


class UploadForm(forms.Form):
    """One list as somebody sent it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What the list is about"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        initial=Kind.PEOPLE,
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "XLSX, XLS, ODS or CSV, as it is: titles above the list, merged cells and totals are "
            "understood."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
    )
    source = forms.CharField(
        label=gettext_lazy("Where it comes from"),
        max_length=100,
        required=False,
        help_text=gettext_lazy(
            "For example SIAK, OSS or Kelurahan Dinoyo. The columns you choose are remembered "
            "for the next list of this source."
        ),
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
    area = forms.ChoiceField(
        label=gettext_lazy("Area"),
        help_text=gettext_lazy("People whose row names no place are noted here."),
    )

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        """Offer these areas and no others."""
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]

    def clean_file(self) -> File[bytes]:
        """Refuse a file that is too big before it is read into memory."""
        file: File[bytes] = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD_BYTES:
            raise forms.ValidationError(
                _(
                    "The file has %(size)d MB; %(limit)d MB is allowed. Remove pictures and sheets "
                    "that are not part of the list, or split the list."
                )
                % {"size": file.size >> 20, "limit": MAX_UPLOAD_BYTES >> 20}
            )
        return file


class ReadingForm(forms.Form):
    """How the bytes of a text table are turned into cells."""

    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"))
    delimiter = forms.ChoiceField(label=gettext_lazy("Columns are separated by"))

    def __init__(self, sent: QueryDict | None = None, *, encoding: str, delimiter: str) -> None:
        """Offer what is common, and what was found in the file."""
        super().__init__(sent, initial={"encoding": encoding, "delimiter": delimiter})
        names = {
            ";": _("semicolon ;"), ",": _("comma ,"), "\t": _("tab"), "|": _("bar |"),
        }  # fmt: skip
        marks = dict.fromkeys((*DELIMITERS, delimiter))
        encodings = dict.fromkeys((encoding, *ENCODINGS))
        self.fields["encoding"].choices = [(one, one) for one in encodings if one]  # type: ignore[attr-defined]
        self.fields["delimiter"].choices = [  # type: ignore[attr-defined]
            (one, names.get(one, one)) for one in marks if one
        ]
        # A tab is a choice here, not white space around one.
        self.fields["delimiter"].strip = False  # type: ignore[attr-defined]


class MappingForm(forms.Form):
    """Which tables of a file are taken, and which field each column holds."""

    def __init__(self, *args: Any, kind: str, tables: Sequence[TableView], **kwargs: Any) -> None:
        """Ask about these tables, with what was proposed or decided before."""
        super().__init__(*args, **kwargs)
        self.tables = tables
        choices = field_choices(kind, tables)
        for table in tables:
            self.fields[f"table_{table.number}"] = forms.BooleanField(
                label=_("Take this table"), required=False, initial=table.outline.chosen
            )
            for column, header in enumerate(table.outline.header):
                self.fields[f"column_{table.number}_{column}"] = forms.ChoiceField(
                    label=_("Field of the column “%(title)s”")
                    % {"title": header or f"#{column + 1}"},
                    choices=choices,
                    required=False,
                    initial=table.outline.columns.get(column, ""),
                )

    def chosen(self) -> dict[int, dict[int, str]]:
        """Return the field of each column, by number of the tables that are taken."""
        given = self.cleaned_data
        return {
            table.number: {
                column: name
                for column in range(len(table.outline.header))
                if (name := given[f"column_{table.number}_{column}"])
            }
            for table in self.tables
            if given[f"table_{table.number}"]
        }


def field_choices(kind: str, tables: Sequence[TableView]) -> list[tuple[str, str]]:
    """Return what a column can hold; for attendance also the days, one more than were found."""
    fields = [("", _("leave it out")), *((field.name, field.label) for field in fields_for(kind))]
    if kind != Kind.ATTENDANCE:
        return fields
    named = max((max(table.outline.day_numbers, default=0) for table in tables), default=0)
    last = min(max(named + 1, FEWEST_DAYS), MOST_DAYS)
    days = [
        (f"day_{day}", _("Came on day %(number)d") % {"number": day}) for day in range(1, last + 1)
    ]
    return [*fields, *days]


class ClassPlanForm(forms.Form):
    """To which class an attendance list belongs: one that is there, or a new one.

    What describes a new class is required only when no class is chosen.
    """

    # A browser cannot know that, so it is not told which fields are required.
    use_required_attribute = False

    class_id = forms.TypedChoiceField(
        label=gettext_lazy("Class"),
        coerce=int,
        help_text=gettext_lazy("For a class that is there already, leave what follows as it is."),
    )
    course = forms.ChoiceField(label=gettext_lazy("Course"))
    title = forms.CharField(label=gettext_lazy("Title of the class"), max_length=150)
    organiser = forms.ChoiceField(
        label=gettext_lazy("Given by"),
        choices=Organiser.choices,
        help_text=gettext_lazy(
            "Classes of a party or candidate are kept out of the city's statistics."
        ),
    )
    organiser_name = forms.CharField(
        label=gettext_lazy("Name of the organiser"), max_length=150, required=False
    )
    venue = forms.CharField(
        label=gettext_lazy("Venue"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("A name that is not known yet is added to the places."),
        widget=forms.TextInput(attrs={"list": "venues", "autocomplete": "off"}),
    )
    source = forms.CharField(
        label=gettext_lazy("How we know of the class"), max_length=300, required=False
    )
    doubt = forms.CharField(
        label=gettext_lazy("What is doubtful about it"), max_length=300, required=False
    )
    listed_is_present = forms.ChoiceField(
        label=gettext_lazy("People without a mark"),
        required=False,
        choices=[
            ("", gettext_lazy("came, if the class had one day and no column for it")),
            ("ya", gettext_lazy("came on every day: being on the list means having come")),
            ("tidak", gettext_lazy("signed up only: being on the list does not mean having come")),
        ],
    )

    def __init__(
        self, sent: QueryDict | None, *, plan: ClassPlan, classes: Choices, courses: Choices
    ) -> None:
        """Offer these classes and courses, with what the list seems to be about."""
        super().__init__(sent, initial=_initial(plan))
        new = (NEW_CLASS, _("A new class, as described below"))
        self.fields["class_id"].choices = [new, *classes]  # type: ignore[attr-defined]
        self.fields["course"].choices = [("", "–"), *courses]  # type: ignore[attr-defined]
        self.days = range(1, min(max(len(plan.days) + 1, FEWEST_DAYS), MOST_DAYS) + 1)
        for number in self.days:
            self.fields[f"day_{number}"] = DayField(
                label=_("Day %(number)d") % {"number": number}, required=number == 1
            )
        if self.is_bound and self["class_id"].value() != NEW_CLASS:
            for field in self.fields.values():
                field.required = False

    @property
    def first_days(self) -> list[forms.BoundField]:
        """The days that are always shown."""
        return [self[f"day_{number}"] for number in self.days if number <= 2]

    @property
    def more_days(self) -> list[forms.BoundField]:
        """The days of a longer class."""
        return [self[f"day_{number}"] for number in self.days if number > 2]

    @property
    def has_more_days(self) -> bool:
        """Whether a later day is filled in or wrong."""
        return any(field.value() or field.errors for field in self.more_days)

    def plan(self) -> ClassPlan:
        """Return what was said."""
        given = dict(self.cleaned_data)
        days = [given.pop(f"day_{number}") for number in self.days]
        given["class_id"] = given["class_id"] or None
        listed: Mapping[str, bool] = {"ya": True, "tidak": False}
        given["listed_is_present"] = listed.get(given["listed_is_present"])
        return ClassPlan(**given, days=tuple(day for day in days if day))


def _initial(plan: ClassPlan) -> dict[str, Any]:
    words = {None: "", True: "ya", False: "tidak"}
    days = {f"day_{number}": day for number, day in enumerate(plan.days, start=1)}
    stored = plan.as_json() | {
        "class_id": plan.class_id or NEW_CLASS,
        "listed_is_present": words[plan.listed_is_present],
    }
    return stored | days
