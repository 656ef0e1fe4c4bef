"""Official documents as PDF: what they say is collected, drawn, numbered and stored once; a document never computes."""
