"""`python -m service.cli`: how the supervisor starts its parts."""

from service.cli import main

main(prog_name="loopin")
