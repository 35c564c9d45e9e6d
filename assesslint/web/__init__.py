"""The web page and the REST API: drafts come by HTTP, are judged in processes of their own, and go back; nothing of them is kept."""
