"""From a document to a draft: readers -> Document -> parser -> ParsedPaper -> draft."""
