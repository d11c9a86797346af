"""The vocabulary of work in Spanish and Polish: head nouns with their forms, and what may follow them in a title."""

import re

from mail.prose.trades import word_set

SPANISH_HEADS = word_set("""
auxiliar asistente ayudante chofer chófer conductor conductora operador operadora operario operaria técnico técnica
tecnico mecánico mecánica mecanico mecanica cocinero cocinera mesero mesera panadero panadera pastelero pastelera
carnicero carnicera cajero cajera repartidor repartidora jardinero jardinera soldador soldadora electricista plomero
plomera carpintero carpintera albañil pintor pintora techador techadora obrero obrera peón bodeguero almacenista
empacador empacadora empaquetador empaquetadora seleccionador cargador cargadora montacarguista maquinista tornero
costurera sastre limpiador limpiadora conserje recamarera recamarero camarista camarera camarero mucama lavaplatos
lavador lavadora planchador planchadora cuidador cuidadora niñera niñero enfermero enfermera recepcionista secretaria
secretario maestro maestra instructor instructora supervisor supervisora encargado encargada gerente guardia vigilante
vendedor vendedora dependiente representante agente cobrador contador contadora barbero barbera estilista peluquero
peluquera manicurista ensamblador ensambladora inspector inspectora preparador preparadora parrillero taquero taquera
tortillero bartender barista anfitrión anfitriona ayudanta instalador instaladora yesero tablarroquero fontanero
herrero podador sembrador cosechador aprendiz practicante pasante interno coordinador coordinadora analista
especialista programador programadora trabajador trabajadora empleado empleada personal lavacoches detallador
mudancero cortador cortadora prensista bordador surtidor surtidora despachador despachadora montador montadora
fabricador reparador colocador pizzero tapicero zapatero florista lavandera lavandero galletero chef sushero asador
abogado abogada actor actriz agricultor agrimensor ama arquitecto arquitecta artesano asesor asesora asociado asociada
auditor auditora audiólogo azafata bailarín barman bibliotecario biólogo botones buzo camarógrafo campesino campesina
capataz capellán capitán científico consejero consejera consultor consultora contralor controlador corrector corredor
corredora cosmetólogo cosmetóloga crupier custodio decano desarrollador detective dibujante diseñador diseñadora
director directora editor editora encuestador entrenador entrenadora escritor examinador farmacéutico farmacéutica
fisioterapeuta flebotomista fotógrafo fotógrafa guía hojalatero impresor ingeniero ingeniera intendente intérprete
investigador jefe jefa jornalero jornalera lector líder mecanógrafo modelo monitor monitora músico médico médica
oficial óptico paralegal paramédico piloto policía productor profesor profesora promotor promotora psicólogo psicóloga
químico radiólogo recolector recolectora redactor redactora salvavidas sargento superintendente suscriptor taquígrafo
tecnólogo tecnóloga terapeuta topógrafo traductor traductora transcriptor tutor tutora valet veterinario veterinaria
lavaloza repostero repostera vidriero cerrajero desmontador tallador pulidor
""")
SPANISH_GENERIC = word_set(
    "trabajador trabajadora empleado empleada personal obrero obrera asistente encargado encargada"
)
SPANISH_ADJECTIVES = re.compile(
    r"(?i)^(?:general(?:es)?|industrial(?:es)?|certificad[oa]s?|eléctric[oa]s?|electromecánic[oa]s?|bilingües?|"
    r"residencial(?:es)?|agrícolas?|nocturn[oa]s?|dental(?:es)?|médic[oa]s?|"
    r"escolar(?:es)?|administrativ[oa]s?|pesad[oa]s?|pequeñ[oa]s?|automotri(?:z|ces)|automotric?es|domésticos?|"
    r"domésticas?|domiciliari[oa]s?|comercial(?:es)?|diésel|diesel|"
    r"clínic[oa]s?|infantil(?:es)?|mecánic[oa]s?|contables?|sanitari[oa]s?|rápid[oa]s?|caliente|frí[oa]s?|"
    r"terminad[oa]s?|avanzad[oa]s?|jefe|líder|viales?|telefónic[oa]s?|CNC|MIG|TIG|CDL)$"
)
SPANISH_ENDINGS = re.compile(
    r"(?i)^(?!(?:mañana|semana|temporada|jornada|entrada|llegada|nada|cada|verano|mano|ahora|hermanos?|final|tal|cual|"
    r"actual)"
    r"$)[a-záéíóúñ]{3,}(?:al|ales|il|iles|ic[oa]s?|iv[oa]s?|ari[oa]s?|os[oa]|an[oa]s?|ad[oa]s?|id[oa]s?|ente|ble)$"
)
"""Endings of adjectives that tell a trade ("ingeniero civil", "secretaria ejecutiva")."""
SPANISH_STOP = word_set("""
medio tiempo turno noche día mañana tarde fin semana tiempo completo licencia experiencia lunes martes miércoles
jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto inmediato verdad confianza planta base
años edad
""")

