"""The team signals, the police respond: what the watch teams do (MEASURES B9)."""

from dataclasses import replace

import numpy as np
import pandas as pd

from wijkbeeld.measures import aoristic, figure_rows, patrolling, resampling
from wijkbeeld.measures.cases import GROUP, Span, at_levels, in_windows, lately
from wijkbeeld.measures.months import Floats

POLICE = ("politie_112", "politie_0900", "wijkagent")
"""To whom a signal goes that the police are to respond to."""
LONGEST_WAIT = 14 * 24 * 60
"""Minutes after which nothing more is expected of a signal."""
_DRAWS = 999
_LEVELS: dict[str, tuple[str | None, str | None]] = {
    "all": (None, None), "team": ("team_id", None), "buurt": ("buurt_code", None),
}  # fmt: skip
_OF_ROUNDS = {level: _LEVELS[level] for level in ("all", "team")}


def of_rounds(patrols: pd.DataFrame, clocks: pd.DataFrame, span: Span) -> pd.DataFrame:
    """Return hours, signals per hour, and whether it was walked when it happens.

    Args:
        patrols: ``patrol_id``, ``team_id``, ``started_at``, ``ended_at``, ``month``,
            ``duration_minutes`` (null without an end) and ``signal_count``.
        clocks: Rows of the clock of the team (MEASURES A8): ``offence_code``,
            ``month``, ``day_part``, ``week_part``, ``hours_share``, ``share_estimate``
            and ``informative_count``. A month is judged by the clock of the twelve
            months before it, and that is where it stands here.
        span: Months of the rounds, and which of them are told.
    """
    ordered = patrols.sort_values("patrol_id", ignore_index=True)
    hours = ordered.assign(hours=ordered["duration_minutes"].astype(float) / 60)
    told = hours[["team_id", "month", "hours", "signal_count"]]
    rows = in_windows(at_levels(told, _OF_ROUNDS), span)
    found = figure_rows.each(
        rows,
        lambda each: figure_rows.totals(each, "patrol_hours", "hours"),
        lambda each: figure_rows.rate(
            each, "signals_per_hour", "signal_count", "hours",
            fewest=figure_rows.FEWEST_HOURS,
        ),
    )  # fmt: skip
    walked = ordered[ordered["duration_minutes"].gt(0).fillna(value=False)]
    if not walked.empty:
        minutes, rounds = _minutes_by_part(walked), walked[["team_id", "month"]]
        for offence, clock in clocks.groupby("offence_code", sort=True):
            found += _against(rounds, minutes, clock, str(offence), span)
    return figure_rows.together("watch", found)


def of_signals(signals: pd.DataFrame, span: Span) -> pd.DataFrame:
    """Return how soon the police respond, and what comes of signals.

    Args:
        signals: ``signal_id``, ``team_id``, ``buurt_code``, ``reported_at``, ``month``,
            ``reported_to``, ``responded_at``, ``has_response`` (also of which only the
            day is known), ``responded_by``, ``outcome``, ``feedback_date`` and
            ``age_minutes`` up to the newest in the lists (``LONGEST_WAIT`` at most).
        span: Months of the signals, and which of them are told.
    """
    if signals.empty:
        return figure_rows.together("watch", [])
    is_settled = signals["age_minutes"] >= LONGEST_WAIT
    known = signals.assign(
        is_followed=signals["outcome"].notna().where(is_settled),
        is_fed_back=signals["feedback_date"].notna().where(is_settled),
    ).astype({"is_followed": "boolean", "is_fed_back": "boolean"})
    to_police = known[known["reported_to"].isin(POLICE)]
    to_police = to_police.assign(**_responses(to_police))
    cases, police = (
        in_windows(at_levels(part, _LEVELS), span) for part in (known, to_police)
    )
    return figure_rows.together(
        "watch",
        [
            *figure_rows.each(
                cases.only(cases.rows["is_followed"].notna()),
                lambda each: figure_rows.shares(each, "followed_share", "is_followed"),
                lambda each: figure_rows.shares(each, "fed_back_share", "is_fed_back"),
            ),
            *figure_rows.each(
                police,
                lambda each: figure_rows.waits(
                    each, "response_minutes", "wait", "is_seen"
                ),
                lambda each: figure_rows.shares(each, "other_end_share", "is_other"),
            ),
        ],
    )


