"""Dumps become pages, pages that a person edited stay, and a second run has nothing to do."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys

import pytest

from tests.project import EXAMPLE, ONE, ROOT, SEEDS, TWO, Project, dump, make, with_seeds

IS_EXAMPLE = {path.name for path in (ROOT / "content" / "dumps").glob("*")} == {seed.name for seed in SEEDS}


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


def test_the_pages_in_the_repository_are_up_to_date(tmp_path):
    """Whoever changes how pages are made commits the pages, too, so that the difference is reviewed."""
    project = Project(tmp_path)
    shutil.copytree(ROOT / "content", project.content)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    committed = project.files()
    assert "Nothing new." in project.ingest().output
    assert project.files() == committed


@pytest.mark.skipif(not IS_EXAMPLE, reason="content/ is a site of its own")
@pytest.mark.parametrize("name", ["topics.yml", *(f"dumps/{seed.name}" for seed in SEEDS)])
def test_the_example_of_the_tests_is_the_site_in_the_repository(name):
    """Whoever changes its topics copies them to tests/example, for which the model of the package is made."""
    assert (EXAMPLE / name).read_bytes() == (ROOT / "content" / name).read_bytes()


def test_a_second_run_writes_nothing(seeds):
    """Not a byte, and says so."""
    before = seeds.files()
    assert "Nothing new." in seeds.ingest().output
    assert seeds.files() == before


def test_a_new_file_among_the_topics_pages_stays(tmp_path):
    """Somebody may have opened it a moment ago."""
    project = with_seeds(tmp_path)
    project.ingest()
    for name in ("topics/new.md", "digests/new.md"):
        (project.content / name).write_text("", encoding="utf-8")
    project.ingest()
    assert (project.content / "topics/new.md").exists()
    assert (project.content / "digests/new.md").exists()


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
    line = project.page("video-diffusion").read_text("utf-8").splitlines().index("My words.") + 1
    assert f"papers/video-diffusion.md:{line}: conflict: `abstract` is 'My words.'" in said
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
    check = project.run("check")
    assert (check.exit_code, "2 pages are missing" in check.output, "would write" in check.output) == (1, True, False)
    project.ingest("--remove")
    assert (project.content / "removed.yml").read_text("utf-8").count("- ") == 2


def test_a_missing_ledger_is_not_begun_anew_without_a_word(project):
    """Nothing else knows the addresses of former times; where no run wrote a page yet, there were none."""
    ledger = project.content / "ledger.txt"
    text = ledger.read_text("utf-8")
    ledger.unlink()
    before = project.files()
    result = project.run("ingest")
    assert result.exit_code == 2
    assert "ledger.txt:1: error: this file is missing" in result.output
    assert "--remove" in result.output
    assert project.files() == before
    assert project.run("check").exit_code == 1
    project.ingest("--remove")
    assert ledger.read_text("utf-8") == text
    shutil.rmtree(project.content / "papers")
    ledger.unlink()
    project.ingest()
    assert ledger.read_text("utf-8") == text


def test_a_page_that_cannot_be_read_stops_the_run_with_its_line(project):
    """Going on would make the paper a second time."""
    project.edit("video-diffusion", 'title: "Video Diffusion"', "title: Video: Diffusion")
    before = project.files()
    result = project.run("ingest")
    assert result.exit_code == 2
    assert "/content/papers/video-diffusion.md:2: error: the front matter is not YAML" in result.output
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
    assert "every dump has a day; name the one" in project.ingest("--captured", "2025-12-12").output


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


def test_a_dump_whose_name_cannot_be_shown_is_refused_before_it_is_copied(project, tmp_path):
    """It would lie there and be left out."""
    before = project.files()
    (tmp_path / "esc\x1b[31m.txt").write_text("x", encoding="utf-8")
    result = project.run("ingest", str(tmp_path / "esc\x1b[31m.txt"))
    assert (result.exit_code, "must be plain text: rename it" in result.output) == (2, True)
    assert "\x1b" not in result.output
    assert project.files() == before


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


def test_why_says_what_is_near_where_a_paper_is_in_no_topic(project):
    """So that a person sees whether a rule is missing."""
    project.add(
        "c-2025-12-11.txt", dump("Dec 11", ("Soups of the Past", "A history of soups, without an end.", "Jan 2 4"))
    )
    project.ingest()
    said = project.run("check", "--why", "soups-of-the-past")
    assert said.exit_code == 0
    assert re.fullmatch(
        r"in no topic; near is [a-z-]+ [12]\.[0-9](?:, [a-z-]+ [12]\.[0-9])* \(3 points do\)\n", said.output
    )
    project.edit("soups-of-the-past", "\ntitle:", "\ntopics_reviewed: true\ntitle:")
    assert "in no topic, as a person confirmed; near" in project.run("check", "--why", "soups-of-the-past").output


def test_why_says_what_put_a_paper_into_a_topic(project):
    """The words and where they stand."""
    said = project.run("check", "--why", "a-reward-model-for-reasoning").output
    assert "in the title" in said
    assert project.run("check", "--why", "no-such-page").exit_code == 2


def test_a_topic_that_does_not_exist_is_pointed_out(project):
    """A slip of the pen on a page, with the page's name."""
    project.edit("video-diffusion", "\ntopics: [", "\ntopics: [vidoe, ")
    assert "papers/video-diffusion.md:6: warning: there is no topic `vidoe` in topics.yml" in project.ingest().output


