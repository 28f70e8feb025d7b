"""What a curator does over the years: renaming, merging, splitting, correcting, taking back. Nothing of it is lost."""

from __future__ import annotations

import json
import re
import shutil
from multiprocessing import get_context
from pathlib import Path

import pytest

from generator import atomic, store
from generator.catalogue import catalogue
from generator.feeds import entry_id
from generator.lock import lock
from tests.project import ONE, TWO, Project, dump, make

OTHER = ("Moving Pictures by Diffusion", "A diffusion model for video generation, 2024, revised.", "Jan 2, 2025 6")


def told(project: Project) -> dict[str, dict]:
    """What the export says of each paper, by slug; and that a second run has nothing to do."""
    assert "Nothing new." in project.ingest().output
    return {one["ref"]: one for one in map(json.loads, project.run("export").output.splitlines())}


def rename(project: Project, old: str, new: str) -> None:
    project.page(old).rename(project.page(new))


def dumps_of(project: Project, slug: str) -> list[str]:
    return [seen["dump"] for seen in told(project)[slug]["sightings"]]


# Renaming


def test_a_renamed_page_is_the_same_paper_and_its_old_address_leads_to_it(project):
    """Its former name goes into `aliases`; whoever has the old link, with a query and an anchor, arrives."""
    rename(project, "video-diffusion", "films")
    project.add("b.txt", dump("Dec 12, 2025", (TWO[0], TWO[1], "Jan 2, 2025 9")))
    project.ingest()
    papers = told(project)
    assert set(papers) == {"films", "a-reward-model-for-reasoning"}
    assert (papers["films"]["aliases"], papers["films"]["comments"]) == (["video-diffusion"], 9)
    assert "- " not in (project.content / "removed.yml").read_text("utf-8")
    assert project.run("build").exit_code == 0
    page = (project.root / "site/papers/video-diffusion/index.html").read_text("utf-8")
    assert 'href="../films/"' in page
    assert 'data-target="../films/"' in page
    assert "noindex" in page
    assert "video-diffusion/" not in (project.root / "site/sitemap.xml").read_text("utf-8")


def test_a_page_that_shares_its_title_can_be_renamed_as_any_other(project):
    """Though it is of no dump, and another page has the paper that dumps tell by this title."""
    project.page("mine").write_text("---\ntitle: Video Diffusion\n---\n\nOf my own.\n", encoding="utf-8")
    assert "papers/mine.md:1: warning: the same title as" in project.ingest().output
    rename(project, "mine", "my-own")
    project.ingest()
    papers = told(project)
    assert set(papers) == {"a-reward-model-for-reasoning", "my-own", "video-diffusion"}
    assert (papers["my-own"]["aliases"], papers["my-own"]["abstract"]) == (["mine"], "Of my own.")
    assert "- " not in (project.content / "removed.yml").read_text("utf-8")


def test_a_page_can_be_renamed_again_and_back(project):
    """Every name that it ever had goes on leading to it, and feeds know it by the first."""
    for old, new in [("video-diffusion", "b"), ("b", "c"), ("c", "video-diffusion")]:
        rename(project, old, new)
        project.ingest()
    assert told(project)["video-diffusion"]["aliases"] == ["video-diffusion", "b", "c"]


def test_a_renamed_page_with_another_title_is_still_the_papers(project):
    """Both at once, and the dump is gone, too."""
    project.edit("video-diffusion", 'title: "Video Diffusion"', 'title: "Films"')
    rename(project, "video-diffusion", "films")
    (project.content / "dumps" / "a.txt").unlink()
    project.ingest()
    project.add("b.txt", dump("Dec 12, 2025", ("Video-DIFFUSION", TWO[1], "Jan 2, 2025 9")))
    project.ingest()
    assert dumps_of(project, "films") == ["a.txt", "b.txt"]


def test_a_copied_page_is_another_paper_and_keeps_nothing_of_the_first(project):
    """It was used as a pattern; its words are the person's."""
    text = project.page("video-diffusion").read_text("utf-8")
    project.page("mine").write_text(text.replace("Video Diffusion", "My Own Paper"), encoding="utf-8")
    project.ingest()
    papers = told(project)
    assert "sightings" not in papers["mine"]
    assert "aliases" not in papers["mine"]
    assert dumps_of(project, "video-diffusion") == ["a.txt"]


def test_feeds_know_a_paper_by_one_id_for_ever(project):
    """Renamed, and joined with another: whoever has read it does not see it as new."""

    def ids() -> dict[str, str]:
        content = store.load(project.content)
        return {entry.slug: entry_id(entry) for entry in catalogue(content.papers, content.taxonomy.topics).entries}

    before = ids()["video-diffusion"]
    project.add("b.txt", dump("Dec 12, 2025", OTHER))
    project.ingest()
    project.edit("moving-pictures-by-diffusion", "\nsightings:", "\nsame_as: video-diffusion\nsightings:")
    project.ingest()
    assert ids()["video-diffusion"] == before
    rename(project, "video-diffusion", "films")
    project.ingest()
    assert ids()["films"] == before


# Two pages of one paper


