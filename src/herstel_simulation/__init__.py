"""Simulated people who recover under the plan: to test the rules and the forecast. Never real people.

Every person has a hidden truth (`person.Truth`): what is really the matter, and T, the day on which the leg is truly
fit for the sport again. `body.Body` lets it heal, hurt, flare up and tear again; `answers` and `therapist` turn it into
check-ins and measurements with the noise, gaps and habits of people; `course` lets the engine's own rules decide over
them day by day, and `figures` compares what the engine did with the truth it never saw.

The numbers of the hidden model stand in `assumptions`, each with its basis. They were written down from the published
cohorts before anything was measured with them, and their shapes differ from the engine's own on purpose: a
forecast that is scored on people made by itself is always right.
"""
