from wijkbeeld.measures.themes import label_captions


def model(dbt, session):
    dbt.config(materialized="table")
    # The same text is posted again and again, and snapshots repeat it.
    facebook = dbt.ref("stg_social__facebook_posts").project("caption")
    instagram = dbt.ref("stg_social__instagram_posts").project("caption")
    x = dbt.ref("stg_social__x_posts").project("caption")
    captions = facebook.union(instagram).union(x).distinct().order("caption")
    return label_captions(captions.df()["caption"], dbt.ref("theme_keywords").df())
