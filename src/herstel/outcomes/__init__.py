"""What came of the cases of a practice: small figures of many people, each with how many they rest on."""
