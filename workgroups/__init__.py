"""Who the committee is: its terms, meetings, subcommittees and groups, and what happened to them."""
