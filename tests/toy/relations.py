"""The relations of the toy graph as values, in the order of their keys; ``curated/relations.toml`` says the same."""

# ruff: noqa: E501 (titles and sentences stand on one line)

from __future__ import annotations

from xaikg.model import AssertionMethod, End, Evidence, Relation, RelationStatus, RelationType

ERHAN = End("paper", "visualizing-higher-layer-features-of-a-deep-network-b742c3")


def paper(key: str) -> End:
    return End("paper", key)


def method(key: str) -> End:
    return End("method", key)


def _relation(
    key: str,
    said: RelationType,
    source: End,
    target: End,
    confidence: float,
    line: int,
    *evidence: Evidence,
    status: RelationStatus = RelationStatus.ACCEPTED,
    on: str = "2026-11-22",
) -> Relation:
    origin = f"curated/relations.toml#{line}"
    curated = AssertionMethod.CURATED
    return Relation(key, said, source, target, evidence, confidence, status, curated, "xaikg", on, origin)


RELATIONS = (
    _relation(
        "10.1609-aaai.v32i1.11491-extends-1602.04938-7ebdfe",
        RelationType.EXTENDS,
        paper("10.1609-aaai.v32i1.11491"),
        paper("1602.04938"),
        0.9,
        78,
        Evidence(
            "Anchors keeps the perturbation view of LIME and replaces its linear model by if-then rules.",
            "https://doi.org/10.1609/aaai.v32i1.11491",
            "abstract",
        ),
    ),
    _relation(
        f"1312.6034-extends-{ERHAN.key}-703b1a",
        RelationType.EXTENDS,
        paper("1312.6034"),
        ERHAN,
        0.8,
        162,
        Evidence(
            "Its first technique brings the maximization of a unit's activation to the class scores of a deep convolutional network.",
            "https://arxiv.org/abs/1312.6034",
            "abstract",
        ),
    ),
    _relation(
        "1705.07874-generalizes-1602.04938-b145cf",
        RelationType.GENERALIZES,
        paper("1705.07874"),
        paper("1602.04938"),
        0.95,
        50,
        Evidence(
            "The class of additive feature attribution methods that the paper defines has LIME as a member.",
            "https://arxiv.org/abs/1705.07874",
            "section 2",
        ),
    ),
    _relation(
        "1810.03292-evaluates-1610.02391-e1a924",
        RelationType.EVALUATES,
        paper("1810.03292"),
        paper("1610.02391"),
        0.95,
        134,
        Evidence(
            "Grad-CAM is among the methods that are put through the randomization tests, and passes them.",
            "https://arxiv.org/abs/1810.03292",
            "section 4",
        ),
    ),
    _relation(
        "1810.03292-evaluates-gradient-saliency-c56cb7",
        RelationType.EVALUATES,
        paper("1810.03292"),
        method("gradient-saliency"),
        0.95,
        148,
        Evidence(
            "Plain gradients are put through the randomization tests.", "https://arxiv.org/abs/1810.03292", "section 4"
        ),
    ),
    _relation(
        "1902.10186-critiques-1312.6034-c6d86d",
        RelationType.CRITIQUES,
        paper("1902.10186"),
        paper("1312.6034"),
        0.3,
        92,
        Evidence(
            "The paper compares attention with gradients but does not question gradients.",
            "https://arxiv.org/abs/1902.10186",
            "section 4",
        ),
        status=RelationStatus.REJECTED,
    ),
    _relation(
        "1908.04626-critiques-1902.10186-3d46ee",
        RelationType.CRITIQUES,
        paper("1908.04626"),
        paper("1902.10186"),
        0.99,
        106,
        Evidence(
            "It disputes the earlier experiments, since an adversarial attention must be trained for the whole model.",
            "https://arxiv.org/abs/1908.04626",
            "abstract",
        ),
    ),
    _relation(
        "1908.04626-replies-to-1902.10186-3bd760",
        RelationType.REPLIES_TO,
        paper("1908.04626"),
        paper("1902.10186"),
        1.0,
        120,
        Evidence("The title answers the title of the earlier paper.", "https://arxiv.org/abs/1908.04626", "title"),
    ),
    _relation(
        "1910.01279-extends-1512.04150-4928e1",
        RelationType.EXTENDS,
        paper("1910.01279"),
        paper("1512.04150"),
        0.9,
        36,
        Evidence(
            "Score-CAM keeps the weighted sum of feature maps of CAM and takes the weights from forward passes on masked inputs.",
            "https://arxiv.org/abs/1910.01279",
            "abstract",
        ),
        on="2026-11-21",
    ),
    _relation(
        "grad-cam-generalizes-cam-683fc2",
        RelationType.GENERALIZES,
        method("grad-cam"),
        method("cam"),
        0.98,
        3,
        Evidence(
            "Grad-CAM weighs feature maps by averaged gradients, which gives CAM back for the architectures that CAM needs.",
            "https://arxiv.org/abs/1610.02391",
            "section 3",
        ),
    ),
    _relation(
        "grad-cam-plus-plus-extends-grad-cam-906ea1",
        RelationType.EXTENDS,
        method("grad-cam-plus-plus"),
        method("grad-cam"),
        0.95,
        17,
        Evidence(
            "Grad-CAM++ replaces the plain average of gradients by a weighted one, to cover several instances of an object.",
            "https://arxiv.org/abs/1710.11063",
            "abstract",
        ),
        Evidence(
            "The title names the method after Grad-CAM and calls it generalized.",
            "https://doi.org/10.1109/WACV.2018.00097",
            "title",
        ),
    ),
    _relation(
        "kernel-shap-extends-lime-e150c4",
        RelationType.EXTENDS,
        method("kernel-shap"),
        method("lime"),
        0.9,
        64,
        Evidence(
            "Kernel SHAP fits LIME's local linear model under a weighting kernel that yields Shapley values.",
            "https://arxiv.org/abs/1705.07874",
            "section 4.1",
        ),
    ),
    _relation(
        "score-cam-critiques-grad-cam-29a3c4",
        RelationType.CRITIQUES,
        method("score-cam"),
        method("grad-cam"),
        0.6,
        176,
        Evidence(
            "Score-CAM gives saturated and noisy gradients as the reason to do without them.",
            "https://arxiv.org/abs/1910.01279",
            "section 3",
        ),
        status=RelationStatus.PROPOSED,
    ),
)
