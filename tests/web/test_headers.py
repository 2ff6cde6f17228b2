import re
import runpy
from pathlib import Path

import pytest

import herstel_web
from tests.web.visitor import LANGUAGES, Visitor, every_kind_of_page

SETTINGS = str(Path(herstel_web.__file__).parent / "settings.py")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_forbids_scripts_of_others_keeping_and_other_sites(language: str) -> None:
    for name, page in every_kind_of_page(language):
        policy = page.headers["Content-Security-Policy"].split("; ")
        assert policy[0] == "default-src 'none'", name
        assert "script-src 'self'" in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert {one.partition(" ")[2] for one in policy} == {"'none'", "'self'"}, name
        assert page.headers["Cache-Control"] == "no-store", name
        assert page.headers["X-Content-Type-Options"] == "nosniff", name
        assert page.headers["X-Frame-Options"] == "DENY", name
        assert page.headers["Referrer-Policy"] == "same-origin", name
        assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow", name
        assert page.headers["Content-Language"] == language, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_needs_a_script_a_style_attribute_or_another_site(language: str) -> None:
    for name, page in every_kind_of_page(language):
        assert "<script" not in page.html, name
        assert not re.search(r"<[^>]+ (style|on\w+)=", page.html), name
        assert not re.search(r'(src|href|action)="(https?:)?//', page.html), name
        assert '<meta name="robots" content="noindex' in page.html, name


def test_static_files_may_be_kept_and_change_their_address_with_their_content() -> None:
    addresses = re.findall(r'href="(/static/[^"]+)"', Visitor().get("/").html)
    assert len(addresses) == 2
    for address in addresses:
        page = Visitor().get(address)
        assert page.status == 200
        assert "max-age=604800" in page.headers["Cache-Control"]
        assert re.search(r"\?v=[0-9a-f]{10}$", address)


def test_a_form_without_its_token_is_refused_and_says_what_to_do() -> None:
    visitor = Visitor(enforce_csrf_checks=True)
    page = visitor.answer("age", 25)
    assert page.status == 403
    assert "weigert cookies" in page.text
    assert visitor.answers == {}


def test_a_form_with_its_token_is_taken() -> None:
    visitor = Visitor(enforce_csrf_checks=True)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', visitor.get("/check/age/").html)
    assert token
    assert visitor.answer("age", 25, csrfmiddlewaretoken=token[1]).status == 302


def test_another_name_for_this_machine_is_refused() -> None:
    visitor = Visitor()
    visitor.client.defaults["SERVER_NAME"] = "elsewhere.example"
    assert visitor.get("/").status == 400


def test_search_engines_are_asked_to_stay_away() -> None:
    assert Visitor().get("/robots.txt").html == "User-agent: *\nDisallow: /\n"


def test_the_health_address_says_that_the_site_is_alive() -> None:
    page = Visitor().get("/healthz")
    assert page.status == 200
    assert page.html == "ok\n"


def test_the_defaults_are_the_safe_ones() -> None:
    found = runpy.run_path(SETTINGS)
    assert not found["DEBUG"]
    assert found["HERSTEL_SECOND_STEP"]
    assert set(found["ALLOWED_HOSTS"]) == {"localhost", "127.0.0.1", "[::1]"}


def test_a_place_may_say_otherwise_in_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HERSTEL_ALLOWED_HOSTS", "herstel.example, 192.0.2.7")
    monkeypatch.setenv("HERSTEL_HTTPS", "1")
    found = runpy.run_path(SETTINGS)
    assert found["ALLOWED_HOSTS"][-2:] == ["herstel.example", "192.0.2.7"]
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] > 0
    assert not found["DEBUG"]
