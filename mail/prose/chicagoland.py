"""Place names of the Chicago region, as facts: the city's community areas and neighbourhoods, and the towns around."""

_AREAS = """
Albany Park|Andersonville|Archer Heights|Armour Square|Ashburn|Auburn Gresham|Austin|Avalon Park|Avondale|
Back of the Yards|Belmont Cragin|Beverly|Boystown|Bridgeport|Brighton Park|Bronzeville|Bucktown|Burnside|
Calumet Heights|Chatham|Chicago Lawn|Chinatown|Clearing|Cottage Grove Heights|Douglas|Dunning|East Garfield Park|
East Side|Edgebrook|Edgewater|Edison Park|Englewood|Forest Glen|Fuller Park|Fulton Market|Gage Park|Garfield Park|
Garfield Ridge|Gold Coast|Goose Island|Grand Boulevard|Grand Crossing|Greater Grand Crossing|Greektown|Hegewisch|
Hermosa|Humboldt Park|Hyde Park|Irving Park|Jefferson Park|Jackowo|Kenwood|Kelvyn Park|Lake View|Lakeview|Lawndale|
Lincoln Park|Lincoln Square|Little Italy|Little Village|Logan Square|the Loop|Lower West Side|Magnificent Mile|
Marquette Park|McKinley Park|Montclare|Morgan Park|Mount Greenwood|Mayfair|Near North Side|Near South Side|
Near West Side|Navy Pier|New City|North Center|North Lawndale|North Park|Norwood Park|Noble Square|O'Hare|Midway|
Oakland|Old Town|Pill Hill|Pilsen|Portage Park|Printers Row|Pullman|Ravenswood|River North|Riverdale|River West|
Riverwalk|Rogers Park|Roscoe Village|Roseland|Sauganash|Scottsdale|South Chicago|South Deering|South Lawndale|
South Loop|South Shore|Southeast Side|Southwest Side|Streeterville|The Loop|Ukrainian Village|Uptown|
Washington Heights|Washington Park|West Elsdon|West Englewood|West Garfield Park|West Lawn|West Loop|West Pullman|
West Ridge|West Rogers Park|West Town|Wicker Park|Woodlawn|Wrigleyville|South Side|West Side|North Side|Northwest Side|
Far South Side|Illinois Medical District|Kinzie Corridor|Stockyards|Loop|Galewood|Peterson Park|Buena Park|
Sheridan Park|East Pilsen|Heart of Chicago|Tri-Taylor|University Village|Vittum Park|West Humboldt Park|Park Manor|
Beverly Hills|Canaryville|Brainerd|Longwood Manor|Princeton Park|Jackson Park|South Works|Lake Calumet|Altgeld Gardens
"""
_TOWNS = """
Addison|Algonquin|Alsip|Antioch|Arlington Heights|Aurora|Barrington|Barrington Hills|Bartlett|Batavia|Beach Park|
Bedford Park|Beecher|Bellwood|Belvidere|Bensenville|Berkeley|Berwyn|Bloomingdale|Blue Island|Bolingbrook|Braidwood|
Bradley|Bridgeview|Broadview|Brookfield|Buffalo Grove|Burbank|Burr Ridge|Calumet City|Calumet Park|Carol Stream|
Carpentersville|Cary|Channahon|Chicago Heights|Chicago Ridge|Cicero|Clarendon Hills|Coal City|Country Club Hills|
Countryside|Crest Hill|Crestwood|Crete|Crystal Lake|Darien|Deerfield|DeKalb|Des Plaines|Dixmoor|Dolton|Downers Grove|
East Dundee|East Hazel Crest|Elburn|Elgin|Elk Grove Village|Elk Grove|Elmhurst|Elmwood Park|Elwood|Evanston|
Evergreen Park|Flossmoor|Ford Heights|Forest Park|Forest View|Fox Lake|Fox River Grove|Frankfort|Franklin Park|Geneva|
Genoa|Gilberts|Glen Ellyn|Glencoe|Glendale Heights|Glenview|Glenwood|Godley|Golf|Grayslake|Gurnee|Hainesville|
Hampshire|Hanover Park|Harvard|Harvey|Harwood Heights|Hawthorn Woods|Hazel Crest|Hebron|Hickory Hills|Highland Park|
Highwood|Hillside|Hinckley|Hinsdale|Hodgkins|Hoffman Estates|Homer Glen|Hometown|Homewood|Huntley|Indian Head Park|
Inverness|Island Lake|Itasca|Johnsburg|Joliet|Justice|Kankakee|Kenilworth|Kildeer|La Grange|LaGrange|La Grange Park|
Lake Barrington|Lake Bluff|Lake Forest|Lake in the Hills|Lake Villa|Lake Zurich|Lakemoor|Lansing|Lemont|Libertyville|
Lincolnshire|Lincolnwood|Lindenhurst|Lisle|Lockport|Lombard|Lynwood|Lyons|Manhattan|Manteno|Maple Park|Marengo|Markham|
Matteson|Maywood|McCook|McHenry|Melrose Park|Merrionette Park|Midlothian|Minooka|Mokena|Monee|Montgomery|Morris|
Morton Grove|Mount Prospect|Mt. Prospect|Mundelein|Naperville|New Lenox|Niles|Norridge|North Aurora|North Chicago|
North Riverside|Northbrook|Northfield|Northlake|Oak Brook|Oakbrook Terrace|Oak Forest|Oak Lawn|Oak Park|Olympia Fields|
Orland Hills|Orland Park|Oswego|Ottawa|Palatine|Palos Heights|Palos Hills|Palos Park|Park City|Park Forest|Park Ridge|
Peotone|Phoenix|Plainfield|Plano|Posen|Prairie View|Prospect Heights|Richmond|Richton Park|River Forest|River Grove|
Riverside|Riverwoods|Robbins|Rochelle|Rockdale|Rockford|Rolling Meadows|Romeoville|Roselle|Rosemont|Round Lake|
Round Lake Beach|Round Lake Park|Sandwich|Sauk Village|Schaumburg|Schiller Park|Shorewood|Skokie|Sleepy Hollow|
South Barrington|South Chicago Heights|South Elgin|South Holland|Spring Grove|St. Charles|Steger|Stickney|Stone Park|
Streamwood|Sugar Grove|Summit|Sycamore|Thornton|Tinley Park|University Park|Vernon Hills|Villa Park|Volo|Wadsworth|
Warrenville|Wauconda|Waukegan|Wayne|West Chicago|West Dundee|Westchester|Western Springs|Westmont|Wheaton|Wheeling|
Willow Springs|Willowbrook|Wilmette|Wilmington|Winfield|Winnetka|Winthrop Harbor|Wood Dale|Woodridge|Woodstock|Worth|
Yorkville|Zion|Chicago|Springfield|Peoria|Bloomington|Champaign|Streator|Dixon|Sterling
"""
_INDIANA = (
    "Hammond|Gary|East Chicago|Whiting|Munster|Merrillville|Crown Point|Portage|Valparaiso|Michigan City|"
    "Hobart|Dyer|Schererville|Griffith|Burns Harbor"
)
_WISCONSIN = "Kenosha|Pleasant Prairie|Racine|Beloit|Milwaukee|Janesville|Lake Geneva"


