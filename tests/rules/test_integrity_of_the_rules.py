"""The knowledge that ships has no problem, not even one that only a curator has to mend."""

from nmosd_cds import paths
from nmosd_cds.knowledge.load import check_knowledge


def test_the_knowledge_is_whole() -> None:
    problems = check_knowledge(paths.knowledge_root())
    assert not problems, "\n" + "\n".join(problem.sentence for problem in problems)
