"""Industries as partners and mails name them, brought to NAICS sectors and subsectors (2022 codes, two or three
digits)."""

import re
from collections.abc import Iterable
from functools import lru_cache

_NAMES: tuple[tuple[str, str], ...] = (
    ("11", "agriculture; farming; farm; greenhouse; nursery growers; forestry; agricultura; rolnictwo"),
    ("22", "utilities; electric utility; gas utility; power company; water utility"),
    ("23", "construction; building trades; contractor; contractors; roofing; construcción; budownictwo"),
    ("31", "manufacturing; manufacturer; factory; plant; production; manufactura; fábrica; produkcja"),
    ("311", "food manufacturing; food production; food processing; bakery; meat packing; food plant; piekarnia"),
    ("312", "beverage manufacturing; brewery; bottling; distillery"),
    ("315", "apparel; garment; clothing manufacturing; sewing shop"),
    ("321", "wood products; pallets; millwork; lumber"),
    ("322", "paper; packaging; corrugated; box plant"),
    ("323", "printing; print shop; label printing; imprenta; drukarnia"),
    ("325", "chemical manufacturing; pharmaceutical manufacturing; cosmetics manufacturing; paint manufacturing"),
    ("326", "plastics; injection molding; rubber"),
    ("332", "metal fabrication; machine shop; fabricated metal; fasteners; tool and die; stamping; welding shop"),
    ("333", "machinery manufacturing; equipment manufacturing"),
    ("334", "electronics manufacturing; electronics; instruments; circuit boards"),
    ("336", "automotive manufacturing; auto parts; railcar; aerospace; ev manufacturing"),
    ("337", "furniture; cabinets; cabinet shop"),
    ("42", "wholesale; distributor; wholesale trade; wholesale grocery"),
    ("44", "retail; store; stores; shop; supermarket; grocery; tienda; sklep"),
    ("48", "transportation; trucking; transportation and logistics; logistics; transit; school bus; airport; freight"),
    ("493", "warehousing; warehouse; distribution center; fulfillment center; almacén; magazyn"),
    ("51", "information; telecommunications; media; publishing; broadcasting; software publisher"),
    ("52", "finance; banking; bank; credit union; insurance; financial services"),
    ("53", "real estate; property management; apartments; rental"),
    ("541", "professional services; engineering firm; law firm; accounting firm; consulting"),
    ("5415", "information technology; it services; software; cybersecurity firm; tech company"),
    ("55", "headquarters; holding company"),
    ("561", "business services; office services"),
    ("5613", "staffing; staffing agency; temp agency; employment agency"),
    ("5614", "call center; contact center; collections"),
    ("5616", "security; security services; guard services; alarm services"),
    ("5617", "building services; janitorial; cleaning; landscaping; pest control; lawn care"),
    ("562", "waste management; recycling; environmental services; remediation"),
    ("61", "education; school; schools; college; university; training provider"),
    ("62", "healthcare; health care; hospital; clinic; medical; dental office; salud; opieka zdrowotna"),
    ("623", "senior living; nursing home; assisted living; home care; skilled nursing; memory care"),
    ("624", "child care; daycare; social services; early childhood; social assistance"),
    ("71", "arts; entertainment; recreation; arts and entertainment; parks and recreation; museum; fitness; casino"),
    ("721", "hospitality; hotel; hotels; lodging; resort"),
    ("722", "food service; restaurant; restaurants; catering; café; kitchen; restaurante; restauracja"),
    ("811", "auto repair; repair shop; collision repair; body shop"),
    ("812", "personal services; salon; barbershop; laundry services; laundry; dry cleaning; pet care; funeral home"),
    ("92", "government; public sector; city department; public works; municipality"),
)
_MIXED = frozenset({"54", "56", "81"})
_CODE = re.compile(r"^\s*(\d{2,6})\b")
_WORDS: dict[str, str] = {name.strip(): code for code, names in _NAMES for name in names.split(";")}
_FIND = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)) + r")\b")


@lru_cache(maxsize=8192)
def industry_of(name: str) -> str:
    """NAICS code of two to four digits for a code or a name as partners write it, "" where it is unknown."""
    code = _CODE.match(name)
    if code:
        return code.group(1)[: 4 if code.group(1)[:2] in _MIXED else 3]
    low = name.lower().strip()
    if low in _WORDS:
        return _WORDS[low]
    found = _FIND.search(low)
    return _WORDS[found.group(1)] if found else ""


@lru_cache(maxsize=1024)
def industries_in(text: str) -> frozenset[str]:
    """NAICS codes of the industries that a text (an employer's overview, its name) speaks of."""
    return frozenset(_WORDS[name] for name in _FIND.findall(text[:3000].lower()))


def shared(asked: Iterable[str], served: Iterable[str]) -> float:
    """How near two sets of industries are: the same subsector 1, the same sector 0.6, none 0.

    Sectors that hold unlike things (guards and gardeners are both 56) count only by the subsector.
    """
    best = 0.0
    for one in asked:
        for other in served:
            if one == other:
                return 1.0
            if _sector(one) == _sector(other) and one[:2] not in _MIXED:
                best = 0.6
    return best


def _sector(code: str) -> str:
    """Manufacturing is 31 to 33, retail 44 and 45, transportation 48 and 49."""
    two = code[:2]
    return {"32": "31", "33": "31", "45": "44", "49": "48"}.get(two, two)
