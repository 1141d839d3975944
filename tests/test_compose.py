"""docker-compose.yml against what production needs. No Docker is asked: it is read as a file."""

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_everything_the_program_consists_of_is_started():
    assert set(SERVICES) == {"web", "worker", "beat", "migrate", "db", "redis", "clamav"}


@pytest.mark.parametrize("service", sorted(set(SERVICES) - {"migrate"}))
def test_every_lasting_service_says_how_it_feels_and_is_started_again(service):
    assert "test" in SERVICES[service]["healthcheck"]
    assert SERVICES[service]["restart"] == "unless-stopped"


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_the_program_waits_for_its_database_and_queue(service):
    assert SERVICES[service]["depends_on"] == {
        "migrate": {"condition": "service_completed_successfully"},
        "db": {"condition": "service_healthy"},
        "redis": {"condition": "service_healthy"},
    }


def test_what_must_survive_lies_on_named_volumes():
    mounted = {
        place.split(":")[0] for service in SERVICES.values() for place in service.get("volumes", [])
    }

    assert (
        mounted
        == set(COMPOSE["volumes"])
        == {
            "database",
            "queue",
            "files",
            "signatures",
        }
    )


def test_only_the_web_is_reachable_and_only_from_this_machine():
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:${SAMVERKAN_PORT:-8000}:8000"]
    }


def test_the_program_does_not_run_as_root():
    assert "\nUSER samverkan\n" in DOCKERFILE