def test_a_person_says_that_two_pages_are_the_same_paper(project):
    """One page is left, with the sightings of both and the other's name; both addresses lead there."""
    project.add("b.txt", dump("Dec 12, 2025", OTHER))
    project.ingest()
    project.edit("moving-pictures-by-diffusion", "\nsightings:", "\nsame_as: video-diffusion\nsightings:")
    project.ingest()
    papers = told(project)
    assert set(papers) == {"video-diffusion", "a-reward-model-for-reasoning"}
    assert papers["video-diffusion"]["aliases"] == ["video-diffusion", "moving-pictures-by-diffusion"]
    assert dumps_of(project, "video-diffusion") == ["a.txt", "b.txt"]
    assert not project.page("moving-pictures-by-diffusion").exists()
    project.add("c.txt", dump("Dec 14, 2025", (OTHER[0].upper(), OTHER[1], "Jan 2, 2025 8")))
    project.ingest()
    assert dumps_of(project, "video-diffusion") == ["a.txt", "b.txt", "c.txt"]


def test_a_paper_that_was_two_comes_back_as_one(project):
    """Forgotten with all its dumps, and told again by either title, or by both: its addresses lead there again."""
    project.add("b.txt", dump("Dec 12, 2025", OTHER))
    project.ingest()
    project.edit("moving-pictures-by-diffusion", "\nsightings:", "\nsame_as: video-diffusion\nsightings:")
    project.ingest()
    for papers in ([OTHER], [TWO], [TWO, OTHER]):
        for name in sorted(file.name for file in (project.content / "dumps").iterdir()):
            assert project.run("forget", name).exit_code == 0
        assert not project.page("video-diffusion").exists()
        project.add("c.txt", dump("Dec 14, 2025", ONE, *papers))
        assert "leads nowhere" not in project.ingest().output
        assert set(told(project)) == {"video-diffusion", "a-reward-model-for-reasoning"}
        assert told(project)["video-diffusion"]["aliases"] == ["moving-pictures-by-diffusion"]


def test_a_paper_of_two_digests_names_the_newest_first_and_lists_name_the_other(project):
    """Each list but its own."""
    project.add("b.txt", dump("Dec 12, 2025", OTHER, TWO))
    assert project.run("build").exit_code == 0
    site = project.root / "site"
    page = (site / "papers/video-diffusion/index.html").read_text("utf-8")
    assert page.index("12 December 2025</a><dd>No. 2 of 2") < page.index("10 December 2025</a><dd>No. 2 of 2")
    first, second = ((site / f"digests/2025-12-{day}/index.html").read_text("utf-8") for day in (10, 12))
    assert ("also 12 Dec 2025" in first, "also 10 Dec 2025" in first) == (True, False)
    assert ("also 12 Dec 2025" in second, "also 10 Dec 2025" in second) == (False, True)


def test_a_featured_paper_is_on_top_of_the_home_page(project):
    """Though it is not in the latest digest."""
    project.add("b.txt", dump("Dec 12, 2025", ("Bread of Heaven", "A loaf.", "Jan 2, 2025 8")))
    project.edit("video-diffusion", "\ntitle:", "\nfeatured: true\ntitle:")
    assert project.run("build").exit_code == 0
    home = (project.root / "site/index.html").read_text("utf-8")
    assert "entry lead" in home
    lead = home[home.index("entry lead") :]
    assert lead.index("papers/video-diffusion/") < lead.index("papers/bread-of-heaven/")


def test_a_day_of_two_dumps_is_one_digest_on_a_papers_page(project):
    """Where the paper has one place."""
    project.add("b.txt", dump("Dec 10, 2025", OTHER, TWO))
    assert project.run("build").exit_code == 0
    page = (project.root / "site/papers/video-diffusion/index.html").read_text("utf-8")
    other = (project.root / "site/papers/moving-pictures-by-diffusion/index.html").read_text("utf-8")
    assert page.count("<dd>No. ") == other.count("<dd>No. ") == 1
    assert "<dd>No. 2 of 3" in page
    assert "<dd>No. 3 of 3" in other


def test_words_of_a_persons_on_the_other_page_stay_on_the_disk(project):
    """And the person is told; readers see one paper."""
    project.add("b.txt", dump("Dec 12, 2025", OTHER))
    project.ingest()
    page = project.page("moving-pictures-by-diffusion")
    page.write_text(page.read_text("utf-8").replace("\ntopics:", "\nsame_as: video-diffusion\ntopics:") + "\nMine.\n")
    assert "moving-pictures-by-diffusion.md:1: note: readers see papers/video-diffusion.md" in project.ingest().output
    assert set(told(project)) == {"video-diffusion", "a-reward-model-for-reasoning"}
    assert "Mine." in page.read_text("utf-8")
    assert project.run("check").exit_code == 0
    assert project.run("build").exit_code == 0
    site = project.root / "site" / "papers"
    assert "../video-diffusion/" in (site / "moving-pictures-by-diffusion/index.html").read_text("utf-8")
    page.write_text(page.read_text("utf-8").replace("same_as: video-diffusion\n", ""), encoding="utf-8")
    project.edit("video-diffusion", ", moving-pictures-by-diffusion]", "]")
    project.edit("video-diffusion", f'title: "{OTHER[0]}"', 'title: "Video Diffusion"')
    project.ingest()  # and they are two papers again, each with what the dumps tell of it
    assert dumps_of(project, "moving-pictures-by-diffusion") == ["b.txt"]
    assert dumps_of(project, "video-diffusion") == ["a.txt"]


