"""Reading sides of the screens: one module a screen, each asking through visibility."""
