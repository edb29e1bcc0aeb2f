"""
Endings that inflection adds, by language, written without marks.

A dictionary knows a word's base form, but not of a word typed without marks, of a name
or of a new word, and of two possible base forms it gives one: so the ending is taken
off as well. Inflection only: a training and a trainer stay two things.
"""

LANGUAGES = ("pl", "uk", "et", "lv", "lt", "en")
# What must be left of a word.
SHORTEST = 4


def _sorted(endings: str) -> tuple[str, ...]:
    return tuple(sorted(endings.split(), key=lambda ending: (-len(ending), ending)))


_ENDINGS = {
    "pl": _sorted(
        "iami ami iach ach iom om iow ow iowi owi iem em iego ego iemu emu ymi imi"
        " ych ich iej ej ie ia iu io a e i o u y ym im"
    ),
    # й and ї stand as и and і: what folding makes of them.
    "uk": _sorted(
        "ями ами ах ях ам ям ів ев ові еві єві ом ем єм ою ею єю ого ього ому ьому"
        " ими іми их іх ии іи ім им оі еі а я у ю і о е є и ь ію ією іями іях ія іі"
    ),
    "et": _sorted(
        "idele dele tele idest dest test ideks deks teks idesse desse tesse ides des"
        " tes idega dega tega ideta deta teta ideni deni teni dena tena idelt delt"
        " telt idel del tel sse st ga ta le lt l s ks ni na d t de te id i a e u ed"
        " ude use ust usi used usele usega"
    ),
    "lv": _sorted("iem ais ies am as ai ei em im um us os is es a e i u o s"),
    "lt": _sorted(
        "iams ams oms ioms ems ims ums iais ais omis iomis emis imis iuose uose ose"
        " iose ese yse iaus aus iui ui iu u io o ias as is ys us ai iai es e a ia os"
        " ios i y ai uje oje ioje eje yje iai ei iaus"
    ),
    "en": _sorted("ings ing ied ies ed es s e y"),
}


def stem(folded: str, language: str) -> str:
    """Return ``folded`` without its ending in ``language``, and without a doubled end."""
    for ending in _ENDINGS.get(language, ()):
        if folded.endswith(ending) and len(folded) - len(ending) >= SHORTEST:
            folded = folded[: -len(ending)]
            break
    # Estonian cases stand behind the vowel of the genitive.
    if language == "et" and len(folded) > SHORTEST and folded[-1] in "aeiu":
        folded = folded[:-1]
    if len(folded) > SHORTEST and folded[-1] == folded[-2]:
        return folded[:-1]
    return folded
