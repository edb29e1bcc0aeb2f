"""Where what is published was published."""

PRESS = "Joint press release on the Academy's closing event, 2024"
ICC_NEWS = "Council of Europe, Intercultural Cities: news on the Academy, 2024"
PART_2 = "ODIHR: announcement of the training on good practices, part II"
PART_3 = "ODIHR: announcement of the training on partnerships, part III"
WROMIGRANT = "WroMigrant: strona roczna „w liczbach” / yearly page “in numbers”"
TERYT = "TERYT, National Official Register of the Territorial Division"
# A source is one text for every language.
ILLUSTRATIVE = "Przykład, nie z publikacji / Illustrative, not published"
