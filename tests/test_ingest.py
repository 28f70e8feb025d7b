"""Dumps become pages, pages that a person edited stay, and a second run has nothing to do."""

from __future__ import annotations

import json
import random
import shutil

import pytest

from tests.project import ROOT, SEEDS, Project, dump, make

ONE = ("A Reward Model for Reasoning", "We train a reward model with reinforcement learning.", "Sep 24, 2024")
TWO = ("Video Diffusion", "A diffusion model for video generation, 2024.", "Jan 2 4")


@pytest.fixture
def project(tmp_path) -> Project:
    project = make(tmp_path)
    project.add("a.txt", dump("Dec 10", ONE, TWO))
    project.ingest()
    return project


def test_the_seeds_are_76_papers_seen_95_times(seeds):
    """In two digests, by two organisations."""
    told = json.loads(seeds.run("status", "--json").output)
    assert {name: told[name] for name in ("papers", "sightings", "digests", "organizations", "topics")} == {
        "papers": 76,
        "sightings": 95,
        "digests": 2,
        "organizations": 2,
        "topics": 28,
    }
    assert told["conflicts"] == []
    assert told["last"] == {"captured": "2026-01-07", "dumps": [SEEDS[1].name]}
    assert sum(problem["level"] == "warning" and "byline" in problem["message"] for problem in told["problems"]) == 1


def test_the_pages_in_the_repository_are_what_the_seeds_yield(seeds, tmp_path):
    """Whoever changes how pages are made commits the pages, too, so that the difference is reviewed."""
    project = Project(tmp_path)
    shutil.copytree(ROOT / "content", project.content)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    committed = project.files()
    assert "Nothing new." in project.ingest().output
    assert project.files() == committed
    edited = {name for name, text in seeds.files().items() if committed[name] != text}
    assert edited == {"digests/2026-01-07.md"}  # its introduction is a person's


def test_a_second_run_writes_nothing(seeds):
    """Not a byte, and says so."""
    before = seeds.files()
    assert "Nothing new." in seeds.ingest().output
    assert seeds.files() == before


def test_dumps_added_one_by_one_end_in_the_same_pages(seeds, tmp_path):
    """In the order of capture, as curators add them."""
    project = make(tmp_path)
    for seed in SEEDS:
        shutil.copy(seed, project.content / "dumps" / seed.name)
        project.ingest()
    assert project.files() == seeds.files()


def test_export_prints_a_visible_paper_a_line(seeds):
    """In the order of slugs, with the fields that are indexed first."""
    lines = [json.loads(line) for line in seeds.run("export").output.splitlines()]
    refs = [line["ref"] for line in lines]
    assert (len(refs), refs) == (76, sorted(refs))
    rlp = next(line for line in lines if line["title"].startswith("RLP"))
    assert rlp["organization"] == "NVIDIA"
    assert (rlp["date"], rlp["comments"], rlp["url"]) == ("2025-09-26", 4, f"papers/{rlp['ref']}/")


def test_an_edited_page_keeps_what_a_person_wrote(project):
    """A title, a comment in the front matter, a key of their own, words below the abstract."""
    slug = "video-diffusion"
    project.edit(slug, 'title: "Video Diffusion"', "title: 'Video Diffusion, revised'  # mine\nrating: 5")
    text = project.page(slug).read_text("utf-8") + "\nRead *this* one.\n"
    project.page(slug).write_text(text, encoding="utf-8")
    project.add("b.txt", dump("Dec 12, 2025", ONE, (TWO[0], TWO[1], "Jan 2, 2025 9")))
    project.ingest()
    new = project.page(slug).read_text("utf-8")
    assert "title: 'Video Diffusion, revised'  # mine\nrating: 5\n" in new
    assert "Read *this* one." in new
    assert "comments: 9\n" in new
    assert "b.txt" in new
    assert "Nothing new." in project.ingest().output


def test_a_conflict_keeps_the_persons_value_and_is_reported(project):
    """With both values and the file, until it is settled."""
    project.edit("video-diffusion", "A diffusion model for video generation, 2024.", "My words.")
    project.add("b.txt", dump("Dec 12, 2025", (TWO[0], "New words.", "Jan 2, 2025")))
    said = project.ingest().output
    assert "papers/video-diffusion.md:1: conflict: `abstract` is 'My words.'" in said
    assert "My words." in project.page("video-diffusion").read_text("utf-8")
    check = project.run("check", "--conflicts")
    assert (check.exit_code, "New words." in check.output) == (1, True)


