"""Marks of forwarding, quoting and signing in a text: header blocks, attributions, quote depth."""
