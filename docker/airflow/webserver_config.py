"""Who may log in to Airflow, and as what; whoever has no role sees nothing.

Without OAuth, accounts are made by the administrator and nobody can register. With
OAuth, groups of the organisation become roles at every login; who is in none of
them gets `Public`, which may see nothing at all.
"""

import os

from flask_appbuilder.const import AUTH_DB, AUTH_OAUTH

WTF_CSRF_ENABLED = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
AUTH_RATE_LIMITED = True
AUTH_RATE_LIMIT = "5 per 40 second"

AUTH_TYPE = AUTH_OAUTH if os.environ.get("OAUTH_METADATA_URL") else AUTH_DB

if AUTH_TYPE == AUTH_OAUTH:
    OAUTH_PROVIDERS = [
        {
            # Decides how groups are read: keycloak, azure, okta, authentik, …
            "name": os.environ["OAUTH_PROVIDER"],
            "token_key": "access_token",
            "icon": "fa-key",
            "remote_app": {
                "client_id": os.environ["OAUTH_CLIENT_ID"],
                "client_secret": os.environ["OAUTH_CLIENT_SECRET"],
                "server_metadata_url": os.environ["OAUTH_METADATA_URL"],
                "client_kwargs": {"scope": "openid email profile groups"},
            },
        }
    ]
    AUTH_USER_REGISTRATION = True
    AUTH_USER_REGISTRATION_ROLE = "Public"
    AUTH_ROLES_SYNC_AT_LOGIN = True
    AUTH_ROLES_MAPPING = {
        "wijkbeeld-administrators": ["Admin"],
        "wijkbeeld-engineers": ["Op"],
        "wijkbeeld-analysts": ["Viewer"],
    }
else:
    AUTH_USER_REGISTRATION = False
