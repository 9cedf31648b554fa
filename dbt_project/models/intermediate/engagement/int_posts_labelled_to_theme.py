from wijkbeeld.measures.themes import label_captions


def model(dbt, session):
    dbt.config(materialized="table")
    posts = dbt.ref("int_posts_deduped_to_post").project("post_id, caption")
    return label_captions(posts.df(), dbt.ref("theme_keywords").df())
