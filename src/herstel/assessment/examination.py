"""What a clinician's tests add: their shrunk likelihood ratios, tests of one construct counted once."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from herstel.assessment.matrix import Floats
from herstel.knowledge.model import Knowledge


def examination_log_likelihood(examination: Mapping[str, bool], knowledge: Knowledge) -> Floats:
    """Log-likelihood the tests add to each condition, shape (conditions,).

    Only the likelihood ratios the knowledge allows are used (shrunk and capped). Tests of one family measure the same
    thing, so their mean counts, not their sum.
    """
    families: dict[str, list[Floats]] = defaultdict(list)
    conditions = tuple(knowledge.conditions)
    for test_id, positive in examination.items():
        test = knowledge.tests[test_id]
        ratio = test.use_positive if positive else test.use_negative
        if ratio is not None:
            weights = np.array([np.log(ratio) * (c in test.targets) for c in conditions], dtype=np.float32)
            families[test.family or test.id].append(weights)
    total = np.zeros(len(conditions), dtype=np.float32)
    for weights_of_family in families.values():
        total += np.mean(weights_of_family, axis=0, dtype=np.float32)
    return total
