"""Who can own an action: organisations and roles, never a person."""

from wijkbeeld.language import later, say

NAMES = {
    "wijkagent": later("wijkagent"),
    "police": later("politie"),
    "municipality": later("gemeente"),
    "enforcement": later("handhaving"),
    "watch_team": later("buurtpreventie"),
    "group_administrators": later("beheerders van WhatsApp-groepen"),
    "residents": later("bewoners"),
    "entrepreneurs": later("ondernemers"),
    "housing_association": later("woningcorporatie"),
    "school": later("school"),
    "welfare": later("welzijnswerk"),
}
"""Code of each owner as it is landed, and how it is told."""

DELIVERED = {
    "wijkagent": "wijkagent",
    "police": "politie",
    "municipality": "gemeente",
    "enforcement": "handhaving",
    "watch_team": "buurtpreventie",
    "group_administrators": "groepsbeheerders",
    "residents": "bewoners",
    "entrepreneurs": "ondernemers",
    "housing_association": "woningcorporatie",
    "school": "school",
    "welfare": "welzijn",
}
"""Code of each owner, and the word for it in a list that is delivered."""


def told(code: str) -> str:
    """Return how an owner is called, in the language that is spoken."""
    return say(NAMES.get(code, code))
