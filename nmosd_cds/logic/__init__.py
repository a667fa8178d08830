"""Three-valued logic over sets of possible values; knows no patient and no medicine."""