def _names(words: str) -> list[str]:
    return [name.strip() for name in words.replace("\n", "").split("|") if name.strip()]


AREAS = {name.lower(): name for name in _names(_AREAS)}
TOWNS = {name.lower(): f"{name}, IL" for name in _names(_TOWNS)}
TOWNS["cal city"] = "Calumet City, IL"
TOWNS |= {name.lower(): f"{name}, IN" for name in _names(_INDIANA)}
TOWNS |= {name.lower(): f"{name}, WI" for name in _names(_WISCONSIN)}
_ORDINARY = """
clearing|justice|golf|summit|worth|wayne|harvard|sandwich|midway|douglas|oakland|phoenix|manhattan|plano|dyer|gary|
portage|loop|riverside|countryside|hometown|burnside|austin|beverly|harvey|morris|lyons|robbins|hobart|geneva|
montgomery|richmond|frankfort|kenwood|wilmington|antioch|peoria|bloomington|sterling|dixon|genoa|cary|elwood|posen|
lansing|thornton|markham|griffith|whiting
"""
ORDINARY = frozenset(_names(_ORDINARY))
"""Names that are also words or people's names: a place only in upper case behind "in" or before a state."""
PERSONS = frozenset(
    _names(
        "wayne|gary|portage|burnside|austin|beverly|harvey|morris|lyons|robbins|hobart|kenwood|sterling|dixon|cary|"
        "elwood|griffith|douglas|dyer"
    )
)
"""Those of them that are people's names: behind a comma they may be a second person."""
