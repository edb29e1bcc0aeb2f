"""What these tests say and do in common."""

CITY = "/en/calls/call/city/krakow/"


ONE = "/en/nominations/{code}/"
