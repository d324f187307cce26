"""From outcomes that are known to figures that are known; and what goes in and out as files."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import BotError
from bot.evaluating import measures
from bot.evaluating.evaluate import place_of, shortened
from bot.evaluating.measures import Figure, Outcome, figures_of, holds
from bot.evaluating.questions import QuestionSetError, feedback_set, read_questions
from bot.evaluating.report import to_json, to_markdown, write_report
from bot.records import Disliked

RANKS = (1, 1, 2, 4, 5, 10, 0, 1, 3, 1)


def right(confidence: float, rank: int | None = 1, **values: object) -> Outcome:
    return Outcome(False, confidence >= 0.5, confidence, rank, **values)  # type: ignore[arg-type]


def wrong(confidence: float) -> Outcome:
    return Outcome(True, confidence >= 0.5, confidence, milliseconds=300.0)


@pytest.fixture
def outcomes() -> list[Outcome]:
    """Ten answerable questions with confidences .1 to 1, five others with .05 to .85."""
    known = [
        right(
            (at + 1) / 10,
            rank,
            first=at % 2 == 0,
            three=at < 8,
            cited=2 if at >= 4 else 0,
            cited_right=1 if at >= 4 else 0,
            sentences=2 if at >= 4 else 0,
            verbatim=2 if at >= 4 else 0,
            age_days=float(at) if at >= 4 else None,
            milliseconds=100.0,
        )
        for at, rank in enumerate(RANKS)
    ]
    return [*known, *(wrong(0.05 + 0.2 * at) for at in range(5))]


def by_name(figures: list[Figure]) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures}


def test_known_outcomes_give_known_figures(outcomes: list[Outcome]) -> None:
    """Each figure is what one counts by hand."""
    values = {name: figure.value for name, figure in by_name(figures_of(outcomes)).items()}
    assert values["Hits@1"] == 0.4
    assert values["Hits@4"] == 0.7
    assert values["Hits@10"] == 0.9
    assert values["MRR@10"] == pytest.approx((4 + 1 / 2 + 1 / 4 + 1 / 5 + 1 / 10 + 1 / 3) / 10)
    assert values["answer in the first sentence"] == 0.5
    assert values["answer in three sentences"] == 0.8
    assert values["citation precision"] == 0.5
    assert values["citation recall"] == 0.6
    assert values["answerable answered"] == 0.6
    assert values["unanswerable refused"] == 0.6
    assert values["staleness (median)"] == 6.5
    assert values["latency (median)"] == 100.0
    # .05 is below all ten, .25 below eight, .45 below six, .65 below four, .85 below two
    assert values["refusal AUROC"] == pytest.approx((10 + 8 + 6 + 4 + 2) / 50)
    # nine of ten pass at .2, where .05 alone is refused
    assert values["refused at 90% answered"] == 0.2
    assert measures.fitted(outcomes) == 0.2


def test_an_interval_holds_its_value_and_narrows_with_more_questions(
    outcomes: list[Outcome],
) -> None:
    """Low is not above the value nor high below it; ten times the questions, a third the width."""
    few, many = by_name(figures_of(outcomes)), by_name(figures_of(outcomes * 10))
    for figure in few.values():
        assert figure.low <= figure.value <= figure.high
    for name in ("Hits@1", "answer in the first sentence", "refusal AUROC"):
        ratio = (many[name].high - many[name].low) / (few[name].high - few[name].low)
        assert 0.2 < ratio < 0.5
        assert many[name].count == 10 * few[name].count


def test_equal_confidence_is_worth_half() -> None:
    """A score that tells nothing has an area of one half, and refuses nobody."""
    assert measures.area([right(0.5), wrong(0.5), wrong(0.5)]) == 0.5
    assert measures.refused_at([right(0.5), wrong(0.5)]) == 0.0


def test_figures_that_a_set_does_not_allow_are_left_out(outcomes: list[Outcome]) -> None:
    """Without unanswerable questions there is no refusal, without articles no rank."""
    answerable = [outcome for outcome in outcomes if not outcome.unanswerable]
    assert not any("refus" in figure.name for figure in figures_of(answerable))
    names = set(by_name(figures_of([right(0.9, rank=None)])))
    assert "Hits@1" not in names
    assert "answerable answered" in names
    only_wrong = by_name(figures_of([wrong(0.1)]))
    assert only_wrong["unanswerable refused"].value == 1.0
    unsure = [right(0.0), wrong(0.0)]  # a language model's answers have no confidence
    assert "refusal AUROC" not in by_name(figures_of(unsure))


def test_the_curve_goes_from_corner_to_corner(outcomes: list[Outcome]) -> None:
    """It begins with nothing answered, ends with all, and never turns back."""
    points = measures.roc(outcomes)
    assert (points[0], points[-1]) == ((0.0, 0.0), (1.0, 1.0))
    assert points == sorted(points)


@pytest.mark.parametrize(
    ("text", "answer", "stands"),
    [
        ("Netflix renewed “Squid Game” on Sunday.", "Squid Game", True),
        ("The tony awards were held.", "The Tony Awards", True),
        ("It has cost $1,900 so far.", "1900", True),
        ("A magnitude of 5.9 was measured.", "$5", False),
        ("A magnitude of 5.9 was measured.", "5.9", True),
        ("They came from Asiatic countries.", "Asia", False),
        ("Anything at all", "", False),
    ],
)
def test_an_answer_stands_in_whole_words(text: str, answer: str, stands: bool) -> None:
    """Case, signs and articles do not matter; parts of words and of numbers do not count."""
    assert holds(text, [answer]) is stands


def test_what_counts_as_the_answer_is_short() -> None:
    """Three sentences, eighty words."""
    assert len(shortened(["word " * 50, "word " * 50]).split()) == 80


def test_places_are_of_articles_not_of_passages() -> None:
    """Several passages of one article are one place, and the eleventh article is none."""
    wanted = frozenset({"c"})
    assert place_of(wanted, ["a", "a", "b", "a", "c", "c"]) == 3
    assert place_of(wanted, [*map(str, range(10)), "c"]) == 0
    assert place_of(wanted, []) == 0


# ── files ──


def test_a_question_set_is_read(tmp_path: Path) -> None:
    """Every field, blank lines, and a line separator inside of a text."""
    file = tmp_path / "set.jsonl"
    file.write_text(
        '{"question": "Who?\u2028Really", "asked_at": "2026-04-15", "answers": ["A", "B"], '
        '"articles": ["https://a.example/1"], "note": "ignored"}\n\n'
        '{"question": "Why?", "unanswerable": true}\n'
    )
    first, second = read_questions(file)
    assert first.asked_at == datetime(2026, 4, 15, tzinfo=UTC)
    assert (first.answers, first.articles) == (("A", "B"), frozenset({"https://a.example/1"}))
    assert (second.unanswerable, second.asked_at, second.where) == (True, None, f"{file}:3")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "no JSON"),
        ("[]", "`question`"),
        ('{"answers": []}', "`question`"),
        ('{"question": "?"}', "empty"),
        ('{"question": "Who?", "asked_at": "soon"}', "'soon'"),
        ('{"question": "Who?", "asked_at": 20260415}', "20260415"),
        ('{"question": "Who?", "answers": "Ann"}', "`answers`"),
        ('{"question": "Who?", "articles": [7]}', "`articles`"),
        ('{"question": "Who?", "unanswerable": "yes"}', "`unanswerable`"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, told: str) -> None:
    """File, number and reason, whatever is wrong."""
    file = tmp_path / "set.jsonl"
    file.write_text(f'{{"question": "Who?"}}\n{line}\n')
    with pytest.raises(QuestionSetError) as caught:
        read_questions(file)
    assert f"{file}:2: " in str(caught.value)
    assert told in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe\xfd"])
def test_a_file_without_questions_is_told(tmp_path: Path, content: bytes) -> None:
    """Nothing in it, or nothing that is text."""
    file = tmp_path / "set.jsonl"
    file.write_bytes(content)
    with pytest.raises(QuestionSetError, match=r"set\.jsonl"):
        read_questions(file)


def test_what_was_disliked_can_be_read_as_a_set(tmp_path: Path) -> None:
    """The set that is written is one that is read; what was given is kept beside."""
    asked_at = datetime(2026, 11, 24, 18, tzinfo=UTC)
    text = feedback_set(
        [Disliked("Wer?", asked_at, "Äpfel.\u2028Birnen", ("https://a.example/1",))]
    )
    file = tmp_path / "set.jsonl"
    file.write_text(text)
    [question] = read_questions(file)
    assert (question.text, question.asked_at) == ("Wer?", asked_at)
    assert question.articles == {"https://a.example/1"}
    assert json.loads(text)["given"] == "Äpfel.\u2028Birnen"


def test_a_report_has_three_files_that_agree(tmp_path: Path, outcomes: list[Outcome]) -> None:
    """Markdown and JSON hold the same figures, the picture is a picture."""
    figures = figures_of(outcomes)
    paths = write_report(tmp_path / "new" / "report", figures, outcomes, "cost: $5 and $6")
    assert [path.name for path in paths] == ["report.md", "report.json", "report.png"]
    document = json.loads(paths[1].read_text())
    assert document == to_json(figures, outcomes)
    assert len(document["questions"]) == 15
    text = paths[0].read_text()
    assert text.startswith("# cost: $5 and $6\n")
    assert f"| Hits@4 | {document['figures']['Hits@4']['value']:.3f} |" in text
    assert "| latency (median) | 100.0 ms | 100.0 ms to 300.0 ms | 15 |" in text
    assert paths[2].read_bytes().startswith(b"\x89PNG")


def test_sets_of_one_kind_have_a_report_too(tmp_path: Path) -> None:
    """A single question, and only unanswerable ones, are drawn without fault."""
    for name, some in (("one", [right(0.9, None)]), ("none", [wrong(0.1), wrong(0.2)])):
        write_report(tmp_path / name, figures_of(some), some, name)
        assert (tmp_path / name / "report.png").stat().st_size > 1000
    assert "| questions |" in to_markdown(figures_of([wrong(0.1)]), "x")


def test_a_report_that_cannot_be_written_is_told(tmp_path: Path, outcomes: list[Outcome]) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "report").write_text("")
    with pytest.raises(BotError, match="can't be written"):
        write_report(tmp_path / "report", figures_of(outcomes), outcomes, "x")