def test_an_arxiv_id_that_two_pages_have_makes_them_one(project):
    """Under two titles, as a paper has that was renamed between two digests."""
    project.add("b.txt", dump("Dec 12, 2025", OTHER))
    project.ingest()
    for slug in ("video-diffusion", "moving-pictures-by-diffusion"):
        project.edit(slug, "\ntopics:", '\narxiv: "2401.00001"\ntopics:')
    project.ingest()
    papers = told(project)
    assert len(papers) == 2
    assert any(len(paper["sightings"]) == 2 for paper in papers.values())


@pytest.mark.parametrize("target", ["nowhere", "video-diffusion"])
def test_same_as_that_leads_nowhere_is_pointed_out(project, target):
    """And the paper stays a paper."""
    project.edit("video-diffusion", "\ntopics:", f"\nsame_as: {target}\ntopics:")
    assert f"video-diffusion.md:6: warning: `same_as: {target}` leads to no page" in project.ingest().output
    assert "video-diffusion" in told(project)


def test_two_papers_of_one_title_are_told_apart_by_their_ids(project):
    """What was merged wrongly is split: a page each, an id each, and the sightings where they belong."""
    project.add("b.txt", dump("Dec 12, 2025", (TWO[0], "Quite another thing.", "Jan 5, 2025 9")))
    project.ingest()
    text = project.page("video-diffusion").read_text("utf-8")
    first, second = (line for line in text.splitlines(keepends=True) if line.startswith("- {dump"))
    one, other = text.replace(second, "arxiv: '2401.00001'\n"), text.replace(first, "")
    project.page("video-diffusion").write_text(one, encoding="utf-8")
    project.page("video-diffusion-again").write_text(
        other.replace("\nsightings", "\narxiv: '2501.00002'\nsightings"), encoding="utf-8"
    )
    project.ingest()
    assert dumps_of(project, "video-diffusion") == ["a.txt"]
    assert dumps_of(project, "video-diffusion-again") == ["b.txt"]
    assert "warning:" not in project.ingest().output


def test_near_misses_are_listed_and_not_merged(project):
    """By `digest check` alone, as a note: a person decides."""
    project.add("b.txt", dump("Dec 12, 2025", ("A Reward Model for Reasonning", "Other words.", "Sep 25, 2024"), OTHER))
    project.ingest()
    said = project.run("check").output
    assert "papers/a-reward-model-for-reasonning.md:1: note: much like papers/a-reward-model-for-reasoning.md" in said
    assert said.count("much like") == 1
    assert len(told(project)) == 4


# Taking out and calling back


def test_a_page_that_a_person_named_stays_out_and_comes_back_under_that_name(project):
    """Whatever slug its title would yield."""
    rename(project, "video-diffusion", "films")
    project.ingest()
    project.page("films").unlink()
    project.ingest()
    assert set(told(project)) == {"a-reward-model-for-reasoning"}
    removed = project.content / "removed.yml"
    removed.write_text(removed.read_text("utf-8").replace("- films\n", ""), encoding="utf-8")
    project.ingest()
    assert set(told(project)) == {"a-reward-model-for-reasoning", "films"}


def test_another_paper_with_the_slug_of_a_removed_one_is_let_in(project):
    """Under another name; the address of the removed one goes on saying that it is gone."""
    project.page("video-diffusion").unlink()
    project.ingest()
    project.add("b.txt", dump("Dec 12, 2025", ("Vidéo: Diffusion", "Another one.", "Jan 5, 2025")))
    project.ingest()
    assert "video-diffusion-2" in told(project)


def test_a_line_taken_out_of_removed_yml_without_a_dump_changes_nothing(project):
    """Nothing tells the paper any more; a second run has nothing to do."""
    project.page("video-diffusion").unlink()
    project.ingest()
    project.add("a.txt", dump("Dec 10", ONE))
    project.ingest()
    removed = project.content / "removed.yml"
    removed.write_text("", encoding="utf-8")
    project.ingest()
    assert set(told(project)) == {"a-reward-model-for-reasoning"}


def test_a_page_that_is_there_is_not_taken_out_whatever_removed_yml_says(project):
    """As after `git checkout` of a page that was deleted: its line is told, and the ledger has its address again."""
    page = project.page("video-diffusion")
    text = page.read_text("utf-8")
    page.unlink()
    project.ingest()
    assert "papers/video-diffusion/ " in (before := (project.content / "ledger.txt").read_text("utf-8"))
    page.write_text(text, encoding="utf-8")
    said = project.ingest().output
    assert "removed.yml:2: note: papers/video-diffusion.md is there, so readers see it" in said
    assert set(told(project)) == {"a-reward-model-for-reasoning", "video-diffusion"}
    assert (project.content / "ledger.txt").read_text("utf-8") == before.replace(" (removed)", "")
    assert "Nothing new." in project.ingest().output
    (project.content / "removed.yml").write_text("", encoding="utf-8")
    assert "removed.yml" not in project.ingest().output
    assert page.read_text("utf-8") == text


