"""From a view to a picture and the places of its things; ``kg.page`` makes the file."""
