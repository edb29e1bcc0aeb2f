"""Words, keys and questions of any text: six languages, and none at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mosty.engines.search.asked import MOST_CHARACTERS, MOST_WORDS, Asked, parse
from mosty.engines.search.distance import slips
from mosty.engines.search.endings import LANGUAGES
from mosty.engines.search.keys import is_word, keys, name_keys, spoken
from mosty.engines.search.snippets import passage
from mosty.engines.search.terms import all_of, any_of, phrase, word
from mosty.engines.search.vectors import vector
from mosty.engines.search.words import fold, visible, words


def test_words_of_compounds_and_apostrophes():
    found = [(one.text, one.place) for one in words("Anti-rumours: the city’s café")]
    assert found == [
        ("anti", 0), ("rumours", 1), ("antirumours", 0), ("the", 2), ("city", 3),
        ("café", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "folded"),
    (
        ("Łódź", "lodz"),
        ("зв'язок", "звязок"),
        ("Õpetaja", "opetaja"),
        ("ŠKOLA", "skola"),
        ("žąsis", "zasis"),
        ("їжак", "іжак"),
    ),
)
def test_fold(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("language", "one", "other"),
    (
        ("pl", "szkoleń", "szkolenie"),
        ("pl", "nauczycieli", "nauczyciela"),
        ("pl", "łodzi", "łódź"),
        ("pl", "uchodzcow", "uchodźcy"),
        ("uk", "вчителів", "вчитель"),
        ("uk", "біженців", "біженці"),
        ("et", "õpetajatele", "opetajad"),
        ("lv", "skolotājiem", "skolotājs"),
        ("lv", "beglu", "bēgļi"),
        ("lt", "pabėgėlių", "pabėgėlis"),
        ("lt", "mokytojams", "mokytojas"),
        ("en", "cities", "city's"),
    ),
)
def test_inflected_forms_share_a_key(language, one, other):
    said = [next(words(form)).text for form in (one, other)]
    assert {*keys(said[0], language)} & {*keys(said[1], language)} != set()


@pytest.mark.parametrize(
    ("language", "one", "other"),
    (
        ("pl", "szkolenie", "szkoła"),
        ("en", "work", "worth"),
        ("lt", "miestas", "maistas"),
    ),
)
def test_different_words_share_none(language, one, other):
    assert {*keys(one, language)} & {*keys(other, language)} == set()


def test_words_that_say_nothing_and_foreign_ones():
    assert (keys("dla", "pl"), keys("2026", "lv"), keys("integración", "es")) == (
        (), ("2026",), ("integracion",),
    )  # fmt: skip
    assert name_keys("kurs dla nauczycieli", "pl") == ("kurs", "nauczyciel")


@pytest.mark.parametrize(
    ("asked", "languages"),
    (
        (["szkolenia", "dla", "nauczycieli"], ("pl",)),
        (["pagulaste", "koolitus"], ("et",)),
        (["refugees", "and", "work"], ("en",)),
        (["qqqq"], LANGUAGES),
    ),
)
def test_in_which_language_somebody_asks(asked, languages):
    assert spoken(asked, [()] * len(asked)) == languages


def test_our_documents_tell_the_language_of_words_without_marks():
    assert spoken(["lodzi"], [{"pl"}]) == ("pl",)
    assert is_word("łodzi", "pl") is True


@pytest.mark.parametrize(
    ("typed", "parts"),
    (
        ("język polski", (("język",), ("polski",))),
        ('"język polski" kurs', (("język", "polski"), ("kurs",))),
        ("„język polski”", (("język", "polski"),)),
        ("«мова»", (("мова",),)),
        ('kurs "język', (("kurs",), ("język",))),
        ('""', ()),
        ("anti-rumours", (("anti",), ("rumours",))),
    ),
)
def test_parts_of_a_question(typed, parts):
    assert parse(typed).parts == parts


@pytest.mark.parametrize(
    ("typed", "expected"),
    (
        ("", Asked("", ())),
        ("  \n ", Asked("", ())),
        ("?!…,.-—'", Asked("?!…,.-—'", (), wordless=True)),
        ("\u202eabc\u0000\u200b", Asked("abc", (("abc",),))),
    ),
)
def test_nothing_punctuation_and_what_is_not_seen(typed, expected):
    assert parse(typed) == expected


def test_ten_thousand_characters_are_cut_at_a_word():
    asked = parse("dom " * 2500)
    assert (len(asked.text) <= MOST_CHARACTERS, len(asked.words), asked.shortened) == (
        True, MOST_WORDS, True,
    )  # fmt: skip


ANY = st.text(st.characters(), max_size=400)


@given(ANY)
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_question_of_few_plain_words(typed):
    asked = parse(typed)
    assert len(asked.words) <= MOST_WORDS
    assert asked.wordless == (bool(asked.text) and not asked.parts)
    assert visible(visible(typed)) == visible(typed)
    for one in asked.words:
        assert all(char.isalnum() for key in keys(one, "pl") for char in key)


@given(ANY)
@settings(max_examples=100, deadline=None)
def test_words_say_where_they_stand(typed):
    text = visible(typed)
    for one in words(text):
        assert 0 <= one.start < one.end <= len(text)
        assert fold(text[one.start : one.end])[:20].startswith(fold(one.text)[:1])


SHORT = st.text("abcł", max_size=8)


@given(SHORT, SHORT)
def test_slips_are_a_distance(one, other):
    most = 10
    assert slips(one, other, most) == slips(other, one, most)
    assert (slips(one, other, most) == 0) == (one == other)
    assert slips(one, other, 2) == min(slips(one, other, most), 3)


@pytest.mark.parametrize(
    ("one", "other", "n"),
    (
        ("szkolenie", "szkoleine", 1),
        ("praca", "parca", 1),
        ("dom", "domy", 1),
        ("abc", "xyz", 3),
    ),
)
def test_slips_of_the_keyboard(one, other, n):
    assert slips(one, other, 3) == n


def test_terms():
    assert word(["a", "b"]) == "('a'|'b')"
    assert phrase([["a"], [], ["b", "c"]]) == "('a'<2>('b'|'c'))"
    assert (phrase([[], ["a"], []]), any_of(["", "x", "x"]), all_of(["x", "y"])) == (
        "'a'", "x", "(x&y)",
    )  # fmt: skip


def test_vector_weighs_parts_and_keeps_them_apart():
    said, seen = vector([("Dom", "A"), ("domy dla", "D")], ["housing"], "pl")
    assert (said, seen) == (
        "'domy':11D 'dom':1A,11D '~housing':16383B"
        if said.startswith("'domy'")
        else "'dom':1A,11D 'domy':11D '~housing':16383B",
        {"dom", "domy"},
    )


def test_passage_marks_forms_where_most_of_them_stand():
    text = f"{'Inne słowa. ' * 40}Szkolenia nauczycieli trwają rok."
    pieces = passage(text, {"szkolen", "nauczyciel"}, "pl", width=80)
    assert [one.text for one in pieces if one.is_match] == ["Szkolenia", "nauczycieli"]
    assert (pieces[0].text, "".join(one.text for one in pieces)[-4:]) == ("… ", "rok.")


@given(ANY, st.sampled_from(LANGUAGES))
@settings(max_examples=60, deadline=None)
def test_a_passage_is_of_the_text(typed, language):
    text = visible(typed)
    sought = {key for one in words(text) for key in keys(one.text, language)}
    said = "".join(one.text for one in passage(text, sought, language, width=50))
    whole = " ".join(text.split())
    assert said.removeprefix("… ").removesuffix(" …") in whole
