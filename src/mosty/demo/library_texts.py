"""
Practices of the demo. Everything in them is made up, and their titles say so.

Each text keeps the limits of the template; a test counts the words.
"""

NEIGHBOURS = {
    "title": "Poranki sąsiedzkie w bibliotece (przykład)",
    "summary": (
        "W soboty rano filia biblioteki staje się miejscem, w którym nowi i dawni mieszkańcy "
        "dzielnicy piją razem herbatę, czytają dzieciom w dwóch językach i załatwiają "
        "drobne sprawy. Pomaga dwoje bibliotekarzy, asystentka międzykulturowa i troje "
        "wolontariuszy. Nie ma zapisów ani list obecności. Po roku na jeden poranek "
        "przychodzi przeciętnie trzydzieści osób, a połowa z nich wraca co najmniej trzy "
        "razy. Sąsiedzi zaczęli sami prowadzić zajęcia: od szycia po naprawę rowerów. "
        "Wszystkie liczby w tym opisie są przykładem i nie pochodzą z żadnego miasta."
    ),
    "issue": (
        "W dzielnicy zamieszkało w krótkim czasie wiele rodzin z Ukrainy i Białorusi. "
        "Spotykały się z pomocą, ale prawie nie spotykały sąsiadów: kontakt kończył się na "
        "klatce schodowej. Szkoła i przychodnia zgłaszały nieporozumienia, które brały się z "
        "tego, że nikt nikogo nie znał. Istniejące kursy języka nie rozwiązywały problemu, "
        "bo uczestniczyli w nich tylko przyjezdni. Chcieliśmy miejsca, do którego można "
        "przyjść bez zapisu i bez powodu, w którym nikt nie jest ani klientem, ani "
        "prowadzącym. Celem było, aby po roku co najmniej połowa uczestników znała z imienia "
        "pięcioro sąsiadów z innego kraju, a przynajmniej czworo mieszkańców prowadziło "
        "własne, regularne zajęcia dla innych."
    ),
    "how": (
        "Poranki trwają od dziesiątej do trzynastej w każdą sobotę oprócz wakacji. Biblioteka "
        "udostępnia czytelnię i kącik dziecięcy, miasto opłaca asystentkę międzykulturową na "
        "cztery godziny. O dziesiątej trzydzieści zaczyna się czytanie bajki po polsku i w "
        "jednym z języków uczestników; tłumaczą rodzice. Przy drugim stole wolontariusz "
        "pomaga przeczytać pismo ze szkoły lub przychodni, ale niczego nie wypełnia. Raz w "
        "miesiącu ktoś z sąsiadów prowadzi warsztat. Zapraszamy plakatami w pięciu językach "
        "i przez szkoły, nigdy przez urzędowe listy adresowe."
    ),
    "results": (
        "W pierwszym roku odbyło się czterdzieści poranków, przeciętnie z trzydziestoma "
        "uczestnikami, z których dwie piąte mieszka w dzielnicy od urodzenia. Dziewięcioro "
        "sąsiadów poprowadziło własne warsztaty. W ankiecie, którą wypełniło sto dziesięć "
        "osób, sześć na dziesięć zna już pięcioro sąsiadów z innego kraju. Szkoła zgłosiła "
        "mniej nieodebranych pism, a biblioteka zapisała dwustu nowych czytelników. Nie "
        "udało się przyciągnąć mężczyzn pracujących w soboty, dlatego próbujemy spotkań w "
        "niedziele i wieczorami w tygodniu. Wszystkie te liczby są przykładem."
    ),
    "evaluation": "Ankieta po roku i rozmowy z dwunastoma osobami, bez udziału prowadzących.",
    "beneficiaries": "Około czterystu mieszkańców dzielnicy rocznie, w tym sto czterdzieścioro dzieci.",
    "funding": "Czterdzieści tysięcy złotych rocznie z budżetu miasta, głównie asystentka i herbata.",
}
SCHOOL = {
    "title": "Pierwszy dzień w szkole krok po kroku (przykład)",
    "summary": (
        "Rodzina, która zapisuje dziecko do szkoły w ciągu roku, dostaje opiekuna na pierwszy "
        "miesiąc: rodzica z tej samej szkoły, który przeszedł krótkie szkolenie. Razem "
        "oglądają szkołę, poznają wychowawczynię, dowiadują się, co spakować i do kogo "
        "dzwonić. Szkoła ma kartę z dziesięcioma krokami w sześciu językach. Po dwóch latach "
        "działa tak dziewięć szkół, a dzieci rzadziej zmieniają szkołę w pierwszym półroczu. "
        "Opis i wszystkie liczby są przykładem przygotowanym na potrzeby tej demonstracji, a nie "
        "danymi miasta."
    ),
    "issue": (
        "Dzieci przychodziły do szkoły w środku roku, często z dnia na dzień. Sekretariat "
        "miał dokumenty, wychowawczyni dowiadywała się rano, a rodzice nie wiedzieli, czym są "
        "dziennik elektroniczny, świetlica i zielona szkoła. Pierwsze tygodnie decydowały, czy "
        "dziecko zostanie: co piąte zmieniało szkołę przed końcem półrocza. Pomoc zależała od "
        "tego, czy ktoś akurat znał język. Chcieliśmy, żeby każda rodzina, niezależnie od "
        "miesiąca i języka, przeszła przez te same kroki z kimś, kto zna szkołę od środka. "
        "Celem było zmniejszenie o połowę liczby przeniesień i to, żeby każda rodzina w ciągu "
        "dwóch tygodni poznała wychowawczynię i wiedziała, do "
        "kogo dzwonić w razie kłopotów albo zwykłych pytań."
    ),
    "how": (
        "Szkoła prosi rodziców z każdej klasy, żeby jedno z nich zostało opiekunem. Miasto "
        "prowadzi trzygodzinne szkolenie: czym jest opieka, a czym nie jest, jak rozmawiać "
        "przez tłumacza i gdzie odesłać dalej. Gdy rodzina zapisuje dziecko, sekretariat "
        "wysyła wiadomość do opiekuna, a rodzinie daje kartę. W pierwszym tygodniu opiekun "
        "oprowadza po szkole, w drugim idzie z rodziną na rozmowę z wychowawczynią, po "
        "miesiącu dzwoni. Opiekunowie spotykają się co dwa miesiące z psycholożką. Nikt nie "
        "zapisuje, o czym rozmawiali."
    ),
    "results": (
        "W dziewięciu szkołach opiekę dostało w dwa lata sto osiemdziesiąt rodzin. W pierwszym "
        "półroczu szkołę zmieniło co dziesiąte dziecko, a nie co piąte jak wcześniej. Osiem na "
        "dziesięć rodzin poznało wychowawczynię w ciągu dwóch tygodni. Karta z krokami okazała "
        "się przydatna także dla rodzin przeprowadzających się z innych polskich miast. Trudno "
        "jest utrzymać opiekunów dłużej niż rok; pomaga wspólna kolacja i list od dyrekcji. "
        "Wszystkie podane tu liczby są przykładem, niczego nie dowodzą i służą tylko pokazaniu "
        "formularza."
    ),
    "evaluation": "",
    "beneficiaries": "Rodziny zapisujące dziecko w ciągu roku: dziewięćdziesiąt rocznie, oraz ich wychowawczynie.",
    "funding": "Szkolenia i druk: dwanaście tysięcy złotych rocznie. Opiekunowie działają społecznie.",
}
FLAT = {
    "title": "Umowa najmu przeczytana na głos (przykład)",
    "summary": (
        "Raz w tygodniu w domu kultury prawniczka i tłumaczka czytają z chętnymi ich umowy "
        "najmu, zanim zostaną podpisane. Nie dają porad indywidualnych ani nie piszą pism: "
        "objaśniają, co znaczy każdy punkt, i mówią, o co warto zapytać właściciela. "
        "Przychodzą najemcy i, coraz częściej, właściciele. Po półtora roku przeczytano sto "
        "sześćdziesiąt umów, a lista najczęstszych pułapek stała się ulotką w czterech "
        "językach. Opis jest wymyślony, podobnie jak wszystkie liczby, i służy wyłącznie jako "
        "przykład w tej demonstracji."
    ),
    "issue": (
        "W małym mieście mieszkań na wynajem jest niewiele, a umowy bywają przepisywane z "
        "internetu. Nowi mieszkańcy podpisywali je bez zrozumienia, bo bali się stracić "
        "mieszkanie. Później okazywało się, że kaucja nie wraca, że nie wolno się zameldować "
        "albo że czynsz rośnie co miesiąc. Właściciele z kolei nie wiedzieli, co wolno im "
        "wpisać. Pomoc prawna była dostępna dopiero, gdy spór już trwał. Chcieliśmy działać "
        "przed podpisem i bez stawania po jednej ze stron. Celem było, żeby co najmniej sto "
        "umów rocznie zostało przeczytanych przed podpisaniem i żeby połowa z nich została po "
        "rozmowie poprawiona, a właściciele sami zaczęli pytać o dobry wzór."
    ),
    "how": (
        "W każdą środę po południu przy dużym stole siada prawniczka z miejskiego punktu "
        "pomocy oraz tłumaczka. Kto przyjdzie, kładzie umowę, a prowadzące czytają ją na głos, "
        "punkt po punkcie, po polsku i w języku najemcy. Inni słuchają i uczą się na cudzych "
        "umowach; nazwiska i adresy zasłania się wcześniej kartką. Pytania do właściciela "
        "zapisuje najemca sam. Raz na kwartał zapraszamy właścicieli na spotkanie o dobrej "
        "umowie. Nikt nie prowadzi rejestru, liczymy tylko umowy i języki."
    ),
    "results": (
        "Przez osiemnaście miesięcy przeczytano sto sześćdziesiąt umów w czterech językach, z "
        "czego dziewięćdziesiąt przed podpisaniem. W sześćdziesięciu przypadkach najemcy "
        "wrócili powiedzieć, że umowa została poprawiona, najczęściej w sprawie kaucji. Na "
        "spotkania przyszło czterdziestu właścicieli, a dwunastu przyjęło wzór umowy miasta. "
        "Nie udało się dotrzeć do pracowników mieszkających w kwaterach, którzy umów nie "
        "dostają wcale. To jest przykład: liczby nie pochodzą z żadnego badania ani z żadnego "
        "prawdziwego miasta w Polsce ani w żadnym innym kraju."
    ),
    "evaluation": "",
    "beneficiaries": "Najemcy i właściciele mieszkań, około dwustu osób rocznie.",
    "funding": "Osiemset złotych miesięcznie: tłumaczka. Prawniczka pracuje w ramach punktu pomocy.",
}
SPORT = {
    "title": "Drużyna podwórkowa (przykład)",
    "summary": "Szkic: trener i dwoje rodziców zapraszają dzieci z okolicy na boisko szkolne.",
}
