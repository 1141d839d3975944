"""Read by gunicorn by itself, in `make run` as in production."""

preload_app = True  # one loading for all workers; no database connection is open by then
timeout = 60
control_socket_disable = True  # it would be one file for all programs of the same user
