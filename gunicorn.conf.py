"""Read by gunicorn by itself, in `make run` as in production."""

preload_app = True  # one loading for all workers; no database connection is open by then
timeout = 60
control_socket_disable = True  # it would be one file for all programs of the same user


def on_starting(server):
    """The secret part of a calendar's address is written to no log."""
    import logging

    from samverkan.logs import WithoutSecrets

    logging.getLogger("gunicorn.access").addFilter(WithoutSecrets())
