"""What is said about a draft: findings, notices and the report that holds them. Values only; whoever shows them stands right of here."""
