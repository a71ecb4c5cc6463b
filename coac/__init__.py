"""The project: settings, addresses and the server's way in; nothing about papers."""