def test_a_page_written_by_hand_is_a_paper(project):
    """With no more than a title."""
    project.page("my-paper").write_text("---\ntitle: My Paper on Robots\n---\n", encoding="utf-8")
    project.ingest()
    told = json.loads(project.run("status", "--json").output)
    assert told["papers"] == 3
    assert "topics: [robotics]" in project.page("my-paper").read_text("utf-8")


def test_a_page_that_was_taken_out_stays_out_until_it_is_called_back(project):
    """Its slug goes to removed.yml; taking the line out brings it back."""
    project.page("video-diffusion").unlink()
    project.ingest()
    removed = project.content / "removed.yml"
    assert "- video-diffusion\n" in removed.read_text("utf-8")
    assert not project.page("video-diffusion").exists()
    assert "Nothing new." in project.ingest().output
    removed.write_text(removed.read_text("utf-8").replace("- video-diffusion\n", ""), encoding="utf-8")
    project.ingest()
    assert project.page("video-diffusion").exists()
    assert "Nothing new." in project.ingest().output


def test_many_missing_pages_are_not_taken_for_a_wish(project):
    """A wrong `rm` is refused, with what to do, and changes nothing."""
    shutil.rmtree(project.content / "papers")
    before = project.files()
    result = project.run("ingest")
    assert result.exit_code == 2
    assert "2 pages are missing" in result.output
    assert "--remove" in result.output
    assert project.files() == before
    project.ingest("--remove")
    assert (project.content / "removed.yml").read_text("utf-8").count("- ") == 2


def test_a_page_that_cannot_be_read_stops_the_run_with_its_line(project):
    """Going on would make the paper a second time."""
    project.edit("video-diffusion", 'title: "Video Diffusion"', "title: Video: Diffusion")
    before = project.files()
    result = project.run("ingest")
    assert result.exit_code == 2
    assert result.output.startswith("papers/video-diffusion.md:2: error: the front matter is not YAML")
    assert project.files() == before


def test_two_titles_of_one_slug_have_two_pages(project):
    """Both are known, and stay at their names."""
    project.add(
        "c.txt",
        dump("Dec 14, 2025", ("Video: Diffusion?!", "Other.", "Jan 5, 2025"), ("Vidéo Diffusion", "X.", "Jan 6, 2025")),
    )
    project.ingest()
    names = sorted(path.stem for path in (project.content / "papers").glob("video*"))
    assert names == ["video-diffusion", "video-diffusion-2"]


def test_an_introduction_on_a_digest_page_stays(project):
    """All above the list is the curator's."""
    page = project.content / "digests" / "2025-12-10.md"
    text = page.read_text("utf-8").replace("## Papers", "This week: *video*.\n\n## Papers")
    page.write_text(text, encoding="utf-8")
    project.add("b.txt", dump("Dec 10", ONE, ("A Third Paper", "More.", "Feb 3, 2024")))
    project.ingest()
    new = page.read_text("utf-8")
    assert "This week: *video*.\n\n## Papers" in new
    assert "A Third Paper" in new


def test_a_day_that_nothing_tells_is_asked_for_and_can_be_told(tmp_path):
    """No byline has a year: the papers are in, undated, until a person says when the page was captured."""
    project = make(tmp_path)
    project.add("a.txt", dump("Dec 10", ("A Paper", "Words.", "Nov 2")))
    said = project.ingest().output
    assert "a.txt:" in said
    assert "--captured" in said
    assert "date:" not in project.page("a-paper").read_text("utf-8")
    project.ingest("--captured", "2025-12-10")
    assert "date: 2025-11-02\n" in project.page("a-paper").read_text("utf-8")
    assert "a.txt" in (project.content / "dumps.yml").read_text("utf-8")
    assert "Nothing new." in project.ingest().output


def test_a_day_can_be_corrected_in_dumps_yml(project):
    """What a person writes there wins over what was inferred."""
    days = project.content / "dumps.yml"
    days.write_text(days.read_text("utf-8").replace("2025-12-10", "2026-12-10"), encoding="utf-8")
    project.ingest()
    assert "date: 2026-01-02\n" in project.page("video-diffusion").read_text("utf-8")
    assert (project.content / "digests" / "2026-12-10.md").exists()


