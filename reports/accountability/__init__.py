"""Papers of what was decided: summons, records of talks, lists, letters of referral."""
