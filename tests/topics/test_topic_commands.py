"""`digest topics`: what corrections teach, what is doubtful, and what the report says."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from generator import store
from generator.cli import main
from generator.model import GeneratorError
from generator.topics import assign, load, points, taught
from generator.topics.learnt import read, shipped, written
from generator.topics.retrain import Lesson, lessons, retrained
from tests import project as projects
from tests.project import Project, dump

BIRDS = ("A Field Guide to Birdsong", "We record the dawn chorus of thrushes and warblers in spring.", "Sep 24, 2024")
WARBLERS = ("Warblers in Spring", "The dawn chorus of warblers is recorded in a field guide.", "Sep 25, 2024")
BIRD_NAMES = ("thrushes", "warblers", "wrens", "finches")
VIDEO = ("Video Diffusion", "A diffusion model for video generation, 2024.", "Sep 26, 2024")


@pytest.fixture
def project(tmp_path) -> Project:
    made = projects.make(tmp_path)
    made.add("dump.txt", dump("Sep 27, 2024", BIRDS, WARBLERS, VIDEO))
    made.ingest()
    return made


def run(project: Project, *arguments: str) -> Result:
    command, *rest = arguments
    config = str(project.root / "mkdocs.yml")
    return CliRunner().invoke(main, ["topics", command, "--config", config, *rest], catch_exceptions=False)


def confirm(project: Project, slug: str) -> None:
    project.edit(slug, "---\ntitle:", "---\ntopics_reviewed: true\ntitle:")


def give(project: Project, slug: str, *ids: str) -> None:
    """A person gives a paper these topics, whatever it had."""
    page = project.page(slug)
    lines = page.read_text("utf-8").splitlines()
    start = next((at for at, line in enumerate(lines) if line.startswith("topics:")), None)
    if start is not None:
        end = next(at for at in range(start + 1, len(lines)) if not lines[at].startswith("-"))
        del lines[start:end]
    lines.insert(1, f"topics: [{', '.join(ids)}]")
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def topics_of(project: Project, slug: str) -> tuple[str, ...]:
    pages = store.load(project.content).papers
    return next(page.paper.topics for page in pages if page.slug == slug)


# -- Retraining


def test_a_correction_teaches_papers_like_it(project):
    """A page that nobody touched changes, but only after retraining; the corrected one stays as it is."""
    pytest.importorskip("sklearn")
    give(project, "a-field-guide-to-birdsong", "science", "audio")
    project.ingest()
    before = topics_of(project, "warblers-in-spring"), topics_of(project, "video-diffusion")
    scores = points(store.load(project.content).taxonomy, *WARBLERS[:2])
    said = run(project, "retrain")
    assert said.exit_code == 0, said.output
    after = points(store.load(project.content).taxonomy, *WARBLERS[:2])
    assert after["science"] > scores["science"]
    assert after["audio"] > scores["audio"]
    assert (topics_of(project, "warblers-in-spring"), topics_of(project, "video-diffusion")) == before
    project.ingest()
    assert topics_of(project, "a-field-guide-to-birdsong") == ("science", "audio")
    assert topics_of(project, "video-diffusion") == before[1]


def test_retraining_twice_gives_the_same_bytes(project):
    """And says that nothing is new."""
    pytest.importorskip("sklearn")
    give(project, "warblers-in-spring", "science")
    assert "Commit it" in run(project, "retrain").output
    files = project.files()
    assert "Nothing new" in run(project, "retrain").output
    assert project.files() == files


def test_retraining_tells_what_a_run_will_change_until_it_has(project):
    """Whatever was learnt when, against the pages as they stand."""
    pytest.importorskip("sklearn")
    for slug in ("a-field-guide-to-birdsong", "warblers-in-spring"):
        give(project, slug, "science", "structured-data")
    project.add("again.txt", dump("Sep 28", ("Warblers in Spring, Again", WARBLERS[1], WARBLERS[2])))
    project.ingest()
    told = [run(project, "retrain").output.splitlines()[2:] for _ in range(2)]
    assert told[0] == told[1] != ["  nothing"]
    project.ingest()
    assert run(project, "retrain").output.splitlines()[2:] == ["  nothing"]


def test_without_corrections_the_shipped_model_is_what_is_learnt(project):
    """The extra is not even needed."""
    assert run(project, "retrain").output.splitlines()[-1] == "  nothing"
    assert (project.content / "topics-learnt.json").read_text("utf-8") == written(shipped())


def test_what_retraining_would_change_is_told(project):
    """Per topic, for the pages that nobody touched."""
    pytest.importorskip("sklearn")
    for slug in ("a-field-guide-to-birdsong", "warblers-in-spring"):
        give(project, slug, "science", "structured-data")
    again = (
        "Warblers in Spring, Again",
        "The dawn chorus of warblers is recorded again in a field guide.",
        "Sep 25, 2024",
    )
    project.add("again.txt", dump("Sep 28, 2024", again))
    project.ingest()
    before = set(topics_of(project, "warblers-in-spring-again"))
    output = run(project, "retrain").output
    assert set(topics_of(project, "warblers-in-spring-again")) == before
    project.ingest()
    after = set(topics_of(project, "warblers-in-spring-again"))
    assert after - before
    assert after - before <= {"science", "structured-data"}
    for id in after - before:
        assert f"{id}: 1 paper more, 0 fewer" in output
    for id in before - after:
        assert f"{id}: 0 papers more, 1 fewer" in output


def test_a_missing_extra_is_told(project, monkeypatch):
    """With how to install it, and no traceback."""
    monkeypatch.setitem(__import__("sys").modules, "sklearn.feature_extraction", None)
    give(project, "warblers-in-spring", "science")
    said = run(project, "retrain")
    assert said.exit_code == 2
    assert "pip install" in said.output
    assert not (project.content / "topics-learnt.json").exists()


def test_a_broken_model_of_the_project_is_told_with_its_line(project):
    """No command goes on without it."""
    project.add("../topics-learnt.json", '{"topic": "a", "definition": "b", "start": 1}\nnonsense\n')
    said = project.run("ingest")
    assert said.exit_code == 2
    assert "topics-learnt.json:2: error: this is no line of what was learnt" in said.output


def test_a_check_tells_which_topics_are_described_in_other_words(project):
    """What was learnt counts for them no more; that alone is nothing wrong."""
    file = project.content / "topics.yml"
    assert "description" not in project.run("check").output
    text = file.read_text("utf-8")
    file.write_text(text.replace('"Models, data or benchmarks for programming."', "All of code."), "utf-8")
    check = project.run("check")
    assert "topics.yml: note: the description has changed since papers were read for it" in check.output
    assert ": code\n" in check.output


def test_a_page_that_is_as_the_generator_wrote_it_teaches_nothing(project):
    """One that a person confirmed does, with whatever topics it has."""
    assert lessons(store.load(project.content).papers) == ()
    confirm(project, "video-diffusion")
    (lesson,) = lessons(store.load(project.content).papers)
    assert lesson == Lesson(*VIDEO[:2], frozenset(topics_of(project, "video-diffusion")))


def test_a_new_topic_begins_as_its_rules_and_learns():
    """The model of the package does not know it."""
    pytest.importorskip("sklearn")
    text = "- {id: birds, name: Birds, description: Of birds., rules: [{phrases: [birdsong], weight: 1}]}"
    own = load(text, "topics.yml")
    model = retrained(own, [Lesson(*WARBLERS[:2], frozenset(["birds"]))])
    after = taught(own, read(written(model), "f.json"))
    assert [found.topic.id for found in assign(after, "Birdsong", "")] == ["birds"]
    assert [found.topic.id for found in assign(after, *WARBLERS[:2])] == ["birds"]
    assert assign(after, "Video Diffusion", "A diffusion model.") == ()


def test_a_model_without_the_extra_is_an_error_that_says_what_to_do(monkeypatch):
    """For those who call the function, too."""
    monkeypatch.setitem(__import__("sys").modules, "sklearn.feature_extraction", None)
    own = load("- {id: birds, name: Birds}", "topics.yml")
    with pytest.raises(GeneratorError, match="scikit-learn is not installed"):
        retrained(own, [Lesson(*WARBLERS[:2], frozenset(["birds"]))])


# -- Suggestions and the report


def test_papers_without_a_topic_are_suggested_first(project):
    """A paper that a person confirmed is not."""
    lines = run(project, "suggest").output.splitlines()
    assert all("in doubt (3 do)" in line for line in lines)
    assert len(run(project, "suggest", "--limit", "1").output.splitlines()) <= 1
    for slug in ("video-diffusion", "warblers-in-spring", "a-field-guide-to-birdsong"):
        confirm(project, slug)
    assert run(project, "suggest").output == ""


def test_the_report_counts_growth_and_names_overlaps(tmp_path):
    """Over the seeds: every topic has a line, and the columns are those of the last twelve months and the twelve before."""
    project = projects.with_seeds(tmp_path)
    project.ingest()
    said = run(project, "report").output
    content = store.load(project.content)
    for topic in content.taxonomy.topics:
        count = sum(topic.id in page.paper.topics for page in content.papers)
        line = next(line for line in said.splitlines() if line.startswith(f"{topic.id} "))
        assert line.split()[1] == str(count)
    assert "Together more often than by chance:" in said
    assert "Frequent where no topic fits, or hardly:" in said


def test_what_was_taught_is_taught_again(project):
    """The topic that a person added to others stays theirs, though the model gives it by now."""
    films = [(f"Video Diffusion of {bird}", f"A video diffusion model of {bird} in spring.") for bird in BIRD_NAMES]
    project.add("films.txt", dump("Sep 28, 2024", *((*film, "Sep 27, 2024") for film in films)))
    project.ingest()
    slugs = [f"video-diffusion-of-{bird}" for bird in BIRD_NAMES]
    for slug in slugs:
        assert topics_of(project, slug) == ("video",)
        project.edit(slug, "topics: [video]", "topics: [video, robotics]")
    project.ingest()
    said = run(project, "retrain").output.splitlines()[0]
    model = (project.content / "topics-learnt.json").read_bytes()
    given = store.load(project.content).taxonomy
    assert all("robotics" in {one.topic.id for one in assign(given, *film)} for film in films)
    project.ingest()
    assert run(project, "retrain").output.splitlines()[0] == said
    assert (project.content / "topics-learnt.json").read_bytes() == model
    project.ingest()
    assert all(topics_of(project, slug) == ("video", "robotics") for slug in slugs)


def test_a_topic_that_has_another_id_is_learnt_under_that(project):
    """Before a run has written it to the pages, too."""
    give(project, "a-field-guide-to-birdsong", "robotics")
    project.ingest()
    topics = project.content / "topics.yml"
    topics.write_text(
        topics.read_text("utf-8").replace("- id: robotics\n", "- id: robots\n  aliases: [robotics]\n"), encoding="utf-8"
    )
    run(project, "retrain")
    model = (project.content / "topics-learnt.json").read_bytes()
    project.ingest()
    run(project, "retrain")
    assert (project.content / "topics-learnt.json").read_bytes() == model


@pytest.mark.parametrize("broken", ["garbage\n", "", "<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n"])
def test_retraining_repairs_a_broken_model(project, broken: str):
    """As its message says, which is that of any other command."""
    (project.content / "topics-learnt.json").write_text(broken, encoding="utf-8")
    told = project.run("check")
    assert told.exit_code == 2
    assert "run `digest topics retrain`" in told.output
    assert run(project, "retrain").exit_code == 0
    assert (project.content / "topics-learnt.json").read_text("utf-8") == written(shipped())


def test_a_corrected_paper_is_not_suggested_again(project):
    """Nor is one whose topics a person took away."""
    slug = run(project, "suggest").output.split(":")[0]
    assert project.page(slug).exists()
    give(project, slug, "science")
    assert slug not in run(project, "suggest").output
