"""Report → opinion sheet 《考核方案审核意见表》: what it says in plain values, and a writer for Word and one for Excel."""
