import re
from datetime import date

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from mosty.ui.components import Stage
from mosty.ui.listing import Listing, Pill

UNBROKEN = '<span class="nowrap">'


def render(source, **context):
    """Return the component on one line: white space between tags says nothing."""
    html = Template(source).render(Context(context))
    return re.sub(r"\s*\n\s*", "", html).strip()


def a_listing(**changes):
    given = {
        "rows": ["a"],
        "total": 60,
        "page": 2,
        "size": 25,
        "sort": "name",
        "sorts": frozenset({"name", "odds"}),
        "params": QueryDict("city=x&page=2"),
        **changes,
    }
    return Listing(**given)


@pytest.mark.parametrize("kind", ("open", "in", "need", "no", "wait", "plain"))
def test_tag_says_its_state_in_a_word(kind):
    assert (
        render("{% tag word kind %}", word="<b>", kind=kind)
        == f'<span class="tag {kind}">&lt;b&gt;</span>'
    )


def test_tag_refuses_a_state_that_has_no_look():
    with pytest.raises(KeyError):
        render("{% tag 'x' 'warning' %}")


def test_card_is_a_section_with_a_heading():
    assert (
        render(
            "{% card heading=h level=3 id='c' %}<p>{{ h }}</p>{% endcard %}", h="A & B"
        )
        == '<section class="card" id="c"><h3>A &amp; B</h3><p>A &amp; B</p></section>'
    )


def test_card_refuses_a_misspelt_attribute():
    with pytest.raises(TemplateSyntaxError):
        render("{% card headin='x' %}{% endcard %}")


def test_facts_pair_terms_with_descriptions():
    assert (
        render("{% facts rows %}", rows=[("Seats", 25), ("<i>", "<b>")])
        == '<dl class="facts"><dt>Seats</dt><dd>25</dd><dt>&lt;i&gt;</dt><dd>&lt;b&gt;</dd></dl>'
    )


def test_bigs_hold_figures_with_their_words():
    assert (
        render("{% bigs %}{% big '31 %' 'odds' %}{% endbigs %}")
        == '<dl class="bigs"><div><dt>odds</dt><dd>31 %</dd></div></dl>'
    )


def test_stages_say_their_state_in_words_too():
    steps = [Stage("A", "done"), Stage("B", "now"), Stage("C")]
    assert render("{% stages steps %}", steps=steps) == (
        '<ol class="stages">'
        '<li class="done">A <span class="visually-hidden">(done)</span></li>'
        '<li class="now" aria-current="step">B <span class="visually-hidden">(now)</span></li>'
        '<li class="todo">C <span class="visually-hidden">(still to come)</span></li></ol>'
    )


def test_need_has_a_count_and_a_button():
    assert render(
        "{% need count=47 text=t detail='d' url='/x/' label='Open' primary=True %}",
        t="<i>",
    ) == (
        '<li><span class="n">47</span> <span class="what">&lt;i&gt; <small>d</small></span> '
        '<a class="btn btn-primary" href="/x/">Open</a></li>'
    )


def test_empty_says_what_to_do():
    assert render(
        "{% empty heading='None' text='Write.' url='/w/' label='Write' %}"
    ) == (
        '<div class="nothing"><p><strong>None</strong></p><p>Write.</p>'
        '<p><a class="btn" href="/w/">Write</a></p></div>'
    )


@pytest.mark.parametrize(
    ("kind", "role"),
    (
        ("info", "status"),
        ("success", "status"),
        ("warning", "alert"),
        ("error", "alert"),
    ),
)
def test_alert_is_announced(kind, role):
    assert (
        render("{% alert kind %}<p>{{ text }}</p>{% endalert %}", kind=kind, text="<i>")
        == f'<div class="note {kind}" role="{role}"><p>&lt;i&gt;</p></div>'
    )


def test_progress_says_the_numbers():
    assert render("{% progress 37 120 'Rows' %}") == (
        '<p class="progress-line"><span>Rows</span> '
        '<progress value="37" max="120" aria-label="Rows"></progress> '
        '<span class="count">37 of 120</span></p>'
    )


def test_crumbs_are_a_list_of_links():
    source = "{% crumbs %}{% crumb label '/a/' %}{% crumb 'B' %}{% endcrumbs %}"
    assert render(source, label="<A>") == (
        '<nav class="crumb" aria-label="You are here"><ol>'
        '<li><a href="/a/">&lt;A&gt;</a></li><li>B</li></ol></nav>'
    )


def test_wide_tables_can_be_scrolled_by_keyboard():
    source = "{% table_scroll label %}x{% endtable_scroll %}"
    assert render(source, label='A "b"') == (
        '<div class="table-scroll" tabindex="0" role="region" aria-label="A &quot;b&quot;">x</div>'
    )