def test_a_project_that_is_not_there_is_a_plain_message(tmp_path):
    """No traceback for anything that a person can put right."""
    result = Project(tmp_path).run("status")
    assert result.exit_code == 2
    assert "mkdocs.yml: error:" in result.output


def test_markup_that_a_person_gave_to_an_abstract_or_a_heading_is_an_edit(project):
    """Even where the words are the same as before."""
    slug = "video-diffusion"
    project.edit(slug, "A diffusion model for", "A [diffusion](https://a.b/) model for")
    project.edit(slug, "# Video Diffusion", "# *Video* Diffusion")
    project.add("b.txt", dump("Dec 12, 2025", ("Video diffusion", "New words.", "Jan 2, 2025")))
    assert "conflict: `abstract`" in project.ingest().output
    text = project.page(slug).read_text("utf-8")
    assert "A [diffusion](https://a.b/) model for" in text
    assert "# *Video* Diffusion\n" in text


def test_a_note_above_an_edited_abstract_does_not_become_the_abstract(project):
    """The abstract is the longer of the two."""
    project.edit("video-diffusion", "A diffusion model for", "My note.\n\nA good diffusion model for")
    project.ingest()
    line = next(line for line in project.run("export").output.splitlines() if "video-diffusion" in line)
    assert json.loads(line)["abstract"].startswith("A good diffusion model")


def test_words_above_the_heading_stay_there(project):
    """And no second heading is made."""
    project.edit("video-diffusion", "# Video Diffusion", "A banner.\n\n# Video Diffusion")
    project.add("b.txt", dump("Dec 12, 2025", ("VIDEO Diffusion", TWO[1], "Jan 2, 2025 7")))
    project.ingest()
    text = project.page("video-diffusion").read_text("utf-8")
    assert text.count("# V") == 1
    assert "A banner." in text


def test_links_of_a_dump_that_is_gone_stay(project):
    """As sightings and all other fields do; one that a person took out stays out when the dump returns."""
    both = "Code: https://github.com/a/b and https://gitlab.com/c/d"
    project.add("c.txt", dump("Dec 14, 2025", ("Linked Agents", both, "Mar 3, 2024")))
    project.ingest()
    project.edit("linked-agents", '"https://github.com/a/b", ', "")
    away = (project.content / "dumps" / "c.txt").read_bytes()
    (project.content / "dumps" / "c.txt").unlink()
    project.ingest()
    assert 'links: {code: ["https://gitlab.com/c/d"]}' in project.page("linked-agents").read_text("utf-8")
    project.add("c.txt", away)
    project.ingest()
    assert 'links: {code: ["https://gitlab.com/c/d"]}' in project.page("linked-agents").read_text("utf-8")


