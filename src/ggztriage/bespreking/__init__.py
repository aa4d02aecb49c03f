"""The doelgroepbespreking: a session that is prepared, held with live voting, and ends in a report."""
