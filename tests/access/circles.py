"""Who asks for a page: the readers, one of each kind, and the circles that rules name."""

from enum import StrEnum


class Reader(StrEnum):
    """One reader of each kind. The programme is the played Academy; the city is Kraków."""

    STRANGER = "not signed in"
    ROLELESS = "signed in, without a role"
    COORDINATOR = "coordinator of the programme"
    OTHER_COORDINATOR = "coordinator of another programme"
    PARTNER = "officer of a partner of the programme"
    OUTSIDER = "partner officer of an organisation without a part"
    SECRETARIAT = "secretariat of the union that gathers"
    CITY = "contact of the city"
    OTHER_CITY = "contact of another city, Łódź"
    TRAINER = "trainer of the course"
    OTHER_TRAINER = "trainer of no course here"
    WORKER = "worker of the point's operator, in Wrocław"
    LEAD = "lead of the point"
    OTHER_WORKER = "worker of the operator that ran the point before"
    OTHER_LEAD = "lead of another point"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


Circle = frozenset[Reader]


def _circle(*readers: Reader) -> Circle:
    return frozenset(readers)


NOBODY = _circle()
EVERYBODY = frozenset(Reader)
SIGNED_IN = EVERYBODY - {Reader.STRANGER}

COORDINATOR = _circle(Reader.COORDINATOR)
# Whoever holds the role, whatever she coordinates.
COORDINATORS = COORDINATOR | {Reader.OTHER_COORDINATOR}
SECRETARIAT = _circle(Reader.SECRETARIAT)
# Who gathers the nominations of a call.
GATHERERS = COORDINATOR | SECRETARIAT
# The people of every organisation that has a part in the programme.
PARTNERS = GATHERERS | {Reader.PARTNER}
# Whoever is coordinator, partner officer or secretariat, of whatever.
PLANNERS = PARTNERS | COORDINATORS | {Reader.OUTSIDER}

CITY = _circle(Reader.CITY)
OTHER_CITY = _circle(Reader.OTHER_CITY)
CITIES = CITY | OTHER_CITY

TRAINER = _circle(Reader.TRAINER)
TRAINERS = TRAINER | {Reader.OTHER_TRAINER}
# Who delivers a course and sees all who take part.
COURSE = PARTNERS | TRAINER

WORKER = _circle(Reader.WORKER)
LEAD = _circle(Reader.LEAD)
LEADS = LEAD | {Reader.OTHER_LEAD}
POINT = WORKER | LEAD
POINTS = POINT | LEADS | {Reader.OTHER_WORKER}

AUDITOR = _circle(Reader.AUDITOR)
ADMINISTRATOR = _circle(Reader.ADMINISTRATOR)
