"""Pages of requests to partners: for the asked desk on a phone, for the managers who ask."""
