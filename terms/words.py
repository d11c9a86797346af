"""Small word lists that both leaves need: hosts of free mail, legal forms of companies."""

FREE_MAIL_DOMAINS = frozenset(
    """
    gmail.com googlemail.com yahoo.com ymail.com rocketmail.com yahoo.es yahoo.co.uk hotmail.com outlook.com live.com
    msn.com hotmail.es outlook.es aol.com aim.com icloud.com me.com mac.com comcast.net sbcglobal.net att.net
    bellsouth.net verizon.net cox.net charter.net earthlink.net rcn.com wowway.com proton.me protonmail.com pm.me
    gmx.com gmx.net gmx.de mail.com zoho.com fastmail.com hey.com tutanota.com yandex.com mail.ru wp.pl o2.pl onet.pl
    interia.pl op.pl gazeta.pl poczta.fm prodigy.net.mx
    """.split()
)
"""Domains whose address says nothing about the organisation of its owner."""

LEGAL_FORMS = frozenset(
    """
    inc incorporated llc llp lp pllc pc ltd limited co corp corporation company nfp nonprofit plc gmbh ag sa srl sl
    spzoo sc pbc
    """.split()
)
"""Legal forms that don't decide whether two company names are the same."""
