"""Which accounts on the social platforms are ours."""

from wijkbeeld.settings import settings


def ours() -> dict[str, list[str]]:
    """Return per setting the accounts that are ours, as the platforms write them."""
    chosen = settings()
    return {
        "facebook_page_ids": list(chosen.facebook_page_ids),
        "instagram_account_ids": list(chosen.instagram_account_ids),
        "x_accounts": [name.lstrip("@").casefold() for name in chosen.x_accounts],
    }
