"""Browsers without a browser: a test client that signs in as a person and sends forms as a page would."""

import re
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service import auth
from service.config import Settings
from service.db import Database, settings_of

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Person:
    """Somebody at a browser. `post` takes the CSRF token from the page that holds the form."""

    client: FlaskClient

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def text(self, path: str) -> str:
        response = self.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return response.get_data(as_text=True)

    def post(self, path: str, *, csrf: bool = True, **fields: Any) -> TestResponse:
        data = dict(fields)
        if csrf:
            data["csrf_token"] = self.csrf()
        return self.client.post(path, data=data)

    def csrf(self) -> str:
        found = _TOKEN.search(self.client.get("/sign-in").get_data(as_text=True))
        assert found
        return found[1]

    def does(self, path: str, **fields: Any) -> str:
        """Send a form; the page that it leads to."""
        response = self.post(path, **fields)
        assert response.status_code == 303, (path, response.status_code, response.get_data(as_text=True)[:300])
        page = self.client.get(response.headers["Location"], follow_redirects=True)
        assert page.status_code == 200, (path, response.headers["Location"], page.status_code)
        return page.get_data(as_text=True)


def somebody(app: Flask) -> Person:
    return Person(app.test_client())


def signed_in(app: Flask, db: Database, email: str) -> Person:
    person = somebody(app)
    with db.begin() as session:
        settings: Settings = settings_of(session)
        link = auth.sign_in_link(session, settings, email).removeprefix(settings.base_url)
    assert person.post(link).status_code == 303
    return person
