import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import translation

from mosty.ui import polish

PAGE = (
    '<p title="w domu">Szkolenie w Łodzi i w Lublinie, od 9 maja 2026 r.: <b>a</b> także '
    '(z udziałem 5 % osób)</p><textarea name="a b">w domu</textarea><code>a b</code> o nas<i>'
)
BOUND = (
    '<p title="w domu">Szkolenie w_Łodzi i_w_Lublinie, od 9_maja 2026_r.: <b>a</b> także '
    '(z_udziałem 5_% osób)</p><textarea name="a b">w domu</textarea><code>a b</code> o_nas<i>'
)


@pytest.mark.parametrize(
    ("text", "bound"),
    (
        ("Praktyki i narzędzia", "Praktyki i_narzędzia"),
        ("W mieście", "W_mieście"),
        ("„O nas”", "„O_nas”"),
        ("ul. Polna 3 m. 5", "ul. Polna 3 m. 5"),
        ("3 marca 2026 r. o 9.00", "3_marca 2026_r. o_9.00"),
        ("3 min później, 3 minuty", "3_min później, 3 minuty"),
        ("na rzecz miast", "na rzecz miast"),
        ("", ""),
    ),
)
def test_words_of_one_letter_stay_with_the_next(text, bound):
    assert polish.bind(text) == bound.replace("_", polish.BOUND)


def test_only_what_is_read_on_a_page_is_bound():
    assert polish.bind_page(PAGE) == BOUND.replace("_", polish.BOUND)


@pytest.mark.parametrize(
    ("page", "bound"),
    (
        ("w domu", "w_domu"),
        (
            "<SCRIPT>if (a <b) w domu</SCRIPT>w domu",
            "<SCRIPT>if (a <b) w domu</SCRIPT>w_domu",
        ),
        (
            "<pre>w <b>w domu</b> i tak</pre> i tak",
            "<pre>w <b>w domu</b> i tak</pre> i_tak",
        ),
        ("<!-- i tak -->i tak<br/>", "<!-- i tak -->i_tak<br/>"),
        ("<", "<"),
    ),
)
def test_what_programs_read_on_a_page_stays(page: str, bound: str) -> None:
    assert polish.bind_page(page) == bound.replace("_", polish.BOUND)


def test_data_is_bound_in_its_texts_and_not_in_its_names():
    data = {"w domu": ["i tak", 5, None, {"x": "o tym"}]}

    assert polish.bind_data(data) == {
        "w domu": ["i\u00a0tak", 5, None, {"x": "o\u00a0tym"}]
    }


@pytest.mark.parametrize("read", ('<path d="M0 0 z m1 1"/>', '{"text": "i tak"}'))
def test_what_programs_read_stays(read: str) -> None:
    assert polish.bind_data([read]) == [read]


@pytest.mark.parametrize(
    ("language", "kind", "sent"),
    (
        ("pl", "text/html; charset=utf-8", "<p>w\u00a0domu</p>"),
        ("en", "text/html; charset=utf-8", "<p>w domu</p>"),
        ("pl", "text/csv", "<p>w domu</p>"),
    ),
)
def test_pages_in_polish_are_bound_and_nothing_else(rf, language, kind, sent):
    answer = HttpResponse("<p>w domu</p>", content_type=kind)
    with translation.override(language):
        got = polish.BoundPages(lambda request: answer)(rf.get("/"))

    assert got.content.decode() == sent


def test_what_is_sent_in_parts_is_left_alone(rf):
    answer = StreamingHttpResponse(["<p>w domu</p>"])
    with translation.override("pl"):
        got = polish.BoundPages(lambda request: answer)(rf.get("/"))

    assert b"".join(got.streaming_content) == b"<p>w domu</p>"
