"""Why an organisation declines a referral, by the words that say so: a table, the first reason that fits."""

import re

from mail.replies.verdicts import any_of
from terms.statuses import DeclineReason

_REASONS = (
    (
        DeclineReason.ALREADY_IN_TOUCH,
        r"""
        already (?:know|(?:send|sent|supply|supplied|serve)\w*|work\w*|in (?:touch|contact)|talking|serv\w+|
        ..have (?:a|an) (?:relationship|account)|placing|
        ..partner\w*)
        been working with|not a new lead
        ya (?:trabajamos|estamos en contacto|l[oa]s? (?:atendemos|conocemos)|colaboramos|(?:tenemos|
        ..tengo) (?:trato|contacto|relación))
        już (?:współpracuj\w+|mamy kontakt|jesteśmy w kontakcie)
        """,
    ),
    (DeclineReason.AGREEMENT_MISSING, r"(?:mou|loi|agreement|memorandum|convenio|umow[aęy]|porozumieni\w+)"),
    (
        DeclineReason.APPRENTICESHIP_NOT_FIT,
        r"""
        apprentic\w+[^.]{0,60}(?:not|isn't|wrong|too)
        (?:not|isn't|wrong|too)[^.]{0,60}apprentic\w+
        aprendi(?:z|ces)\w*
        """,
    ),
    (
        DeclineReason.EMPLOYER_NOT_READY,
        r"""
        (?:employer|they|he|she|company|owner|nobody there|no one there) (?:is|are|was|were)(?:n't|n’t|
        .. not) (?:ready|returning|responding|answering)
        (?:employer|they|he|she|company|owner|nobody there|no one there) (?:never|hasn't|has not|haven't|
        ..didn't) (?:call|return|answer|respond|repl)\w*
        not returning (?:our )?calls|(?:that|which|who) (?:isn['’]t|is not|aren['’]t|are not) (?:\w+ )?ready
        (?:nobody|no one|no-one)(?: there| at \w+)? (?:has |have |ever |will )?(?:call|return|answer|respond|repl|
        ..pick|writ)\w*
        (?:have|has|did)(?:n['’]t| not) (?:heard|gotten|got|had) (?:anything |a (?:call|word|reply) )?(?:back|from)
        no contesta\w*
        nie odpowiada\w*
        """,
    ),
    (
        DeclineReason.OUTSIDE_AREA,
        r"""
        too far|far (?:from|away|out)|distance|commut\w+
        (?:\d+|\w+) (?:hours?|miles?|minutes?) (?:from|away|each way|by bus|one way)
        outside (?:of )?(?:our|the|my) (?:\w+ )?(?:area|county|region|service|territory|boundar\w+|district|city)
        out of (?:our|the) (?:area|county|region|territory)|not in our (?:area|county|territory)
        (?:cross|past|beyond) (?:the )?(?:county|city) (?:line|limits)
        only serves? (?:\w+ ){0,3}(?:county|city|residents|side)|(?:don't|don’t|do not) serve (?:that|
        ..this) (?:county|area|city|town)
        no (?:bus|transit|train|transportation)|bus (?:line|doesn't|does not|route)|paratransit|
        ..can't get (?:there|out)
        lejos|fuera de (?:nuestra|la) (?:área|zona|región)
        daleko|dojazd\w*|poza (?:naszym|obszarem)
        """,
    ),
    (
        DeclineReason.POPULATION_NOT_SERVED,
        r"""
        (?:don't|don’t|do not|doesn't|can't|cannot|only) (?:serve|work with|enroll|take|
        ..hire)[^.]{0,60}(?:veterans?|youth|refugees?|adults?|teens?|under|over|age|disabilit\w+|seniors?|minors?|
        ..returning|people who|women|men|folks i)
        (?:under|over) (?:16|18|21|24|50|55)
        our (?:program|funding|grant) (?:only|is (?:only )?for)|not (?:a|the) population|by federal rule
        solo (?:atendemos|servimos) a
        tylko (?:osob|senior|młod)\w*
        """,
    ),
    (
        DeclineReason.NO_CAPACITY,
        r"""
        capacity|short[- ]?(?:staffed|handed)|understaffed|overloaded|swamped|stretched|tapped out|too busy|
        ..booked|bandwidth
        full (?:up|case ?load|right now|until|through)|case ?loads?|wait ?list|empty
        out (?:until|on leave|sick|through)|on leave|vacation|maternity|one person down
        no (?:staff|time)|nobody (?:left|free|available)
        capacidad|no damos abasto|(?:sin|falta de) personal|llenos
        brak (?:mocy|rąk|ludzi|kadry)|urlop\w*|przepełnien\w+|mocy przerobow\w+
        """,
    ),
    (
        DeclineReason.CANNOT_MEET_OCCUPATION,
        r"""
        (?:don't|don’t|do not|doesn't|does not|can't|can’t|cannot|never|has not|have not|haven't) (?:train|teach|
        ..have (?:any|a|the)?|offer\w*|do|place|work in|cover|run)\w*
        no (?:one|body) (?:\w+ ){0,2}(?:with|who|that|certified|licensed|wants)|have (?:no|nobody|no one|zero|none)
        not (?:our|a) (?:field|lane|trade|area of|specialty|fit)|we only|nothing to do with
        no (?:welders|drivers|cooks|nurses|\w+ers)
        no (?:tenemos|contamos|ofrecemos|capacitamos|entrenamos)|ni curso
        nie (?:mamy|szkolimy|uczymy|prowadzimy)|u nas nie ma|nie ma u nas|(?:uczymy|szkolimy|prowadzimy) tylko
        """,
    ),
)
REASONS: tuple[tuple[DeclineReason, re.Pattern[str]], ...] = tuple((code, any_of(lines)) for code, lines in _REASONS)
"""Why a referral is declined, first that fits; what fits none is "other"."""
