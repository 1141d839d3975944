"""Factories: one file per app, traits for the situations that tests speak of.

Import from the file of the app (`from tests.factories.accounts import UserFactory`).
All names are invented; organisation numbers are of the series 899990-xxxx.
"""
