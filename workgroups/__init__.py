"""Who the committee is: its terms, meetings, subcommittees and groups with their lives."""
