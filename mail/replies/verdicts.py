"""The words by which an answer accepts, declines, holds or closes a referral, as tables.

One alternative a line, English, then Spanish, then Polish; case does not matter; ".." goes on with the line above.
"""

import re


def any_of(lines: str) -> re.Pattern[str]:
    """A pattern of whole words out of one alternative a line."""
    alternatives = "\n".join(filter(None, map(str.strip, lines.splitlines()))).replace("\n..", "").split("\n")
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(alternatives)})(?!\w)")


_CANNOT = (
    r"(?:can(?:'t|’t|not)|(?:am|are|were) not able to|(?:aren't|aren’t) able to|unable to|"
    r"(?:won't|won’t|will not) be able to|could(?:n't|n’t| not))"
)
_I = r"(?:i|we|i just|we just|i already|we already|i have|we have|i've|we've|i’ve|we’ve)"
_WILL = (
    r"(?:i'll|we'll|i’ll|we’ll|i will|we will|i can|we can|i'd love to|we'd love to|"
    r"i would love to|we would love to|let me|we would like to)"
)

CLOSED = any_of(r"""
    (?:(?:i|we) (?:must|have to|need to|will|can|should)|please|you can|you may|can you|go ahead and|
    ..time to) close (?:it|this|the|our|out)
    clos(?:e|ing|ed) (?:this|the|our|it)(?: (?:one|out|referral|order|request|requisition|file))?(?! \w+ (?:deal|
    ..sale))
    (?:has|have|been|is|are|was|were|got|all|both|already) filled
    filled (?:both|all|the|every|it|them|this|that|our|internally|in-house|from)
    positions? (?:is|are) (?:now )?(?:filled|closed)
    (?:jobs?|positions?|openings?|spots?) (?:is|are) (?:all )?(?:gone|taken)
    no longer (?:need|hiring|looking|recruiting|have (?:the|any) opening)\w*
    nothing (?:else )?(?:is )?open (?:now|any ?more|at)
    went with (?:a|an|another|somebody|someone)
    hired through (?:an|another|a)
    found (?:someone|somebody|people|a person|our own) (?:on our own|ourselves|elsewhere|else|through|internally|
    ..in-house)
    decided not to (?:hire|fill)
    never (?:called|answered|wrote|responded|got) (?:us |me )?back (?:\w+ ){0,6}(?:closing|close)
    closing it|beat (?:you|us|me|them|everyone) to it
    (?:spots?|jobs?|positions?|openings?|seats?) (?:at [\w&' ]{2,30} )?(?:went(?! to)|(?:are|is|were|
    ..was) (?:now )?(?:gone|taken|filled))
    (?:decided|chose|opted|going) (?:to go|to use|on|for) (?:with )?(?:a|an|another) (?:\w+ )?(?:agency|staffing|
    ..firm|company)
    (?:decided|deciding) against|(?:sold|closed|closing|shut|shutting|lost) (?:down )?(?:the|our|its|their|his|
    ..her) (?:\w+ )?(?:business|shop|plant|doors|company|store|contract|account|lease|funding)
    (?:have|has|had)? ?hired (?:our own|somebody|someone|people|one|two|three|both|a \w+) (?:through|from|via|off|
    ..on our own|ourselves|on their own|elsewhere)
    (?:have|got|has|with) (?:all )?(?:what|who|everyone|everybody|everything|enough people|the people) (?:we|i|
    ..they)? ?(?:need|needed|want)
    no (?:more )?(?:jobs|openings|positions|work) (?:any ?more|left|now|there)|hiring (?:has )?(?:stopped|ended)
    (?:take|took|taking) (?:us|our|me|them|it) off (?:the|your) list|(?:we|i|they)(?:['’]re| are) done(?= hiring|
    ..[.,!]|$)
    tak(?:e|ing|en) (?:the|this|my|our) (?:referral|introduction|lead|request|order) back|please stop (?:on|with|
    ..work|looking)
    pull(?:ed|ing)? (?:the|this|every|all|our|their|its|his) (?:\w+ )?(?:referral|jobs?|openings?|positions?|
    ..posting|order)
    (?:is|are|we're|we’re) (?:now )?fully staffed|(?:are|is|'re|’re) (?:all )?done hiring|(?:we're|we’re|
    ..we are) all set
    consider (?:the|this|it|our) (?:\w+ )?(?:concluded|closed|settled|done with)|wrap(?:ped|ping)? (?:this|it) up
    (?:won't|won’t|will not|don't|don’t|do not) (?:be )?need(?:ing)? (?:any(?:one|body)|more people) (?:else|
    ..any ?more)
    (?:no|not any) (?:further|more) (?:people|candidates|referrals|applicants|names) (?:\w+ ){0,2}(?:needed|necessary)
    off the table|(?:end|ended|wound) up (?:filling|hiring|with (?:a|an|some))|no need to send
    (?:not|\w+n['’]t|no longer) (?:going ahead|going to happen|happening|being built|opening|expanding)
    (?:won't|won’t|will not|don't|don’t|do not|no longer) (?:be )?(?:need|hir)(?:ing)?(?: (?:any(?:body|one)|
    ..people|staff)|(?=[.,;]))
    stop sending|call off the search|nothing left to fill|all (?:jobs|positions|openings|spots) (?:are )?taken
    withdr[ae]w\w* (?:the|our|its|their) (?:order|request|job|opening|posting)\w*
    (?:hiring|order|expansion|project|search) (?:is|was|has been) (?:cancell?ed|called off|scrapped)
    cancel(?:l?ed|ling|ing)? (?:the|our|this|its|their) (?:order|request|hiring|openings?|postings?|expansion|
    ..search|project)
    ya (?:cubrimos|cubrieron|llenamos|no (?:necesit|busc)\w+|está[n]? cubiert\w+)
    (?:cerramos|cerrar|cierren|cerrado) (?:este|esta|el|la)
    se cubrieron
    ya (?:tenemos|tienen) (?:a )?(?:todos|todo el personal)|ya no hay (?:vacantes|puestos|lugar)
    puestos? cubiertos?
    zamykamy|zamknąć|zamykam|można zamknąć
    obsadzon\w+|nieaktualn\w+
    już nie (?:szuka|potrzebuj)\w+
""")

