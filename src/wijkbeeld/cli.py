"""The command ``wijkbeeld``."""

import typer

from wijkbeeld.commands import briefings, deliveries, house, warehouse
from wijkbeeld.language import say

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    help=say("Leveringen erin, cijfers voor de briefing eruit."),
)
for part in (deliveries, warehouse, briefings, house):
    app.add_typer(part.app)