# Dumps


def test_a_dump_under_another_name_is_the_same_dump(project):
    """Its sightings follow it, and so does the day that somebody told."""
    days = project.content / "dumps.yml"
    days.write_text(days.read_text("utf-8").replace("2025-12-10", "2026-12-10"), encoding="utf-8")
    project.ingest()
    (project.content / "dumps" / "a.txt").rename(project.content / "dumps" / "z.txt")
    project.ingest()
    assert dumps_of(project, "video-diffusion") == ["z.txt"]
    assert told(project)["video-diffusion"]["sightings"][0]["captured"] == "2026-12-10"


def test_a_copy_of_a_dump_changes_nothing(project):
    """Even if its name comes first, and if the first one is taken away."""
    shutil.copy(project.content / "dumps" / "a.txt", project.content / "dumps" / "0.txt")
    project.ingest()
    assert dumps_of(project, "video-diffusion") == ["a.txt"]
    (project.content / "dumps" / "a.txt").unlink()
    project.ingest()
    assert dumps_of(project, "video-diffusion") == ["0.txt"]


def test_forgetting_a_dump_takes_back_what_only_it_told(project):
    """Content is byte for byte what it was before the dump, but for the memory of the addresses."""
    before = project.files()
    project.add(
        "b.txt", dump("Dec 12, 2025", (TWO[0], "Wrong words.", "Feb 2, 2025 99"), ("Nonsense", "Junk.", "Feb 3"))
    )
    project.ingest()
    assert told(project)["video-diffusion"]["comments"] == 99
    result = project.run("forget", "content/dumps/b.txt")
    assert (result.exit_code, "b.txt is forgotten" in result.output) == (0, True), result.output
    after = project.files()
    assert after.pop("ledger.txt").startswith(before.pop("ledger.txt")[:80])
    before["removed.yml"] = after["removed.yml"]
    assert after == before
    assert "Nothing new." in project.ingest().output
    assert project.run("check").exit_code == 0
    assert project.run("build").exit_code == 0
    assert "noindex" in (project.root / "site/papers/nonsense/index.html").read_text("utf-8")
    assert "noindex" in (project.root / "site/digests/2025-12-12/index.html").read_text("utf-8")


def test_forgetting_keeps_a_persons_words_and_what_others_told(project):
    """A page that was edited stays, a paper that another dump tells stays, the other days stay."""
    project.add("b.txt", dump("Dec 12, 2025", ("Nonsense", "Junk.", "Feb 3"), (ONE[0], ONE[1], "Sep 24, 2024 5")))
    project.ingest()
    page = project.page("nonsense")
    page.write_text(page.read_text("utf-8") + "\nNot nonsense at all.\n", encoding="utf-8")
    assert project.run("forget", "b.txt").exit_code == 0
    papers = told(project)
    assert (papers["nonsense"]["abstract"], papers["nonsense"]["date"]) == ("", None)
    assert "# Nonsense\n\nNot nonsense at all.\n" in page.read_text("utf-8")
    assert papers["a-reward-model-for-reasoning"]["comments"] == 0
    assert dumps_of(project, "a-reward-model-for-reasoning") == ["a.txt"]


def test_words_of_a_person_never_become_the_abstract_that_was_taken_back(project):
    """So they stay when a dump tells an abstract again, wherever on the page they stand."""
    text = dump("Dec 12, 2025", ("Sense", "Good.", "Feb 3"))
    project.add("b.txt", text)
    project.ingest()
    page = project.page("sense")
    page.write_text(page.read_text("utf-8").replace("Good.", "Mine above.\n\nGood.\n\nMine below."), encoding="utf-8")
    project.ingest()
    assert project.run("forget", "b.txt").exit_code == 0
    assert "# Sense\n\nMine above.\n\nMine below.\n" in page.read_text("utf-8")
    assert "Nothing new." in project.ingest().output
    project.add("c.txt", text)
    assert "0 conflicts" in project.ingest().output
    assert "# Sense\n\nGood.\n\nMine above.\n\nMine below.\n" in page.read_text("utf-8")
    assert "Nothing new." in project.ingest().output


def test_a_dump_that_nobody_knows_cannot_be_forgotten(project):
    """A slip of the pen takes nothing away."""
    before = project.files()
    result = project.run("forget", "c.txt")
    assert (result.exit_code, "no dump of the name c.txt" in result.output) == (2, True)
    assert project.files() == before


def test_a_dump_that_comes_back_brings_its_papers_under_their_old_names(project):
    """Forgotten by mistake."""
    text = (project.content / "dumps" / "a.txt").read_bytes()
    rename(project, "video-diffusion", "films")
    project.ingest()
    assert project.run("forget", "a.txt").exit_code == 0
    assert told(project) == {}
    project.add("a.txt", text)
    project.ingest()
    assert "films" in told(project)


