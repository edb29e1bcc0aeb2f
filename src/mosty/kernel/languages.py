"""The languages in which migrants and the public are spoken to; no Django."""

# Polish, English, Ukrainian, Belarusian, Russian: the languages of the point in Wrocław.
# The site as a whole speaks the first two; see mosty.ui.everyone.
EVERYONE = ("pl", "en", "uk", "be", "ru")
