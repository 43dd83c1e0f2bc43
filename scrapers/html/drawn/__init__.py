"""What a page draws instead of writing it: icons, counted stars and signs, and attributes that they are drawn from."""
