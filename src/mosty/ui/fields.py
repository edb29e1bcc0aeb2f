"""How a form's field becomes a control: Bootstrap classes and the browser's own pickers."""

from collections.abc import Iterable, Mapping
from functools import partial
from html import escape

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.forms.widgets import DateTimeBaseInput
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from i18nfield.forms import I18nWidget

# Widget -> type of the browser's picker, and the format that it reads and sends.
PICKERS: dict[type[DateTimeBaseInput], tuple[str, str]] = {
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.TimeInput: ("time", "%H:%M"),
}
CHECKS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


def css_class(widget: forms.Widget) -> str:
    """Return the class that gives ``widget`` its look."""
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, CHECKS):
        return ""
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"


def use_picker(widget: forms.Widget) -> None:
    """Turn a plain text field for a date or time into the browser's own picker."""
    if isinstance(widget, forms.MultiWidget):
        for part in widget.widgets:
            use_picker(part)
    elif isinstance(widget, DateTimeBaseInput) and widget.input_type == "text":
        for kind, (input_type, form) in PICKERS.items():
            if isinstance(widget, kind):
                widget.input_type, widget.format = input_type, form


def control(field: BoundField) -> SafeString:
    """Return the field's control alone, without label, help and errors."""
    # The form has copied its widgets, so that this changes no other form.
    widget = field.field.widget
    use_picker(widget)
    if widget.attrs.get("rows") == "10":
        # Django's own number, which no form chose: ten lines ask for an essay.
        widget.attrs["rows"] = "4"
    classes = f"{widget.attrs.get('class', '')} {css_class(widget)}".strip()
    if field.errors and not isinstance(widget, CHECKS):
        classes += " is-invalid"
    attrs: dict[str, str | bool] = {"class": classes} if classes else {}
    if isinstance(widget, I18nWidget):
        widget.format_output = partial(_with_languages, widget)
        # The language stands in the label; what is grey looks as if it were typed.
        attrs["placeholder"] = ""
    if type(widget) is forms.Select:
        widget.render = partial(_select, widget)  # type: ignore[method-assign]  # of this one only
    return field.as_widget(attrs=attrs)


def _select(
    widget: forms.Select,
    name: str,
    value: object,
    attrs: Mapping[str, str | bool] | None = None,
    renderer: object = None,
) -> SafeString:
    """
    Return a select as Django would render it.

    Django renders two templates for each option: for the cities of a whole union, that
    takes longer than the rest of a page.
    """
    given = widget.build_attrs(widget.attrs, dict(attrs or {}))
    options = _options(widget.choices, set(widget.format_value(value)))
    return SafeString(
        f'<select name="{escape(name)}"{flatatt(given)}>{"".join(options)}</select>'
    )


def _options(choices: Iterable[tuple[object, object]], chosen: set[str]) -> list[str]:
    """Return the options in order; of those chosen only the first is selected."""
    shown = []
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            group = "".join(_options(label, chosen))
            shown.append(f'<optgroup label="{_text(key)}">{group}</optgroup>')
            continue
        # Some keys and labels are lazy, None or rows of the database.
        text = "" if key is None else str(key)
        selected = ""
        if text in chosen:
            selected = " selected"
            chosen.clear()
        shown.append(
            f'<option value="{escape(text)}"{selected}>{_text(label)}</option>'
        )
    return shown


def _text(value: object) -> str:
    """Return ``value`` escaped, unless it is safe."""
    plain = str(value) if isinstance(value, Promise) else value
    return str(plain) if hasattr(plain, "__html__") else escape(str(plain))


def _with_languages(widget: I18nWidget, inputs: list[str], base: str) -> SafeString:
    """Give each language's input a label that names the language."""
    shown = [
        (f"{base}_{index}", get_language_info(code)["name_translated"])
        for index, code in enumerate(widget.locales)
        if code in widget.enabled_locales
    ]
    rows = format_html_join(
        "",
        '<div><label for="{}">{}</label>{}</div>',
        # Each input has been rendered, and so escaped, by its own widget.
        ((*label, mark_safe(one)) for label, one in zip(shown, inputs, strict=True)),  # noqa: S308
    )
    return format_html('<div class="i18n-form-group" id="{}">{}</div>', base, rows)


def first_id(field: BoundField) -> str:
    """Return the id of what is focused when somebody goes to this field."""
    base = field.auto_id or ""
    groups = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)
    if isinstance(field.field.widget, groups):
        return f"{base}_0"
    return field.id_for_label or base