_POLISH_STEMS = """
pomoc pomoc; inżynier inżynier; lekarz lekarz; listonosz listonosz; trener trener; projektant projektant; analityk
analityk analityc; administrator administrator; dyspozytor dyspozytor; specjalista specjalist; terapeuta terapeut;
farmaceuta farmaceut; doradca doradc; ratownik ratownik ratownic; kosmetolog kosmetolog; szklarz szklarz; pomywacz
pomywacz; glazurnik glazurnik glazurnic; koparkowy koparkow; dźwigowy dźwigow; salowa salow; spawacz spawacz; operator
operator; kierowca kierowc; magazynier magazynier; pakowacz pakowacz; kucharz kucharz; piekarz piekarz; sprzątacz
sprzątacz; sprzątaczka sprzątaczk sprzątaczek; opiekunka opiekunk opiekunek; opiekun opiekun; pomocnik pomocnik
pomocnic; elektryk elektryk elektryc; hydraulik hydraulik hydraulic; murarz murarz; dekarz dekarz; cieśla cieśl;
stolarz stolarz; lakiernik lakiernik lakiernic; malarz malarz; mechanik mechanik mechanic; monter monter; ślusarz
ślusarz; tokarz tokarz; frezer frezer; szwaczka szwaczk szwaczek; krawcowa krawcow; krawiec krawiec krawc; kelner
kelner; kelnerka kelnerk kelnerek; kasjer kasjer; kasjerka kasjerk kasjerek; recepcjonistka recepcjonistk
recepcjonistek; recepcjonista recepcjonist; księgowa księgow; pielęgniarka pielęgniark pielęgniarek; pracownik
pracownik pracownic; brygadzista brygadzist; brygadzistka brygadzistk brygadzistek; kierownik kierownik kierownic;
asystent asystent; asystentka asystentk
asystentek; technik technik technic; robotnik robotnik robotnic; ogrodnik ogrodnik ogrodnic; nauczyciel nauczyciel;
sprzedawca sprzedawc; ochroniarz ochroniarz; barman barman; cukiernik cukiernik cukiernic; rzeźnik rzeźnik rzeźnic;
glazurnik glazurnik glazurnic; tynkarz tynkarz; zbrojarz zbrojarz; betoniarz betoniarz; brukarz brukarz; blacharz
blacharz; tapicer tapicer; introligator introligator; drukarz drukarz; szlifierz szlifierz; gospodyni gospodyni
gospodyń; sprzedawczyni sprzedawczyni sprzedawczyń;
pokojówka pokojówk pokojówek; pokojowa pokojow; praczka praczk praczek; niania niani; fryzjer fryzjer; fryzjerka
fryzjerk fryzjerek; kosmetyczka kosmetyczk kosmetyczek; dostawca dostawc; kurier kurier; ładowacz ładowacz; sortowacz
sortowacz; montażysta montażyst; kontroler kontroler; inspektor inspektor; praktykant praktykant; stażysta stażyst;
uczeń uczni uczeń; praktykantka praktykantk praktykantek; kucharka kuchark kucharek; pakowaczka pakowaczk
pakowaczek; prasowaczka prasowaczk prasowaczek; barmanka barmank barmanek; ekspedientka ekspedientk ekspedientek;
bufetowa bufetow; przedszkolanka przedszkolank przedszkolanek; kierowniczka kierowniczk kierowniczek; pracownica
pracownic; instalator instalator; wykończeniowiec wykończeniow; zmywacz zmywacz;
wędliniarz wędliniarz; masarz masarz; serwisant serwisant; konserwator konserwator; dozorca dozorc; portier portier;
woźny woźn; sekretarka sekretark sekretarek; handlowiec handlow; higienistka higienistk; magister magistr;
przedstawiciel przedstawiciel; wózkowy wózkow; palacz palacz; krojczy krojcz; pracz pracz; pakowaczka pakowaczk
pakowaczek; kucharka kuchark kucharek
"""
_POLISH = {entry.split()[0]: " ".join(entry.split()[1:]) for entry in _POLISH_STEMS.split(";")}
_POLISH_ENDINGS = r"(?:a|u|em|ie|y|i|e|ą|ę|ów|om|ami|ach|zy|rzy|cy|owi|iem|ej|owie|ie|ku|im|ych)?"
POLISH_HEAD = re.compile(
    r"(?i)(?<!\w)(?:"
    + "|".join(
        rf"(?P<h{number}>(?:{'|'.join(stems.split())}){_POLISH_ENDINGS})"
        for number, stems in enumerate(_POLISH.values())
    )
    + r")(?!\w)"
)
POLISH_LEMMAS = tuple(_POLISH)
POLISH_GENERIC = word_set("pracownik pomocnik asystent asystentka robotnik kierownik opiekun opiekunka pomoc")
POLISH_EXTENSION = re.compile(
    r"(?i)^(?:[a-ząćęłńóśźż]{3,}(?:ów|ych|ego|ej|i|y|a|u|ania|enia|skich|owych|owy|owa|na|ny|ni|arki|arek)|CNC|CDL|"
    r"TIR|MIG|TIG)$"
)
POLISH_STOP = word_set("""
sezon jest są ma mają będzie może musi muszą nie też albo lub oraz dla jako który która które którzy praca pracy płaca
stawka godzinę godzina tygodniu zmiana zmiany zmianę nocna nocną dzienną pełny etat stałe roku marca kwietnia maja
czerwca lipca sierpnia września października listopada grudnia stycznia lutego poniedziałku od do za po na w z ze
teraz zaraz natychmiast najlepiej doświadczenia osoby ludzi potrzebni potrzebny potrzebna mówi zna zarabia zaczyna
zaczynają dostaje
""")

