"""The web view: one blueprint a screen, listed in screens.py; what is refused in one sentence, in refusals.py."""