DECLINED = any_of(rf"""
    (?:have|has|had|going|need|want|like) to (?:say no|pass|decline|turn (?:this|it|you) down)
    must (?:decline|pass|say no)
    say(?:ing)? no to|it's a no|it’s a no|is a no (?:from|for)|sorry,? no|a no for
    (?:we|i)(?:'ll|’ll| will) (?:have to )?(?:pass|decline|sit this one out)
    (?:sit|sitting|sat) (?:this|that|it) (?:one )?out|turn(?:ing)? (?:this|it|that|them) (?:one )?down
    (?:can['’]t|cannot|can not|won['’]t|will not) be (?:ours|mine|us|for us|of (?:any )?(?:help|use))
    (?:not|\w+n['’]t) (?:allowed|permitted|able|equipped|licensed|funded|set up) to
    (?:it['’]s|it is|that['’]s|this is|answer is|have to be) (?:a )?(?:hard |firm |polite |kind )?(?:no|
    ..pass)(?! (?:problem|trouble|one|matter))
    not (?:one|something|a job|a place|an employer|work)? ?for us|(?:look|try|ask|go) (?:elsewhere|somewhere else)
    (?:no longer|stopped|quit|not|\w+n['’]t|never) (?:do|doing|take|taking|accept|accepting|serve|serving|handle|
    ..handling|place|placing|offer|offering|run|running) (?:\w+ ){{0,3}}(?:referrals?|placements?|clients?|people|
    ..jobs|work|employers?|it|this|these|that|training)
    (?:don['’]t|can['’]t|do not|cannot) see (?:us|how|who|any|a way|anyone|anybody)
    (?:doesn['’]t|don['’]t|does not|do not|won['’]t|wouldn['’]t) (?:work|fit|match|suit|line up) (?:for |
    ..with )?(?:us|our|my|me|what we)
    (?:only|just) (?:lets?|allows?|permits?|covers?|funds?|pays? for) \w+
    (?:lack|shortage) of (?:staff|people|time|capacity|hands)|nothing (?:we|i) can (?:do|offer)
    no (?:new )?introduction (?:is |was )?(?:needed|necessary)|(?:leave|keep) (?:that|this|it) (?:one )?(?:with|
    ..to) (?:him|her|them)
    already (?:a|an|our|one of our) (?:client|customer|partner|member|employer|account)s?|(?:a|our) (?:client|
    ..customer) of ours
    (?:talk|speak|meet|work)s? (?:with (?:them|him|her) )?(?:every (?:day|week|month)|weekly|regularly|
    ..monthly) already
    respectfully decline|we decline|declin(?:e|es|ing) (?:the|this|it)|passing on
    (?<!they )(?<!he )(?<!who )(?<!it ){_CANNOT} (?:\w+ ){{0,4}}?(?:take|help|serve|accept|meet|fill|do|support|
    ..handle|cover|assist|staff|send|supply|work with)
    (?:don['’]t|do not|wouldn['’]t) (?:think|believe|feel) (?:we|i|this|it|that|they)(?:['’](?:re|m|s)| are| am| is|)
    .. (?:the|a good|a fit|something|for|right|our|able|can)
    not in a position to
    so (?:we|i) (?:can't|can’t|cannot)
    not (?:a|the right|our) (?:good |great )?(?:fit|match|lane|field)
    (?:isn't|isn’t|is not) (?:something|one|anything) we
    (?:isn't|isn’t|is not|not) for us
    have nobody|have no one (?:for|who)
    (?:nobody|no one|none) (?:left |available )?(?:to (?:send|offer|give|refer)|for (?:this|them|you))
    (?:rather|better|best|please) (?:if )?(?:you |to )?(?:gave|give|offered|offer|sent|send|passed|pass|asked|ask|try|
    ..find|take) (?:this |it |them |him |her |that )?(?:to )?(?:on to )?(?:some(?:body|one) else|another|elsewhere|
    ..an other|one of the others)
    (?:you(?:'d|’d|'re|’re| would| are)|they(?:'d|’d|'re|’re)) (?:probably )?(?:be )?better off (?:with|asking|
    ..calling|going)
    (?:better|best) (?:suited|served) (?:for|to|by|with) (?:another|some(?:body|one) else|a different)
    (?:not|isn't|isn’t|aren't|aren’t) the (?:right|best) (?:partner|place|door|shop|people|ones?|program|agency)
    wrong (?:door|tree|shop|number|people|agency|crowd)
    (?:have to|need to|going to|gonna|must|should|'ll|’ll|will) (?:leave|let|skip) (?:this|that|it) (?:one )?(?:go|be|
    ..pass|out|alone|to)
    (?:count|leave) (?:us|me) out|no can do|bow(?:ing)? out|not this (?:time|round)|hard pass
    (?:hand|give|send|toss|throw)(?:ing)? (?:this|it|that) (?:one )?back
    (?:will have to|has to|should|must|had better) go to (?:some(?:body|one)|another)
    (?:can|could) some(?:one|body) else (?:take|have|pick|cover|do)
    (?:not|isn't|isn’t|outside|out of) (?:in |of )?(?:our|my) (?:wheelhouse|ballpark|bailiwick|cup of tea|
    ..line of work)
    (?:more than|beyond what) (?:we|i) can
    (?:not|aren't|aren’t) taking (?:on )?(?:new|any|more)|no takers
    (?:i|we) (?:wish|only wish) (?:we|i) could
    (?:regret|sorry|afraid) (?:to say )?(?:that )?(?:we|i) (?:can't|can’t|cannot|won't|won’t|have to|must|are unable|
    ..don't|don’t|do not)
    no (?:nos )?damos abasto|(?:le |les )?(?:tengo|tenemos) que decir(?:le|les)? que no|(?:esta vez no|
    ..no esta vez)(?!\w)
    (?:muy|demasiado|tan|queda) lejos
    no (?:le |les |lo |la )?podemos|no vamos a poder|no podremos|no nos es posible
    tenemos que (?:decir que no|declinar|rechazar)
    no es lo nuestro|no nos toca|mejor (?:busque|busca|búscale|pídale|pregunte)\w* (?:a|en|con) otr\w+
    lamentablemente no|lamento (?:decir|informar)\w* que no|por desgracia no
    nie (?:możemy|mogę|damy rady|dam rady|jesteśmy w stanie|podejmiemy|przyjmiemy|weźmiemy|pomożemy|pomogę|podołamy)
    musimy odmówić|rezygnujemy
    za daleko|nie tym razem
    odpada|odpuszcza(?:m|my)|nie dla nas|nie nasza (?:branża|działka|bajka)|to nie u nas
    (?:proszę|niech pan\w*|lepiej) (?:szukać|zapytać|spytać|spróbować) (?:gdzie indziej|kogoś innego|u kogoś)
    niestety (?:nie|musimy)
""")

