"""Reading of what people write about dates: words in, a typed value or a question out."""