def test_filling_in_a_missing_field_settles_the_problem(tmp_path):
    """A well-kept project is green."""
    project = make(tmp_path)
    project.add(
        "a.txt", dump("Dec 10", ONE) + "Robots that Walk\n\nA robot learns to walk with reinforcement learning.\n"
    )
    assert "no byline" in project.ingest().output
    assert project.run("check").exit_code == 1
    project.edit("robots-that-walk", "\ntopics:", "\ndate: 2024-03-04\ntopics:")
    project.ingest()
    check = project.run("check")
    assert (check.exit_code, "no byline" in check.output) == (0, False), check.output


def test_check_writes_nothing_and_names_the_pages_that_a_run_would_write(tmp_path):
    """Exit code 1 until they are written."""
    project = make(tmp_path)
    project.add("a.txt", dump("Dec 10", ONE))
    before = project.files()
    check = project.run("check")
    assert check.exit_code == 1
    assert "papers/a-reward-model-for-reasoning.md: a run of `digest ingest` would write this page" in check.output
    assert project.files() == before


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "error: the dump is empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "picture.png:1: error:"),
        ("data.json", b'{"papers": []}', "error: no reader knows this dump"),
    ],
)
def test_a_bad_dump_costs_itself_only(project, name, data, said):
    """A line with file, line and level; the rest is read."""
    project.add(name, data)
    result = project.ingest()
    assert said in result.output
    assert json.loads(project.run("status", "--json").output)["papers"] == 2
    assert project.run("ingest", "--strict").exit_code == 1


def test_the_same_dump_under_two_names_is_read_once(project):
    """And a person is told."""
    project.add("copy.txt", (project.content / "dumps" / "a.txt").read_bytes())
    assert "copy.txt:1: warning: the same as dumps/a.txt" in project.ingest().output
    assert json.loads(project.run("status", "--json").output)["sightings"] == 2


def test_a_dump_from_elsewhere_is_copied_in_and_never_replaces_another(project, tmp_path):
    """The same bytes again are fine; other bytes under one name are refused."""
    outside = tmp_path / "elsewhere" / "new.txt"
    outside.parent.mkdir()
    outside.write_text(dump("Dec 20", ("A New Paper", "On agents.", "Mar 3, 2024")), encoding="utf-8")
    project.ingest(str(outside))
    assert project.page("a-new-paper").exists()
    project.ingest(str(outside))
    outside.write_text("other", encoding="utf-8")
    result = project.run("ingest", str(outside))
    assert (result.exit_code, "another dump of this name" in result.output) == (2, True)
    assert project.run("ingest", str(tmp_path / "missing.txt")).exit_code == 2


def test_the_order_of_files_does_not_matter(tmp_path):
    """Nor do their names, but for what a sighting says of its dump."""
    papers = [(f"Paper {number} on Agents", f"Words {number}.", f"Mar {number + 1}, 2024") for number in range(9)]
    rng = random.Random(7)
    outcomes = []
    for turn in range(2):
        project = make(tmp_path / str(turn))
        texts = {f"{day}.txt": dump(f"Dec {day}, 2025", *papers[day - 1 : day + 3]) for day in range(1, 7)}
        for name in rng.sample(sorted(texts), len(texts)):
            project.add(name, texts[name])
        project.ingest()
        outcomes.append(project.files())
    assert outcomes[0] == outcomes[1]


def test_why_says_what_put_a_paper_into_a_topic(project):
    """The words and where they stand."""
    said = project.run("check", "--why", "a-reward-model-for-reasoning").output
    assert "in the title" in said
    assert project.run("check", "--why", "no-such-page").exit_code == 2


def test_a_topic_that_does_not_exist_is_pointed_out(project):
    """A slip of the pen on a page, with the page's name."""
    project.edit("video-diffusion", "\ntopics: [", "\ntopics: [vidoe, ")
    assert "papers/video-diffusion.md:1: warning: there is no topic `vidoe` in topics.yml" in project.ingest().output


def test_a_project_that_is_not_there_is_a_plain_message(tmp_path):
    """No traceback for anything that a person can put right."""
    result = Project(tmp_path).run("status")
    assert result.exit_code == 2
    assert "mkdocs.yml: error:" in result.output
