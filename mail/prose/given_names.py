"""Common given names of the people who write and are written about: English, Spanish, Polish and others.

General knowledge (the frequent names of censuses and civil registers), folded: lower case, without accents. A name that
is missing here is still read where a list, a header or a phone number shows that it is one.
"""

_ENGLISH = """
aaron abby abel abigail abraham ada adam adrian adrienne agnes aidan aisha alan albert alec alex alexa alexander
alexandra alexis alfred alice alicia alisha alison allan allen allison alvin alyssa amanda amber amelia amos amy
andre andrea andrew andy angel angela angelica angie anita ann anna anne annette annie anthony antoine antonia
antonio april ariana ariel arlene arnold arthur asa asher ashley aubrey audrey austin autumn ava avery barbara barry
bart beatrice becky belinda ben benjamin bennett bernadette bernard bernice bert bertha bertrand beth bethany betsy
betty beverly bill billie billy blake blanche bob bobby bonnie brad bradley brady brandi brandon brandy breanna
brenda brendan brent brett brian briana bridget brittany brooke bruce bryan bryant bryce bryson caitlin caleb calvin
cameron camille candace candice cara carl carla carlton carmen carol carole caroline carolyn carrie carson carter
casey cassandra catherine cathy cecil cecilia cedric celia chad chandra charlene charles charlie charlotte chase
chelsea cheryl chester chet chloe chris christian christina christine christopher christy cindy claire clara
clarence clark claude claudia clay clayton cliff clifford clint clinton clyde cody cole colin colleen collin connie
connor constance corey corinne cornelius cory courtney craig crystal curt curtis cynthia daisy dale dallas damon dan
dana daniel danielle danny daphne darius darla darlene darnell darrell darren darryl dave david dawn dean deandre
deanna debbie deborah debra dee deidre delia della delores denis denise dennis denny derek derrick deshawn desiree
desmond destiny devin devon dewayne dexter diana diane dianne dick dolores dominic dominique don donald donna donnie
dora doreen doris dorothy doug douglas drew duane dustin dwayne dwight dylan earl earnest ebony ed eddie edgar edith
edmund edna eduardo edward edwin eileen elaine eleanor eli elias elijah elizabeth ella ellen elliot elliott ellis
elmer eloise elsie elton elvin emily emma emmanuel eric erica erick erik erika erin ernest ernestine esther ethan
ethel eugene eunice eva evan eve evelyn everett faith fannie faye felicia felix fern florence floyd frances francis
frank franklin fred freda freddie frederick gabriel gail garrett gary gavin gayle gena gene geneva geoffrey george
georgia gerald geraldine gerard gertrude gilbert gina ginger gladys glen glenda glenn gloria gordon grace grady
graham grant greg gregory greta gretchen guy gwen gwendolyn hailey hal hannah harlan harold harriet harrison harry
harvey hattie hazel heather hector heidi helen henrietta henry herbert herman hilda hillary holly homer hope horace
howard hugh hunter ian ida imani ina ingrid ira irene iris irma irv irving isaac isabel isaiah ivan jack jackie
jackson jaclyn jacob jacqueline jada jade jaime jake jalen jamal james jamie jan jana jane janelle janet janice
janine jared jasmine jason jasper jay jayla jean jeanette jeanne jeff jeffery jeffrey jenna jennie jennifer jenny
jerald jeremiah jeremy jermaine jerome jerry jesse jessica jessie jewel jill jillian jim jimmie jimmy jo joan joann
joanna joanne jocelyn jodi jodie jody joe joel joey john johnathan johnnie johnny jolene jon jonah jonathan jordan
joseph josephine josh joshua joy joyce juanita judith judy julia julian julie june justin justine kaitlyn kara karen
kari karl karla kate katelyn katherine kathleen kathryn kathy katie katrina kay kayla keisha keith kelly kelsey
kelvin ken kendall kendra kenneth kenny kent kerry kevin keyshawn kiara kim kimberly kirk krista kristen kristin
kristina kristy kurt kyle ladonna lakeisha lakisha lamar lamont lana lance landon larissa larry lashonda latasha
latisha latonya latoya latrice laura lauren laurence laurie laverne lawrence leah lee leigh lela leland lena leo
leon leona leonard leroy leslie lester leticia levi lewis liam lila lillian lillie linda lindsay lindsey lionel lisa
lloyd logan lois lola lonnie lora loren lorena loretta lori lorraine louis louise lowell lucas lucille lucy luke
lula lydia lyle lynette lynn mabel mack mackenzie macy maddie madeline madison mae maggie malcolm malik mallory
mamie mandy marc marcella marcia marcus margaret margarita margie margo marguerite marian marianne marie marilyn
marion marisa marjorie mark marlene marlon marquis marquita marsha marshall martha martin marty marv marvin mary
mason mateo matt matthew mattie maureen maurice max maxine maya megan meghan melanie melba melinda melissa melody
melvin mercedes meredith micah michael michaela micheal michele michelle mike mildred miles millie milton mindy
minnie miranda miriam misty mitchell molly mona monica monique morgan morris moses muriel myra myrna myron myrtle
nadia nadine nancy naomi natalie natasha nate nathan nathaniel neal ned neil nellie nelson nettie nia nicholas nick
nicole nina noah noel nolan nora norma norman octavia odessa olive oliver olivia ollie omar opal ora oren orlando
orville oscar otis owen paige pam pamela pat patrice patricia patrick patsy patti patty paul paula paulette pauline
pearl peggy penny percy perry pete peter phil philip phillip phoebe phyllis porter preston priscilla quentin quincy
quinn rachael rachel ralph ramona randall randi randolph randy rashad rashida raven ray raymond reba rebecca reggie
regina reginald rene renee rex rhonda rich richard rick rickey ricky riley rita rob robbie robert roberta robin
robyn rochelle rod roderick rodney roger roland roman ron ronald ronda ronnie roosevelt rory rosa rosalie rosalind
rose roseanne rosemarie rosemary rosie ross roxanne roy ruben ruby rudolph rudy rufus russell rusty ruth ruthanne
ryan sabrina sadie sally sam samantha samuel sandra sandy sara sarah sasha saul savannah scott sean sebastian seth
shana shane shanice shaniqua shannon sharon shaun shawn shawna sheena sheila shelby sheldon shelia shelley shelly
sheri sherman sherri sherrie sherry sheryl shirley sidney sierra silas simon simone skylar sonia sonja sonya sophia
sophie spencer stacey stacy stan stanley stefan stella stephanie stephen sterling steve steven stewart stuart stu
sue summer susan susie suzanne sybil sydney sylvester sylvia tabitha tamara tameka tami tamika tammi tammy tamsin
tania tanisha tanya tara tasha taylor ted teddy terence teresa teri terrance terrell terrence terri terry tessa
thaddeus thelma theo theodore theresa thomas tia tiffany tim timothy tina toby todd tom tommie tommy toni tony tonya
tori tracey traci tracy travis trent trevor trevon trey tricia trina trisha trish troy tyler tyrell tyrese tyrone
tyson ursula valerie vanessa vaughn velma vera vernon veronica vicki vickie vicky victor victoria vince vincent
viola violet virgil virginia vivian wade wallace walt walter wanda warren wayne wendell wendy wes wesley whitney
wilbert wilbur will willard william willie willis wilma wilson winifred winston woodrow wyatt xavier yolanda yvette
yvonne zachary zack zoe borys bartek kasia zosia tomek marysia krzys pawelek wiktor wiktoria oliwia maja hubert
norbert igor ola ania asia basia gosia ela iza jola krysia magda renia stasiek wojtek kuba chava shira moshe yitzhak
rivka deepa rajiv anil sunita pooja amit nisha vivek leilani kealoha malia siosaia tevita sione kwabena abena adwoa
efua yaw oluwadamilola chiamaka kaylee kayleigh kaylin jayden aiden brayden hayden kaiden addison aaliyah amari aria
arianna ashton ayla bailey bella brianna brooklyn camden cadence carmelo charlee chaz colby dakota deja demetrius
elise ellie emerson ezra finn genesis gianna harper isla jaden jaylen jazmine journey kaden kamari kennedy keon
khloe kinsley lainey lexi lyric maddox maliyah marcel mckenna mila nevaeh nyla paisley peyton raelynn reagan rylee
sawyer serenity skyler tatum trinity tucker tyrus xander zaire zaniyah zion lou dottie solange renata buddy skip
chip bud sonny butch duke tammie benny bernie sal dom gus hank jed jeb kip lenny manny mitch moe norm ozzie sid
skeeter sully trini vic wally woody odell odile corwin percival ignatius folasade oluwaseun seun gideon rosalyn
delphine augustus
"""
_SPANISH = """
abelardo abril adela adolfo adriana agustin alba alberto aldo alejandra alejandro alfonso alfredo alma alonso alonzo
alvaro amalia amparo ana anabel andres anselmo araceli armando arturo aurelio aurora baltazar beatriz benito
bernardo berta blanca brenda bruno camila carina carlos carolina catalina cesar claudio concepcion consuelo cristian
cristina cristobal dalia daniela david delfina diego dulce edgardo efrain elena eliseo elsa elvira emilia emiliano
emilio enrique ernesto esperanza esteban estela eugenia eusebio eva ezequiel fabian fabiola fatima felipe fernanda
fernando fidel florencia francisca francisco gabriela genaro gerardo gilberto gisela gloria gonzalo graciela
gregorio griselda guadalupe guillermo gustavo heriberto hernan hilario hugo humberto ignacio ines irma isabela
isidro ismael israel itzel ivonne jacinto javier jazmin jesus jimena joaquin jorge jose josefina juan julieta julio
karina laura leonardo leonor leticia lidia liliana lorenzo lourdes lucia luis luisa luz magdalena manuel marcela
marcelo marco marcos margarita maria maribel maricela mario marisol marta martin mateus matias mauricio mayra
mercedes miguel milagros miriam moises monica natalia nayeli nelida nestor nicolas noe noelia noemi norberto nubia
octavio ofelia olga olivia orlando oswaldo pablo paloma paola pascual patricio paulina pedro perla pilar rafael
ramiro ramon raquel raul rebeca renata reynaldo ricardo rigoberto roberto rocio rodolfo rodrigo rogelio rolando
romina rosalba rosario rosaura ruben salvador santiago santos sara sergio silvia simon socorro sofia soledad susana
teodoro teresa tomas trinidad ulises valentina valeria veronica vicente victor violeta virginia wilmer xiomara
yadira yesenia yolanda zoila zulema
"""
_POLISH = """
adam agata agnieszka alicja andrzej anna antoni barbara bartosz beata bogdan boguslaw bozena cezary czeslaw dagmara
danuta dariusz dominik dorota edyta elzbieta ewa ewelina filip franciszek grazyna grzegorz halina hanna henryk ilona
irena iwona izabela jacek jadwiga jakub jan janina janusz jaroslaw jerzy joanna jolanta jozef justyna kamil karol
katarzyna kazimierz kinga krystyna krzysztof lech leszek lidia lucyna lukasz maciej magdalena malgorzata marek maria
mariola mariusz marta marzena mateusz michal mieczyslaw mikolaj miroslaw monika natalia olga patryk pawel piotr
przemyslaw radoslaw renata robert roman ryszard slawomir stanislaw stefan sylwia szymon tadeusz teresa tomasz
urszula waldemar wanda wieslaw witold wladyslaw wojciech zbigniew zbyszek zdzislaw zenon zofia zygmunt
"""
_OTHER = """
abdi abdul abdullah abebe adel ahmad ahmed aicha ali alina amal amara amina amir anastasia andriy anh ana anjali
ankit arash arjun asad asha ashok aster aung ayesha aziz bao bashir beatriz bereket bijan bilal binh bo bogdana
boris chandra chau chen chidi chika chinedu cho claudette dalia daria deepak dev dilip dinh divya dmitri dmytro
dmitry duc dung ebele ehab elif emeka emeric emre eman fabrice fadi farah farhan farid farida farzana fatemeh fatima
fatuma fatoumata faisal fiona francesca francois gabriele galina giulia giuseppe goran guang gulsum habib hadi hai
halima hamid hamza hana hanh hani haruka hassan hieu hoa hong huda huong hussein ibrahim ifeoma igor imran ines
indira ingrid ioana ion irina ismail iryna ivana iwan jamila jean jelena jin jing joao josip jovan jun kamal kareem
karim katya kavita kemal khadija khaled khalid khan kofi kojo kumar kwame lan larisa layla leila lena lien lin linh
liu ljubica long luca luciana ludmila mahmoud mai maksym manoj marko marwa maryam matteo mehdi mei mei-lin mensah
mihai milan milena mina minh mirela mirjana miroslava mohamed mohammad mohammed muhammad mustafa myint nabil nadia
nam nasir nasra natalya neha ngoc ngozi nguyen nia nikhil nikola nikolai nilufar nina nur nyota obinna oksana oleg
oleksandr oleksandra olena omar osman parisa pavel petro phuong pierre prakash priya quang rachid radha rahel rahim
raj rajesh rania rashid ravi reza rima rohan rosa said saida salim salma samir samira sana sandeep sang sanjay selam
sergei serhiy shirin shreya siddharth sinan sofiya solomon somchai soo sunil suresh svetlana tariq tatiana tesfaye
thandar thanh thao thi thuy tigist tran trang tuan tung uche umar usman vadim valentin vasyl vesna viet viktor
viktoria vladimir volodymyr wei xin yan yana yared yasir yasmin yevgeny ying youssef yuki yulia yuri yusuf zahra
zainab zara zeynep zhang zohra zoran zsofia
"""