def test_a_corrected_day_moves_the_digest_with_its_introduction(project):
    """The old address leads to the new one."""
    old = project.content / "digests" / "2025-12-10.md"
    old.write_text(old.read_text("utf-8").replace("## Papers", "A *quiet* week.\n\n## Papers"), encoding="utf-8")
    days = project.content / "dumps.yml"
    days.write_text(days.read_text("utf-8").replace("2025-12-10", "2025-12-11"), encoding="utf-8")
    project.ingest()
    new = (project.content / "digests" / "2025-12-11.md").read_text("utf-8")
    assert "A *quiet* week.\n\n## Papers" in new
    assert "# The digest of 11 December 2025" in new
    assert not old.exists()
    assert told(project)
    assert project.run("build").exit_code == 0
    assert "../2025-12-11/" in (project.root / "site/digests/2025-12-10/index.html").read_text("utf-8")


def introduced(project: Project, *days: int) -> None:
    """A dump of one paper for each of these days of December, and an introduction that names its day."""
    project.run("forget", "a.txt")
    for day in days:
        project.add(f"d{day}.txt", dump(f"Dec {day}, 2025", (f"Paper {day}", f"Words of {day}.", "Jan 2, 2025 7")))
    project.ingest()
    for day in days:
        page = project.content / "digests" / f"2025-12-{day}.md"
        page.write_text(page.read_text("utf-8").replace("## Papers", f"Of {day}.\n\n## Papers"), encoding="utf-8")
    project.ingest()


def correct(project: Project, days: dict[int, int]) -> str:
    """Correct the days of some dumps, and say what the run says."""
    file = project.content / "dumps.yml"
    lines = file.read_text("utf-8").splitlines()
    for at, line in enumerate(lines):
        for old, new in days.items():
            if line.startswith(f"d{old}.txt:"):
                lines[at] = line.replace(f"2025-12-{old}", f"2025-12-{new}")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return project.ingest().output


def introductions(project: Project) -> dict[int, int]:
    """The day of each digest, to that which its introduction names."""
    assert "Nothing new." in project.ingest().output
    pages = (project.content / "digests").glob("*.md")
    found = {int(page.stem[-2:]): re.search(r"^Of (\d+)\.$", page.read_text("utf-8"), re.MULTILINE) for page in pages}
    return {day: int(its[1]) for day, its in found.items() if its}


@pytest.mark.parametrize(
    "days", [{20: 21, 21: 22, 22: 23}, {22: 21, 21: 20, 20: 19}, {20: 21, 21: 20}, {20: 22, 21: 20, 22: 21}, {20: 14}]
)
def test_introductions_follow_their_dumps_when_several_days_are_corrected(project, days):
    """Each stands on another's page for a moment, and none is lost; a day that is free leads to where its digest is."""
    introduced(project, 20, 21, 22)
    correct(project, days)
    now = {days.get(day, day): day for day in (20, 21, 22)}
    assert introductions(project) == now
    for day in {20, 21, 22} - now.keys():
        page = project.content / "digests" / f"2025-12-{days[day]}.md"
        assert f'aliases: ["2025-12-{day}"]' in page.read_text("utf-8")


def test_a_run_that_breaks_off_while_introductions_move_loses_none(project, monkeypatch):
    """After any number of files; the next one ends as an undisturbed one does."""
    introduced(project, 10, 11, 12)
    before = shutil.copytree(project.root, project.root.parent / "before", symlinks=True)
    correct(project, {10: 11, 11: 12, 12: 13})
    wanted, whole, left = project.files(), atomic.write, [0]

    def counted(target: Path, content: bytes) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        whole(target, content)

    for writes in range(8):
        twin = Project(shutil.copytree(before, project.root.parent / f"after-{writes}", symlinks=True))
        left[0] = 1 + writes
        shutil.copy(project.content / "dumps.yml", twin.content)
        with monkeypatch.context() as patched:
            patched.setattr(atomic, "write", counted)
            twin.run("ingest")
        twin.ingest()
        assert twin.files() == wanted, writes


def test_a_day_that_is_corrected_to_that_of_another_digest_leads_there(project):
    """An introduction goes along where there is none; of two, one stays on its page, and a person is told."""
    introduced(project, 10, 11)
    said = correct(project, {10: 11})
    assert "digests/2025-12-10.md:1: note: readers see digests/2025-12-11.md in its place" in said
    assert introductions(project) == {10: 10, 11: 11}
    other = project.content / "digests" / "2025-12-11.md"
    assert 'aliases: ["2025-12-10"]' in other.read_text("utf-8")
    other.write_text(other.read_text("utf-8").replace("Of 11.\n\n", ""), encoding="utf-8")
    project.ingest()
    assert introductions(project) == {11: 10}
    assert 'aliases: ["2025-12-10"]' in other.read_text("utf-8")


