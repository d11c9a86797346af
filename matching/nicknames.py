"""Given names that are one: short forms, and the same name in English, Spanish, Polish and their neighbours."""

from functools import lru_cache

GROUPS = """
abigail abby gail
abraham abe abram
albert al bert alberto
alejandro alexander alex alec sandy alexandre aleksander alessandro ale olek
alejandra alexandra alex sandra lexi sandy aleksandra ola alessandra
alfred al fred alfredo
alicia alice ala
amanda mandy
andrew andy drew andres andrzej andre andreas
angela angie angelica
ann anne anna annie nancy ana anya ania hannah
anthony tony antonio antoni antoine toni
antonia toni tonia
arthur art artur arturo
barbara barb babs basia
beatrice bea beatriz trixie
benjamin ben benny benji benjamin beniamin
bernard bernie bernardo
bradley brad
calvin cal
cameron cam
carol caroline carolyn carrie carolina karolina
catherine cathy kate katie cat kathy kitty kit katherine kathryn kathleen kat catalina katarzyna kasia caterina
charles charlie chuck chas carlos karol carl karl
charlotte lottie
christina chris tina chrissy cristina krystyna
christine chris tina chrissy
christopher chris kit topher cristobal krzysztof
clarence clare
clifford cliff
cynthia cindy
daniel dan danny
daniela danielle dani
david dave davey dawid
deborah deb debbie debra
dennis denny
diana diane di
dolores lola
donald don donnie
dorothy dot dottie dorota
douglas doug
edward ed eddie ted ned eduardo edek teddy
edwin ed eddie
elaine lainie
eleanor ellie nora nell
elizabeth liz beth betty eliza lisa lizzie betsy bess libby elisabeth elzbieta ela isabel isabella bella elsie
emily em emma emilia
enrique henry henri henryk hank harry enrico
ernest ernie ernesto
esther hester
eugene gene eugenio
eve eva ewa
fernando nando
florence flo
frances fran francie francesca francisca
francis frank fran francisco paco pancho franciszek frankie
franklin frank
frederick fred freddie rick federico fryderyk
gabriel gabe
gabriela gaby gabi gabrielle
george jorge jerzy georgie
gerald gerry jerry gerard
gertrude trudy gert
gilbert gil
gloria glo
gregory greg gregorio grzegorz
guadalupe lupe
guillermo william will bill billy willy memo wilhelm wilfred liam willie
harold hal harry
harriet hattie
helen nell ellen helena
herbert herb bert
hubert bert hugh
ignacio nacho
irene rena
isaac ike
jack john jacky
jacob jake jakub jacobo kuba
jacqueline jackie
james jim jimmy jamie jaime santiago diego jimmie
janet jan
janice jan
jason jay
jean jeanne jeannie
jeffrey jeff geoffrey geoff
jennifer jen jenny jenn
jeremiah jerry jeremy
jerome jerry
jesus chuy
jessica jess jessie
jesse jess
joan joanie joanna joanne jo asia
john jack johnny jon juan jan juanito giovanni jean janek ivan johnathan jonathan
jonathan jon nathan
joseph joe joey jose jozef pepe giuseppe
josephine jo josie
joshua josh
judith judy judi
julia julie julita
kenneth ken kenny
kimberly kim
kristin kris kristen kristina kirsten
laura laurie lora
lawrence larry laurence lorenzo
leonard leo len lenny
leroy lee roy
lillian lily lil
louis lou luis louie ludwik
louise lou luisa lulu
lucas luke lukasz luca
lucia lucy lucille
lynn linda lyn
magdalena magda maggie lena
malgorzata margaret maggie meg peggy marge margie gosia margarita greta peg rita
marjorie margie marge
mark marc marco marcos marek marcus
martha marty marta patty
martin marty marcin
mary maria molly polly marie mae maryam marysia miriam mamie
matthew matt mateo mateusz mathew
matilda tilly mattie
maximilian max maxwell
megan meg
melissa missy mel lissa
michael mike mick mickey miguel michal micah mikey mikhail
michelle shelly michele
mildred millie
mitchell mitch
mohammed muhammad mohamed mohammad muhammed mo
monica monika
nathaniel nathan nate nat
natalie nat natalia natasha
nicholas nick nicky nicolas mikolaj nico
nicole nikki nicky
norman norm
oliver ollie
olivia liv livvy
pamela pam
patricia pat patty tricia trish patrycja
patrick pat paddy patricio patryk
paul pablo pawel paulo
paula pauline paulina
peter pete pedro piotr pietro
philip phil felipe phillip filip
phyllis phyl
rachel rae raquel
ralph rafe raul
randall randy
raymond ray ramon raimundo
rebecca becky becca
regina gina reggie
reginald reggie reg
richard rick dick rich ricky ricardo richie ryszard
robert bob rob bobby robbie roberto bert
roberta bobbie robbie
roderick rod
rodney rod
roger rog rogelio
ronald ron ronnie
rosa rose rosie rosemary rosario
rudolph rudy
russell russ
samantha sam
samuel sam sammy
sarah sally sara sadie
sebastian seb bastian
sharon shari
sophia sophie zofia sofia zosia
stanley stan stanislaw
stephanie steph stefanie
stephen steve steven esteban stefan stevie szczepan
susan sue suzy susie suzanne susanna susana zuzanna
sylvia sylvie
teresa terry tess tessa theresa terri
theodore ted teddy theo
thomas tom tommy tomas tomasz
timothy tim timmy
tobias toby
valerie val
vanessa nessa
veronica ronnie roni weronika
victor vic wiktor
victoria vicky tori vickie
vincent vince vinny vicente wincenty
virginia ginny
vivian viv
walter walt wally
wendy gwendolyn gwen
wesley wes
xavier javier
yolanda yoli
zachary zach zack zak
""".strip().splitlines()


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(GROUPS):
        for name in line.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def same_given_name(a: str, b: str) -> bool:
    """Whether two given names, in folded spelling, may be one person's: "bob" and "robert", "jan" and "john"."""
    return a == b or bool(groups_of(a) & groups_of(b))


def groups_of(name: str) -> frozenset[int]:
    """The numbers of the groups that a name is in."""
    return _groups().get(name, frozenset())


def head(name: str) -> str:
    """One name for a group, for keys: the first of the first group this name is in, else itself."""
    numbers = _groups().get(name)
    return GROUPS[min(numbers)].split()[0] if numbers else name