def test_the_topics_of_a_copied_page_are_those_of_its_own_text(project):
    """Nobody chose them for the copy."""
    slug = "a-reward-model-for-reasoning"
    text = project.page(slug).read_text("utf-8").replace("A Reward Model for Reasoning", "Recognising Speech")
    text = text.replace("We train a reward model with reinforcement learning.", "We recognise and make speech.")
    project.page("recognising-speech").write_text(text, encoding="utf-8")
    project.ingest()
    assert "\ntopics: [audio]\n" in project.page("recognising-speech").read_text("utf-8")
    assert "\ntopics: [audio]\n" not in project.page(slug).read_text("utf-8")


def test_a_topic_that_stands_twice_on_a_page_is_one(project):
    """In lists and counts."""
    page = project.page("video-diffusion")
    page.write_text(page.read_text("utf-8").replace("topics: [video", "topics: [video, video"), encoding="utf-8")
    project.ingest()
    assert (project.content / "topics/video.md").read_text("utf-8").count("(../papers/video-diffusion.md)") == 1


def test_a_page_that_was_copied_as_a_pattern_does_not_take_the_papers_place(project):
    """The page that still has the title is the paper's."""
    text = project.page("video-diffusion").read_text("utf-8")
    project.page("a-copy").write_text(text.replace("Video Diffusion", "My Own Paper"), encoding="utf-8")
    project.add("b.txt", dump("Dec 12, 2025", (TWO[0], TWO[1], "Jan 2, 2025 7")))
    project.ingest()
    assert "b.txt" in project.page("video-diffusion").read_text("utf-8")
    assert "b.txt" not in project.page("a-copy").read_text("utf-8")


def test_a_removed_paper_stays_out_under_another_spelling_of_its_title(project):
    """An older capture spells it otherwise."""
    project.page("video-diffusion").unlink()
    project.ingest()
    project.add("0.txt", dump("Dec 1, 2025", ("Video-Dif fusion", "Older.", "Jan 2, 2025")))
    project.ingest()
    assert not list((project.content / "papers").glob("video*"))


def test_topic_and_digest_pages_keep_a_heading_and_words_below_the_list(project):
    """The list between them goes on following the papers."""
    page = project.content / "topics" / "video.md"
    text = page.read_text("utf-8").replace("# Video", "A banner.\n\n# Moving Pictures")
    page.write_text(text + "\n## See also\n\nElsewhere.\n", encoding="utf-8")
    project.add("b.txt", dump("Dec 12, 2025", ("Video Agents", "A video generation model.", "Feb 2, 2025")))
    project.ingest()
    new = page.read_text("utf-8")
    assert 'title: "Moving Pictures"' in new
    assert new.count("# Moving Pictures") == 1
    assert "A banner." in new
    assert "Video Agents" in new
    assert new.endswith("## See also\n\nElsewhere.\n")


@pytest.mark.parametrize("before", ["[]\n", "[foo]\n", "  - foo\n", "# mine\n- foo\n"])
def test_whatever_the_form_of_the_list_of_removed_papers_it_can_be_read_again(project, before):
    """Our own writing does not break it."""
    (project.content / "removed.yml").write_text(before, encoding="utf-8")
    project.page("video-diffusion").unlink()
    project.ingest()
    assert "video-diffusion" in (project.content / "removed.yml").read_text("utf-8")
    assert "Nothing new." in project.ingest().output


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("removed.yml", "- a\n- ../../evil\n", 2),
        ("removed.yml", "- \x01\n", 1),
        ("dumps.yml", "a.txt: {captured: soon}\n", 1),
        ("dumps.yml", "a.txt: [\n", 2),
        ("topics.yml", "- id: index\n  name: Index\n", 1),
        ("mkdocs.yml", "- a list\n", 1),
    ],
)
def test_a_setting_that_cannot_be_used_is_a_plain_message(project, file, text, line):
    """Exit code 2, with file and line; nothing is written."""
    place = project.root / file if file == "mkdocs.yml" else project.content / file
    place.write_text(text, encoding="utf-8")
    before = project.files()
    result = project.run("ingest")
    assert result.exit_code == 2
    assert file in result.output
    assert f":{line}: error:" in result.output or file == "mkdocs.yml"
    assert project.files() == before


