"""The words by which a report tells what became of people, as tables: hired, not hired, interviewed, retained, gone.

One alternative a line, English, then Spanish, then Polish; "Name" stands for a capital letter.
"""

import re

from mail.replies.verdicts import any_of

_NAME = "(?-i:[A-ZÁÉÍÓÚÑĄĆĘŁŃÓŚŹŻ])"


def _table(lines: str) -> re.Pattern[str]:
    return any_of(lines.replace("Name", _NAME))


NOT_HIRED = _table(r"""
    not (?:be )?(?:hired|hiring|selected|chosen|offered|picked|moving forward|going forward|accepted)
    not (?:be )?(?:a (?:good |great )?(?:fit|match)|to (?:move forward|hire|proceed|go)|interested)
    (?:was|were|is|are)(?:n't|n’t| not) (?:hired|selected|chosen|offered|picked|right|a (?:good |great )?(?:fit|
    ..match))
    did(?:n't|n’t| not) (?:work out|show|get|make it|make the|pass|take|hire|select|come|appear|turn up|go with)
    did(?:n't|n’t| not) (?:offer|clear|choose|pick|want|accept)
    neither(?= Name)|over(?= Name)|instead of(?= Name)|said no|(?:is|was|are|were|did|does)(?:n['’]t| not)(?= because|
    ..[.,;]|$)
    no[- ]shows?|never (?:called|came|showed|responded|answered|returned|arrived)|ghosted|unresponsive
    stopped (?:answering|responding|returning)
    failed|withdrew|backed out|rejected|declined(?: (?:the|our|it))?
    (?:do|does)(?:n't|n’t| not) work (?:for|out)
    turned (?:it|them|us|him|her|the (?:job|offer)|that) ?down|turned down
    (?:won't|won’t|will not|wouldn't|can't|can’t|cannot|could not|couldn't) (?:take|hire|move|use|offer|bring)
    (?:won't|won’t|will not|wouldn't|can't|can’t|cannot|could not|couldn't) be (?:hired|hiring)
    decided on(?! Name)|decided (?:against|to (?:go|take|stay))|chose (?:another|a different)|went elsewhere
    passed on|passing on|pass on|no offer for|but not|no to(?= Name)
    took (?:a|another) (?:different |other |better )?(?:job|offer|position)
    took (?:something|a job|work) (?:else|closer|in|at|with|elsewhere)|found (?:something|another job|other work|
    ..a job)
    (?:that(?:'s|’s| is)|it(?:'s|’s| is)|is|was) a no(?: from (?:us|them|me))?|(?:we|they|he|she) said no
    overslept|bailed|flaked|cold feet|stood us up|washed out|dropped out|fell through|screened out|ruled out
    disqualified|never (?:picked up|took|came back)
    missed (?:the|his|her|their|orientation|both|two)|changed (?:his|her|their) minds?|lost interest
    (?:was|were|is|are)(?:n't|n’t| not) (?:qualified|eligible|what (?:we|they)|for (?:us|him|her|them)|interested)
    no longer interested|decided not to|did(?:n't|n’t| not) (?:advance|qualify|impress|last|return|call|answer)
    no (?:lo|la|los|las|le|les) (?:tomaron|contrat\w+|acept\w+|seleccion\w+|quis\w+)
    no (?:fue|fueron|quedó|quedaron|pasó|pasaron|se present\w+|lleg[óo]\w*|acept\w+|vin(?:o|ieron)|acudi\w+|
    ..apareci\w+|asisti\w+)|rechaz\w+
    a Name\w+ no(?=[,.; ])|no a(?= Name)
    no (?:(?:lo|la|los|las|le|les) )?(?:pude|pudo|pudimos|pudieron|puedo|podemos) (?:contratar|tomar|aceptar|dar)\w*
    no (?:quiso|quisieron|calific\w+|sirvi\w+|se presentó)
    nie (?:został\w*|przyję\w+|przysz\w+|przesz\w+|dosta\w+|zatrudni\w+|pojawi\w+|nadaje|stawi\w+)
    odrzuc\w+|zrezygnował\w*
    nie (?:wzię\w+|zda\w+|zgłosi\w+|chcia\w+|przeszed\w+)|się nie (?:stawi\w+|zgłosi\w+|pojawi\w+|nada\w+)
""")

OPEN = _table(r"""
    (?:is|are) (?:still )?(?:thinking|deciding|considering|waiting|undecided)|has(?:n['’]t| not) (?:decided|answered)
    not (?:yet )?(?:hired|decided|started) (?:[\w ]{1,30} )?yet|not yet (?:hired|decided|started)|
    ..wants? to (?:think|know|hear)
    would like to know|sigue pensando|jeszcze (?:nie|się)|todavía no
""")
"""Of whom this is said nothing is settled."""

