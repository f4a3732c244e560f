"""The app's two icons and the program that draws them."""
