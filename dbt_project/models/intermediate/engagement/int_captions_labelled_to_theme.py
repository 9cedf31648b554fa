from wijkbeeld.measures.themes import label_captions


def model(dbt, session):
    dbt.config(materialized="table")
    # The same text is posted again and again, and snapshots repeat it.
    posts = dbt.ref("stg_social__facebook_posts")
    captions = posts.project("caption").distinct().order("caption")
    return label_captions(captions.df()["caption"], dbt.ref("theme_keywords").df())
