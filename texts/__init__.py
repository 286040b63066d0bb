"""Words for people: gettext catalogs and Babel formats, for chat and for documents."""
