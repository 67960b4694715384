"""The live proof: the site as on disk, served locally; remarks are kept and pages renew themselves."""
