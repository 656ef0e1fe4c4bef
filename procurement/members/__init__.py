"""The association, its members with dated reference figures, and the people who act for them."""