def _responses(signals: pd.DataFrame) -> dict[str, pd.Series]:
    """Return how long each waited, and whether it ended with the police."""
    minutes = (signals["responded_at"] - signals["reported_at"]).dt.total_seconds() / 60
    waited = minutes.fillna(signals["age_minutes"])
    is_police = signals["responded_by"].eq("politie")
    # Somebody else came: nobody waits for the police any more.
    is_other = signals["has_response"] & ~is_police
    # That it ended is known, when it did is not.
    is_unknown = minutes.isna() & (signals["has_response"] | signals["outcome"].notna())
    return {
        "wait": waited.clip(upper=LONGEST_WAIT).mask(is_unknown),
        "is_seen": is_police & minutes.le(LONGEST_WAIT),
        "is_other": is_other,
    }


def _against(
    rounds: pd.DataFrame,
    minutes: Floats,
    clock: pd.DataFrame,
    offence: str,
    span: Span,
) -> list[pd.DataFrame]:
    """Return how the rounds lie on the clock of one offence."""
    risks = _risks(clock)
    is_judged = rounds["month"].isin(risks).to_numpy()
    rows, minutes = rounds[is_judged], minutes[is_judged]
    if rows.empty:
        return []
    months, at = np.unique(rows["month"].to_numpy(), return_inverse=True)
    of_month = [risks[int(month)] for month in months]
    risk, length = (np.stack(part)[at] for part in zip(*of_month, strict=True))
    is_hot = np.stack([patrolling.hot_parts(*shares) for shares in of_month])[at]
    measured = rows.assign(
        minutes=minutes.sum(axis=1),
        of_risk=(minutes * risk / length).sum(axis=1),
        in_hot=(minutes * is_hot).sum(axis=1),
        hot_length=(is_hot * length).sum(axis=1),
        place=np.arange(len(rows)),
    )
    leveled = at_levels(measured, _OF_ROUNDS).assign(part=offence)
    # Where there is no clock no month was judged, so a year with it is not whole.
    judged = replace(
        span, first=max(span.first, min(risks)), last=min(span.last, max(risks))
    )
    cases = lately(in_windows(leveled, judged), span.last)
    return [
        figure_rows.ratio(cases, "targeting", "of_risk", "minutes", _DRAWS),
        figure_rows.ratio(cases, "hot_time_share", "in_hot", "minutes", _DRAWS),
        figure_rows.mean_of(cases, "hot_hours_share", "hot_length", "minutes"),
        _overlaps(
            leveled[leveled["month"].isin(span.told)].assign(month_count=1),
            minutes,
            risk,
        ),
    ]


def _risks(clock: pd.DataFrame) -> dict[int, tuple[Floats, Floats]]:
    """Return share of the offence and of the hours by part, per month it is for."""
    told = clock.dropna(subset=["share_estimate"]).sort_values(
        ["month", "day_part", "week_part"]
    )
    return {
        int(month): (
            rows["share_estimate"].to_numpy(float) / rows["share_estimate"].sum(),
            rows["hours_share"].to_numpy(float),
        )
        for month, rows in told.groupby("month")
        if len(rows) == aoristic.CELLS
    }


def _minutes_by_part(rows: pd.DataFrame) -> Floats:
    """Return the minutes of each round in each part of the week, in their order."""
    spread = aoristic.spread(
        rows["started_at"].to_numpy("datetime64[us]"),
        rows["ended_at"].to_numpy("datetime64[us]"),
    )
    names = [(day, week) for day in aoristic.DAY_PARTS for week in aoristic.WEEK_PARTS]
    order = np.argsort(np.argsort([f"{day}\0{week}" for day, week in names]))
    cell = order[aoristic.cell_of_hour()[spread.hour_of_week]]
    places = spread.incident * len(names) + cell
    shares = np.bincount(places, spread.weight, len(rows) * len(names))
    return np.asarray(
        shares.reshape(len(rows), len(names))
        * rows["duration_minutes"].to_numpy(float)[:, None]
    )


def _overlaps(rows: pd.DataFrame, minutes: Floats, risk: Floats) -> pd.DataFrame:
    found = []
    for key, group in rows.groupby(GROUP):
        place = group["place"].to_numpy()
        walked, whole = minutes[place], minutes[place].sum()
        row = dict(zip(GROUP, key, strict=True)) | {
            "measure": "overlap", "interval_kind": "confidence",
            "event_count": len(place), "base_count": len(place), "unknown_count": 0,
            "is_too_few": len(place) < figure_rows.FEWEST_POSTS,
        }  # fmt: skip
        if not row["is_too_few"]:
            share = patrolling.overlap(walked.sum(axis=0) / whole, risk[place[0]])
            again = resampling.sums(walked, _DRAWS)
            drawn = patrolling.overlap(
                again / again.sum(axis=1, keepdims=True), risk[place[0]]
            )
            lower, upper = resampling.ends(drawn)
            row |= {
                "figure_estimate": float(share), "figure_lower": float(lower),
                "figure_upper": float(upper),
            }  # fmt: skip
        found.append(row)
    return pd.DataFrame(found)