def test_a_correction_of_a_day_that_is_taken_back_leaves_nothing_behind(project):
    """Neither an address that leads away from a digest, nor a word against its page, though a page still says so."""
    introduced(project, 10, 11)
    days = project.content / "dumps.yml"
    text, before = days.read_text("utf-8"), project.files()
    correct(project, {10: 11})
    days.write_text(text, encoding="utf-8")
    assert "in its place" not in project.ingest().output
    assert project.files() == before
    other = project.content / "digests" / "2025-12-11.md"
    other.write_text(other.read_text("utf-8").replace("title:", "aliases: ['2025-12-10']\ntitle:", 1), encoding="utf-8")
    assert "in its place" not in project.ingest().output
    assert project.run("build").exit_code == 0
    assert "Of 10." in (project.root / "site/digests/2025-12-10/index.html").read_text("utf-8")


def test_an_introduction_that_no_reader_sees_is_told_of(project):
    """Its dump was forgotten, or its topic taken out: the words stay in the folder."""
    introduced(project, 10, 11)
    assert "digests/2025-12-10.md:1: note: no reader sees this page" in project.run("forget", "d10.txt").output
    assert introductions(project) == {10: 10, 11: 11}


# The form of a page


def test_all_that_a_person_put_into_the_front_matter_stays_to_the_letter(project):
    """Comments in lists that change, keys of their own in a sighting, odd spaces and quotes; a newer dump comes in."""
    path = project.page("video-diffusion")
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    generated = next(line for line in front.splitlines() if line.startswith("generated"))
    before = f"""\
# mine
title:   'Video Diffusion'   # as printed
draft: ~
read: Yes
comments:    4   # so few
topics:  # mine
  # the first
  - video    # of course
# about sightings
sightings:
- {{dump: a.txt, captured: 2025-12-10, position: 2, line: 17, comments: 4, seen_by: Ada}} # on paper
# the end
author_count: 3
date: 2025-01-02
{generated}
"""
    path.write_text(f"---\n{before}---\n{body}", encoding="utf-8")
    project.add("b.txt", dump("Dec 12, 2025", (TWO[0], TWO[1], "Jan 2, 2025 9")))
    project.ingest()
    after = path.read_text("utf-8")
    wanted = before.replace("comments:    4   # so few", "comments: 9      # so few").replace(
        "# on paper\n", "# on paper\n- {dump: b.txt, captured: 2025-12-12, position: 1, line: 9, comments: 9}\n"
    )
    lines = [line for line in after.split("---\n")[1].splitlines() if not line.startswith("generated")]
    assert lines == [line for line in wanted.splitlines() if not line.startswith("generated")]


# Conflicts


@pytest.mark.parametrize(("take", "abstract"), [("page", "My words."), ("dump", "New words.")])
def test_a_conflict_is_settled_by_a_word(project, take, abstract):
    """Once, for this value; the next one that differs is a conflict again where the page is the person's."""
    project.edit("video-diffusion", TWO[1], "My words.")
    project.add("b.txt", dump("Dec 12, 2025", (TWO[0], "New words.", "Jan 2, 2025 4")))
    project.ingest()
    assert project.run("check", "--conflicts").exit_code == 1
    assert project.run("resolve", "video-diffusion", "abstract", "--take", take).exit_code == 0
    assert project.run("check", "--conflicts").output == ""
    project.ingest()
    assert told(project)["video-diffusion"]["abstract"] == abstract
    project.add("c.txt", dump("Dec 14, 2025", (TWO[0], "Newest words.", "Jan 2, 2025 4")))
    project.ingest()
    assert project.run("check", "--conflicts").exit_code == (1 if take == "page" else 0)
    assert told(project)["video-diffusion"]["abstract"] == ("My words." if take == "page" else "Newest words.")


def test_only_a_conflict_can_be_settled(project):
    """What is said says where there is one."""
    said = project.run("resolve", "video-diffusion", "title", "--take", "dump")
    assert (said.exit_code, "no conflict in `title`" in said.output) == (2, True)
    assert project.run("resolve", "no-page", "title", "--take", "dump").exit_code == 2


# Topics


def test_a_topic_with_another_id_takes_papers_words_and_addresses_along(project):
    """`aliases` in topics.yml; a person's choice of topics stays theirs."""
    project.edit("a-reward-model-for-reasoning", "\ntopics: [", "\ntopics: [video, ")
    page = project.content / "topics" / "video.md"
    page.write_text(page.read_text("utf-8").replace("## Papers", "On films.\n\n## Papers"), encoding="utf-8")
    project.ingest()
    topics = project.content / "topics.yml"
    topics.write_text(
        topics.read_text("utf-8").replace("- id: video\n", "- id: films\n  aliases: [video]\n"), encoding="utf-8"
    )
    project.ingest()
    papers = told(project)
    assert "films" in papers["video-diffusion"]["topics"].lower() or "Video" in papers["video-diffusion"]["topics"]
    assert "films" in project.page("a-reward-model-for-reasoning").read_text("utf-8")
    assert "On films.\n" in (project.content / "topics" / "films.md").read_text("utf-8")
    assert not page.exists()
    assert project.run("check").exit_code == 0
    assert project.run("build").exit_code == 0
    site = project.root / "site"
    assert "../films/" in (site / "topics/video/index.html").read_text("utf-8")
    assert (site / "feeds/topics/video.xml").read_bytes() == (site / "feeds/topics/films.xml").read_bytes()


