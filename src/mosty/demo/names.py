"""What fictional people are called, and what they are by profession. Needs no Django."""

WOMEN = (
    "Agata", "Alicja", "Aneta", "Beata", "Dominika", "Edyta", "Ewelina", "Hanna", "Iwona",
    "Izabela", "Joanna", "Justyna", "Kamila", "Kinga", "Lena", "Magdalena", "Marta", "Monika",
    "Natalia", "Olga", "Paulina", "Renata", "Sylwia", "Urszula", "Weronika", "Żaneta",
)  # fmt: skip
MEN = (
    "Adam", "Bartosz", "Cezary", "Dawid", "Filip", "Grzegorz", "Hubert", "Jakub", "Kacper",
    "Łukasz", "Marcin", "Norbert", "Oskar", "Paweł", "Radosław", "Sebastian", "Tomasz",
)  # fmt: skip
FAMILIES = (
    "Adamczyk", "Bąk", "Chmiel", "Czarny", "Dąb", "Dudek", "Gajda", "Głowacz", "Górny",
    "Jabłoń", "Jeż", "Kalina", "Kania", "Klon", "Kłos", "Kowal", "Krawiec", "Kruk", "Kurek",
    "Leśny", "Lis", "Łąka", "Maj", "Malina", "Mazur", "Młynarz", "Mróz", "Nowak", "Olcha",
    "Pająk", "Pawlik", "Pióro", "Polak", "Rak", "Rogala", "Róg", "Sęk", "Sikora", "Skiba",
    "Słowik", "Sosna", "Szczypior", "Śliwa", "Świerk", "Topola", "Urban", "Wierzba", "Wilk",
    "Wrona", "Wróbel", "Zając", "Zięba", "Żak", "Żuraw",
)  # fmt: skip
POSITIONS = {
    "education": "główny specjalista w wydziale edukacji",
    "culture": "inspektor w wydziale kultury",
    "social_policy": "główny specjalista do spraw polityki społecznej",
    "ngo": "pełnomocnik do spraw organizacji pozarządowych",
    "information": "specjalista w biurze prasowym",
    "equality": "koordynator do spraw równego traktowania",
    "police": "starszy inspektor straży miejskiej",
    "assistant": "asystent międzykulturowy",
    "social_work": "starszy pracownik socjalny",
    "other": "kierownik zespołu do spraw integracji",
}
