"""The guided tour: a fictional case, a few steps, and a strip that says the next one."""
