"""What an answer says of a referral and of people: accepted, declined because, hired, still there, gone."""