ALREADY = any_of(r"""
    (?:already|been) (?:work\w*|in touch|in contact|talking|serv\w+|partner\w*)(?: \w+){0,2} with
    already (?:serve|have a relationship with|know)
    not (?:a )?new (?:lead|employer|contact|to us)
    leave (?:it|this|that) with you
    ya (?:trabajamos|estamos en contacto|colaboramos) con|ya (?:tenemos|tengo) (?:trato|contacto|relación|convenio)
    ya (?:los|las|lo|la) (?:conocemos|atendemos)
    już (?:współpracujemy|mamy kontakt) z
""")
"""A partner that knows the employer declines the introduction."""

LACKS = re.compile(
    r"(?:\b(?i:we|i|our \w+)|\b[A-Z][\w&]+) (?i:(?:do|does|did|have|has)(?:n't|n’t| not)) "
    r"(?i:(?:currently |really |ever )?(?:offer\w*|train|teach|taught|have (?:any|anyone|anybody|a|the|enough)|"
    r"know (?:anyone|anybody|who)|do|run|serve|place|cover|work (?:with|in)|had))\b"
    r"|(?i:\b(?:we|i) (?:have|'ve got|’ve got) (?:no|nobody|no one|none|zero)\b|\bnobody (?:here|at|in|on|of)\b|"
    r"\bno (?:tenemos|contamos con|ofrecemos)\b|\bnie (?:mamy|szkolimy|prowadzimy)\b)"
)
"""A partner that says no more than what it has not."""