def test_an_address_that_leads_nowhere_fails_the_check_until_somebody_says_so(project):
    """A topic was taken out: readers get a word, the curator a line."""
    topics = project.content / "topics.yml"
    text = topics.read_text("utf-8")
    start = text.index("- id: video\n")
    topics.write_text(text[:start] + text[text.index("\n- id: ", start) + 1 :], encoding="utf-8")
    project.ingest()
    check = project.run("check")
    assert check.exit_code == 1
    assert "error: topics/video/ was published and leads nowhere now" in check.output
    line = int(check.output.split("ledger.txt:")[1].split(":")[0])
    assert (project.content / "ledger.txt").read_text("utf-8").splitlines()[line - 1] == "topics/video/"
    removed = project.content / "removed.yml"
    removed.write_text(removed.read_text("utf-8") + "- topics/video\n", encoding="utf-8")
    project.ingest()
    assert "topics/video" not in project.run("check").output
    assert project.run("build").exit_code == 0
    page = (project.root / "site/topics/video/index.html").read_text("utf-8")
    assert "not in the collection any more" in page


def test_a_renamed_heading_of_a_list_is_the_persons(project):
    """The list below it goes on following the papers, and no second one is made."""
    page = project.content / "topics" / "video.md"
    page.write_text(page.read_text("utf-8").replace("## Papers", "## What to read"), encoding="utf-8")
    project.add("b.txt", dump("Dec 12, 2025", ("Video Agents", "A video generation model.", "Feb 2, 2025")))
    project.ingest()
    text = page.read_text("utf-8")
    assert "## What to read\n\n- [Video Agents]" in text
    assert text.count("Video Diffusion") == 1


# Whatever goes wrong


def _hold(root: str, ready, done) -> None:
    from pathlib import Path

    with lock(Path(root)):
        ready.set()
        done.wait(30)


def test_two_runs_at_once_are_one_too_many(project):
    """The second one says who is at work; when the first has died, nothing stands in the way."""
    context = get_context("spawn")
    ready, done = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(str(project.root), ready, done))
    holder.start()
    assert ready.wait(30)
    before = project.files()
    result = project.run("ingest")
    assert result.exit_code == 2
    assert f"process {holder.pid}` is at work here" in result.output
    assert project.files() == before
    holder.kill()
    holder.join()
    project.ingest()


def test_a_page_that_somebody_saves_during_a_run_is_not_overwritten(project, monkeypatch):
    """The run stops and says so; the next one takes the words in."""
    project.add("b.txt", dump("Dec 12, 2025", (TWO[0], TWO[1], "Jan 2, 2025 9")))
    load = store.load

    def load_and_edit(content, kept):
        loaded = load(content, kept)
        project.edit("video-diffusion", "# Video Diffusion", "# Video Diffusion\n\nMine.")
        monkeypatch.setattr(store, "load", load)
        return loaded

    monkeypatch.setattr(store, "load", load_and_edit)
    result = project.run("ingest")
    assert (result.exit_code, "video-diffusion.md: error: this file was changed meanwhile" in result.output) == (
        2,
        True,
    )
    assert "Mine." in project.page("video-diffusion").read_text("utf-8")
    project.ingest()
    assert told(project)["video-diffusion"]["comments"] == 9


def test_an_older_dump_added_late_changes_no_address(project):
    """And all else ends as if it had come in time."""
    older = dump("Dec 1, 2025", ("VIDEO diffusion!", "Older.", "Jan 2, 2025 1"), ("Quite New", "Words.", "Nov 2, 2024"))
    project.add("0.txt", older)
    project.ingest()
    papers = told(project)
    assert set(papers) == {"a-reward-model-for-reasoning", "video-diffusion", "quite-new"}
    assert papers["video-diffusion"]["title"] == "Video Diffusion"
    at_once = make(project.root / "at-once")
    at_once.add("0.txt", older)
    at_once.add("a.txt", dump("Dec 10", ONE, TWO))
    at_once.ingest()
    assert at_once.files() == project.files()


def test_forgetting_a_dump_takes_no_missing_pages_for_a_wish(project):
    """Whoever lost them is told so first."""
    shutil.rmtree(project.content / "papers")
    before = project.files()
    result = project.run("forget", "a.txt")
    assert (result.exit_code, "2 pages are missing" in result.output) == (2, True)
    assert project.files() == before


def test_a_topic_that_was_taken_out_stays_out_under_another_id(project):
    """Renamed in topics.yml."""
    (id, *_) = told(project)["a-reward-model-for-reasoning"]["topic_ids"]
    page = project.page("a-reward-model-for-reasoning")
    line = next(line for line in page.read_text("utf-8").splitlines() if line.startswith("topics: "))
    project.edit("a-reward-model-for-reasoning", line, line.replace(f"{id}, ", "").replace(id, ""))
    project.ingest()
    topics = project.content / "topics.yml"
    topics.write_text(
        topics.read_text("utf-8").replace(f"- id: {id}\n", f"- id: another\n  aliases: [{id}]\n"), encoding="utf-8"
    )
    project.ingest()
    assert "another" not in told(project)["a-reward-model-for-reasoning"]["topic_ids"]


