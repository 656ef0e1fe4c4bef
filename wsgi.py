"""The application, for any WSGI server."""

from procurement import create_app

app = create_app()
