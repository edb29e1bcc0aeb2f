import re
from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.test.html import parse_html
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from i18nfield.forms import I18nFormField, I18nTextInput

from mosty.ui import fields


class Person(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the <b>certificate</b>.")
    part = forms.ChoiceField(
        label="Part", choices=[("1", "I"), ("2", "II")], widget=forms.RadioSelect
    )
    since = forms.DateField(label="Since", required=False)
    starts_at = forms.DateTimeField(label="Starts", required=False)
    agree = forms.BooleanField(label="I agree")

    def clean(self):
        self.add_error(None, "Too <late>.")


def flat(html):
    return re.sub(r"\s*\n\s*", "", html).strip()


def summary(*given):
    template = Template(
        "{% error_summary a b %}" if len(given) == 2 else "{% error_summary a %}"
    )
    return template.render(Context(dict(zip("ab", given, strict=False))))


def test_field_joins_label_help_and_error_to_its_control():
    assert flat(Person({})["name"].as_field_group()) == (
        '<div class="field wrong"><label class="form-label" for="id_name">Name</label>'
        '<p class="hint" id="id_name_helptext">As on the <b>certificate</b>.</p>'
        '<ul class="errorlist" id="id_name_error"><li>This field is required.</li></ul>'
        '<input type="text" name="name" class="form-control is-invalid" required '
        'aria-invalid="true" aria-describedby="id_name_helptext id_name_error" id="id_name">'
        "</div>"
    )


def test_radio_buttons_stand_in_a_fieldset():
    assert flat(Person()["part"].as_field_group()) == (
        '<div class="field"><fieldset><legend>Part</legend><div class="choices" id="id_part">'
        '<div class="form-check"><input class="form-check-input" type="radio" name="part" '
        'value="1" required id="id_part_0"><label class="form-check-label" for="id_part_0">I'
        '</label></div><div class="form-check"><input class="form-check-input" type="radio" '
        'name="part" value="2" required id="id_part_1"><label class="form-check-label" '
        'for="id_part_1">II</label></div></div></fieldset></div>'
    )


def test_a_box_to_tick_stands_before_its_label():
    assert flat(Person()["agree"].as_field_group()) == (
        '<div class="field"><div class="form-check"><input type="checkbox" name="agree" '
        'class="form-check-input" required id="id_agree"><label class="form-check-label" '
        'for="id_agree">I agree</label></div></div>'
    )


def test_optional_fields_say_so():
    assert flat(Person()["since"].as_field_group()) == (
        '<div class="field"><label class="form-label" for="id_since">Since '
        '<span class="optional">(optional)</span></label>'
        '<input type="date" name="since" class="form-control" id="id_since"></div>'
    )


@pytest.mark.parametrize("sent", ("2024-05-31", "31/05/2024"))
def test_a_day_is_read_and_shown_again_as_the_picker_needs_it(sent):
    form = Person({"since": sent})
    form.is_valid()
    assert ("since" in form.errors) == (sent != "2024-05-31")
    with translation.override("pl"):  # whose own format begins with the day
        shown = Person(initial={"since": date(2024, 5, 31)})["since"].as_field_group()
    assert re.findall('value="([^"]*)"', shown) == ["2024-05-31"]


def test_a_moment_uses_the_picker_too():
    html = Person({"starts_at": "2024-05-31T23:59"})["starts_at"].as_field_group()
    assert re.findall('type="([^"]*)".*value="([^"]*)"', html) == [
        ("datetime-local", "2024-05-31T23:59")
    ]


def test_error_summary_leads_to_every_field():
    assert flat(summary(Person({}))) == (
        '<div class="error-summary" id="error-summary" role="alert" tabindex="-1">'
        "<h2>There is a problem</h2><ul><li>Too &lt;late&gt;.</li>"
        '<li><a href="#id_name">Name: This field is required.</a></li>'
        '<li><a href="#id_part_0">Part: This field is required.</a></li>'
        '<li><a href="#id_agree">I agree: This field is required.</a></li></ul></div>'
    )


def test_error_summary_of_several_forms_is_one():
    rows = forms.formset_factory(Person, min_num=1, validate_min=True, extra=0)
    given = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "Anna"}
    html = summary(Person({}, prefix="own"), rows(given))
    assert re.findall('href="([^"]*)"', html) == [
        "#id_own-name",
        "#id_own-part_0",
        "#id_own-agree",
        "#id_form-0-part_0",
        "#id_form-0-agree",
    ]


def test_error_summary_says_what_is_wrong_with_all_rows_together():
    rows = forms.formset_factory(Person, min_num=1, validate_min=True, extra=0)
    html = summary(rows({"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}))
    assert re.findall("<li>([^<]*)</li>", html) == ["Please submit at least 1 form."]


def test_no_summary_without_errors():
    assert summary(Person()) == ""


def test_form_fields_renders_hidden_fields_first():
    class Hidden(forms.Form):
        name = forms.CharField()
        key = forms.CharField(widget=forms.HiddenInput, initial="k")

    html = Template("{% form_fields form %}").render(Context({"form": Hidden()}))
    assert re.findall('name="([^"]*)"', html) == ["key", "name"]


def test_each_language_of_a_translated_text_has_its_label():
    class Course(forms.Form):
        title = I18nFormField(label="Title", widget=I18nTextInput, required=False)

    html = Course({"title_0": '<b>"'})["title"].as_field_group()
    assert re.findall(
        '<label for="([^"]*)">([^<]*)</label><input type="text" name="([^"]*)"', html
    ) == [
        ("id_title_0", "Polish", "title_0"),
        ("id_title_1", "English", "title_1"),
    ]
    assert re.findall('value="([^"]*)"', html) == ["&lt;b&gt;&quot;"]


@pytest.mark.parametrize("value", (None, "", "1", "b&", "c", "strange"))
@pytest.mark.parametrize("required", (True, False))
def test_select_is_what_django_renders(value, required):
    class Chooser(forms.Form):
        city = forms.ChoiceField(
            required=required,
            choices=[
                ("", gettext_lazy("Choose")),
                (1, mark_safe("<b>safe</b>")),
                ("b&", "<Łódź>"),
                ("more & more", [("c", "C"), ("1", "again")]),
            ],
        )

    mine = fields.control(Chooser(initial={"city": value})["city"])

    plain = Chooser(initial={"city": value})["city"]
    widget = forms.Select({"class": "form-select"}, plain.field.choices)
    assert parse_html(mine) == parse_html(plain.as_widget(widget))
    assert mine.count("selected") == (0 if value == "strange" else 1)
