"""The commands, by what they are about; each calls what the DAGs call."""
