"""The service's contract served from this machine, without an account.

One ASGI app answers the calls; all heavy work happens in child processes that end with it. It
runs inside the program (`app.engine.service.create_app`) or on a port (`app.engine.serve`).
"""
