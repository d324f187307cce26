"""What is made of one submission: a clean article, its passages, their embeddings."""
