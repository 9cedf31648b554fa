"""Whoever lets a file be checked hears what is in it, or that it was not read."""

from tests.output import forms
from typer.testing import CliRunner

from wijkbeeld.cli import app


def checked(path):
    done = CliRunner().invoke(app, ["check-text", str(path)])
    return done.exit_code, done.output.replace("\n", " ")


def test_a_deck_is_checked_into_its_tables(tmp_path):
    forms.as_table(tmp_path, "bel Jan Jansen 06-12345678")
    code, said = checked(tmp_path / "a.pptx")
    assert code == 1
    assert "een naam van een persoon" in said
    assert "een telefoonnummer" in said


def test_a_pdf_without_text_is_not_called_checked(tmp_path):
    forms.as_pdf(tmp_path, "")
    code, said = checked(tmp_path / "a.pdf")
    assert code != 0
    assert "niet nagekeken" in said
