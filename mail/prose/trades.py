"""The vocabulary of work: head nouns of job titles in English, and nouns that look like them."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text that blanks part."""
    return frozenset(words.split())


HEADS = word_set("""
internship apprenticeship externship
monitor
aide aid assistant technician tech clerk associate attendant mechanic cook chef host hostess waitress nurse apprentice
trainee intern representative rep specialist agent guard guide lead secretary deputy porter maid nanny barista sous
butler valet bellhop busboy busser paralegal liaison coordinator steward stewardess mate judge tutor coach architect
analyst consultant accountant sergeant captain temp dispatcher receptionist pilot crew nanny sommelier scribe
concierge custodian librarian dietitian clinician physician beautician cosmetologist esthetician therapist pharmacist
hygienist phlebotomist machinist stylist pianist teacher para paraeducator paraprofessional interpreter housekeeper
caregiver roofer plumber carpenter mason millwright wheelwright locksmith blacksmith goldsmith handyman foreman
journeyman craftsman tradesman lineman linesman fireman watchman salesman pressman doorman repairman draftsman
serviceman groundsman groundskeeper bookkeeper greenskeeper zookeeper timekeeper bartender butcher baker confectioner
fishmonger cutter detailer checker picker packer loader stocker selector driver chauffeur courier operator operative
handler sorter laborer labourer welder fitter fabricator assembler helper sander painter drywaller taper finisher
tiler glazier installer rigger sawyer machinist planer grinder buffer polisher plater molder caster forger tailor
seamstress sewer stitcher presser spotter washer dishwasher cleaner janitor sanitor sweeper server runner cashier
greeter seller merchandiser buyer planner estimator surveyor inspector auditor tester technologist programmer
developer engineer designer administrator sysadmin webmaster manager supervisor director superintendent executive
officer worker employee professional practitioner provider counselor navigator advocate caseworker trainer instructor
educator lecturer professor facilitator mentor sitter babysitter groomer walker lifeguard ranger gardener landscaper
arborist florist grower planter farmhand ranchhand fieldhand deckhand stagehand hand mover hauler trucker flagger
paver driller blaster digger excavator scaffolder ironworker steelworker boilermaker pipefitter steamfitter sheetmetal
electrician estimator hostler jockey lumper swamper expediter expeditor scheduler biller coder transcriptionist
screener sonographer radiographer optician audiologist orderly sitter doula midwife medic paramedic emt responder
teller underwriter adjuster appraiser broker realtor collector canvasser fundraiser recruiter interviewer generalist
canvasser demonstrator promoter model barber braider colorist nailtech aesthetician masseuse masseur waxer barback
bouncer usher ticketer caddie caddy fryer expo linecook prepcook grillcook pizzaiolo decorator icer mixer sheeter
scaler panner depositor slicer deboner trimmer filler capper labeler labeller palletizer bagger wrapper boxer folder
collator binder feeder offbearer tender machineman setter toolmaker moldmaker diemaker patternmaker programmer
calibrator repairer rebuilder remanufacturer refinisher upholsterer laminator conductor brakeman signalman trackman
switchman dockworker longshoreman stevedore freighthandler fueler ramper sampler crafter weaver dyer knitter spinner
cooper tanner shearer milker herder wrangler trapper proofreader editor writer copywriter reporter photographer
videographer animator illustrator stylist gaffer grip hostler tow-operator bricklayer stonemason plasterer insulator
weatherizer roofer siding gutter-installer lpn rn cna cma hha pct emt csr dsp rbt bcba pca otr pta cota slp lcsw qmap
mechanic asm bdr sdr sre qa preparer doer maker builder framer trucker porter fellow scholar cadet recruit operator's
op ops surgeon doctor actuary detective referee principal docent bailiff warden registrar roustabout attorney priest
boss umpire escort bosun chambermaid innkeeper dancer judge marshal skycap athlete busboy correspondent official dj
lmsw np vp constable dean expert coach anchor layer reader waitstaff ma csa lvn mlt rdh rrt cpa lmt cpht bmet mls dba
carhop chaplain companion
""")
GENERIC = word_set(
    "worker member hand lead staff crew person people helper employee associate professional provider temp guy folk"
)
"""Heads that name a job only together with a word before them: "crew member", "warehouse people"."""
SUFFIXES = (
    "er",
    "or",
    "ist",
    "ian",
    "man",
    "men",
    "woman",
    "women",
    "person",
    "keeper",
    "wright",
    "smith",
    "eer",
    "yst",
    "ant",
)
NOT_JOBS = word_set("""
insurer lender supplier distributor manufacturer retailer wholesaler subcontractor carrier
trade trades
number order letter summer winter quarter center partner member customer employer computer dinner offer corner paper
power water river weather shower dollar per over under other another after ever never their together rather whether
better later newsletter matter manner whatever consumer user trailer container cover sister brother mother father
daughter visitor neighbor floor door color labor error sponsor vendor competitor motor factor sector tractor donor
elevator newcomer folder october november december september major minor senior junior former prior superior interior
exterior favor flavor honor humor odor tumor rumor terror mirror chair offer transfer former latter upper lower inner
outer proper chapter character shelter filter printer scanner starter career border daughter-in-law helper-bar summer
tower flower buyer-side ladder boiler burger butter copper fiber finger gather hammer leather lumber meter liter
master banner barrier battery calendar cancer remainder reminder answer server-room super supper timer trigger
volunteer freshman freshmen sophomore layman laymen gentleman gentlemen beginner learner earner seeker job-seeker
jobseeker candidate applicant referrer owner founder president ceo cfo coo founder neighbor author ancestor creditor
investor inheritor successor predecessor resident alderman alderperson congressman senator councilman commissioner
mayor pastor father dr chairman chairperson woman man men women person persons human german roman woman-owned customer
stranger teenager youngster foreigner listener subscriber believer winner loser follower user holder stakeholder
shareholder cardholder
veteran pedestrian civilian guardian librarian-ship christian italian ukrainian russian asian indian egyptian belgian
canadian brazilian list resist exist assist consist twist wrist mist artist-in minimalist waist ist persist insist
checklist waitlist shortlist specialist-only want giant grant plant tenant restaurant important relevant significant
instant constant distant elephant participant merchant infant warrant covenant applicant defendant servant-leader
pleasant descendant consultant-fee pregnant vacant variant abundant whenever however moreover whoever wherever forever
altogether either neither whether together further farther longer sooner earlier faster easier harder bigger smaller
larger older younger newer stronger closer lighter heavier cheaper higher greater fewer wider deeper quicker remember
consider deliver enter discover recover register prefer refer infer differ suffer wonder ponder offer order cover
alter bother gather whatsoever over-the-counter career pioneer engineer-in-chief beer deer steer cheer peer volunteer
error tenor nor or for poor door indoor outdoor your our four hour flour tour sour pour contour tester-kit roster
poster cluster master disaster register semester trimester easter refresher starter-kit fundraiser-dinner mixer-event
""")
SERVICES = frozenset(
    {
        "job coach",
        "case manager",
        "job developer",
        "point person",
        "contact person",
        "go-to person",
        "career coach",
        "point of contact",
    }
)
"""People of a programme rather than of a job order, unless a wage or a number says otherwise."""
POSITIONS = word_set(
    "position positions opening openings job jobs role roles spot spots slot slots vacancy vacancies seat seats post "
    "posts req reqs requisition requisitions hire hires"
)
FIELDS = word_set("""
warehouse production entry desk service services maintenance housekeeping custodial security cleaning kitchen retail
assembly packing packaging shipping receiving administrative clerical accounting payroll nursing dietary landscaping
construction delivery dispatch center office billing laundry janitorial reception sales manufacturing welding machining
control logistics sanitation inventory picking stocking deli bakery produce daycare childcare care teaching fulfillment
it support resources hr marketing purchasing catering banquet valet grounds groundskeeping facilities transport payable
receivable trucking driving plumbing electrical carpentry roofing painting prep room store counter
""")
"""Last words of the field of a job that is named by it alone: "6 warehouse positions", "a data entry job"."""
NOT_TITLE_NEXT = word_set("""
class classes training program programs academy certificate certification license licence licenses pool list lists
work experience schedule cohort course courses school schedules shortage shortages crisis agency agencies services
service department office union license permit meeting interview interviews graduates graduate candidates candidate
applicants resume resumes people side room rooms desk station stations equipment skills test uniform uniforms pay
wages wage rates rate fair fairs scale scales status cards
""")
ACRONYMS = {
    f"{name.lower()}s": name
    for name in word_set("""
CNA RN LPN CMA HHA PCT EMT CSR DSP RBT PCA MA CSA BDR SDR PTA COTA SLP LCSW BCBA QA
""")
}
"""Plurals of short names of trades, and their singular."""
QUALITIES = word_set("""
good great reliable dependable experienced strong solid new more additional extra skilled qualified hard-working
hardworking real decent full-time part-time full parttime fulltime p/t f/t ft pt urgent immediate current open
available fresh green more steady serious motivated energetic friendly trustworthy capable entry such similar best
better own honest careful sober willing able ready right steady next proper early-morning retiring departing outgoing
interested prospective potential possible future permanent perm different young older second third fourth fifth
another kind calm cheerful outgoing punctual organized responsible
""")
"""Words before a title that say how good or how long, not what."""
COUNT_NOUNS = word_set("""
week weeks day days month months year years hour hours minute minutes dollar dollars mile miles percent people person
persons folks guys gals men women candidates candidate applicants resumes résumés names employees staff room rooms
beds bed units unit apartments site sites location locations store stores shop shops plant plants building buildings
floor floors line lines shift shifts truck trucks van vans bus buses car cars block blocks kids children students
grandchildren graduates veterans refugees vets families neighbors partners organizations orgs agencies employers
companies businesses things questions reasons ways times points emails mails calls phone numbers copies pages dates
interviews meetings visits positions openings jobs roles spots slots vacancies hires needs groups crews teams
generations languages acres square feet pounds cases pallets orders meals guests customers clients residents patients
accounts contracts projects grants rounds cohorts classes certificates stations machines tables chairs offices am pm
a.m p.m st nd rd th street ave avenue option options step steps category categories kind kinds type types piece pieces
bit lot lots minimum maximum max min other others ones one each both total tons feet gallons cents grand half quarters
plants doors evenings nights mornings weekends holidays seasons summers winters winner minutes' words lines sets pairs
copies percent% workers hands bodies heads helpers-out persons'
""")
STOP = word_set("""
a an the this that these those my your our their his her its i you he she it we they them us me him who whom whose
which what some any all both each every no not none never and or but nor so yet if then than because since while when
where why how as at by for from in into of off on onto out over to toward under up upon with without within about
above across after against along among around before behind below beneath beside between beyond down during except
near per plus through throughout till until via is are was were be been being am do does did done have has had having
can could may might must shall should will would need needs needed needing want wants wanted wanting hire hires hired
hiring seek seeks seeking sought look looks looking looked recruit recruits recruiting search searching get gets
getting got find finds finding found take takes taking took bring brings bringing brought add adds adding added fill
fills filling filled use uses using used send sends sending sent keep keeps keeping kept like likes love loves start
starts starting started pay pays paying paid train trains trained make makes making made say says said know knows knew
think thinks include includes including lose loses lost losing employ employs employed employing put puts place places
placed short ask asks asking asked request requests requesting requested require requires requiring required please
also just only even still already now currently today soon here there very really too again once always often probably
maybe perhaps about around roughly approximately least most up yes hi hello dear thanks thank let lets let's come
comes came go goes going went works worked run runs ran open opens opening-soon interested first-come one two three
four five six seven eight nine ten eleven twelve dozen couple pair few several handful bunch many various multiple
number am pm an other another else either neither including like consider considering wants urgently actively
immediately primarily mostly mainly especially especially particularly n w/ w more become becomes became are-hiring
be-hiring consist consists includes total totals i'm we're they're she's he's it's i've we've they've i'd we'd they'd
he'd she'd i'll we'll they'll you'll don't doesn't can't won't isn't aren't didn't hello good-morning good morning
afternoon evening re fw fwd subject name email attn expand expands expanding supports supporting helping helps serves
runs owns manages employs meet meets meeting met interview interviews interviewing interviewed promote promoted
promoting called named titled
""")
