from herstel.complaint.model import Complaint, Place, ReportedFacts

LEFT_CALF, RIGHT_CALF, BACK = Place("left", "calf"), Place("right", "calf"), Place("middle", "low_back")


def test_nothing_reported_is_nothing_known() -> None:
    facts = Complaint().facts()
    assert facts.finding("limp") is None
    assert facts.place("calf") is None
    assert facts.ladder("walking") is None
    assert facts.level() is None
    assert [facts.number(name) for name in ("age", "days", "pain", "places", "grade", "urgency")] == [None] * 6


def test_what_was_reported_can_be_asked_for() -> None:
    facts = Complaint(
        findings={"limp": True, "pop": False},
        ladder={"walking": 2},
        age_years=34,
        days_since_onset=0,
        pain_nrs=0,
        level="professional",
    ).facts()
    assert [facts.finding(name) for name in ("limp", "pop", "fever")] == [True, False, None]
    assert [facts.number(name) for name in ("age", "days", "pain")] == [34, 0, 0]
    assert facts.ladder("walking") == 2
    assert facts.level() == "professional"


def test_one_marked_place_says_that_it_does_not_hurt_in_another() -> None:
    facts = Complaint(places=frozenset({LEFT_CALF})).facts()
    assert facts.place("calf") is True
    assert facts.place("low_back") is False


def test_the_same_place_on_both_sides_is_one_place() -> None:
    both = Complaint(places=frozenset({LEFT_CALF, RIGHT_CALF}))
    assert both.facts().number("places") == 1
    assert both.sides == {"left", "right"}
    assert Complaint(places=frozenset({LEFT_CALF, BACK})).facts().number("places") == 2


def test_of_probabilities_nothing_is_known_until_they_were_worked_out() -> None:
    assert Complaint().facts().likelihood_of(["dvt"]) is None
    assert ReportedFacts(Complaint(), {"dvt": 0.25, "doms": 0.5}).likelihood_of(["dvt", "doms"]) == 0.75


def test_conclusions_can_be_asked_for_beside_what_was_reported() -> None:
    facts = ReportedFacts(Complaint(age_years=34), conclusions={"grade": 2.0})
    assert (facts.number("age"), facts.number("grade"), facts.number("urgency")) == (34, 2.0, None)
