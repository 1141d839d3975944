"""What `make` does on machines that lack something, or where something is in the way."""

import socket
import stat

import pytest

from tools import environment, front, run, system
from tools.saying import CannotGoOn
from tools.var import empty, only_one, secret_key


@pytest.fixture
def bare_machine(tmp_path, monkeypatch):
    """No programs on the path, and no right to install any. Returns the folder of the path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("SAMVERKAN_APT", "no")
    monkeypatch.delenv("SAMVERKAN_CHROMIUM", raising=False)
    return folder


def program(folder, name, says):
    file = folder / name
    file.write_text(f"#!/bin/sh\necho {says}\n")
    file.chmod(0o755)
    return file


def test_without_a_wish_the_next_free_port_is_taken_and_that_is_said(monkeypatch, capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        busy = other.getsockname()[1]
        monkeypatch.setattr(run, "FIRST_PORT", busy)

        port = run.free_port(None)

    assert port > busy
    assert f"Port {busy} är upptagen av ett annat program; provar {busy + 1}." in (
        capsys.readouterr().out
    )


def test_a_port_that_only_answers_to_the_newer_kind_of_address_is_busy_too():
    with socket.socket(socket.AF_INET6) as other:
        other.bind(("::1", 0))
        other.listen()

        assert run.is_free(other.getsockname()[1]) is False


def test_the_secret_key_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    key = secret_key(tmp_path)

    assert len(key) > 50
    assert secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_make_run_never_touches_a_database_or_queue_that_the_shell_knows(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone@db.example/real")
    monkeypatch.setenv("REDIS_URL", "redis://queue.example/0")

    settings = run.environment(tmp_path, "http://localhost:8000")

    assert "DATABASE_URL" not in settings
    assert "REDIS_URL" not in settings
    assert "DATABASE_URL används inte" in capsys.readouterr().out


def test_a_second_start_on_the_same_folder_hears_where_the_first_one_is(tmp_path):
    with only_one(tmp_path) as lock:
        lock.write("http://localhost:8000")
        lock.flush()

        with pytest.raises(CannotGoOn, match="redan igång här \\(http://localhost:8000\\)"):
            only_one(tmp_path).__enter__()

    with only_one(tmp_path):
        assert (tmp_path / "run.lock").read_text() == ""


def test_emptying_the_folder_keeps_what_was_fetched_and_the_key(tmp_path):
    key = secret_key(tmp_path)
    (tmp_path / "front" / "htmx").mkdir(parents=True)
    (tmp_path / "documents" / "ab").mkdir(parents=True)
    (tmp_path / "samverkan.sqlite3").touch()

    empty(tmp_path)

    assert sorted(each.name for each in tmp_path.iterdir()) == ["front", "secret-key"]
    assert secret_key(tmp_path) == key


@pytest.mark.parametrize(("says", "major"), [("v20.11.1", 20), ("v12.22.9", 12), ("", 0)])
def test_a_node_tells_how_old_it_is(bare_machine, says, major):
    assert front.node_version(str(program(bare_machine, "node", says))) == major


def test_front_end_files_are_copied_once(tmp_path):
    front.copy_to(tmp_path)
    copied = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}

    front.copy_to(tmp_path)

    assert {str(path.relative_to(tmp_path)) for path in copied} == set(front.COPIES.values())
    assert {path: path.stat().st_mtime_ns for path in copied} == copied


def test_without_chromium_and_without_root_the_ways_out_are_told(bare_machine):
    with pytest.raises(CannotGoOn) as refusal:
        system.ensure_chromium()

    assert "sudo apt install chromium" in str(refusal.value)
    assert "SAMVERKAN_CHROMIUM=" in str(refusal.value)
    assert "not browser" in str(refusal.value)


def test_a_chromium_on_the_path_is_used(bare_machine):
    browser = program(bare_machine, "chromium-browser", "Chromium")

    assert system.ensure_chromium() == str(browser)


def test_without_the_venv_part_of_python_the_package_is_named(bare_machine):
    with pytest.raises(CannotGoOn, match=r"sudo apt install python3\.\d+-venv"):
        environment.get_ensurepip()


def test_without_pango_it_goes_on_and_says_what_is_missing(bare_machine, capsys):
    broken = program(bare_machine, "python", "; exit 1")

    system.ensure_pdfs(broken)

    said = capsys.readouterr().out
    assert "Fortsätter utan PDF" in said
    assert "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in said


def test_with_pango_nothing_is_said(bare_machine, capsys):
    system.ensure_pdfs(program(bare_machine, "python", "fine"))

    assert capsys.readouterr().out == ""


def test_without_the_right_to_install_uploads_are_done_without_and_that_is_said(
    bare_machine, capsys
):
    system.ensure_magic(program(bare_machine, "python", "no\nexit 1"))

    said = capsys.readouterr().out
    assert "Fortsätter utan: den som laddar upp en fil får veta varför det inte går." in said
    assert "sudo apt install libmagic1" in said


def test_tests_of_the_scanner_are_skipped_aloud_where_it_cannot_be_installed(
    bare_machine, capsys, monkeypatch
):
    monkeypatch.setattr(system, "clamd", lambda: None)

    system.ensure_clamd()

    assert "sudo apt install clamav-daemon" in capsys.readouterr().out
