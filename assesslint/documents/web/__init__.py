"""What the reader of web pages and the annotator share: tags, the walk over elements, the text with its places."""
