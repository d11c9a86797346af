"""Where templates and static files lie: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "templates" if (HERE / "templates").is_dir() else HERE.parent / "templates"
STATIC = HERE / "static"
