"""What the worker does with documents that have come in. Tasks take ids and delegate."""

from celery import shared_task

from documents import scanner
from organisations import requests
from organisations.scanning import scan_and_tell


@shared_task
def scan_document(document_id):
    scan_and_tell(document_id)


@shared_task
def scan_leftovers():
    """Every minute: what no worker heard of, or came while the scanner was down.

    While it does not answer the rest waits for the next sweep.
    """
    for document_id in scanner.waiting():
        if not scan_and_tell(document_id):
            break


@shared_task
def send_request(request_id):
    requests.send(request_id)


@shared_task
def send_leftovers():
    """Every minute: letters that no worker heard of, or that could not be made."""
    requests.send_leftovers()
