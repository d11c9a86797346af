"""Migrations: their files bear the number of their revision, in one line of descent."""

import re

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from service import migrations
from service.db import Database
from service.models import Base


def test_the_newest_file_is_the_newest_revision() -> None:
    script = ScriptDirectory.from_config(migrations.configuration())
    assert migrations.newest() == script.get_current_head()


def test_each_file_bears_its_revision_and_follows_the_one_before() -> None:
    before = None
    for path in sorted(migrations.VERSIONS.glob("[0-9]*_*.py")):
        text = path.read_text()
        number = path.name.partition("_")[0]
        assert re.search(rf'^revision = "{number}"$', text, re.M), path.name
        follows = f'"{before}"' if before else "None"
        assert re.search(rf"^down_revision = {follows}$", text, re.M), path.name
        before = number


def test_a_migrated_database_has_the_shape_of_the_models(db: Database) -> None:
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
