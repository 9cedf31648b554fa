"""Commands about the house itself: started, and looked over."""

from typing import Annotated

import typer

from wijkbeeld.commands import console
from wijkbeeld.language import say
from wijkbeeld.output.told import number

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


@app.command(
    help=say(
        "Ruim op wat Airflow van oude runs bewaart: regels in zijn database, en logs."
    )
)
def tidy() -> None:
    """Take away what Airflow keeps of old runs."""
    import os

    from wijkbeeld.up import airflow, tidying

    is_given = "AIRFLOW_HOME" in os.environ
    try:
        count = tidying.tidy(os.environ if is_given else airflow.environment(8080))
    except tidying.TidyError as reason:
        console.fail(str(reason))
    console.tell(say("{count} oude logs opgeruimd", count=number(count)))


@app.command(help=say("Kijk de installatie na, en zeg wat er aan te doen is."))
def doctor() -> None:
    """Check the installation, and say what to do about what is wrong."""
    from wijkbeeld import doctor as checking

    raise typer.Exit(checking.doctor())