ENDED = _table(r"""
    last day (?:was|is|will be)|gave (?:his |her |their )?notice|(?:contract|assignment) (?:has )?ended|
    ..(?:been )?gone since
    left (?:after|on|in|the|us|for|because|work|last)|quit|resigned|gone|only lasted|lasted|walked off
    (?:was|were|been|got) (?:let go|fired|terminated|laid off|dismissed)|let (?:\w+ ){0,3}go
    no longer (?:there|works?|working|with|employed)|stopped (?:showing|coming)
    se sali(?:ó|eron)|l[oa]s? corrieron|renunció|se fue|dejó (?:el|su|de)|(?:fue |lo |la )despid\w+|
    ..ya no (?:trabaja|está)
    odsz\w+|odesz\w+|zwoln\w+|już nie pracuje
""")

RETAINED = _table(r"""
    still on (?:the|our|my|his|her|their) \w+
    still (?:there|here|employed|working|works|with|on (?:the job|board|payroll)|at|doing|going)
    day (?:30|60|90|120|180)
    passed (?:his|her|their|the) (?:[\w-]+ )?probation\w*
    (?:has|have|had)(?:n['’]t| not) missed|promoted(?= to)|(?:one|two|three|six|\d{1,2}) (?:months?|weeks?) in
    pracuj\w+ już
    retained|remains?(?: employed| there| on)|(?:has |have )?stayed|(?:is|are) still (?:in|at) (?:his|her|their|
    ..the)|going strong
    (?:made|reached|completed|finished) (?:it to )?(?:the )?(?:\d{2,3}|thirty|sixty|ninety)[ -]days?
    (?:\d{2,3}|thirty|sixty|ninety) days (?:today|yesterday|this week|in(?= |[.,])|now|for(?= Name)|as of)
    (?:is|are) employed|made it (?:to|past|through)|reached \d+|(?:hit|passed) (?:the )?\d+ days?|continues?
    sigue[n]?(?: ahí| allí| trabajando| en)?|contin[uú]an?
    (?:nadal|wciąż) (?:pracuj\w+|tam)|dalej pracuj\w+
""")

HIRED = _table(r"""
    (?:were?|was|been|got|being|is|are) (?:hired|placed|brought on|offered and accepted|taken on)
    (?:have |has |had )?(?:just )?hired|hiring(?= (?:Name|both|him|her|them))|(?:new|our) hires?|yes to(?= Name)
    reported (?:for|to) (?:his|her|their|work|duty|the|a)|is in at(?= \d)
    (?:gave|giving)(?= Name[\w'’-]+(?: Name[\w'’-]+){1,2} (?:the|a|an|our|that)(?: [\w-]+){0,3} (?:job|position|
    ..spot|role|opening|place)\b)
    offers? (?:were |was )?(?:made and )?accepted|said yes|got the (?:jobs?|offer|position)
    accepted (?:the |our |an |their |his |her )?(?:offers?|jobs?|positions?)
    (?:made|extended) offers?(?= (?:and they|that were accepted))
    (?:took|take|taking|bringing|brought|picked)(?: on)?(?= (?:Name|both|all|him|her|them))
    (?:has |have |had |['’]s |['’]ve )?(?:taken|took) on(?= (?:Name|both|all|him|her|them|two|three))|
    ..made it official with
    gave (?:him|her|them) (?:the|a) (?:job|position|spot|role|place)|keeping(?= Name)|came on as|is ours (?:as of|
    ..from)
    ones? (?:they|we|he|she|i) (?:picked|chose|hired|took|want)|got it(?=[,.;!]|$)
    (?:is|are|will be) (?:now )?(?:our|their|the) (?:new|newest)(?! (?:contact|manager|boss|owner|director))|
    ..clocked in
    (?:first|1st) (?:day|shift)(?: (?:is|was|will be))?
    started|starts?|starting|began|begins?|on ?board(?:ed|ing)?|joined|joins|placed
    went with(?! (?:a|an|another|some|somebody|someone|other|people|the other)\b)
    (?:will be |is |are )?joining(?= (?:us|the|our|them))|(?:chose|selected|going with|decided on)(?= Name)
    (?:jobs?|positions?|spots?|roles?|openings?) (?:at [\w ]{2,30} )?(?:went|goes|is going) to(?= Name)
    filled (?:\w+ ){0,4}with
    sign(?:ed|s) on(?: with)?|sign(?:ed|s) with|came (?:aboard|on board)|went to work (?:for|at|with)|kept(?= Name)
    (?:is|are|was|were|been) (?:all )?(?:now )?on (?:the|our|their|his|her|\w+['’]s) (?:payroll|line|floor|crew|team|
    ..schedule|books|clock|job)
    (?:landed|secured) (?:a|the|his|her|their) (?:job|position|spot|role)|made the (?:cut|crew|team)|got hired
    (?:had|worked|finished|completed) (?:his|her|their) first (?:day|shift|week)|first (?:day|shift) (?:was|is)
    (?:punched|clocked) in|got (?:his|her|their) (?:badge|uniform|first (?:paycheck|check))s?|now works?
    (?:is|are) (?:now )?(?:working|employed) (?:for|at|with|as)
    contrat(?:ó|aron|amos|ad[oa]s?|é)|empez(?:ó|aron)|empieza[n]?|comenz(?:ó|aron)|entr(?:ó|aron) a trabajar
    (?:has|have) been (?:with us|here|working|on the job) since|working (?:here|for us|with us) since
    aceptó|aceptaron
    se qued(?:ó|aron) (?:con|en|de|\w+:)|ya (?:trabaja[n]?|está[n]? trabajando)|ingres(?:ó|aron)|se incorpor(?:ó|aron)
    entra(?:n|rá|rán)? (?:el|la|a (?:Name|trabajar)|como|de|este|hoy|mañana)
    entr(?:ó|aron) (?:ayer|hoy|el|la|como|de|este)|firm(?:ó|aron)|consigui(?:ó|eron) (?:el|un) (?:trabajo|puesto|
    ..empleo)
    (?:le|les) (?:dieron|dimos) (?:el |la )?(?:trabajo|puesto|plaza|empleo)
    przyj(?:ął|ęła|ęli|ęliśmy|mie|muje)(?= (?:Name|dw|trz|czter|pięć|jedn|\d|pan|wszystk|ob|do pracy))|
    ..zatrudnia(?:ją)?(?= Name)
    zatrudni(?:li|ł|ła|liśmy|łem|łam|ono|on[yaei])|przyję(?:t[yaei]|li|liśmy|to)
    zaczyna(?:ją)?|zaczę(?:li|ła)|zaczął|dostał(?:a)? pracę
    dosta(?:ł|ła|li|ły) (?:etat|umowę|pracę)|podpisa(?:ł|ła|li|ły|no) umow[ęy]|pracuj(?:e|ą) od|wzi(?:ął|ęła|ęli|
    ..ęliśmy)
    rozpocz(?:ął|ęła|ęli)|został(?:a|i)? przyję\w+
""")