ON_HOLD = any_of(r"""
    on hold|put (?:\w+ ){0,3}on hold
    hold (?:everyone|everybody|everything|off|all|this|that|the|on|them|it)|holding off
    paus(?:e|ed|ing)|suspend\w*|on ice|table this
    fr[oe]ze(?:n)?|freezing|hiring freeze
    postpon\w+|delay\w*
    push(?:ed|ing)? (?:\w+ ){0,3}(?:back|out|to)
    wait (?:until|till|with|for|on)
    not (?:\w+ ){0,2}(?:until|before)
    nothing (?:\w+ ){1,7}(?:until|before)|(?:won't|won’t|can't|can’t|cannot|will not) (?:\w+ ){1,6}(?:until|before)
    until [\w ]{1,24}at the earliest|(?:don't|don’t|do not) let (?:your|the|any) (?:people|folks|clients|families)
    keep (?:them|everyone|everybody|your people) (?:warm|posted|ready|waiting)
    (?:put|place|placed|have|has|had) a (?:freeze|hold|pause|stop) on|not right now|(?:ask|check|try|call|
    ..come) (?:\w+ )?(?:again|back) (?:in|after|on|around)|circle back (?:in|after|on)
    for now|at the moment|sit tight|stand by|rescheduled|nobody starts
    moved (?:our|the|this) (?:job|start|project|opening|date)(?: date)? (?:to|back)
    pick (?:this|it|things) (?:back )?up
    esper(?:ar|amos|en|e) (?:hasta|a que)|(?:volvemos|volver) a hablar|paciencia
    en pausa|en espera|paus(?:ar|amos|ó|aron)|pospon\w+|pospuso|aplaz\w+|congel\w+|deten\w+
    por ahora|por el momento
    wstrzym\w+|zawies\w+|odłoży\w+|odkłada\w+|przesun\w+|poczeka\w+|na razie|chwilowo
""")

