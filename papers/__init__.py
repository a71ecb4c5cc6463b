"""What the working groups reported, and the pages that show it."""
