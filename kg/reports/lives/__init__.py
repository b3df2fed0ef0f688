"""The lives of pacts, disputes and events: stages, steps, and where each stands on a day."""
