"""Reasons in words for people, in Polish and English: one place for all who explain."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from mosty.engines.selection.outcome import NamedLimit

LANGUAGES = ("en", "pl")

# What a caller knows better: a limit, and a priority by its number, in words.
LimitWords = Callable[[NamedLimit], str]
PriorityWords = Callable[[int], str]
# How what a priority reaches is said to people. Not at all: a sum of differences, as of
# a balance, tells nobody anything.
Reach = Literal["reach", "reach_memory", ""]

TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "must_in": "This person had a seat before the draw.",
        "equal": (
            "The rules were kept and the priorities served as well as they can be."
        ),
        "drawn": "Between equally good cohorts the lottery decided: this person had"
        " a chance of {odds} and was drawn.",
        "not_drawn": "Between equally good cohorts the lottery decided: this person"
        " had a chance of {odds} and was not drawn.",
        "drawn_order": "Between equals the drawn order decided: place {position} of"
        " {drawn}.",
        "not_drawn_order": "Between equals the drawn order decided: place {position}"
        " of {drawn}, after the seats were taken.",
        "certain": "The seat was certain before the draw.",
        "impossible": "There was no chance of a seat before the draw.",
        "limit_without": "Without this person, these limits cannot be kept together:"
        " {limits}.",
        "fewer_seats_without": "Without this person, fewer seats could be filled:"
        " {after} instead of {before}.",
        "would_harm_without": "Without this person, priority {priority} would be"
        " served less well: {words}.",
        "nobody_gains": "Without this person, nobody with a smaller chance could have"
        " a greater one.",
        "limit": "With this person, these limits cannot be kept together: {limits}.",
        "fewer_seats": "With this person, fewer seats could be filled: {after}"
        " instead of {before}.",
        "would_harm": "With this person, priority {priority} would be served less"
        " well: {words}.",
        "reach": "It would reach {after} instead of {before}.",
        "reach_memory": "The seats that everybody's city has had before, added up,"
        " would be {after} instead of {before}.",
        "excluded": "This person was left out of this selection.",
        "already_seated": "This person has a seat already.",
        "not_explained": "The reason was not worked out for this selection.",
        "one_more_seat": "With one seat more, {seats}, the chance would have been"
        " {odds}.",
        "one_more_of_yours": "With at most {most} from the same city, the chance"
        " would have been {odds}.",
        "other_order": "With priority {second} ({second_words}) before priority"
        " {first} ({first_words}), the chance would have been {odds}.",
        "reserve": "Place {place} on the reserve list.",
        "selected": "Result: a seat.",
        "not_selected": "Result: no seat.",
        "seats": "{seats} seats",
        "seats_least": "at least {seats} people",
        "organisation_least": "at least {least} from each organisation",
        "organisation_most": "at most {most} from each organisation",
        "quota_least": "{attribute} = {value}: at least {least}",
        "quota_most": "{attribute} = {value}: at most {most}",
        "must_in_limit": "the person {code} has a seat",
        "must_out_limit": "the person {code} has no seat",
    },
    "pl": {
        "must_in": "Osoba zgłoszona miała miejsce już przed losowaniem.",
        "equal": "Zasady zachowano, a pierwszeństwo uwzględniono najlepiej, jak "
        "to możliwe.",
        "drawn": "Między równie dobrymi składami grupy zdecydowało losowanie: "
        "szansa tej osoby na miejsce wynosiła {odds}; osoba została "
        "wylosowana.",
        "not_drawn": "Między równie dobrymi składami grupy zdecydowało losowanie: "
        "szansa tej osoby na miejsce wynosiła {odds}; osoba nie "
        "została wylosowana.",
        "drawn_order": "Między równymi zgłoszeniami zdecydowało losowanie: miejsce "
        "{position} z {drawn}.",
        "not_drawn_order": "Między równymi zgłoszeniami zdecydowało losowanie: miejsce "
        "{position} z {drawn}, gdy miejsca były już zajęte.",
        "certain": "Miejsce było pewne już przed losowaniem.",
        "impossible": "Już przed losowaniem nie było szansy na miejsce.",
        "limit_without": "Bez tego zgłoszenia nie można by zachować jednocześnie tych "
        "limitów: {limits}.",
        "fewer_seats_without": "Bez tego zgłoszenia obsadzono by mniej miejsc: {after} zamiast"
        " {before}.",
        "would_harm_without": "Bez tego zgłoszenia gorzej wypadłoby pierwszeństwo {priority}:"
        " {words}.",
        "nobody_gains": "Bez tego zgłoszenia nikt, kto ma mniejszą szansę, nie mógłby "
        "mieć większej.",
        "limit": "Gdyby wybrano to zgłoszenie, nie można by zachować "
        "jednocześnie tych limitów: {limits}.",
        "fewer_seats": "Gdyby wybrano to zgłoszenie, obsadzono by mniej miejsc: "
        "{after} zamiast {before}.",
        "would_harm": "Gdyby wybrano to zgłoszenie, gorzej wypadłoby pierwszeństwo "
        "{priority}: {words}.",
        "reach": "Wynik: {after} zamiast {before}.",
        "reach_memory": "Dotychczasowe miejsca miast, zsumowane dla wszystkich osób "
        "w grupie: {after} zamiast {before}.",
        "excluded": "To zgłoszenie pominięto w tym wyborze.",
        "already_seated": "Osoba zgłoszona ma już miejsce.",
        "not_explained": "W tym wyborze nie ustalono przyczyny.",
        "one_more_seat": "Gdyby miejsc było o jedno więcej ({seats}), szansa wynosiłaby "
        "{odds}.",
        "one_more_of_yours": "Gdyby z tego samego miasta mogła być jedna osoba więcej "
        "(najwyżej {most}), szansa wynosiłaby {odds}.",
        "other_order": "Gdyby pierwszeństwo {second} ({second_words}) było ważniejsze "
        "niż pierwszeństwo {first} ({first_words}), szansa wynosiłaby {odds}.",
        "reserve": "Miejsce {place} na liście rezerwowej.",
        "selected": "Wynik: miejsce.",
        "not_selected": "Wynik: bez miejsca.",
        "seats": "liczba miejsc: {seats}",
        "seats_least": "liczba osób: co najmniej {seats}",
        "organisation_least": "z każdej organizacji co najmniej {least}",
        "organisation_most": "z każdej organizacji najwyżej {most}",
        "quota_least": "{attribute} = {value}: co najmniej {least}",
        "quota_most": "{attribute} = {value}: najwyżej {most}",
        "must_in_limit": "osoba z kodem {code} ma miejsce",
        "must_out_limit": "osoba z kodem {code} nie ma miejsca",
    },
}
WITHOUT = {
    "limit_without",
    "fewer_seats_without",
    "would_harm_without",
    "nobody_gains",
}
IMPOSSIBLE = {"limit", "fewer_seats", "would_harm"}


def why(
    reason: Mapping[str, object],
    odds: str | None,
    place: tuple[int, int] | None,
    language: str,
    limit_words: LimitWords,
    priority_words: PriorityWords,
    reach: Callable[[int], Reach],
) -> list[str]:
    """
    Return a stored reason in sentences.

    ``odds`` are exact, as ``a/b``, or None if the lottery does not know them; ``place``
    is the position in the drawn order and how many were drawn. ``reach`` tells how the
    value of a priority is said, by its number.
    """
    texts = TEXTS[language]
    code = str(reason["code"])
    params = {str(k): v for k, v in _mapping(reason.get("params")).items()}
    if code in {"drawn", "not_drawn"}:
        if odds is not None:
            words = texts[code].format(odds=chance(odds, language))
        else:
            position, drawn = place or (0, 0)
            words = texts[f"{code}_order"].format(position=position, drawn=drawn)
        return [texts["equal"], words]
    found = []
    if code in WITHOUT:
        found.append(texts["certain"])
    if code in IMPOSSIBLE:
        found.append(texts["impossible"])
    number = int(str(params.get("priority", 0)))
    if number:
        params["words"] = priority_words(number).rstrip(".")
    limits = [
        NamedLimit(str(item["code"]), _mapping(item["params"]))  # type: ignore[arg-type]
        for item in _list(reason.get("limits"))
    ]
    params["limits"] = "; ".join(limit_words(limit) for limit in limits)
    found.append(texts[code].format(**params))
    if number and reach(number):
        found.append(texts[reach(number)].format(**params))
    return found


def otherwise(
    changes: Iterable[tuple[str, Mapping[str, int], str]],
    odds: str,
    language: str,
    priority_words: PriorityWords,
) -> list[str]:
    """
    Return what one thing different would have meant for somebody's odds, in sentences.

    ``changes`` are codes, parameters and exact odds of
    :class:`~mosty.engines.selection.what_if.Counterfactual`. Those that leave the odds
    as people read them are left out.
    """
    found = []
    for code, params, other in changes:
        if chance(other, language) == chance(odds, language):
            continue
        words: dict[str, object] = {**params, "odds": chance(other, language)}
        for name in ("first", "second"):
            if name in params:
                words[f"{name}_words"] = priority_words(params[name]).rstrip(".")
        found.append(TEXTS[language][code].format(**words))
    return found


def chance(odds: str, language: str) -> str:
    """
    Return exact odds in percent with one digit, certain ones without.

    Where that would round to certainty, ``<`` and ``>`` say that it is none.
    """
    value = Fraction(odds)
    if value in (0, 1):
        # Certainty is no rounded number.
        return _percent(str(value * 100), language)
    tenths = round(value * 1000)
    sign = ""
    if value > 0 and tenths == 0:
        sign, tenths = "< ", 1
    elif value < 1 and tenths == 1000:
        sign, tenths = "> ", 999
    whole, digit = divmod(tenths, 10)
    point = "," if language == "pl" else "."
    return _percent(f"{sign}{whole}{point}{digit}", language)


def _percent(number: str, language: str) -> str:
    """Return a share as the language sets it: "50.0%" is "50,0 %" in Polish."""
    return f"{number} %" if language == "pl" else f"{number}%"


def limit_sentence(limit: NamedLimit, language: str) -> str:
    """Return a limit as an item of a list, with the names that the input uses."""
    key = limit.code
    if key in {"must_in", "must_out"}:
        key = f"{key}_limit"
    return TEXTS[language][key].format(**limit.params)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> Sequence[Mapping[str, object]]:
    return value if isinstance(value, list) else []
