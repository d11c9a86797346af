"""What plain sentences of replies say: the step of the referral, and that small talk is none."""

import pytest

from mail.values import Status
from tests.mail.reported import status

OF_PARTNERS = (
    ("accepted", "Thanks Renee, we accept. A course has just finished and I will see Tamsin on Thursday."),
    ("accepted", "We are happy to take this one on."),
    ("accepted", "Count us in."),
    ("accepted", "This is right in our lane, thank you for sending it."),
    ("accepted", "Accepting this. Maria on our team will be the lead."),
    ("accepted", "We'd be glad to work with Granite Ridge."),
    ("accepted", "Perfect timing, our fall cohort finishes Friday and I'd like to send six of them."),
    ("accepted", "Yes from us. I have left a message for Mr. Hale."),
    ("accepted", "Got it, thanks. I'll reach out to Dana this afternoon."),
    ("accepted", "We will take it from here."),
    ("accepted", "I'm on it."),
    ("accepted", "Sounds great, we would love to help Lakeview fill these."),
    ("accepted", "Of course! Tell Ed I will be in touch tomorrow."),
    ("accepted", "Consider us in for all four."),
    ("accepted", "Sign me up, I can have three people there by Monday."),
    ("accepted", "We can fill two of the four positions right away."),
    ("accepted", "OK with us. Our job developer is Sam Ortiz and he'll run point."),
    ("accepted", "It's a yes. Introductions made."),
    ("accepted", "Team Harbor says yes."),
    ("accepted", "I've already talked with Vern and we're meeting Tuesday."),
    ("accepted", "Spoke to Vern, we're good to go."),
    ("accepted", "Our answer is yes, with thanks."),
    ("accepted", "We're on board."),
    ("accepted", "Let's do it."),
    ("accepted", "Looks like a good one for us, we'll run with it."),
    ("accepted", "This fits our program nicely and we are glad to be asked. I'll send names by Friday."),
    ("accepted", "Will do. Expect resumes from us on Monday."),
    ("accepted", "We accept the referral for the assemblers; we cannot help with forklift drivers."),
    ("accepted", "Harbor Steps is pleased to accept. Next class graduates on October 2."),
    ("accepted", "I can send five candidates by the end of next week."),
    ("accepted", "We have a dozen graduates who would jump at this. Please connect me."),
    ("accepted", "We are interested and ready to start."),
    ("accepted", "Absolutely, this is what we do."),
    ("accepted", "Please put me in touch with Vern, we have people for him."),
    ("declined", "We'll have to pass on this one, the shift hours don't work for our parents."),
    ("declined", "Unfortunately this isn't a fit for our participants."),
    ("declined", "Thank you but no. We're full until spring."),
    ("declined", "We are going to sit this one out."),
    ("declined", "I'm afraid we can't take it on."),
    ("declined", "Regretfully we must decline."),
    ("declined", "This is outside our county, so we aren't able to help."),
    ("declined", "We don't have anybody with a CDL right now. Sorry."),
    ("declined", "Not one for us I think. Try Bridgeway?"),
    ("declined", "We stopped doing warehouse placements last year, so please look elsewhere."),
    ("declined", "Our funder only lets us serve veterans."),
    ("declined", "We are no longer taking employer referrals this quarter."),
    ("declined", "I would love to but have nobody."),
    ("declined", "Nobody on my caseload wants nights."),
    ("declined", "I don't see us filling this."),
    ("declined", "We can't be of help here, I'm sorry to say."),
    ("declined", "Please send this to someone else, our welding instructor quit."),
    ("declined", "We have no trained drivers at the moment and won't have any before June."),
    ("declined", "Lack of staff, so no."),
    ("declined", "We've worked with Ottawa Pallet for years, no introduction needed."),
    ("declined", "They're already a client of ours."),
    ("declined", "Vern and I talk every week already. Nothing to do here."),
    ("declined", "I have to decline, their plant is two hours away by bus."),
    ("declined", "It's a pass for us."),
    ("declined", "We won't be able to serve them."),
    ("declined", "We must turn this one down."),
    ("declined", "The job requires citizens and our clients are asylum seekers, so this doesn't work for us."),
    ("on_hold", "Please hold this until we finish our audit on October 15."),
    ("on_hold", "Can you give us until November 1? We are moving offices and can't start before then."),
    ("on_hold", "Let's pause this until after the holidays."),
    ("on_hold", "On hold please, the owner is in the hospital."),
    ("on_hold", "Not right now, ask me again in January."),
    ("on_hold", "We want to wait with this until the new manager starts on October 12."),
    ("acknowledged", "Got your note, will look at it tomorrow."),
    ("acknowledged", "Thanks, let me check with my director first."),
    ("acknowledged", "I'll get back to you by Friday."),
    ("acknowledged", "Received. We are discussing it internally."),
    ("acknowledged", "We haven't decided yet."),
    ("acknowledged", "I need a few more details before I can say yes."),
    ("acknowledged", "Would they take people with records? Depends on that."),
    ("in_progress", "We sent five people over on Monday and are waiting to hear."),
    ("in_progress", "Interviews are set for Thursday at 10."),
    ("in_progress", "Still working on it, two candidates are in screening."),
    (None, "Who do I call there?"),
    (None, "Can you resend the attachment?"),
    (None, "Happy Thanksgiving everyone!"),
    (None, "Glad to hear it."),
    (None, "Did they accept?"),
    (None, "I hope you can accept this."),
)
OF_EMPLOYERS = (
    ("closed", "We're all set now, thank you. Both jobs went to people from inside."),
    ("closed", "The position has been filled."),
    ("closed", "We have hired somebody through Indeed and are done."),
    ("closed", "You can close this out."),
    ("closed", "We decided to go with a temp agency instead."),
    ("closed", "No more candidates please, we have what we need."),
    ("closed", "We've decided against expanding, so we won't be hiring."),
    ("closed", "Please cancel our request."),
    ("closed", "The owner sold the business and hiring stopped."),
    ("closed", "We withdrew the posting."),
    ("closed", "We lost the contract so there are no jobs any more."),
    ("on_hold", "Hiring is frozen until January 4."),
    ("on_hold", "Corporate put a freeze on new hires for the quarter."),
    ("on_hold", "We have to delay the start to October 26."),
    ("on_hold", "We need to push this to next month, the machines are late."),
    ("on_hold", "Please do not send anyone for now."),
    ("in_progress", "I'm interviewing three of them on Friday."),
    (None, "What are the next steps?"),
)
IN_SPANISH = (
    ("accepted", "Sí, con gusto los ayudamos. El lunes llamo a Vern."),
    ("accepted", "Aceptamos. Gracias por pensar en nosotros."),
    ("accepted", "Cuente con nosotros, tenemos cuatro personas listas."),
    ("declined", "Lamentablemente no tenemos a nadie con licencia."),
    ("declined", "No podemos tomar este, estamos llenos hasta enero."),
    ("declined", "Nos queda muy lejos, gracias de todos modos."),
    ("on_hold", "Tenemos que esperar hasta el 15 de octubre por la mudanza."),
    ("acknowledged", "Recibido, lo reviso y le aviso mañana."),
)
IN_POLISH = (
    ("accepted", "Tak, przyjmujemy. W czwartek spotykam się z panem Vernem."),
    ("accepted", "Chętnie pomożemy, mamy trzy osoby."),
    ("accepted", "Zgoda, bierzemy to."),
    ("declined", "Niestety nie mamy nikogo z uprawnieniami."),
    ("declined", "Dziękuję, ale to dla nas za daleko."),
    ("declined", "Nie damy rady, brakuje nam ludzi."),
    ("on_hold", "Musimy poczekać do 15 października."),
    ("acknowledged", "Dostałam, odpowiem jutro."),
)
OF_NO_REFERRAL = (
    "Great, see you at the fair on Thursday.",
    "Thanks so much for the update!",
    "Congratulations to the whole team.",
    "Could you send me the job description again?",
    "Let's do lunch next week.",
    "I will see you at the meeting.",
    "Sounds good, talk Monday.",
    "Perfect, thank you.",
    "Attached is the agenda for the partner meeting.",
    "My number changed, it's 419-555-0100 now.",
    "I'm out on Friday, please call Rita instead.",
    "What does the shift pay?",
    "Happy to see the sun again!",
    "We have moved to a new office at 12 Main.",
    "No problem at all.",
    "You are welcome, any time.",
    "Can we move our call to 3?",
    "Sure, 3 pm works for me.",
    "Yes, 2 o'clock is fine.",
    "I'll bring the coffee.",
    "I'll be there.",
    "We will meet you in the lobby at 9.",
    "Tuesday at ten is good for me.",
    "I can't make it on Tuesday, how about Thursday?",
    "Sorry, I can't join the call tomorrow.",
    "Sorry for the late reply, I was on vacation.",
    "The link does not work for me, can you resend it?",
    "I don't have the attachment.",
    "We don't have a projector in that room.",
    "Please use my new address from now on.",
    "Is the meeting still on?",
    "The meeting is on hold until further notice.",
    "Parking is full by nine, come early.",
    "Dinner was lovely, thank you.",
    "Merry Christmas from all of us at Harbor Steps.",
    "Do you have Vern's phone number?",
    "Remind me who Vern is?",
    "Wrong attachment, here is the right one.",
    "I am taking Friday off.",
    "We're closed on Monday for the holiday.",
    "The office will be closed until January 3.",
    "Take care and talk soon.",
    "Who is handling this on your side?",
    "I'll forward this to Maria.",
    "Please see the attached flyer.",
    "Looking forward to meeting you both.",
    "It was great to meet you yesterday.",
    "The workshop is full, but there is another one in May.",
)


@pytest.mark.parametrize(("step", "text"), OF_PARTNERS)
def test_a_partner_says(step: str | None, text: str) -> None:
    assert status(text).referral == step


@pytest.mark.parametrize(("step", "text"), OF_EMPLOYERS)
def test_an_employer_says(step: str | None, text: str) -> None:
    assert status(text, own=None).referral == step


@pytest.mark.parametrize("own", ["Harbor Steps", None])
@pytest.mark.parametrize("text", OF_NO_REFERRAL)
def test_small_talk_moves_no_referral(text: str, own: str | None) -> None:
    assert status(text, own=own) == Status()


@pytest.mark.parametrize(("step", "text"), IN_SPANISH)
def test_a_partner_says_in_spanish(step: str, text: str) -> None:
    assert status(text, lang="es").referral == step


@pytest.mark.parametrize(("step", "text"), IN_POLISH)
def test_a_partner_says_in_polish(step: str, text: str) -> None:
    assert status(text, lang="pl").referral == step