INTERVIEWED = _table(r"""
    (?:(?:were|was|been|have|has|had|we|they|she|he|i) )?(?:already )?interviewed
    (?:came|went|come|gone|showed up|been) (?:in )?(?:to|for) (?:the |their |an |his |her )?interviews?
    interviews? (?:done|completed|held|went)|met(?: with)?(?= Name)|met with|ride-?along|finalists?
    had (?:an? |his |her |their )?(?:\w+ )?(?:interviews?|tour|trial)|second (?:round|interview)
    entrevist(?:ó|aron|amos|é|ad[oa]s?)
    rozmow(?:a|y|ach|ę)(?: kwalifikacyjn\w+)?|po rozmowie
""")

PLANNED = _table(r"""
    will|would|going to|next (?:week|month|\w+day)|tomorrow|scheduled|could|can|should|hopes?|wants? to|to be|if
    waiting|pending|offer (?:was )?(?:made|is out|pending)|no offers?
    va a|van a|mañana|próxim\w+
    ma|będzie|będą
""")
"""Beside "hire", "start" or "interview" these make it a plan, not a report."""

PLANNED_AT_ALL = _table("could|can|should|hopes?|wants? to|to be|if|once|pending|no offers?|would|waiting")
"""Beside "starts next Monday" only these leave it open."""

DONE = _table("hired|accepted|contrat\\w+|zatrudni\\w+|interviewed")

HEADINGS = (
    ("not_hired", _table(r"""
        not (?:hired|selected|chosen|offered|a (?:good |great )?(?:fit|match))\b.*|declined|rejected|no[- ]shows?|
        ..did(?:n't|n’t| not) .*|unsuccessful
        no contratad[oa]s|rechazad[oa]s
        nie ?(?:zatrudnieni|przyjęci)|odrzuceni
    """)),
    ("ended", _table(r"left|quit|terminated|no longer .*|separated|separations?|ended|bajas|odeszli|zwolnieni")),
    ("retained", _table(r"retained|retention|still (?:there|employed|working).*|siguen|nadal pracują")),
    ("hired", _table(r"""
        employed|on (?:the |our )?payroll|filled.*|(?:our |the )?new (?:people|faces|starts?|staff)|welcome.*|
        ..who (?:starts|started|got).*
        (?:new )?hires?(?: .*)?|hired.*|placed.*|placements?.*|started|starting|offers? accepted|accepted
        contratad[oa]s|contrataciones
        zatrudnieni|przyjęci
    """)),
    ("interviewed", _table(r"interview(?:ed|s)?\b.*|entrevistad[oa]s|rozmowy")),
)  # fmt: skip
"""A heading or label above names, matched whole."""
