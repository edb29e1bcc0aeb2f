"""
The short lists of the common code list, in five languages.

Topics follow those that Kraków's point publishes. Labels stand in the order of
:data:`mosty.kernel.languages.EVERYONE`.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """One code; ``until`` is the last day on which it held."""

    kind: str
    code: str
    labels: tuple[str, str, str, str, str]
    since: date | None = None
    until: date | None = None
    sensitive: bool = False


# The Polish act on help for citizens of Ukraine began and was phased out.
UKRAINE_ACT = (date(2022, 2, 24), date(2026, 3, 4))

# fmt: off
ENTRIES = (
    Entry("channel", "in-person", ("osobiście", "in person", "особисто", "асабіста", "лично")),
    Entry("channel", "outpost", ("dyżur w bibliotece", "outpost in a library", "чергування в бібліотеці", "дзяжурства ў бібліятэцы", "дежурство в библиотеке")),
    Entry("channel", "phone", ("telefon", "phone", "телефон", "тэлефон", "телефон")),
    Entry("channel", "email", ("e-mail", "e-mail", "електронна пошта", "электронная пошта", "электронная почта")),
    Entry("channel", "viber", ("Viber", "Viber", "Viber", "Viber", "Viber")),
    Entry("channel", "messenger", ("Messenger", "Messenger", "Messenger", "Messenger", "Messenger")),
    Entry("channel", "other", ("inaczej", "another way", "інакше", "іншым чынам", "иначе")),

    Entry("topic", "stay", ("pobyt, obywatelstwo, zezwolenie na pracę", "stay, citizenship, work permit", "перебування, громадянство, дозвіл на роботу", "знаходжанне, грамадзянства, дазвол на працу", "пребывание, гражданство, разрешение на работу")),
    Entry("topic", "work", ("rynek pracy", "labour market", "ринок праці", "рынак працы", "рынок труда")),
    Entry("topic", "education", ("edukacja", "education", "освіта", "адукацыя", "образование")),
    Entry("topic", "health", ("zdrowie", "health", "здоров’я", "здароўе", "здоровье")),
    Entry("topic", "social", ("pomoc społeczna i świadczenia rodzinne", "social assistance and family benefits", "соціальна допомога та сімейні виплати", "сацыяльная дапамога і сямейныя выплаты", "социальная помощь и семейные пособия")),
    Entry("topic", "documents", ("prawo jazdy, PESEL, stan cywilny", "driving licence, PESEL, civil status", "водійські права, PESEL, цивільний стан", "кіроўчае пасведчанне, PESEL, грамадзянскі стан", "водительские права, PESEL, гражданское состояние")),
    Entry("topic", "housing", ("mieszkanie", "housing", "житло", "жыллё", "жильё")),
    Entry("topic", "courses", ("kursy", "courses", "курси", "курсы", "курсы")),
    Entry("topic", "culture", ("kultura", "culture", "культура", "культура", "культура")),
    Entry("topic", "disability", ("niepełnosprawność", "disability", "інвалідність", "інваліднасць", "инвалидность")),
    Entry("topic", "violence", ("dyskryminacja lub przemoc", "discrimination or violence", "дискримінація або насильство", "дыскрымінацыя або гвалт", "дискриминация или насилие"), sensitive=True),
    Entry("topic", "other", ("inny temat", "another topic", "інша тема", "іншая тэма", "другая тема")),

    Entry("sex", "female", ("kobieta", "woman", "жінка", "жанчына", "женщина")),
    Entry("sex", "male", ("mężczyzna", "man", "чоловік", "мужчына", "мужчина")),
    Entry("sex", "other", ("inna", "other", "інша", "іншы", "другой")),

    Entry("age_band", "0-17", ("do 17 lat", "up to 17", "до 17 років", "да 17 гадоў", "до 17 лет")),
    Entry("age_band", "18-29", ("18–29 lat", "18–29", "18–29 років", "18–29 гадоў", "18–29 лет")),
    Entry("age_band", "30-44", ("30–44 lata", "30–44", "30–44 роки", "30–44 гады", "30–44 года")),
    Entry("age_band", "45-59", ("45–59 lat", "45–59", "45–59 років", "45–59 гадоў", "45–59 лет")),
    Entry("age_band", "60-plus", ("60 lat i więcej", "60 and over", "60 років і більше", "60 гадоў і больш", "60 лет и старше")),

    Entry("legal_status", "temporary-residence", ("zezwolenie na pobyt czasowy", "temporary residence permit", "дозвіл на тимчасове проживання", "дазвол на часовае знаходжанне", "разрешение на временное пребывание")),
    Entry("legal_status", "ukraine-act", ("ustawa o pomocy obywatelom Ukrainy (UKR)", "act on help for citizens of Ukraine (UKR)", "закон про допомогу громадянам України (UKR)", "закон аб дапамозе грамадзянам Украіны (UKR)", "закон о помощи гражданам Украины (UKR)"), *UKRAINE_ACT),
    Entry("legal_status", "temporary-protection", ("ochrona czasowa", "temporary protection", "тимчасовий захист", "часовая абарона", "временная защита")),
    Entry("legal_status", "permanent-residence", ("pobyt stały", "permanent residence", "постійне проживання", "пастаяннае знаходжанне", "постоянное пребывание")),
    Entry("legal_status", "eu-long-term", ("rezydent długoterminowy UE", "EU long-term resident", "довгостроковий резидент ЄС", "доўгатэрміновы рэзідэнт ЕС", "долгосрочный резидент ЕС")),
    Entry("legal_status", "refugee", ("status uchodźcy", "refugee status", "статус біженця", "статус бежанца", "статус беженца")),
    Entry("legal_status", "subsidiary-protection", ("ochrona uzupełniająca", "subsidiary protection", "додатковий захист", "дадатковая абарона", "дополнительная защита")),
    Entry("legal_status", "humanitarian", ("zgoda na pobyt ze względów humanitarnych lub tolerowany", "humanitarian or tolerated stay", "гуманітарне або толероване перебування", "гуманітарнае або талераванае знаходжанне", "гуманитарное или толерируемое пребывание")),
    Entry("legal_status", "asylum-applicant", ("w procedurze o ochronę międzynarodową", "applicant for international protection", "у процедурі міжнародного захисту", "у працэдуры міжнароднай абароны", "в процедуре международной защиты")),
    Entry("legal_status", "visa", ("wiza lub ruch bezwizowy", "visa or visa-free stay", "віза або безвізовий режим", "віза або бязвізавы рэжым", "виза или безвизовый режим")),
    Entry("legal_status", "eu-citizen", ("obywatelstwo UE lub rodzina takiej osoby", "EU citizen or a family member of one", "громадянство ЄС або член сім’ї такої особи", "грамадзянства ЕС або член сям’і такой асобы", "гражданство ЕС или член семьи такого лица")),
    Entry("legal_status", "polish-citizen", ("obywatelstwo polskie", "Polish citizen", "польське громадянство", "польскае грамадзянства", "польское гражданство")),
    Entry("legal_status", "unregulated", ("pobyt nieuregulowany", "unregulated stay", "неврегульоване перебування", "неўрэгуляванае знаходжанне", "неурегулированное пребывание")),

    Entry("duration", "up-to-5", ("do 5 minut", "up to 5 minutes", "до 5 хвилин", "да 5 хвілін", "до 5 минут")),
    Entry("duration", "up-to-15", ("do 15 minut", "up to 15 minutes", "до 15 хвилин", "да 15 хвілін", "до 15 минут")),
    Entry("duration", "up-to-30", ("do 30 minut", "up to 30 minutes", "до 30 хвилин", "да 30 хвілін", "до 30 минут")),
    Entry("duration", "up-to-60", ("do 60 minut", "up to 60 minutes", "до 60 хвилин", "да 60 хвілін", "до 60 минут")),
    Entry("duration", "over-60", ("ponad godzinę", "over an hour", "понад годину", "больш за гадзіну", "больше часа")),

    Entry("outcome", "informed", ("udzielono informacji", "informed", "надано інформацію", "дадзена інфармацыя", "дана информация")),
    Entry("outcome", "referred", ("skierowano dalej", "referred", "направлено далі", "накіравана далей", "направлено далее")),
    Entry("outcome", "follow-up", ("ciąg dalszy nastąpi", "to be followed up", "буде продовження", "будзе працяг", "будет продолжение")),

    Entry("referral", "foreigners-office", ("urząd wojewódzki", "voivodeship office", "воєводське управління", "ваяводская ўправа", "воеводское управление")),
    Entry("referral", "city-office", ("urząd miejski", "city office", "міська управа", "гарадская ўправа", "городская администрация")),
    Entry("referral", "social-welfare", ("ośrodek pomocy społecznej", "social welfare centre", "центр соціальної допомоги", "цэнтр сацыяльнай дапамогі", "центр социальной помощи")),
    Entry("referral", "labour-office", ("urząd pracy", "labour office", "служба зайнятості", "служба занятасці", "служба занятости")),
    Entry("referral", "social-insurance", ("ZUS", "social insurance (ZUS)", "ZUS (соціальне страхування)", "ZUS (сацыяльнае страхаванне)", "ZUS (социальное страхование)")),
    Entry("referral", "health-service", ("placówka zdrowia lub NFZ", "health service or NFZ", "медичний заклад або NFZ", "медыцынская ўстанова або NFZ", "медицинское учреждение или NFZ")),
    Entry("referral", "school", ("szkoła lub przedszkole", "school or kindergarten", "школа або дитячий садок", "школа або дзіцячы сад", "школа или детский сад")),
    Entry("referral", "legal-aid", ("nieodpłatna pomoc prawna", "free legal aid", "безоплатна правова допомога", "бясплатная прававая дапамога", "бесплатная юридическая помощь")),
    Entry("referral", "ngo", ("organizacja pozarządowa", "non-governmental organisation", "громадська організація", "грамадская арганізацыя", "общественная организация")),
    Entry("referral", "police", ("policja lub prokuratura", "police or prosecutor", "поліція або прокуратура", "паліцыя або пракуратура", "полиция или прокуратура")),
    Entry("referral", "other", ("gdzie indziej", "elsewhere", "в інше місце", "у іншае месца", "в другое место")),

    Entry("funder", "city", ("miasto", "the city", "місто", "горад", "город")),
    Entry("funder", "state", ("budżet państwa", "state budget", "державний бюджет", "дзяржаўны бюджэт", "государственный бюджет")),
    Entry("funder", "eu", ("fundusze UE", "EU funds", "фонди ЄС", "фонды ЕС", "фонды ЕС")),
    Entry("funder", "international", ("organizacja międzynarodowa", "international organisation", "міжнародна організація", "міжнародная арганізацыя", "международная организация")),
    Entry("funder", "other", ("inne źródło", "another source", "інше джерело", "іншая крыніца", "другой источник")),
)
# fmt: on