POLISH_SUFFIXES = tuple(
    (re.compile(rf"(?:{forms})$"), ending)
    for forms, ending in (
        (r"acz(?:y|a|em|e|ów|owi)?", "acz"),
        (r"aczk[aięą]|aczek", "aczka"),
        (r"stk[aięą]|stek", "stka"),
        (r"ntk[aięą]|ntek", "ntka"),
        (r"(?<=[tdrn])ork[aięą]|orek", "orka"),
        (r"arz(?:y|a|em|e|owi)?", "arz"),
        (r"ark[aięą]|arek", "arka"),
        (r"nik(?:ów|a|i|iem|owi)?|nicy", "nik"),
        (r"yk(?:ów|a|iem|owi)?|ycy", "yk"),
        (r"yst(?:ów|y|ę|a|ą)|yści", "ysta"),
        (r"ist(?:ów|y|ę|a|ą)|iści", "ista"),
        (r"ier(?:ów|a|zy|em)?", "ier"),
        (r"tor(?:ów|a|zy|em)?", "tor"),
        (r"ser(?:ów|a|zy|em)?", "ser"),
        (r"mer(?:ów|a|zy|em)?", "mer"),
        (r"ent(?:ów|a|em|ci)?", "ent"),
        (r"ant(?:ów|a|em|ci)?", "ant"),
        (r"log(?:ów|a|iem)?|lodzy", "log"),
        (r"graf(?:ów|a|em)?", "graf"),
        (r"owiec|owca|owców|owcy", "owiec"),
        (r"ow(?:ego|ych|i)", "owy"),
    )
)
"""Endings of Polish nouns for people by their work, in any case, and the ending of the nominative."""
NOT_POLISH = word_set(
    "numer spacer motor sektor traktor papier kościół ekspres dziennik wynik cennik czynnik wskaźnik kalendarz "
    "komputer "
    "kontener router skaner serwer laser monitor dokument moment element student klient pacjent budynek warsztat grant "
    "restaurant"
)
