"""Report → one web page for those who read on a screen or on paper: what it shows in plain values, and the template they are put into."""