def test_a_dump_that_was_forgotten_can_come_again_on_a_page_formatted_by_hand(project):
    """What it told is there again."""
    project.edit("video-diffusion", "\ncomments: 4\n", "\ncomments: 4 # as I saw it\n")
    dump = json.dumps(
        [{"title": "Video Diffusion", "numComments": 4, "paper": {"id": "2501.00002", "title": TWO[0], "upvotes": 7}}]
    )
    for turn in range(2):
        project.add("c-2025-12-11.json", dump)
        project.ingest()
        page = project.page("video-diffusion").read_text("utf-8")
        assert "\nupvotes: 7\n" in page, turn
        assert "# as I saw it" in page
        assert project.run("forget", "c-2025-12-11.json").exit_code == 0


@pytest.mark.parametrize("left", range(0, 10, 2))
def test_a_dump_that_was_forgotten_half_is_forgotten_by_the_next_run(project, monkeypatch, left):
    """No paper of it counts as taken out by a person."""
    project.add("b.txt", dump("Dec 12, 2025", *((f"Paper {n}", f"Words on {n}.", "Feb 3, 2025") for n in range(4))))
    project.ingest()
    whole = Project(project.root.with_name(f"{project.root.name}-whole"))
    shutil.copytree(project.root, whole.root, symlinks=True)
    assert whole.run("forget", "b.txt").exit_code == 0
    steps = iter(range(left))
    replaced, unlinked = Path.replace, Path.unlink

    def broken_off(step):
        def one(path, *arguments, **options):
            if path.is_relative_to(project.content) and next(steps, None) is None:
                raise KeyboardInterrupt
            return step(path, *arguments, **options)

        return one

    monkeypatch.setattr(Path, "replace", broken_off(replaced))
    monkeypatch.setattr(Path, "unlink", broken_off(unlinked))
    assert project.run("forget", "b.txt").exit_code == 2
    monkeypatch.undo()
    assert project.run("forget", "b.txt").exit_code == 0
    assert project.files() == whole.files()


def test_an_alias_that_somebody_took_out_is_told(project):
    """Of a page with another name now; whoever has the old link would find nothing."""
    rename(project, "video-diffusion", "films")
    project.ingest()
    assert project.run("check").exit_code == 0
    project.edit("films", "aliases: [video-diffusion]\n", "")
    project.ingest()
    check = project.run("check")
    assert check.exit_code == 1
    assert "error: papers/video-diffusion/ was published and leads nowhere now" in check.output
    assert "write `video-diffusion` into `aliases`" in check.output


def test_a_topic_that_another_takes_in_brings_its_papers(project):
    """Though the rules of the other do not know them, and whatever becomes of its rules."""
    topics = project.content / "topics.yml"
    assert told(project)["video-diffusion"]["topic_ids"][0] == "video"
    merge_video_into_reasoning(topics)
    project.ingest()
    assert "reasoning" in told(project)["video-diffusion"]["topic_ids"]
    assert "reasoning: chosen by a person" in project.run("check", "--why", "video-diffusion").output
    with topics.open("a", encoding="utf-8") as file:
        file.write("\n- {id: birds, name: Birds}\n")
    assert "Nothing new." not in project.ingest().output
    assert "reasoning" in told(project)["video-diffusion"]["topic_ids"]
    assert "Nothing new." in project.ingest().output


def merge_video_into_reasoning(topics: Path) -> None:
    text = topics.read_text("utf-8")
    start = text.index("- id: video\n")
    without = text[:start] + text[text.index("\n- id: ", start) + 1 :]
    topics.write_text(without.replace("- id: reasoning\n", "- id: reasoning\n  aliases: [video]\n"), encoding="utf-8")


def test_words_on_the_page_of_a_topic_that_became_part_of_another_are_told(project):
    """The page stays for them, though readers see the other."""
    page = project.content / "topics" / "video.md"
    page.write_text(page.read_text("utf-8").replace("## Papers", "On films.\n\n## Papers"), encoding="utf-8")
    project.ingest()
    merge_video_into_reasoning(project.content / "topics.yml")
    said = project.ingest().output
    assert page.exists()
    assert "topics/video.md:1: note: readers see topics/reasoning.md in its place: move there" in said


def test_a_digest_whose_day_was_corrected_by_half_a_run_is_not_there_twice(project):
    """A run that is broken off before it takes the old page away is made good by the next."""
    old = project.content / "digests" / "2025-12-10.md"
    old.write_text(old.read_text("utf-8").replace("## Papers", "My words.\n\n## Papers"), encoding="utf-8")
    project.ingest()
    before = old.read_bytes()
    dumps = project.content / "dumps.yml"
    dumps.write_text(dumps.read_text("utf-8").replace("2025-12-10", "2025-12-09"), encoding="utf-8")
    project.ingest()
    wanted = project.files()
    old.write_bytes(before)
    project.ingest()
    assert project.files() == wanted
    assert not old.exists()
