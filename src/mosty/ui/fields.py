"""How a form's field becomes a control: Bootstrap classes and the browser's own pickers."""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import DateTimeBaseInput
from django.utils.safestring import SafeString

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
    return field.as_widget(attrs={"class": classes} if classes else {})


def first_id(field: BoundField) -> str:
    """Return the id of what is focused when somebody goes to this field."""
    base = field.auto_id or ""
    if isinstance(field.field.widget, (forms.RadioSelect, forms.MultiWidget)):
        return f"{base}_0"
    if isinstance(field.field.widget, forms.CheckboxSelectMultiple):
        return f"{base}_0"
    return field.id_for_label or base