@pytest.mark.parametrize("folder", [".", "content", "content/site", ".."])
def test_a_build_never_replaces_the_project(project, folder):
    """`site_dir` must be a folder of its own."""
    text = (project.root / "mkdocs.yml").read_text("utf-8").replace("site_dir: site", f"site_dir: {folder}")
    (project.root / "mkdocs.yml").write_text(text, encoding="utf-8")
    before = project.files()
    result = project.run("build")
    assert (result.exit_code, "`site_dir` must be a folder of its own" in result.output) == (2, True)
    assert project.files() == before


def test_a_page_in_the_wrong_place_is_told(project):
    """It is no paper there, though it looks like one."""
    (project.content / "papers" / "2025").mkdir()
    for name in ("2025/mine.md", "other.MD", "third.markdown", "2025/picture.png"):
        (project.content / "papers" / name).write_text("---\ntitle: Mine\n---\n", encoding="utf-8")
    said = project.ingest().output
    for name in ("2025/mine.md", "other.MD", "third.markdown"):
        assert f"papers/{name}:1: warning: this is no paper" in said
    assert "picture" not in said
    assert project.run("check").exit_code == 1


def test_a_build_does_not_take_content_for_an_old_site(tmp_path):
    """Whatever way leads there."""
    project = make(tmp_path)
    (tmp_path / "site").mkdir()
    project.content.rename(tmp_path / "site" / "content")
    (tmp_path / "x").mkdir()
    for docs in ("x/../site/content", "linked"):
        if docs == "linked":
            (tmp_path / "linked").symlink_to(tmp_path / "site" / "content", target_is_directory=True)
        text = (tmp_path / "mkdocs.yml").read_text("utf-8")
        (tmp_path / "mkdocs.yml").write_text(re.sub("docs_dir: .*", f"docs_dir: {docs}", text), encoding="utf-8")
        assert project.run("build").exit_code == 2
        assert (tmp_path / "site" / "content" / "topics.yml").exists()


@pytest.mark.skipif(os.name == "nt", reason="there are no groups")
def test_files_may_be_written_by_whom_the_others_may(project):
    """A folder that a group shares stays so."""
    page = project.page("video-diffusion")
    page.chmod(0o664)
    project.edit("video-diffusion", "\ntitle:", "\ntopics_reviewed: true\ntitle:")
    project.add("c.txt", dump("Dec 14, 2025", (TWO[0], TWO[1], "Jan 2, 2025 8")))
    project.ingest()
    assert "c.txt" in page.read_text("utf-8")
    assert page.stat().st_mode & 0o777 == 0o664


def test_what_is_printed_into_a_file_may_have_any_sign(project):
    """Also where the files of a system take those of one country alone."""
    project.add("\u223c.txt", b"")
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from generator.cli import main; main()",
            "check",
            "--config",
            project.root / "mkdocs.yml",
        ],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert (told.returncode, told.stderr) == (1, b"")
    assert re.search(rb"dumps/\\u223c\.txt(?::1)?: error: ", told.stdout)


def test_two_captures_in_one_dump_without_years_take_the_day_that_is_told(tmp_path):
    """And a second run has nothing to do."""
    project = make(tmp_path)
    project.add(
        "both.txt", dump("Dec 9", ("A Paper", "Words.", "Nov 2")) + dump("Dec 10", ("B Paper", "More.", "Nov 3"))
    )
    project.ingest("--captured", "2025-12-10", str(project.content / "dumps" / "both.txt"))
    assert "Nothing new." in project.ingest().output


def test_names_of_dumps_that_are_no_plain_text_cost_themselves_only(project):
    """Bytes that are no UTF-8, controls, pipes, folders."""
    folder = project.content / "dumps"
    (folder / "esc\x1b[31m.txt").write_text("x", encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    (folder / "folder.txt").mkdir()
    (folder / os.fsdecode(b"\xff.txt")).write_bytes(b"x")
    result = project.ingest()
    assert result.output.count("this is no plain file") == 4
    assert "\x1b" not in result.output


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        (
            "papers/video-diffusion.md",
            "generated: {slug: [[x]]}",
            "`generated: slug` is not as `digest ingest` wrote it",
        ),
        ("papers/video-diffusion.md", "generated: {topics: [{a: b}]}", "`generated: topics` is not as"),
        ("papers/video-diffusion.md", "arxiv: some id", "`arxiv` must be an arXiv id such as 2509.20186"),
        ("digests/2025-12-10.md", "generated: {title: {a: b}}", "`generated: title` is not as"),
        ("dumps.yml", "b.txt: {format: [x]}", "`format` must be the name of one"),
    ],
)
def test_what_has_the_wrong_shape_is_told_with_its_line(project, name, line, said):
    """Of all that a person can write there, lists and mappings included."""
    file = project.content / name
    key = line.split(":")[0]
    kept = [old for old in file.read_text("utf-8").splitlines() if not old.startswith(f"{key}:")]
    kept.insert(1, line)
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    result = project.run("ingest")
    assert result.exit_code == 2
    assert f"{name}:2: error: " in result.output
    assert said in result.output