ACCEPTED = any_of(rf"""
    accepts? (?:the|this|your|it|that)
    accept(?:ed|ing) (?:the|this|your) (?:referral|introduction|request|lead)
    accepted(?=[.!])
    (?:we|i)(?: (?:both|all|do|will|can|gladly|happily|hereby|formally|officially|certainly|
    ..definitely)){0, 2} accept(?:ed)?(?! (?:only|applications|resumes|anyone|people|clients|women|men|veterans|
    ..youth|walk))
    (?:are|am|is|be) accepting (?:it|this|the|your)
    (?:of course|certainly)(?! not)|gladly|will do(?! (?:what|my|our|the best))|can do(?=[.,!])
    (?:(?:we|i|\w+)(?:'ll|’ll| will| can| would| can definitely| can certainly)? ?(?:gladly )?)take (?:it|this|
    ..these|them|that|both|all|the (?:referral|lead|jobs?|order)|on)
    taking (?:it|this|these|them)(?: on)?(?! (?:\w+ ){{0,2}}back)
    {_WILL} (?:gladly )?(?:help|work|handle|run with|own|follow up|reach out|get (?:started|going|on)|
    ..be in touch with|connect|try|take (?:it|this|that|these|those|them|him|her|on|over|both|all|any|some|as many|
    ..up to|(?-i:[A-Z])\w+|someone|somebody|people|care of|your|\d+|one|two|three|four|five|six|seven|eight|nine|
    ..ten|the (?:\w+ ){{0,2}}(?:referral|lead|jobs?|order|needs?|request|openings?|positions?|spots?|ones?|shift|
    ..work|people)))
    (?:it['’]s|it is|that['’]s|this is|answer is|answer['’]s|says?|saying|a big) (?:a )?(?:definite |big |firm |
    ..clear |easy |solid |loud )?(?:yes|go|thumbs up)(?! (?:or|if))
    (?:ok|okay|fine|good|works|all right|alright) (?:with|by|for) (?:us|me)(?! (?:if|but))
    good to go|let['’]s (?:do (?:it|this)|go for it|roll|make it happen|get (?:going|started))|
    ..on ?board(?= with (?:this|it)|\W*$)|look no further
    (?:count|consider|put|sign|deal|write) (?:us|me) (?:in|up|down|on)
    (?:we(?:['’]re| are)|i(?:['’]m| am)) (?:very |definitely |certainly |really |quite )?interested(?! (?:to know|
    ..in knowing|but))
    (?:right )?(?:in|up|down) (?:our|my) (?:lane|alley|street)|our (?:lane|sweet spot|specialty|bread and butter)|
    ..what we do(?= best|[.,!]|$)
    (?:made|perfect|ideal|great|tailor-made) for (?:us|our)|(?:fits?|suits?|matches) (?:us|our|my|with our|
    ..into our)(?! but)
    welcome the (?:chance|opportunity)|natural (?:fit|match)
    {_WILL} (?:call|contact|e-?mail|write|phone|ring|visit|meet(?: with)?|see|talk to|speak (?:to|with))
    .. (?!you\b|what\b|if\b|whether\b|how\b|who\b|about\b|again\b)\w+
    {_I} (?:left (?:\w+ ){{1,4}}(?:message|voicemail)|reached out|called|contacted|e-?mailed|spoke|spoken|talked|
    ..been in touch|scheduled|set up (?:a|an|the|our|my|time|something))
    already (?:spoke|called|talked|reached out|e-?mailed)
    (?:i|we)(?:'m|’m| am|'re|’re| are)? ?calling \w+ (?:today|tomorrow|now|this)
    (?:glad|happy|pleased|delighted|excited|thrilled|honou?red) to
    ..(?! (?:hear|see|know|learn|read|report|say|tell|inform|announce|share|let|note|confirm that|
    ..have heard))
    (?:our|my) pleasure|with pleasure
    (?:i|we) have (?:a|an) (?:call|meeting|appointment|visit|tour)
    has? an appointment|have an appointment
    con placer
    z przyjemnością
    sure thing|sign us up|count (?:us|me) in|you can count on us|absolutely
    send (?:him|her|them|it|this|those) (?:over|along|my way|our way)
    we(?:'re|’re| are) game
    (?:we're|we’re|we are|i'm|i am|i’m) (?:in|on it|on this|all over)
    (?:this is )?(?:right )?up our alley|this is (?:our lane|ours|for us)
    (?:great|good|perfect|excellent) (?:fit|match|timing)
    we have (?:\w+ ){{0,3}}(?:people|candidates|clients|folks|graduates) (?:ready|for|who)
    consider it (?:done|accepted|ours)
    yes,? (?:we|i|please|gladly|absolutely|of course|send|put us down)
    leave (?:it|this|them|him|her) (?:with|to) (?:us|me)|put (?:us|me) down (?:for|as)|has (?:our|
    ..my) name (?:all over|on) it
    (?:right )?in (?:our|my) wheelhouse|by all means|you bet|done deal|i(?:'ve|’ve)? got this
    (?:it's|it’s|that's|that’s|this one's|this one’s) (?:ours|mine)
    (?:we|i)(?:'ll|’ll| will| can) (?:gladly |happily |certainly |definitely )?(?:grab|cover|supply|fill|handle|
    ..manage|staff|do|run with|own|pick up) (?:it|this|these|them|that|both|all|the|\d+|two|three|four|five|six|
    ..seven|eight|nine|ten)
    (?:assigned|given|handed) (?:it|this|that|them|the \w+) to (?:our|my) \w+
    will be your (?:point person|contact|case manager)
    (?:lo|la|los|las) (?:aceptamos|tomamos|atendemos)|aceptamos|aceptado
    (?:les|le|los|las|lo|la|te) (?:ayudamos|apoyamos|recibimos|atenderemos|ayudaremos)|por supuesto|desde luego
    nos interesa|cuent(?:a|e|en) conmigo|estamos de acuerdo
    con (?:mucho )?gusto|nos encargamos|cuent(?:a|e|en) con nosotros|sí,? (?:podemos|claro|con)|claro que sí|
    ..de acuerdo
    podemos (?:atender|ayudar|tomar)
    nos ocupamos|nosotros (?:lo|la|los|las) (?:vemos|tomamos|atendemos)|déj(?:a|e|en)(?:lo|la|los|
    ..las) en nuestras manos
    con todo gusto|adelante
    przyjmujemy|przyjmuję|przyjmiemy|bierzemy|weźmiemy|zajmiemy się|zajmę się|zajmujemy się|pomożemy|zgadzamy się
    akceptujemy|podejmujemy się|oczywiście(?=,? (?:że|pomo|weź|przyj|bierz|zaj|tak))|jesteśmy zainteresowani
    chętnie (?:pomożemy|weźmiemy|przyjmiemy|się)
    tak,? (?:weźmiemy|bierzemy|możemy|chętnie)
    bior(?:ę|emy) (?:to|ich|go|ją|wszystkich)|podejm(?:ę|iemy) się|jasne,? (?:że|bierzemy)
""")