@pytest.mark.parametrize(
    ("key", "attributes", "url"),
    (
        ("name", ' aria-sort="ascending"', "?city=x&amp;sort=-name"),
        ("odds", "", "?city=x&amp;sort=odds"),
    ),
)
def test_sort_header_says_and_turns_the_order(key, attributes, url):
    found = render("{% sort_header key n l %}", key=key, n="<N>", l=a_listing())
    assert (
        found
        == f'<th scope="col"{attributes}><a class="sort" href="{url}">&lt;N&gt;</a></th>'
    )


def test_sort_header_says_how_its_column_looks():
    source = "{% sort_header key n l num=True hide_s=True %}"
    found = render(source, key="name", n="N", l=a_listing())
    assert found.startswith('<th scope="col" class="num hide-s" aria-sort=')


def test_sort_header_refuses_an_order_that_the_list_does_not_know():
    with pytest.raises(ValueError, match="'age'"):
        render("{% sort_header 'age' 'Age' l %}", l=a_listing())


def test_pills_can_be_removed_one_by_one_or_all():
    pill = Pill("City", "<Łódź>", "?a=1&b=2")
    assert render("{% pills l %}", l=a_listing(pills=(pill,))) == (
        '<ul class="pills" aria-label="Filters that are on"><li>'
        '<a class="pill" href="?a=1&amp;b=2">City: <strong>&lt;Łódź&gt;</strong> '
        '<span class="visually-hidden">(remove this filter)</span></a></li>'
        '<li><a class="pill-clear" href="?">Remove all filters</a></li></ul>'
    )


def test_no_pills_without_filters():
    assert render("{% pills l %}", l=a_listing()) == ""


def links(html):
    return re.findall(r'href="([^"]*)"', html)


@pytest.mark.parametrize(
    ("changes", "expected"),
    (
        ({"page": 1}, ["?city=x&amp;page=2"]),
        ({"page": 2}, ["?city=x&amp;page=1", "?city=x&amp;page=3"]),
        ({"page": 3}, ["?city=x&amp;page=2"]),
    ),
)
def test_pager_leads_to_the_pages_beside(changes, expected):
    sizes = ["?city=x&amp;size=50", "?city=x&amp;size=100"]
    assert links(render("{% pager l %}", l=a_listing(**changes))) == expected + sizes


def test_pager_of_a_short_list_only_says_how_long_it_is():
    html = render("{% pager l %}", l=a_listing(total=3, page=1))
    assert html == (
        '<nav class="pager" aria-label="Pages of this list"><p>1–3 of 3</p></nav>'
    )


def test_download_menu_offers_what_is_filtered():
    assert links(render("{% download_menu l %}", l=a_listing())) == [
        "?city=x&amp;export=xlsx",
        "?city=x&amp;export=csv",
    ]


class Search(forms.Form):
    name = forms.CharField(required=False)
    city = forms.CharField(required=False)


class Narrower(Search):
    since = forms.DateField(required=False)


@pytest.mark.parametrize(
    ("form", "begins"),
    (
        (Search({}), '<form class="filters"'),
        (
            Narrower({}),
            '<details class="fold"><summary class="btn">Filter this list</summary>',
        ),
        (Narrower({"since": "soon"}), '<details class="fold" open>'),
    ),
)
def test_more_than_two_filters_fold_and_open_by_a_mistake(form, begins):
    html = render("{% filter_bar form listing %}", form=form, listing=a_listing())
    assert html[: len(begins)] == begins
    assert html.count("<details") == html.count("</details>")


@pytest.mark.parametrize(
    ("start", "end", "html"),
    (
        (date(2024, 6, 9), date(2024, 6, 10), f"{UNBROKEN}9–10 June</span> 2024"),
        (date(2024, 5, 30), date(2024, 6, 2), "30 May – 2 June 2024"),
        (date(2024, 6, 9), date(2024, 6, 9), "9 June 2024"),
        (None, None, ""),
    ),
)
def test_days_of_one_month_are_not_parted_after_their_dash(start, end, html):
    assert render("{{ start|day_range:end|unbroken }}", start=start, end=end) == html


def test_the_year_of_polish_days_goes_with_its_r():
    with translation.override("pl"):
        html = render(
            "{{ day|day_range:end|unbroken }}",
            day=date(2024, 6, 9),
            end=date(2024, 6, 10),
        )
    assert html == f"{UNBROKEN}9–10 czerwca</span> 2024 r."


def test_components_speak_polish():
    with translation.override("pl"):
        html = render("{% progress 37 120 'Wiersze' %}")
    assert html.endswith('<span class="count">37 z 120</span></p>')
