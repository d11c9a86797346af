"""Word lists of job titles: endings that don't matter, words to leave as they are, short forms, words without
meaning."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SUFFIXES = tuple(
    (
        "izations ization ational ations ation ements ement ments ment ingly ings ing ists ist ers er ors or ies ied "
        "ions ion ians ian als al ics ic ives ive ables able ed es ly y s e"
    ).split()
)
"""Endings, longest first."""

KEPT = _set("gas bus news lens nurse plus cna hha lpn rn cdl hvac sales physics optics its us pos sas aws ios")

STOP_WORDS = _set(
    """
    a an and any are as at be been but by can could do does each etc for from had has have he her his i if in into is
    it its me more most must my no not of on one other our own she so some such than that the their them then there
    these they this those to up us was we were what when which who will with would you your all also am may
    y o de del la el los las en con para por un una al su sus que se
    oraz lub na z ze w od po dla przy
    """
)

JOINTS = _set("of for in at with to and de del en con para por w na do od dla przy")
"""Behind these a title says of what or where: the word before is its head."""

SHORT_FORMS = {
    "tech": "technician",
    "techs": "technicians",
    "mgr": "manager",
    "mgmt": "management",
    "asst": "assistant",
    "assoc": "associate",
    "rep": "representative",
    "reps": "representatives",
    "admin": "administrative",
    "supv": "supervisor",
    "supvr": "supervisor",
    "coord": "coordinator",
    "spec": "specialist",
    "engr": "engineer",
    "maint": "maintenance",
    "mech": "mechanic",
    "opr": "operator",
    "oper": "operator",
    "acct": "accounting",
    "mfg": "manufacturing",
    "prod": "production",
    "whse": "warehouse",
    "cust": "customer",
    "svc": "service",
    "svcs": "services",
    "dept": "department",
    "sr": "senior",
    "jr": "junior",
    "vp": "vice president",
    "hr": "human resources",
    "qa": "quality assurance",
    "qc": "quality control",
    "ot": "occupational therapy",
    "pt": "physical therapy",
    "er": "emergency room",
    "elec": "electrical",
    "const": "construction",
    "lic": "licensed",
    "cert": "certified",
    "emt": "emt emergency medical technician",
    "cna": "cna certified nursing assistant",
    "hha": "hha home health aide",
    "lpn": "lpn licensed practical nurse",
    "rn": "rn registered nurse",
    "cdl": "cdl commercial truck driver",
    "pca": "pca personal care aide",
}
"""Short forms as mails and lists have them, written out; an abbreviation that is a title itself stays beside its
words."""
