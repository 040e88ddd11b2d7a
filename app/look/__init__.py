"""How the program looks: colours, fonts, icons and the widgets that everything is built from."""
