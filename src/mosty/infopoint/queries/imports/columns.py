"""Which columns a list of consultations may have, and which are never read."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from mosty.infopoint.models import Kind
from mosty.kernel.names import fold
from mosty.kernel.sheets import mapping
from mosty.kernel.sheets.mapping import Column

DAY = "day"
TOPIC = Kind.TOPIC.value
TOPICS = "topics"
INTERPRETER = "interpreter"
RETURNING = "returning"


def _column(key: str, label: object, *headers: str) -> Column:
    return Column(key, headers, required=False, label=label)  # type: ignore[arg-type]


# Names in Polish, English, Ukrainian, Belarusian and Russian; ours first, so that a
# file of single records that was taken out of Mosty is read as it is.
COLUMNS = (
    _column(
        DAY, _("Day"), "day", "dzień", "data", "data konsultacji", "data rozmowy",
        "data wizyty", "data porady", "data kontaktu", "date", "date of consultation",
        "consultation date", "день", "дата", "дата консультації", "дзень",
        "дата консультации",
    ),
    _column(
        TOPIC, _("Main topic"), "main topic", "topic", "główny temat", "temat",
        "temat główny", "temat rozmowy", "temat konsultacji", "temat porady", "zagadnienie",
        "kategoria sprawy", "primary topic", "subject", "тема", "головна тема",
        "основна тема", "асноўная тэма", "тэма", "основная тема", "главная тема",
    ),
    _column(
        TOPICS, _("Other topics"), "other topics", "topics", "inne tematy", "tematy",
        "pozostałe tematy", "dodatkowe tematy", "tematy dodatkowe", "інші теми", "теми",
        "іншыя тэмы", "тэмы", "другие темы", "темы",
    ),
    _column(
        Kind.CHANNEL, Kind.CHANNEL.label, "channel", "kanał", "kanał kontaktu",
        "forma kontaktu", "forma konsultacji", "forma porady", "sposób kontaktu",
        "rodzaj kontaktu", "form of contact", "mode of contact", "канал", "форма контакту",
        "форма контакта",
    ),
    _column(
        Kind.LANGUAGE, Kind.LANGUAGE.label, "language", "język", "język rozmowy",
        "język konsultacji", "język porady", "мова", "язык",
    ),
    _column(
        Kind.NATIONALITY, Kind.NATIONALITY.label, "nationality", "obywatelstwo",
        "narodowość", "kraj pochodzenia", "kraj", "citizenship", "country of origin",
        "country", "громадянство", "країна", "грамадзянства", "краіна", "гражданство",
        "страна",
    ),
    _column(
        Kind.SEX, Kind.SEX.label, "sex", "płeć", "gender", "стать", "пол",
    ),
    _column(
        Kind.AGE_BAND, Kind.AGE_BAND.label, "age", "wiek", "grupa wiekowa",
        "przedział wiekowy", "age band", "age group", "вік", "узрост", "возраст",
    ),
    _column(
        Kind.LEGAL_STATUS, Kind.LEGAL_STATUS.label, "legal status", "status prawny",
        "status pobytu", "status pobytowy", "podstawa pobytu", "residence status",
        "правовий статус", "прававы статус", "правовой статус",
    ),
    _column(
        Kind.DISTRICT, Kind.DISTRICT.label, "district", "dzielnica", "osiedle",
        "rejon", "район", "раён",
    ),
    _column(
        Kind.DURATION, Kind.DURATION.label, "duration", "czas trwania", "czas rozmowy",
        "długość rozmowy", "тривалість", "працягласць", "длительность",
    ),
    _column(
        Kind.OUTCOME, Kind.OUTCOME.label, "outcome", "wynik", "rezultat", "efekt",
        "sposób załatwienia", "result", "результат", "вынік",
    ),
    _column(
        Kind.REFERRAL, Kind.REFERRAL.label, "referred to", "referral", "skierowano do",
        "skierowanie", "dokąd skierowano", "направлено до", "куди направлено",
        "куда направлено", "куды накіравана",
    ),
    _column(
        Kind.FUNDER, Kind.FUNDER.label, "paid by", "funder", "finansowanie",
        "źródło finansowania", "kto płaci", "płaci", "projekt", "project", "фінансування",
        "финансирование",
    ),
    _column(
        INTERPRETER, _("Interpreter"), "interpreter", "tłumacz", "z tłumaczem",
        "udział tłumacza", "tłumaczenie", "with an interpreter", "перекладач", "перакладчык",
        "переводчик",
    ),
    _column(
        RETURNING, _("Been here before"), "been here before", "returning",
        "new or returning", "first time here?", "po raz pierwszy?", "pierwsza wizyta", "kolejna wizyta",
        "nowa czy powracająca", "nowy czy powracający", "po raz pierwszy",
        "rodzaj wizyty", "вперше", "уперше", "впервые",
    ),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
# What read() needs in order to tell the header from the titles above it.
KNOWN = mapping.known(COLUMNS)
# Without these no row can be understood.
NEEDED = (DAY, TOPIC, Kind.CHANNEL.value, Kind.LANGUAGE.value, Kind.OUTCOME.value)
# One answer may be given for all rows where the file has no such column.
FIXED = (
    Kind.CHANNEL.value,
    Kind.LANGUAGE.value,
    Kind.OUTCOME.value,
    TOPIC,
    Kind.DURATION.value,
    Kind.FUNDER.value,
)
# A column whose name has one of these words tells of a person, or is free text.
_PERSONAL = frozenset(
    fold(word)
    for word in (
        "imię", "imiona", "nazwisko", "nazwiska", "telefon", "telefonu", "tel", "komórka",
        "mail", "email", "pesel", "adres", "urodzenia", "urodzin", "paszport",
        "paszportu", "dowód", "dokument", "dokumentu", "uwagi", "uwaga", "notatka",
        "notatki", "opis", "treść", "podpis", "surname", "firstname", "lastname",
        "forename", "phone", "mobile", "address", "birth", "birthday", "passport", "note",
        "notes", "comment", "comments", "remarks", "description", "signature", "ім'я",
        "прізвище", "телефону", "пошта", "паспорт", "адреса", "народження", "імя",
        "прозвішча", "адрас", "нараджэння", "имя", "фамилия", "почта", "рождения",
        "примечание", "примітка", "заўвага",
    )
)  # fmt: skip
_NAMES = frozenset(
    fold(name)
    for name in (
        "name", "full name", "first name", "last name", "family name", "given name",
        "client", "klient", "klientka", "osoba", "клієнт", "кліент", "клиент",
    )
)  # fmt: skip


def label(key: str) -> str:
    """Return what the column ``key`` is called in the language that is active."""
    return str(BY_KEY[key].label) if key in BY_KEY else key


def is_personal(name: str) -> bool:
    """Test if a column called ``name`` tells who somebody is, or is free text."""
    folded = fold(name)
    return folded in _NAMES or not _PERSONAL.isdisjoint(folded.split())


def guess(header: Sequence[str]) -> dict[str, int]:
    """Return which columns of ``header`` are known; personal ones never are."""
    names = ["" if is_personal(name) else name for name in header]
    return mapping.guess(names, COLUMNS)
