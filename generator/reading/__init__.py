"""What readers read with: bytes, mails, pages and files as text, and papers as they stand there."""
