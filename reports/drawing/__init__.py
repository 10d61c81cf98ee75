"""What is written of a draw of schools and inspectors (双随机): record, public lists, own list."""
