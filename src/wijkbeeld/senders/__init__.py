"""What senders get from us, made from what was agreed: templates and instructions."""
