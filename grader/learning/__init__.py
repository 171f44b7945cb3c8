"""What learners do, as units of work: each function runs in one transaction, with the rules of the layers below."""
