"""Words that decide whether a run of capitals is a person, an organisation or the beginning of a sentence."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HONORIFICS = _set(
    """
    mr mrs ms miss mx dr dra prof rev sr sra srta don doña dona señor señora señorita senor senora pan pani pana
    panu panią panem mgr inż inz sir madam deacon pastor father sister rabbi imam officer sgt capt cpl lt col maj chief
    alderman alderwoman panie panowie państwo panów dean principal coach chef big
    """
)
"""Titles before a name that are no part of it."""

NOT_NAMES = _set(
    """
    a about above accepted account accounts accountant activity additional address after afternoon agency ago
    all also although am among an and another any anybody anyone anything apartment apprentice apprentices
    apprenticeship apprenticeships april are area as asap assistant associate associates at attached attendant
    august autumn available ave avenue away back bakery bank base based be because been before begin below
    benefits best between blvd board both branch brewing building bus business but by call called can candidate
    candidates care cc cell center centers centre certificate chamber check chef chief city class clerk client
    clients cohort college colleague colleagues commerce community company confidential congratulations
    construction contact contract cook cooks coordinator could council county crew customer date day days dear
    december decision declined delivery department desk development did dining direct director dishwasher
    district division do does door down driver drivers drive due during each early east easter edt education
    electrician email e-mail emailed employees employer employers employment end english est estimado estimada
    estimados estimadas evening event everybody everyone executive external facility factory fall family farm
    fax february fellow few fiber field first floor folks following food foods for foreman forklift forward
    forwarded foundation freight friday friend friends from front full fund fyi general get glad go good got
    grant great greetings group growers guard guards had half hall happy has have he head health hello help
    helper her here hi hired hiring his hold holiday home hope hospital hotel hour hours house how however hr
    human i if important in inc industries information inn institute intake interview interviewed interviewing
    interviews into intro introducing introduction invoice is it its january job jobs joint july june just
    kitchen labor laborer last lead learn left let license line list little living llc location logistics logo
    looking lunch machine machinist maintenance make management manager manufacturing many march market
    marketing may maybe mechanic medical meet meeting member members mid midwest mobile monday money month
    months more morning most mr mrs ms much museum my name need needs network never new news next nice night no
    none nonprofit noon north not note nothing november now number nurse nursing october of off offer offered
    offers office officer ok okay old on once one only open opening openings operator operators or order org our
    out over overview own packer packers page park part partner partners partnership partnerships pay people per
    perhaps person phone placement plant plaza please plumber pm position positions post present president press
    prison production program programs project proposed province purchase quality question questions quick
    railroad re ready received recruiter referral referrals referred reentry regards regarding region regional
    remote reply request requested residences resource resources restaurant retail return right river road role
    room sales salon saturday school season seasonal second security see send senior sent september service
    services shall she shift shipping shop should shuttle sincerely site skilled small so social solutions some
    somebody someone sorry south spanish specialist spring square st staff staffing start started starting
    starts state status still stop store street studio subject such summer sunday supervisor supply sure take
    talent talk team tech technical technician technicians technology tel tell temp tenant terminal thank thanks
    that the their them then there these they third this those though thursday till time to today told tomorrow
    too tower town trainee trainer training transit transport transportation travel tuesday two under union unit
    university until up update upon us use used valley van various very veteran veterans via village visit voice
    volunteer wage walk want wanted wants warehouse warm was we website wednesday week welcome welder welders
    well went were west what when where whether which while who whole why will wind window winter wish with
    withdrew won work worker workers workforce works workshop would write yard yeah year years yep yes yesterday
    yet you young your yours youth zone adjunto adjunta además ademas agencia ahora al algo algunos almacén
    amigo antes aquí asunto aunque ayer ayuda bien buen buena buenas bueno buenos busca buscamos busco calle
    cada cámara camara candidata candidatas candidato candidatos centro cocina colegio como con contrató
    cordialmente creo cuando cuándo cuántos cuatro de del desde día dias días dos ella ellos empezaron empiezan
    en entonces entre era es esa ese eso esta está están este esto estos fue gente gracias grupo ha hace hasta
    hay hola hora horas hoy la las le les lista llame lo los lunes más mañana manera martes me mi miércoles mil
    mientras muchas mucho muy nada necesita necesitamos necesito ni noche nos nosotros nuestra nuestro nueva
    nuevo número o oficina otra otro para pero persona personal personas por porque pregunta presentación
    primera primero pronto próxima puede pueden puesto pues que qué quedan quién quienes quizás saludos se sea
    señor señora si sí siempre sin sobre sociedad son soy su sus tal también tarde te tenemos tengo tiene tienen
    tienda todos trabajo tres turno un una unos usted ustedes va vamos ve viernes y ya ale bardzo bo byli był
    było będzie chętnie cześć czy dla dni dobry dobrego dokąd drodzy drogi droga dwa dwie dziękuję dzień dziś
    firma godz gdy ich ile inne ja jak jako jednak jest jeszcze jeśli już każdy kto która które który ktoś lub
    ma mamy mnie może można na nad najlepiej nam nas nasz nasza nasze nie niestety nikt numer od oferta ona oni
    oraz osoba osoby osób po pod potrzebuję potrzebujemy poszukuje poszukujemy pozdrawiam pozdrowienia praca
    pracy proszę przy przyjęci są się stawka swoje szanowni szanowna szanowny szuka szukam szukamy ta tak tam
    telefon ten teraz trzy tu tylko tym u w warsztat wczoraj wszyscy wszystko wynik z za zaczynają zaczyna
    zatrudniliśmy ze że zespół zł cdl ged osha cnc hvac rv fw fwd usa ohio illinois indiana michigan wisconsin
    iowa texas california florida york jersey chicago america american americas lake lakes ridge heights grove
    hills hill forest bay beach island springs creek falls point asesor asesora empleo empleos promotor
    promotora encargado encargada gerente dueño dueña directora mgr ops vp svp ceo coo cfo submission id metra
    worksite comments desired panie panowie państwo panów dean him hers ours mine theirs nobody jefa jefe ama
    llaves rest lots plenty others sounds looks seems runs owns manages handles leads heads says said asked
    answers knows likes loves hates lives teaches drives ring ping dial try copying looping adding bringing including
    """
)
"""Words that stand in no personal name: beginnings of sentences, jobs, dates, organisations, places in general."""

MAYBE_NAMES = _set(
    """
    april may june summer autumn august will grant hope faith joy grace page park hill forest van small young
    rich drew chase mark bill art
    """
)
"""Words of NOT_NAMES that are also names: they end no name, but begin none without a second word."""

ORG_WORDS = _set(
    """
    academy agency airlines alliance apparel apartments association associates athletics auto automotive bakery
    bakers bank bar barbers bbq beverage beverages bistro boutique brands brewery brewing bros builders bus
    cabinetry cafe café cafeteria cannery caterers catering cement center centers centre chamber church clinic
    clinics coffee cold coldbrew college commission commons communities community company components concrete
    construction contracting contractors cooperative co-op corp corporation council credit creamery crane dairy
    delivery dental department diner distillery distribution distributors dock electric electrical electronics
    energy enterprises environmental equipment fabrication fabricators farm farms fasteners federation financial
    fleet flooring florist food foods forge foundation foundry freight fund furniture garage garden gardens
    gateway glass graphics greenhouse greenhouses grill grocers group guild gymnasium health healthcare
    healthworks heating holdings home homes hospital hospitality hotel hotels house hub inc incorporated
    industrial industries initiative inn institute instruments insulation insurance international kitchen
    kitchens laboratories laboratory labs label landscape landscaping laundry library limited linen lines llc
    lodge logistics lounge ltd lumber machine machining maintenance management manor manufacturing market
    markets masonry mechanical media medical metal metals metalworks mfg mill millwork mills mission motor
    motors movers museum network nurseries nursery office optical orchard orchards packaging packing painting
    paint paper parcel partners pharmacy physicians pizza pizzeria plant plastics plating plaza plumbing pork
    poultry precision press printing printers produce products program properties property pub rail railway
    ranch recycling refrigeration rehab rehabilitation rental rentals residence residences resort restaurant
    restaurants retail robotics roofing rubber salon school schools seafood security senior service services
    sheet shipyard shop smokehouse society software solar solutions spa staffing stamping steel storage store
    stores studio studios supermarket supermarkets supply systems tannery taqueria team tech technologies
    technology temps textile textiles theater theatre tile tool tooling tools trading transfer transit transport
    transportation trucking trust union university upholstery utilities ventures veterinary warehouse
    warehousing waste water welding wellness window windows winery wireworks woodwork woodworks workforce works
    workshop yards ymca birria bodega carnicería carniceria cocina constructora dulcería dulceria empresa
    empresas fábrica fabrica ferretería ferreteria florería floreria fonda hermanos hogar hostal imprenta
    jardinería jardineria jardines lavandería lavanderia limpieza mariscos mercado mueblería muebleria panadería
    panaderia pastelería pasteleria peluquería peluqueria restaurante servicios taller talleres taquería
    tintorería tintoreria tortillería tortilleria transportes zapatería zapateria biuro centrum cukiernia
    delikatesy fabryka fundacja hurtownia masarnia piekarnia przedsiębiorstwo przychodnia sklep spółka stolarnia
    szkoła szpital usługi wędliny zakład cleaners cleaning barbershop carwash jewelers jewelry opticians
    roasters outfitters growers brewers distillers interiors exteriors roofers toys pets pet travel tours taxi
    limousine express couriers courier meats eggs cakes donuts sweets candies candy chocolates noodle noodles
    ramen sushi tacos deli gourmet tavern saloon vineyards hatchery stables kennel kennels zoo aquarium cinema
    playhouse arena stadium ballpark casino suites motel hostel condos villas hospice pediatrics orthodontics
    dermatology imaging pharma biotech diagnostics dialysis hearing vision eyecare fabrics fixtures castings
    gear gears bearings valves pumps seals wire cable tube pipe screw bolt fastener dies molds molding polymers
    coatings chemicals chemical adhesives abrasives containers carton cartons box pulp cabinets doors stone
    granite marble brick block asphalt paving excavating hauling demolition salvage scrap disposal power light
    gas propane oil fuel petroleum marine boats aviation aerospace avionics automation controls sensors optics
    photonics semiconductors circuits wireless telecom broadband networks data cloud analytics digital
    interactive creative design designs advertising publishing signs films pictures productions records music
    radio television biscuit biscuits bread breads cookies snacks pasta cheese popcorn spice spices teas juice
    juices bottling canning confections confectionery uniform uniforms linens hosiery knitting weaving mattress
    bedding candles soap cosmetics beauty hair nails fitness gym yoga dance daycare preschool montessori
    childcare learning tutoring lending mortgage savings bancorp realty realtors homebuilders remodeling
    restoration drywall plastering scaffolding elevator elevators boiler boilers sprinkler locksmith alarm
    towing collision tire tires bicycle bicycles bikes scooters locomotive railcar rigging drayage cartage
    stevedoring drydock shipbuilding crate crates pallet pallets novias supermercado district conservancy
    authority parish diocese township borough port airport bureau board county preserve sanctuary wrecking
    grinding casting forging milling framing glazing binding bindery dyeing finishing coating roasting smoking
    curing trimming sewing embroidery staging drilling boring mining logging fishing fishery fisheries
    hatcheries farming gardening tailoring tailors cobblers dyers tanners millers coopers wheelers turners
    weavers potters pottery ceramics crafts artisans provisions grocery groceries pantry larder alehouse
    chophouse steakhouse grille creperie gelato patisserie bagels doughnuts burgers burger wings tamales pierogi
    kebab curry thai luncheonette dom spółdzielnia restauracja kawiarnia szwalnia drukarnia pralnia ośrodek przedszkole
    żłobek apteka gospodarstwo mleczarnia tartak lakiernia ślusarnia ciastkarnia lodziarnia pierogarnia piekarni
    stolarni
    lechería ordeña granja rancho invernadero empacadora vivero rosticería heladería cafetería gasolinera
    """
)
"""Words that make a capitalised phrase the name of an organisation."""

SPANISH_KINDS = _set(
    """
    bodega carnicería carniceria cocina constructora dulcería empresa fábrica fabrica ferretería florería fonda imprenta
    jardinería lavandería limpieza mueblería panadería panaderia pastelería peluquería restaurante taller taquería
    tintorería tortillería zapatería lechería granja hotel clínica escuela tienda empacadora heladería cafetería
    compañía
    """
)
"""What a Spanish firm is, in front of its name."""

SURNAMES = _set(
    """
    bank barber bakers banks best church cook day dock farmer garden house mills press rail waters west wells block bolt
    box gas glass guard light power stone signs spice tire doors records
    """
)
"""Words of ORG_WORDS that are common family names."""

PRODUCTS = _set(
    """
    google gmail outlook microsoft yahoo iphone ipad android samsung galaxy apple zoom teams indeed linkedin
    facebook instagram craigslist excel word linux windows dropbox docusign calendar mailchimp nextdoor monday
    cdl wioa osha cnc hvac rn lpn cna stna ged esl hr ipc usps dot tsa tanf snap va covid ceo cfo coo vp pm am
    est cst edt cdt pst us u.s usa asap fyi rsvp ps p.s tel fax cell phone servsafe navy army marines usmc usaf
    whatsapp
    """
)
"""Products, sites and abbreviations with capitals that are no employer."""

MAY_BEGIN = _set(
    """
    north south east west northern southern eastern western new old first second third great good best city
    county state united american general national central local lake lakes river hill hills park forest grove
    valley spring springs summer winter autumn fresh green golden little small young st metro royal silver star
    sun moon three two one four five six seven eight nine ten street tower bridge bay beach island creek ridge
    point harbor house home family friends food fiber road line market college school church christian saint
    nueva nuevo nowy stara polska la el los las the casa america chicago illinois ohio indiana michigan
    wisconsin iowa texas california florida york full clear quick warm living your all under
    night day morning evening big high open main direct
    """
)
"""Words of NOT_NAMES with which an organisation's name may well begin."""

ROLES = _set(
    """
    manager director coordinator supervisor owner president recruiter specialist lead liaison officer counselor
    advisor adviser coach representative administrator executive generalist partner superintendent foreman dueña
    dueño gerente encargado encargada propietario propietaria właściciel właścicielka kierownik menedżer
    dyrektor human hr resources personnel recruiting recruitment employment outreach relations engagement
    services partnerships
    """
)
"""Last words of positions and departments."""

PLACE_ENDINGS = _set(
    """
    park terrace court heights hills grove village springs falls lake river ridge creek beach island harbor
    square plaza commons crossing landing pointe estates manor woods meadows valley gardens station junction
    corners prairie township bluff bay point
    """
)
"""Last words that make two capitalised words a place unless the first is a given name."""
