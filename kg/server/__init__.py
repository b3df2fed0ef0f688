"""``kg serve``: the pages of a site answered one at a time, as the workspace stands now."""