_MORE = """
adelaide adele adelina agustina alberta alden aleksander aleksandra alfreda alistair almudena alondra althea amaya
ambrose amira anatoly anders andrei aniela anika annabel annalise ansel antoinette antonina anya archibald armida
arnav arnulfo asif astrid atticus augustin aurelia axel baptiste barnaby basil bea belen benedict benita berenice
bettina bianca boleslaw boyd brigid brigida brigitte bronislaw burt byron camilo candelaria carlotta carmela
cassius cecylia celeste celina chantal chiara ciro clarice clemente clementina clifton conchita conrad cora coretta
cornelia cosmo cyrus dagmar dagny damaris damian dawid delmar delroy denisa desta dieter dimitri dina dionne
domenica dominga donato dorian dorothea duncan dusan eduarda edwina eldon eleazar eliana emery emmett enid enrico
ephraim erasmo erlinda ernestina ervin esmeralda estelle etta eulalia eustace evangelina fahad farouk faustino
federica felicidad felicity felipa fermin filomena flavia flora florian fortunato francine frieda froylan gabor
gaylene genevieve genoveva georgette georgina gerhard gilda giovanni gisele godfrey guillermina gunther hadiya
hakim hedwig helena helene helga heloise herlinda hermelinda hilary hiram hiroshi hollis homero horacio idris ilana
ilse imelda inez inga isadora isaura ivo jacinta jarvis jasmin jeannie jedidiah jitendra joachim joelle johanna
josefa joselyn josue juana juliusz karan karel karolina keiko kenji kenya kiran kirsten klara klaudia klaus konrad
kourtney krystian kweku kyoko lakesha lashawn laurel lavinia lavonne lazaro lenora leobardo leocadia leopoldo
linnea lisette livia liza llewellyn lorenza lorna lothar luciano lucile lucinda lucjan lucretia ludwik lupita
macario magnus mamadou manfred manuela marcelina marcin margot mariam mariana mariela mariko maritza marius martina
matilda matthias maurizio merle mervin micaela michalina mikhail millicent milos minerva ming mireya mirta moira
montserrat nadira naima narciso natividad nehemiah nereida neville nicanor nicoleta niels nigel nirmala nohemi
noreen norris odalys odette olaf olu oralia orrin osvaldo oswald otto ovidio parveen patrycja paz penelope petra
petrona philippa placido polina porfirio precious purvi rachelle radek rafal raheem rahul raisa raymundo refugio
reina reinaldo rekha reuben reyna rhoda ricarda rolf romana romeo romuald rona rosalia rosalinda rosamund roscoe
roselyn rosetta roslyn rowena roxana rufino rupert sabina samson selena selma serafin serena seymour shamika
shanika shantel sharif shauna sherwin shu siegfried sigrid sina sojourner solveig soraya stefania stephan sumitra
sushila takeshi talia talisha tawanda tegan telma teodora teofilo teresita thalia theodora thora thurman tiago
tierra tobias tomasa tomoko toshiro tristan trudy tunde ulrich uriel usha venkat veronika vicenta vidal vijay
vikram vilma virgilio viviana voytek walentyna wangari wieslawa wilfred wilfredo wilhelm wilhelmina willa windell
winona wiola wolfgang ximena yael yahaira yanira yaretzi yolonda yosef yoshi yukio yusra zachariah zaira zelda
zenaida zenobia zoraida zuzanna
"""

GIVEN_NAMES = frozenset(f"{_ENGLISH} {_SPANISH} {_POLISH} {_OTHER} {_MORE}".split())
