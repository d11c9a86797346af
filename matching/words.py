"""Word tables of who is who: abbreviations, words that decide little, street kinds, places, how common words are."""

from terms.words import LEGAL_FORMS


def _table(text: str) -> dict[str, str]:
    """Lines "full: short short" to {short: full}."""
    pairs = (line.split(":") for line in text.strip().splitlines())
    return {short: full.strip() for full, shorts in pairs for short in shorts.split()}


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


LEGAL = LEGAL_FORMS | _set(
    """
    llp lllp pllc ltda bv nv spa sas sarl oy ab asa kk pty pte kg ohg se lc chartered chtd pa apc pllp ulc cic
    cio adr lld
    """
)
"""Legal forms of more countries: dropped from the core of a company's name, and compared as a small hint."""

LEGAL_PHRASES = {
    ("l", "l", "c"),
    ("s", "p", "z", "o", "o"),
    ("sp", "z", "o", "o"),
    ("sp", "z", "oo"),
    ("not", "for", "profit"),
    ("l", "p"),
}

ABBREVIATIONS = _table(
    """
    hospital: hosp hsptl
    center: ctr cntr centre cntre cent
    service: svc svcs srvc srvcs serv svce
    manufacturing: mfg manuf mfrg
    manufacturer: mfr mfgr
    international: intl int internatl
    association: assoc assn ass asscn
    associate: assocs asso
    university: univ uni
    department: dept dep
    national: natl nat
    brother: bros bro
    saint: st
    mount: mt
    fort: ft
    management: mgmt mgt mngt
    group: grp gp
    technology: tech technol
    community: comm cmty commun cmnty
    company: co coy
    development: dev devel dvlpmt
    education: ed educ
    school: sch schl
    academy: acad
    institute: inst
    laboratory: lab
    medical: med
    hlth: health
    restaurant: rest restr rst
    cafe: caffe
    construction: constr const
    engineering: engr engrg eng
    equipment: equip eqpt
    electric: elec elect
    distribution: distr dist distrib
    distributor: distrs
    transportation: transp trans transport
    logistic: log logs
    industry: ind inds indus
    product: prod prods
    enterprise: ent entp enterpr
    system: sys syst
    solution: soln solns
    government: govt gov
    county: cnty cty
    insurance: ins
    financial: finl fin
    foundation: fdn fndn found
    federation: fed
    organization: org orgn organisation
    authority: auth
    professional: prof profl
    rehabilitation: rehab
    pharmacy: pharm
    pharmaceutical: pharma pharms
    market: mkt
    marketing: mktg
    wholesale: whsl whlse
    building: bldg
    and: n
    american: amer
    general: gen
    house: hse
    home: hm
    holding: hldg hldgs
    partner: ptnr ptnrs
    investment: inv invest
    resource: res
    northwest: nw
    northeast: ne
    southwest: sw
    southeast: se
    """
)
ABBREVIATIONS["hlth"] = "health"
ABBREVIATIONS.pop("health", None)
for _risky in (
    "int",
    "ass",
    "st",
    "co",
    "dep",
    "ed",
    "rest",
    "log",
    "ent",
    "found",
    "res",
    "gp",
    "se",
    "cent",
    "comm",
    "const",
):
    ABBREVIATIONS.pop(_risky, None)
ABBREVIATIONS["st"] = "saint"
ABBREVIATIONS["comm"] = "community"

EMPTY_WORDS = _set("the and of for a an at in by to de la el los las y und et")
"""Joining words: nothing hangs on them."""

ANNOTATIONS = _set(
    """
    new old duplicate dup copy test updated inactive active closed temp temporary revised do not use
    verified unverified
    """
)
"""What people add to a name in brackets to remind themselves."""

FIELD_LABELS = _set("employer company client organization organisation name business account vendor customer")
"""Words before a colon that name the field, not the company."""

DBA_MARKS = (
    "d/b/a", "dba", "d.b.a.", "doing business as", "t/a", "trading as", "f/k/a", "fka", "formerly known as", "formerly",
    "a/k/a", "aka", "also known as", "operating as", "o/a",
)  # fmt: skip

STREET_KINDS = _set(
    """
    street st avenue ave av road rd boulevard blvd drive dr lane ln court ct place pl parkway pkwy highway hwy
    way terrace
    ter trail trl circle cir circuit cct crescent cres square sq plaza plz close grove gr parade pde
    expressway route rte
    row walk loop pike turnpike tpke
    """
)

DIRECTIONS = _set("n s e w north south east west ne nw se sw northeast northwest southeast southwest")

SIDES = _set(
    "north south east west northeast northwest southeast southwest central upper lower uptown downtown midtown"
)
"""Words that tell two sites of one organisation apart."""

NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5",
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8",
}  # fmt: skip

STATES = _table(
    """
    al: alabama
    ak: alaska
    az: arizona
    ar: arkansas
    ca: california
    co: colorado
    ct: connecticut
    de: delaware
    fl: florida
    ga: georgia
    hi: hawaii
    id: idaho
    il: illinois
    in: indiana
    ia: iowa
    ks: kansas
    ky: kentucky
    la: louisiana
    me: maine
    md: maryland
    ma: massachusetts
    mi: michigan
    mn: minnesota
    ms: mississippi
    mo: missouri
    mt: montana
    ne: nebraska
    nv: nevada
    oh: ohio
    ok: oklahoma
    or: oregon
    pa: pennsylvania
    tn: tennessee
    tx: texas
    ut: utah
    vt: vermont
    va: virginia
    wa: washington
    wi: wisconsin
    wy: wyoming
    ny: newyork
    nj: newjersey
    nh: newhampshire
    nm: newmexico
    nc: northcarolina
    nd: northdakota
    sc: southcarolina
    sd: southdakota
    ri: rhodeisland
    wv: westvirginia
    dc: districtofcolumbia
    """
)
"""Names of states in one word to their letters."""

PLACES = _set(
    """
    america usa us uk canada mexico india china europe asia africa global worldwide
    york jersey hampshire angeles francisco diego antonio orleans vegas louis paul
    chicago houston phoenix philadelphia dallas austin jacksonville columbus charlotte indianapolis seattle denver
    boston
    nashville detroit portland memphis louisville baltimore milwaukee albuquerque tucson fresno sacramento atlanta omaha
    raleigh miami oakland minneapolis tulsa tampa wichita cleveland cincinnati pittsburgh buffalo toledo newark orlando
    durham madison lincoln rochester richmond springfield aurora joliet naperville rockford peoria elgin waukegan cicero
    evanston schaumburg palatine skokie oak park lawn brook berwyn wheaton gary hammond kenosha racine london toronto
    """
) | frozenset(STATES)
"""Place words that stand in names wherever a company has a site."""

DESK_WORDS = _set("hr human career job hiring recruiting dept")
"""Words that name a desk inside a company."""

STAFFING_WORDS = _set("staffing temps personnel recruiting recruitment employment manpower peo temporaries")
"""Words in the names of agencies that send people to work at somebody else's site."""
