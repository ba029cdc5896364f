"""Letters: values for the templates, rendered wording, and the message that goes out."""
