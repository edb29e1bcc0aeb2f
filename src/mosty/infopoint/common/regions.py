"""
In which region of the world a country lies, as the United Nations count them.

Source: UN M49, "Geographic Regions". Names of regions are CLDR's, as for countries.
"""

from functools import cache

from babel import Locale

# Stateless people, and whose citizenship nobody knows: of no region.
NOWHERE = "none"
# Our name -> its number in M49.
REGIONS = {
    "africa": "002",
    "americas": "019",
    "asia": "142",
    "europe": "150",
    "oceania": "009",
}
NOWHERES_NAME = {
    "pl": "bez regionu",
    "en": "no region",
    "uk": "без регіону",
    "be": "без рэгіёна",
    "ru": "без региона",
}

# Those of countries that are no more, and Kosovo (which M49 does not list), stand with
# their neighbours.
_COUNTRIES = {
    "africa": """
        ago bdi ben bfa bwa caf civ cmr cod cog com cpv dji dza egy eri esh eth gab gha gin
        gmb gnb gnq ken lbr lby lso mar mdg mli moz mrt mus mwi myt nam ner nga reu rwa sdn
        sen shn sle som ssd stp swz syc tcd tgo tun tza uga zaf zar zmb zwe
    """,
    "americas": """
        abw aia arg atg bes bhs blm blz bmu bol bra brb can chl col cri cub cuw cym dma
        dom ecu flk glp grd grl gtm guf guy hnd hti jam kna lca maf mex msr mtq nic pan per
        pri pry slv spm sur sxm tca tto ury usa vct ven vgb vir
    """,
    "asia": """
        afg are arm aze bgd bhr brn btn bur chn cyp geo hkg idn ind irn irq isr jor jpn kaz kgz
        khm kor kwt lao lbn lka mac mdv mmr mng mys npl omn pak phl prk pse qat sau sgp syr
        tha tjk tkm tls tmp tur twn uzb vnm yem ymd
    """,
    "europe": """
        ala alb and aut bel bgr bih blr che cze ddr deu dnk esp est fin fra fro fxx gbr ggy
        gib grc hrv hun imn irl isl ita jey lie ltu lux lva mco mda mkd mlt mne nld nor pol
        prt rou rus sjm smr srb svk svn swe ukr vat xkk
    """,
    "oceania": """
        asm aus cck cok cxr fji fsm gum kir mhl mnp ncl nfk niu nru nzl pcn plw png pyf slb
        tkl ton tuv vut wlf wsm
    """,
}
_REGION = {
    country: region
    for region, countries in _COUNTRIES.items()
    for country in countries.split()
}


def region_of(country: str) -> str:
    """Return the region of a country's code, or :data:`NOWHERE`."""
    return _REGION.get(country, NOWHERE)


@cache
def region_names(language: str) -> dict[str, str]:
    """Return the names of all regions, :data:`NOWHERE`'s too."""
    known = Locale(language).territories
    return {region: known[number] for region, number in REGIONS.items()} | {
        NOWHERE: NOWHERES_NAME.get(language, NOWHERES_NAME["en"])
    }
