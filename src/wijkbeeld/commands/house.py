"""Commands about the house itself: started, and looked over."""

from typing import Annotated

import typer

from wijkbeeld.language import say

app = typer.Typer()


@app.command(help=say("Start Airflow en de pagina's; Ctrl-C stopt wat is gestart."))
def up(
    once: Annotated[
        bool,
        typer.Option("--once", help=say("Stop als elke pagina heeft geantwoord.")),
    ] = False,
) -> None:
    """Start Airflow and the dashboards; Ctrl-C stops what was started."""
    from wijkbeeld import up as running

    raise typer.Exit(running.up(once=once))


@app.command(help=say("Kijk de installatie na, en zeg wat er aan te doen is."))
def doctor() -> None:
    """Check the installation, and say what to do about what is wrong."""
    from wijkbeeld import doctor as checking

    raise typer.Exit(checking.doctor())