UNDECIDED = any_of(r"""
    too (?:early|soon) to (?:say|tell)|can(?:'t|’t|not) (?:say|promise|commit|tell|answer) (?:yet|now|anything|before|
    ..until)
    depends on|before (?:i|we) (?:can )?(?:say|commit|answer|decide)|need (?:a few |some |a bit )?more (?:details|
    ..information|info|time)|(?:we|i) might|on the fence|leaning (?:toward|to)
    (?:not|\w+n['’]t) (?:decided|sure) (?:yet|if|whether)|will (?:then )?(?:decide|know more)
    (?:let|tell|write) (?:\w+ )?(?:know )?(?:\w+ ){0,2}(?:if|whether) (?:we|i|\w+) (?:can|could|will|have|take)
    (?:need|have) to (?:ask|check|think|look|talk (?:to|with) (?:my|our|the))|give me (?:a|until|till)
    (?:déjame|déjeme|tengo que) (?:ver|preguntar|consultar)|todavía no sé|no sé (?:si|todavía)
    (?:muszę|musimy) (?:zapytać|sprawdzić|się zastanowić)|dam znać,? czy|jeszcze nie wiem
""")
"""A call is planned or the mail was seen, but nothing is said yet."""

APOLOGY = any_of(r"""
    sorry(?! (?:for|about|to hear|to bother|i missed|i'm late))|afraid|unfortunately|regret\w*|alas
    lo siento|lamento|lamentablemente|disculp\w+
    niestety|przykro|przepraszam
""")
"""In a partner's short answer that says nothing else: a refusal in kind words."""