@pytest.mark.parametrize(
    "written",
    ["2509.20186v2", "arXiv:2509.20186", "https://arxiv.org/abs/2509.20186v1", "arxiv.org/pdf/2509.20186.pdf"],
)
def test_an_arxiv_id_can_be_written_as_it_is_found(project, written):
    """The page keeps it to the letter; the site and other pages know it by the id alone."""
    page = project.page("video-diffusion")
    page.write_text(page.read_text("utf-8").replace("---\n", f'---\narxiv: "{written}"\n', 1), encoding="utf-8")
    project.ingest()
    assert f'arxiv: "{written}"' in page.read_text("utf-8")
    told = {(line := json.loads(one))["ref"]: line for one in project.run("export").output.splitlines()}
    assert told["video-diffusion"]["arxiv"] == "2509.20186"


def test_an_export_is_utf8_whatever_the_terminal(project):
    """A pipe to a file on a server has no encoding at all."""
    project.edit("video-diffusion", '"Video Diffusion"', '"Vidéo Diffusion 李明"')
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from generator.cli import main; main()",
            "export",
            "--config",
            str(project.root / "mkdocs.yml"),
        ],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )
    assert "Vidéo Diffusion 李明" in told.stdout.decode("utf-8")


def test_a_slip_put_right_in_the_abstract_leaves_a_longer_text_below_a_persons_own(project):
    """What is much shorter above it is theirs, too."""
    abstract = "We train a reward model with reinforcement learning."
    review = "I read it twice, and this is what I think of it, at length. " * 2
    project.edit(
        "a-reward-model-for-reasoning",
        abstract,
        f"Read this.\n\n{abstract.replace('train', 'trained')}\n\n{review}",
    )
    project.ingest()
    told = {(line := json.loads(one))["ref"]: line for one in project.run("export").output.splitlines()}
    assert told["a-reward-model-for-reasoning"]["abstract"] == abstract.replace("train", "trained")


@pytest.mark.parametrize("name", ["papers/video-diffusion.md", "topics/video.md", "digests/2025-12-10.md"])
def test_front_matter_below_an_empty_line_is_told(project, name):
    """It would be text, and the page would get another one above it."""
    file = project.content / name
    file.write_text("\n" + file.read_text("utf-8"), encoding="utf-8")
    before = project.files()
    result = project.run("ingest")
    assert (result.exit_code, project.files()) == (2, before)
    assert f"{name}:1: error: the front matter must begin on the first line" in result.output


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("## Papers\n", "## Papers\n\nMy favourites come first.\n"),
        ("# Video", "```\n# a comment\n```\n\n# Video"),
        ("## Papers\n", "Some words.\n\n## Papers\n"),
        ("\n\n- [", "\n\n\n- ["),
    ],
)
def test_whatever_stands_around_a_list_it_is_there_once_and_up_to_date(project, old, new):
    """Words between its heading and it, another heading of the same name below, and code that looks like a heading."""
    page = project.content / "topics" / "video.md"
    text = page.read_text("utf-8").replace(old, new, 1) + "\n## Papers\n\nOf other sites.\n"
    page.write_text(text, encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title: "))
    project.ingest()
    project.add("b.txt", dump("Dec 11, 2025", ("Video Editing", "A video diffusion model that edits video.", "Dec 1")))
    project.ingest()
    now = page.read_text("utf-8")
    assert now.count("- [Video Diffusion](") == 1
    assert now.count("- [Video Editing](") == 1
    assert "Of other sites." in now
    assert title in now
    assert new.strip().splitlines()[-1] in now
    assert "Nothing new." in project.ingest().output
