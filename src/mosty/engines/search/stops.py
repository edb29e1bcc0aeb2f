"""Words that say nothing by themselves, by language; left out of the index."""

from mosty.engines.search.words import fold


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


STOPS = {
    "pl": _folded(
        "i a o w we z ze na do dla od po pod nad przez przy za u lub oraz albo ale czy"
        " że jak jako nie to ten ta te tego tej tych tym są jest być się co który która"
        " które których którzy ich jego jej ku bez między"
    ),
    "uk": _folded(
        "і й та а о в у з із зі на до для від по під над при через за або але чи що як"
        " не це цей ця ці цього тих той є бути який яка які яких їх його її без між про"
    ),
    "et": _folded(
        "ja ning või et kui ka on oli olla ei see selle need neid mis kes kas aga oma"
        " nende tema ta nad"
    ),
    "lv": _folded(
        "un vai bet ar no uz par pie pēc pirms ir bija būt ka kā kas tas tā tie to šis"
        " šī šo ne nav arī gan viņu"
    ),
    "lt": _folded(
        "ir ar arba bet su iš į prie po prieš per dėl nuo apie yra buvo būti kad kaip"
        " kas tai tas ta tie šis ši ne taip pat jų jo jos už"
    ),
    "en": _folded(
        "a an the and or but of to in on at by for from with without as is are was were"
        " be been it its this that these those not no which who whom their his her he"
        " she they we our you your how what when where"
    ),
}