ACKNOWLEDGED = any_of(r"""
    got it|received|thanks for (?:the|sending|this|thinking)
    will (?:review|look (?:at|into)|take a look|get back)|looking into|let me (?:check|look|see)
    recibido|lo reviso|déjame ver
    otrzymał\w+|dziękuję za|sprawdzę
""")

IN_PROGRESS = any_of(r"""
    pick(?:ing|ed)? (?:it |this |things |right )?(?:back )?up where|resum(?:e|ed|ing)(?! (?:to|for|attached))|
    ..off hold|back on(?= track|[.,!])|(?:runs?|running|started|starting|hiring) again|(?:is|are) back(?= [.,!]|
    ..[.,!])
    (?:r[ée]sum[ée]s?|names|people|candidates|applications) (?:go|went|are going|are on their way|were sent) (?:to|
    ..over|out)
    retom\w+|reanud\w+|wznawia\w+
    interview\w*|tour\w*|visited|met with|screening
    candidates? (?:are|is|were)
    sent (?:\w+ ){0,3}(?:people|candidates|names|resumes|résumés)
    no (?:offers?|decision|hires?) (?:yet|to|on)
    working on|in the pipeline|waiting (?:on|for|to hear)
    entrevist\w+
    rozmow\w+|w trakcie
""")

SHARED = any_of(r"""
    shared placement|joint placement|log the shared
    share(?:d)? (?:the )?(?:credit|placement)|split the credit|credited too|as shared
    both (?:of (?:us|our)|our|count|get|offices|organi[sz]ations|agencies)|both \w+ it|for both of us
    credit (?:to|for|goes)|counts? for (?:both|you and)
    (?:and|&) \w+ (?:both|each) (?:count|get|share)
    compartid[ao]
    wspóln\w+ (?:zatrudnieni\w+|skierowani\w+)
""")
"""A placement of which two organisations are to have the credit."""
