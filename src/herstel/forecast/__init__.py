"""How long it may take, how sure that is, and how likely it comes back."""
