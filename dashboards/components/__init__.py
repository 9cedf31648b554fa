"""Draw what a page hands over; never query."""
